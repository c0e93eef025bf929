/**
 * Commands that must arrive, kept until the hub has acknowledged them.
 *
 * Each has a ULID as its key, which the hub carries out once for ever, so sending again after a
 * lost reply is safe. One command per topic is under way at a time: that keeps their order even
 * when one has to be repeated. Kept in `localStorage`, one slot per page; the slots of pages that
 * are gone are adopted by the next page of the same user.
 */

import { MartletError } from './error.js';
import { ulid } from './ulid.js';

const entriesMaximum = 200;
const bytesMaximum = 262_144;

export class Outbox extends EventTarget {
    #entries = [];
    #busy = new Set();
    #timers = new Set();
    #send = null;
    #storage;
    #locks;
    #clock;
    #prefix;
    #owner = null;
    #slot = null;

    constructor({ storage, locks, clock, name }) {
        super();
        this.#storage = storage;
        this.#locks = locks;
        this.#clock = clock;
        this.#prefix = `martlet.outbox:${name}:`;
    }

    /** All that is not acknowledged, oldest first. */
    get entries() {
        return this.#entries;
    }

    /** Those that wait for the connection or for their reply. */
    get waiting() {
        return this.#entries.filter((entry) => entry.state !== 'failed');
    }

    /**
     * Adds a command: `{key, action, topic, data, at, state, error, done}`, where `state` is
     * `pending`, `sending`, `sent` or `failed` and `done` is a promise for the hub's reply.
     */
    add(action, topic, data, key = ulid(this.#clock.now())) {
        if (this.#entries.length >= entriesMaximum) throw full();
        const entry = this.#entry({ key, action, topic, data, at: this.#clock.now() });
        this.#entries.push(entry);
        if (JSON.stringify(this.#entries.map(stored)).length > bytesMaximum) {
            this.#entries.pop();
            throw full();
        }
        this.#changed(entry);
        this.#pump(topic);
        return entry;
    }

    /** Sends a failed command again, under the same key. */
    retry(key) {
        const entry = this.#entries.find((each) => each.key === key);
        if (entry?.state !== 'failed') return;
        entry.state = 'pending';
        entry.error = null;
        entry.attempts = 0;
        this.#changed(entry);
        this.#pump(entry.topic);
    }

    /** Forgets a command that is not under way. */
    discard(key) {
        const entry = this.#entries.find((each) => each.key === key);
        if (!entry || entry.state === 'sending') return;
        this.#remove(entry);
        entry.state = 'discarded';
        entry.settle.reject(new MartletError('discarded', 'Discarded before it was sent.'));
        this.#changed(entry);
    }

    /** The hub said who we are: only that user's commands may be sent. */
    async open(user) {
        if (this.#owner !== user) {
            if (this.#owner !== null) this.#entries = [];
            this.#owner = user;
            this.#slot = `${this.#prefix}${user}:${ulid(this.#clock.now())}`;
            // Held as long as the page lives: says that this slot has an owner.
            this.#locks?.request(this.#slot, () => new Promise(() => {})).catch(() => {});
            this.#save();
        }
        await this.#adopt();
    }

    /** Starts sending through `send(frame)`, a function that answers a promise. */
    start(send) {
        this.#send = send;
        for (const topic of new Set(this.#entries.map((entry) => entry.topic))) this.#pump(topic);
    }

    stop() {
        this.#send = null;
        for (const timer of this.#timers) this.#clock.clearTimeout(timer);
        this.#timers.clear();
        this.#busy.clear();
        for (const entry of this.#entries) {
            if (entry.state !== 'sending') continue;
            entry.state = 'pending';
            this.#changed(entry);
        }
    }

    async #pump(topic) {
        const send = this.#send;
        if (!send || this.#busy.has(topic)) return;
        const entry = this.#entries
            .find((each) => each.topic === topic && each.state === 'pending');
        if (!entry) return;
        this.#busy.add(topic);
        entry.state = 'sending';
        this.#changed(entry);
        let pause = 0;
        try {
            const { action, data, key } = entry;
            const reply = await send({ action, topic, key, data });
            this.#remove(entry);
            entry.state = 'sent';
            entry.result = reply;
            this.#changed(entry);
            entry.settle.resolve(reply);
        } catch (error) {
            // Lost with its connection: `stop` has put it back in the queue.
            if (error.retry && this.#send !== send) return;
            pause = this.#refused(entry, error);
        }
        // A connection that came after this one has its own pump.
        if (this.#send !== send) return;
        if (pause > 0) this.#later(topic, pause);
        else {
            this.#busy.delete(topic);
            this.#pump(topic);
        }
    }

    /** How long to wait before this topic's next attempt. */
    #refused(entry, error) {
        if (error.retry) {
            entry.state = 'pending';
            entry.attempts += 1;
            this.#changed(entry);
            const backoff = Math.min(30_000, 500 * 2 ** entry.attempts) * this.#clock.random();
            return Math.max(error.retryAfter ?? 0, backoff, 50);
        }
        entry.state = 'failed';
        entry.error = error;
        entry.settle.reject(error);
        this.#changed(entry);
        return 0;
    }

    #later(topic, pause) {
        const timer = this.#clock.setTimeout(() => {
            this.#timers.delete(timer);
            this.#busy.delete(topic);
            this.#pump(topic);
        }, pause);
        this.#timers.add(timer);
    }

    #entry(fields) {
        const entry = { state: 'pending', attempts: 0, error: null, ...fields };
        const done = new Promise((resolve, reject) => {
            Object.defineProperty(entry, 'settle', { value: { resolve, reject } });
        });
        done.catch(() => {});
        Object.defineProperty(entry, 'done', { value: done });
        return entry;
    }

    #remove(entry) {
        const index = this.#entries.indexOf(entry);
        if (index >= 0) this.#entries.splice(index, 1);
    }

    #changed(entry) {
        this.#save();
        this.dispatchEvent(new CustomEvent('change', { detail: entry }));
    }

    #save() {
        if (!this.#storage || !this.#slot) return;
        try {
            if (this.#entries.length === 0) this.#storage.removeItem(this.#slot);
            else this.#storage.setItem(this.#slot, JSON.stringify(this.#entries.map(stored)));
        } catch {
            // Storage is full or forbidden: the commands still live as long as the page.
        }
    }

    async #adopt() {
        if (!this.#storage) return;
        const mine = `${this.#prefix}${this.#owner}:`;
        const slots = [];
        for (let index = 0; index < this.#storage.length; index += 1) {
            const slot = this.#storage.key(index);
            if (slot.startsWith(mine) && slot !== this.#slot) slots.push(slot);
        }
        for (const slot of slots) {
            // Without locks two pages may both adopt: the keys make that harmless.
            if (!this.#locks) this.#adoptSlot(slot);
            else {
                await this.#locks.request(slot, { ifAvailable: true }, (lock) => {
                    if (lock) this.#adoptSlot(slot);
                });
            }
        }
    }

    #adoptSlot(slot) {
        let found = [];
        try {
            found = JSON.parse(this.#storage.getItem(slot) ?? '[]');
        } catch {
            // Not ours to understand: gone with the slot.
        }
        const known = new Set(this.#entries.map((entry) => entry.key));
        const adopted = found
            .filter((each) => !known.has(each.key))
            .map((each) => this.#entry(each));
        this.#entries.push(...adopted);
        this.#entries.sort((left, right) => (left.key < right.key ? -1 : 1));
        this.#save();
        this.#storage.removeItem(slot);
        for (const entry of adopted) this.#changed(entry);
    }
}

/** What survives the page: a command under way counts as not sent, a refused one stays refused. */
function stored({ key, action, topic, data, at, state, error }) {
    const kept = { key, action, topic, data, at };
    if (state !== 'failed') return kept;
    return { ...kept, state, error: { code: error?.code, message: error?.message } };
}

function full() {
    return new MartletError('outbox_full', 'Too much is waiting to be sent.', { retry: true });
}
