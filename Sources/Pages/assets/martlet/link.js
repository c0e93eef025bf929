/** One WebSocket connection: replies find their commands, and silence is noticed. */

import { MartletError } from './error.js';

/** How long beyond the hub's own ping interval nothing may come before we ask. */
const grace = 10_000;
const probePatience = 10_000;

export class Link {
    #socket = null;
    #nextID = 1;
    #pending = new Map();
    #heardAt = 0;
    #timer = null;
    #ended = false;
    #clock;
    #onEvent;
    #onEnd;

    /** `onEvent(event)` for frames that answer nothing; `onEnd(code, reason)` once, at the end. */
    constructor({ clock, onEvent, onEnd }) {
        this.#clock = clock;
        this.#onEvent = onEvent;
        this.#onEnd = onEnd;
    }

    get isOpen() {
        return !this.#ended && this.#socket?.readyState === 1;
    }

    /** Resolves when the socket is open, rejects when it ended or took longer than `patience`. */
    open(WebSocket, url, protocols, patience) {
        return new Promise((resolve, reject) => {
            const socket = new WebSocket(url, protocols);
            this.#socket = socket;
            const timer = this.#clock.setTimeout(() => this.#finish(0, 'timeout'), patience);
            this.#pending.set('open', { resolve, reject, timer });
            socket.onopen = () => this.#settle('open', (waiting) => waiting.resolve());
            socket.onmessage = (message) => this.#receive(message.data);
            socket.onerror = () => {};
            socket.onclose = (close) => this.#finish(close.code, close.reason);
        });
    }

    /** Sends a command; the promise is for its reply. */
    command(frame, patience = 30_000) {
        return new Promise((resolve, reject) => {
            if (!this.isOpen) {
                reject(disconnected());
                return;
            }
            const id = this.#nextID;
            this.#nextID += 1;
            const timer = this.#clock.setTimeout(() => {
                const error = new MartletError('timeout', 'No reply in time.', { retry: true });
                this.#settle(id, (waiting) => waiting.reject(error));
            }, patience);
            this.#pending.set(id, { resolve, reject, timer });
            this.#socket.send(JSON.stringify({ id, ...frame }));
        });
    }

    /** Sends a command whose reply nobody waits for; false when there is no connection. */
    notify(frame) {
        if (!this.isOpen) return false;
        this.#socket.send(JSON.stringify(frame));
        return true;
    }

    /** Starts to watch for silence: the hub's pings are invisible to scripts. */
    watch(pingInterval) {
        const silence = pingInterval + grace;
        const look = () => {
            const quiet = this.#clock.now() - this.#heardAt;
            if (quiet >= silence) {
                this.probe(probePatience);
                this.#timer = this.#clock.setTimeout(look, silence);
            } else {
                this.#timer = this.#clock.setTimeout(look, silence - quiet);
            }
        };
        this.#heardAt = this.#clock.now();
        this.#timer = this.#clock.setTimeout(look, silence);
    }

    /** Asks for a sign of life and ends the connection when none comes in time. */
    async probe(patience) {
        const askedAt = this.#clock.now();
        try {
            await this.command({ action: 'ping' }, patience);
        } catch {
            if (this.#heardAt <= askedAt) this.#finish(1006, 'silent');
        }
    }

    /** Ends it from our side, without a word to `onEnd`. */
    close(code = 1000) {
        this.#onEnd = () => {};
        this.#finish(code, 'closed');
    }

    #receive(text) {
        if (this.#ended) return;
        this.#heardAt = this.#clock.now();
        let parsed;
        try {
            parsed = JSON.parse(text);
        } catch {
            return;
        }
        for (const frame of Array.isArray(parsed) ? parsed : [parsed]) this.#take(frame);
    }

    #take(frame) {
        if (frame === null || typeof frame !== 'object') return;
        if ('event' in frame) {
            this.#onEvent(frame);
        } else if ('ok' in frame) {
            this.#settle(frame.id, (waiting) => waiting.resolve(frame.ok));
        } else if ('error' in frame) {
            this.#settle(frame.id, (waiting) => waiting.reject(MartletError.of(frame.error)));
        }
    }

    #settle(id, action) {
        const waiting = this.#pending.get(id);
        if (!waiting) return;
        this.#pending.delete(id);
        this.#clock.clearTimeout(waiting.timer);
        action(waiting);
    }

    /** Does not wait for the closing handshake: on a dead network it takes minutes. */
    #finish(code, reason) {
        if (this.#ended) return;
        this.#ended = true;
        this.#clock.clearTimeout(this.#timer);
        const socket = this.#socket;
        if (socket) {
            socket.onopen = null;
            socket.onmessage = null;
            socket.onclose = null;
            if (socket.readyState < 2) socket.close(code === 1000 ? 1000 : undefined);
        }
        for (const id of [...this.#pending.keys()]) {
            this.#settle(id, (waiting) => waiting.reject(disconnected(code)));
        }
        this.#onEnd(code, reason);
    }
}

function disconnected(closeCode) {
    const error = new MartletError('disconnected', 'The connection ended.', { retry: true });
    error.closeCode = closeCode;
    return error;
}
