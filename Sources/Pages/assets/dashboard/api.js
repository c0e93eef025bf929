/** The hub's REST interface to metrics and preferences, for one user. */

/** Sources that tell something every minute have no gaps. */
const lookback = 90_000;

export class APIError extends Error {
    constructor(message, code) {
        super(message);
        this.code = code;
    }
}

export class MetricsAPI {
    #identity;

    constructor(identity) {
        this.#identity = identity;
    }

    /** Series over time, asked in ms; answers `[{metric, values: [[seconds, text], …]}, …]`. */
    range(query, from, to, step, signal) {
        return this.#matrix('/api/v1/query_range', {
            query, start: from / 1_000, end: to / 1_000, step: step / 1_000,
            // Five minutes, as is usual, would hide shorter gaps.
            lookback_delta: Math.max(lookback, 2 * step) / 1_000,
        }, signal);
    }

    /** The samples of a selector as they are, gaps and all. */
    samples(selector, from, to, signal) {
        const span = Math.ceil((to - from) / 1_000);
        return this.#matrix('/api/v1/query', {
            query: `${selector}[${span}s]`, time: to / 1_000,
        }, signal);
    }

    async #matrix(path, parameters, signal) {
        const body = new URLSearchParams(parameters);
        const data = await this.#metrics(path, { method: 'POST', body, signal });
        if (data?.resultType !== 'matrix') {
            throw new APIError('That is no series of numbers.', 'bad_data');
        }
        return data.result;
    }

    /** The names of all metrics. */
    names() {
        return this.#metrics('/api/v1/label/__name__/values', {});
    }

    async preference(name) {
        return (await this.#ask(`/api/preferences/${name}`, {})).value ?? null;
    }

    setPreference(name, value) {
        return this.#ask(`/api/preferences/${name}`, {
            method: 'PUT', body: JSON.stringify({ value }), type: 'application/json',
        });
    }

    async #metrics(path, options) {
        const reply = await this.#ask(path, options);
        if (reply?.status !== 'success') {
            throw new APIError('The hub did not understand.', 'internal');
        }
        return reply.data;
    }

    async #ask(path, { method = 'GET', body, type, signal }) {
        const { token, name } = this.#identity;
        const headers = token ? { authorization: `Bearer ${token}` } : { 'x-martlet-name': name };
        if (type) headers['content-type'] = type;
        let response;
        try {
            response = await fetch(path, { method, headers, body, signal });
        } catch (error) {
            if (error.name === 'AbortError') throw error;
            throw new APIError('Not connected.', 'disconnected');
        }
        const reply = await response.json().catch(() => null);
        if (response.ok) return reply;
        if (response.status === 429) throw new APIError('Too many questions.', 'rate_limited');
        // Prometheus' errors are text beside a type; the hub's own are objects.
        if (typeof reply?.error === 'string') throw new APIError(reply.error, reply.errorType);
        throw new APIError(reply?.error?.message ?? `The hub answered with ${response.status}.`,
            reply?.error?.code ?? 'internal');
    }
}
