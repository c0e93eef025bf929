/** The hub's REST interface to documents, for one user. */

class APIError extends Error {
    constructor(status, body) {
        super(body?.error?.message ?? `The hub answered with ${status}.`);
        this.code = body?.error?.code ?? 'internal';
    }
}

export class DocumentsAPI {
    #identity;

    constructor(identity) {
        this.#identity = identity;
    }

    list(after) {
        return this.#ask('GET', '', { query: { after, limit: 100 } });
    }

    create(name, title) {
        return this.#ask('POST', '', { json: { name, title } });
    }

    rename(name, title) {
        return this.#ask('PATCH', at(name), { json: { title } });
    }

    remove(name) {
        return this.#ask('DELETE', at(name));
    }

    versions(name, before) {
        return this.#ask('GET', `${at(name)}/versions`, { query: { before } });
    }

    saveVersion(name, title) {
        return this.#ask('POST', `${at(name)}/versions`, { json: { name: title } });
    }

    versionText(name, id, root) {
        return this.#ask('GET', `${at(name)}/versions/${id}`, { query: { root, as: 'text' } });
    }

    restore(name, id) {
        return this.#ask('POST', `${at(name)}/versions/${id}/restore`, { json: {} });
    }

    removeVersion(name, id) {
        return this.#ask('DELETE', `${at(name)}/versions/${id}`);
    }

    async #ask(method, path, { query = {}, json } = {}) {
        const url = new URL(`/api/docs${path}`, location.origin);
        for (const [key, value] of Object.entries(query)) {
            if (value !== undefined) url.searchParams.set(key, value);
        }
        const { token, name } = this.#identity;
        const headers = token ? { authorization: `Bearer ${token}` } : { 'x-martlet-name': name };
        if (json) headers['content-type'] = 'application/json';
        const body = json && JSON.stringify(json);
        let response;
        try {
            response = await fetch(url, { method, headers, body });
        } catch {
            throw Object.assign(new Error('Not connected.'), { code: 'disconnected' });
        }
        const reply = await response.json().catch(() => null);
        if (!response.ok) throw new APIError(response.status, reply);
        return reply;
    }
}

function at(name) {
    return `/${encodeURIComponent(name)}`;
}
