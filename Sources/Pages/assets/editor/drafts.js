/** Keeps in the browser what the hub has not stored yet, so that closing the page loses nothing. */

import * as Y from 'yjs';

const database = 'martlet.drafts';
const store = 'documents';
const pause = 400;

export class Drafts {
    #key;
    #doc;
    #saving;
    #timer = null;
    #hasDraft = false;
    #opened = null;

    constructor(key, doc, saving) {
        this.#key = key;
        this.#doc = doc;
        this.#saving = saving;
        saving.addEventListener('change', () => this.#later());
        doc.on('update', () => { if (!saving.isSaved) this.#later(); });
    }

    /** Takes an earlier draft into the document; answers whether there was one. */
    async load(origin) {
        try {
            const update = await this.#request('readonly', (drafts) => drafts.get(this.#key));
            if (!update) return false;
            this.#hasDraft = true;
            Y.applyUpdate(this.#doc, update, origin);
            this.#saving.markUnsaved();
            return true;
        } catch {
            // A browser without storage, or a draft that can't be read: the hub has the rest.
            return false;
        }
    }

    #later() {
        this.#timer ??= setTimeout(() => {
            this.#timer = null;
            this.#keep().catch(() => {});
        }, pause);
    }

    async #keep() {
        if (!this.#saving.isSaved) {
            this.#hasDraft = true;
            const update = Y.encodeStateAsUpdate(this.#doc);
            await this.#request('readwrite', (drafts) => drafts.put(update, this.#key));
        } else if (this.#hasDraft) {
            this.#hasDraft = false;
            await this.#request('readwrite', (drafts) => drafts.delete(this.#key));
        }
    }

    async #request(mode, make) {
        this.#opened ??= open();
        const drafts = (await this.#opened).transaction(store, mode).objectStore(store);
        return settled(make(drafts));
    }
}

function open() {
    const request = indexedDB.open(database, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(store);
    return settled(request);
}

function settled(request) {
    return new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
    });
}
