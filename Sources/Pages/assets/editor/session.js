/** One open document: its content, its connection, who is there, and what of it is stored. */

import * as Y from 'yjs';
import { WebsocketProvider, messageAuth } from 'y-websocket';
import { readAuthMessage } from 'y-protocols/auth';
import * as decoding from 'lib0/decoding';
import { Drafts } from './drafts.js';
import { freeColour, userOf } from './people.js';
import { Saving } from './saving.js';

/** From there on a close code says not to come back. */
const finalCodes = 4500;
const expired = 4001;
/** A message that asks for the title, and one that tells it. */
const titleType = 103;

const reasons = {
    4001: 'Your token has expired.',
    4500: 'This hub asks for a valid token.',
    4501: 'Your token was revoked.',
    4503: 'You have too many connections.',
    4504: 'You may not open this document.',
    4505: 'This document was deleted.',
    4506: 'The hub refused an edit.',
};

/** Events: `status`, `people`, `title`. */
export class DocumentSession extends EventTarget {
    name;
    identity;
    doc = new Y.Doc();
    text = this.doc.getText('content');
    /** As the hub tells it. */
    title = '';
    awareness;
    saving;
    /** `connecting`, `online`, `waiting` or `closed`, because of `reason`. */
    state = 'connecting';
    reason = null;
    /** Asks for another token. */
    needsToken = false;
    isReadOnly = false;
    /** Whether the hub has told the document at least once, or a draft was found. */
    hasContent = false;
    #provider;
    #drafts;

    constructor(name, identity) {
        super();
        this.name = name;
        this.identity = identity;
        const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
        this.#provider = new WebsocketProvider(`${scheme}://${location.host}/yjs`, name, this.doc, {
            connect: false,
            disableBc: true,
            params: identity.token ? { token: identity.token } : { name: identity.name },
        });
        this.awareness = this.#provider.awareness;
        this.saving = new Saving(this.#provider);
        this.#drafts = new Drafts(name, this.doc, this.saving);
        this.#chooseColour();
        this.awareness.on('change', () => {
            this.#chooseColour();
            this.#dispatch('people');
        });
        this.saving.addEventListener('change', () => this.#dispatch('status'));
        this.#listen();
    }

    /** Drafts come before the hub: they are sent when it says what it lacks. */
    async start() {
        if (await this.#drafts.load(this.#provider)) this.#arrived();
        this.#provider.connect();
    }

    close() {
        this.#provider.destroy();
    }

    forbidWriting() {
        this.isReadOnly = true;
        this.#dispatch('status');
    }

    /** Tries now instead of at the end of the pause. */
    reconnect() {
        this.#provider.disconnect();
        this.#provider.connect();
    }

    #chooseColour() {
        const name = userOf(this.identity);
        const color = freeColour(this.awareness, name);
        const { user } = this.awareness.getLocalState() ?? {};
        if (user?.color !== color) this.awareness.setLocalStateField('user', { name, color });
    }

    #listen() {
        const provider = this.#provider;
        provider.on('sync', (isSynced) => {
            if (!isSynced) return;
            this.#become('online');
            this.#arrived();
        });
        provider.on('status', ({ status }) => {
            if (status === 'connected') provider.ws.send(Uint8Array.of(titleType));
            if (status === 'disconnected' && this.state !== 'closed') this.#become('waiting');
        });
        provider.on('connection-error', () => {
            if (this.state !== 'closed') this.#become('waiting');
        });
        provider.on('connection-close', (event) => {
            if (event.code < finalCodes && event.code !== expired) return;
            provider.disconnect();
            this.reason = reasons[event.code] ?? 'The hub closed the connection.';
            this.needsToken = [expired, 4500, 4501].includes(event.code);
            this.#become('closed');
        });
        provider.messageHandlers[titleType] = (_, decoder) => {
            this.title = decoding.readVarString(decoder);
            this.#dispatch('title');
        };
        // It is said to who may only read, and before the hub closes.
        provider.messageHandlers[messageAuth] = (_, decoder) => {
            readAuthMessage(decoder, this.doc, (__, reason) => {
                if (/only read/.test(reason)) this.forbidWriting();
                else this.reason = reason;
            });
        };
        addEventListener('online', () => { if (this.state === 'waiting') this.reconnect(); });
        addEventListener('offline', () => this.#dispatch('status'));
    }

    #arrived() {
        this.hasContent = true;
        this.#dispatch('status');
    }

    #become(state) {
        this.state = state;
        this.#dispatch('status');
    }

    #dispatch(name) {
        this.dispatchEvent(new Event(name));
    }
}
