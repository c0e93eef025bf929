/** A clock and a WebSocket that do only what the test tells them. */

export class ManualClock {
    time = 1_000_000;
    chance = 0.5;
    #timers = new Map();
    #next = 1;

    now() { return this.time; }
    random() { return this.chance; }

    setTimeout(action, delay) {
        const id = this.#next;
        this.#next += 1;
        this.#timers.set(id, { at: this.time + delay, action });
        return id;
    }

    clearTimeout(id) { this.#timers.delete(id); }

    /** Lets time pass; timers fire in order, and promises settle between them. */
    async advance(milliseconds) {
        const end = this.time + milliseconds;
        await settle();
        for (;;) {
            const due = [...this.#timers].filter(([, timer]) => timer.at <= end)
                .sort((left, right) => left[1].at - right[1].at || left[0] - right[0])[0];
            if (!due) break;
            this.#timers.delete(due[0]);
            this.time = Math.max(this.time, due[1].at);
            due[1].action();
            await settle();
        }
        this.time = end;
    }
}

/** All promises that can settle without time passing have settled. */
export function settle() {
    return new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
}

/** A `WebSocket` class whose instances are kept, and a storage in memory. */
export function scripted() {
    const sockets = [];
    class ScriptedWebSocket {
        readyState = 0;
        sent = [];

        constructor(url, protocols) {
            this.url = url;
            this.protocols = protocols;
            sockets.push(this);
        }

        send(text) { this.sent.push(JSON.parse(text)); }
        close(code) { this.readyState = 3; this.closedWith = code ?? 1005; }

        async open() {
            this.readyState = 1;
            this.onopen?.();
            await settle();
        }

        async receive(frame) {
            this.onmessage?.({ data: JSON.stringify(frame) });
            await settle();
        }

        async drop(code = 1006) {
            this.readyState = 3;
            this.onclose?.({ code, reason: '' });
            await settle();
        }

        /** The last command of this action that was sent. */
        last(action) { return this.sent.findLast((frame) => frame.action === action); }

        async answer(action, ok) {
            await this.receive({ id: this.last(action).id, ok });
        }

        async refuse(action, error) {
            await this.receive({ id: this.last(action).id, error });
        }

        async signIn(more = {}) {
            await this.open();
            await this.answer('hello', { user: 'ada', guest: true, ping: 25_000, ...more });
        }
    }
    return { sockets, WebSocket: ScriptedWebSocket, storage: new MemoryStorage() };
}

export class MemoryStorage {
    items = new Map();
    get length() { return this.items.size; }
    key(index) { return [...this.items.keys()][index] ?? null; }
    getItem(key) { return this.items.get(key) ?? null; }
    setItem(key, value) { this.items.set(key, String(value)); }
    removeItem(key) { this.items.delete(key); }
}
