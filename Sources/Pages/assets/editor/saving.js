/**
 * Knows when what was written here is on the hub's disk: the hub sends a message of type 102 back
 * when every update before it is.
 */

import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';

const type = 102;
/** What is typed in that time is asked about once. */
const pause = 60;

/** Event: `change`. */
export class Saving extends EventTarget {
    #provider;
    #edits = 0;
    #saved = 0;
    #timer = null;

    constructor(provider) {
        super();
        this.#provider = provider;
        provider.messageHandlers[type] = (_, decoder) => {
            this.#answered(decoding.readVarUint(decoder));
        };
        provider.doc.on('update', (_, origin) => { if (origin !== provider) this.#edited(); });
        // By then the hub's first step was answered with what it lacks.
        provider.on('sync', (isSynced) => { if (isSynced && !this.isSaved) this.#askSoon(); });
    }

    get isSaved() {
        return this.#saved === this.#edits;
    }

    /** There is something that came from an earlier visit. */
    markUnsaved() {
        this.#edited();
    }

    #edited() {
        const wasSaved = this.isSaved;
        this.#edits += 1;
        if (wasSaved) this.dispatchEvent(new Event('change'));
        this.#askSoon();
    }

    #askSoon() {
        this.#timer ??= setTimeout(() => {
            this.#timer = null;
            this.#ask();
        }, pause);
    }

    #ask() {
        const { ws, wsconnected, synced } = this.#provider;
        // Before it is synchronised the hub may lack what the question is about.
        if (!wsconnected || !synced) return;
        const encoder = encoding.createEncoder();
        encoding.writeVarUint(encoder, type);
        encoding.writeVarUint(encoder, this.#edits);
        ws.send(encoding.toUint8Array(encoder));
    }

    #answered(edits) {
        if (edits <= this.#saved || edits > this.#edits) return;
        this.#saved = edits;
        if (this.isSaved) this.dispatchEvent(new Event('change'));
    }
}
