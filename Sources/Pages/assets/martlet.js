/**
 * A client of the Martlet hub for browsers and Node, without dependencies.
 *
 *     import { Martlet } from '/martlet.js';
 *
 *     const martlet = Martlet.connect('wss://hub.example/ws', { getToken: () => fetchToken() });
 *     const room = martlet.join('room:general', { presence: true });
 *     room.addEventListener('message', ({ detail }) => show(detail.data));
 *
 *     const entry = martlet.post('room:general', { content: 'hi' });   // also while offline
 *     const { messageId } = await entry.done;
 *     const { messages } = await martlet.command('history', { topic: 'room:general', limit: 50 });
 *
 * What it takes care of:
 *
 * - It reconnects with growing, random pauses, unless the hub closed with a code that forbids it,
 *   and moves to another node before the deadline when the hub says that it is draining.
 * - Every subscription resumes from its last position: each stored event is dispatched once, in
 *   order; a gap is noticed and filled before anything behind it is shown.
 * - `send` and `post` go through an outbox that outlives the connection and the page. They are
 *   carried out once, in the order in which they were made (per topic).
 * - Tokens are renewed before they expire when `getToken` is given.
 *
 * Options of `connect(url?, options?)`, all optional:
 *
 * - `token`, or `getToken()` that answers one, also as a promise; `name` for guests;
 *   `protocols`, by default `['martlet.v1']`.
 * - `storage` of the outbox, by default `localStorage`; null keeps it in memory.
 * - `WebSocket`: the constructor, where there is none; `clock`: that of tests.
 *
 * Events: `state` (on every change of `state`), `session` (signed in, also after reconnects),
 * `outbox` (`detail` is the entry that changed), `event` (frames of topics not joined here).
 */

import {
    Timers, defaultURL, listenToBrowser, localStorageIfAny, systemClock,
} from './martlet/environment.js';
import { MartletError, finality } from './martlet/error.js';
import { Link } from './martlet/link.js';
import { Outbox } from './martlet/outbox.js';
import { Subscription } from './martlet/subscription.js';
import { ulid } from './martlet/ulid.js';
import { WaitingRoom } from './martlet/waiting.js';

export { MartletError, Subscription, ulid };

const [pauseFloor, pauseCeiling] = [500, 20_000];
const stableAfter = 10_000;
const openPatience = 10_000;
const resumeMaximum = 128;
const renewBefore = 60_000;
const timerMaximum = 2_147_483_647;

export class Martlet extends EventTarget {
    /** `connecting`, `online`, `waiting` (until `retryAt`) or `closed` (because of `error`). */
    state = 'connecting';
    error = null;
    retryAt = null;
    /** What the hub answered to `hello`: `user`, `guest`, `connection`, `limits`, … */
    session = null;

    #url;
    #options;
    #clock;
    #link = null;
    /** A connection being opened, beside or instead of `#link`. */
    #candidate = null;
    #attempts = 0;
    #timers;
    #subscriptions = new Map();
    #waiting;
    #browserEvents = null;
    #outbox;

    static connect(url, options) {
        const martlet = new Martlet(url, options);
        martlet.reconnect();
        return martlet;
    }

    constructor(url = defaultURL(), options = {}) {
        super();
        this.#url = url;
        this.#options = options;
        this.#clock = options.clock ?? systemClock;
        this.#timers = new Timers(this.#clock);
        this.#waiting = new WaitingRoom(this.#clock);
        this.#outbox = new Outbox({
            storage: options.storage === undefined ? localStorageIfAny() : options.storage,
            locks: globalThis.navigator?.locks,
            clock: this.#clock,
            name: url,
        });
        this.#outbox.addEventListener('change', ({ detail }) => this.#dispatch('outbox', detail));
    }

    /** What is not acknowledged yet; entries have `key`, `state`, `error`, `done`. */
    get outbox() {
        return this.#outbox;
    }

    /** True when the browser says that there is no network. */
    get isOffline() {
        return globalThis.navigator?.onLine === false;
    }

    /**
     * Carries out a command now: the promise is for its `ok`. Waits up to `patience` milliseconds
     * for the connection. Not repeated by itself: for what must arrive there is `send`.
     */
    async command(action, fields = {}, { patience = 20_000 } = {}) {
        const link = await this.#onlineLink(patience);
        return link.command({ action, ...fields }, patience);
    }

    /** Sends a command whose fate does not matter, such as `typing`; dropped when offline. */
    notify(action, fields = {}) {
        return this.state === 'online' && this.#link.notify({ action, ...fields });
    }

    /** Puts a command that stores something into the outbox; answers its entry. */
    send(action, topic, data, { key } = {}) {
        return this.#outbox.add(action, topic, data, key);
    }

    /** Posts a message: `{content, type?, threadId?}`. */
    post(topic, data, options) {
        return this.send('post', topic, data, options);
    }

    /**
     * Joins a topic, now and after every reconnect; `fields()` tells what else a join says. With
     * `conflate`, for topics that are states such as stock: only the newest, ten times a second,
     * and `joined` brings the state each time. `fields()` tells what else a join says.
     */
    join(topic, options = {}) {
        const known = this.#subscriptions.get(topic);
        if (known && known.state !== 'ended') {
            if (options.presence !== undefined) known.setPresence(options.presence);
            return known;
        }
        const subscription = new Subscription(topic, options, (each) => this.#ask(each));
        this.#subscriptions.set(topic, subscription);
        if (this.state === 'online') this.#ask(subscription);
        return subscription;
    }

    leave(topic) {
        const subscription = this.#subscriptions.get(topic);
        if (!subscription) return;
        this.#subscriptions.delete(topic);
        subscription.end('left');
        this.notify('leave', { topic });
    }

    /** Connects at once, also after `closed`; options given replace those of before. */
    reconnect(options = {}) {
        Object.assign(this.#options, options);
        if (this.#candidate) return;
        if (this.state === 'online') {
            this.#link.probe(5_000);
            return;
        }
        this.#browserEvents ??= listenToBrowser({
            network: () => { this.#dispatch('state'); this.#hurry(); },
            shown: () => this.#hurry(),
        });
        this.error = null;
        this.#dial();
    }

    /** Ends it for good; what is in the outbox stays in the storage. */
    close(error = null) {
        this.#timers.stop();
        this.#browserEvents?.abort();
        this.#browserEvents = null;
        this.#candidate?.close();
        this.#candidate = null;
        this.#link?.close();
        this.#link = null;
        this.#outbox.stop();
        this.error = error;
        this.#interrupt();
        this.#setState('closed');
        this.#waiting.refuse(error ?? new MartletError('closed', 'The client was closed.'));
    }

    async #dial() {
        this.#timers.clear('retry');
        this.retryAt = null;
        const link = new Link({
            clock: this.#clock,
            onEvent: (event) => this.#route(event, link),
            onEnd: (code) => this.#ended(link, code),
        });
        this.#candidate = link;
        if (!this.#link) this.#setState('connecting');
        try {
            const token = await this.#token();
            if (this.#candidate !== link) return;
            const { WebSocket = globalThis.WebSocket, protocols = ['martlet.v1'] } = this.#options;
            await link.open(WebSocket, this.#url, protocols, openPatience);
            const resumed = this.#resumable();
            const session = await link.command(this.#hello(token, resumed), openPatience);
            if (this.#candidate === link) this.#adopt(link, session, resumed);
        } catch (error) {
            if (this.#candidate !== link) return;
            link.close();
            this.#failed(error);
        }
    }

    #hello(token, resumed) {
        const hello = { action: 'hello' };
        if (token !== undefined) hello.token = token;
        if (this.#options.name !== undefined) hello.name = this.#options.name;
        if (resumed.length > 0) hello.resume = resumed.map((each) => each.request());
        return hello;
    }

    #resumable() {
        return [...this.#subscriptions.values()]
            .filter((each) => each.isResumable)
            .slice(0, resumeMaximum);
    }

    #adopt(link, session, resumed) {
        // Make before break: the connection of before served until now.
        this.#link?.close();
        this.#link = link;
        this.#candidate = null;
        this.session = session;
        link.watch(session.ping ?? 25_000);
        this.#timers.stop();
        this.#timers.set('stable', stableAfter, () => { this.#attempts = 0; });
        this.#planRenewal(session.expires);
        for (const answer of session.resumed ?? []) {
            const subscription = this.#subscriptions.get(answer.topic);
            if (answer.error) this.#refused(subscription, MartletError.of(answer.error));
            else subscription?.joined(answer);
        }
        const done = new Set(resumed);
        for (const subscription of this.#subscriptions.values()) {
            if (subscription.state !== 'ended' && !done.has(subscription)) this.#ask(subscription);
        }
        this.#setState('online');
        this.#dispatch('session', session);
        this.#waiting.admit(link);
        this.#startOutbox(link);
    }

    async #startOutbox(link) {
        this.#outbox.stop();
        await this.#outbox.open(this.session.user);
        if (this.#link !== link) return;
        this.#outbox.start((frame) => {
            const limit = this.session.limits?.messageBytes ?? Infinity;
            const bytes = new TextEncoder().encode(JSON.stringify(frame)).length + 32;
            if (bytes <= limit) return link.command(frame);
            return Promise.reject(new MartletError('too_large', 'The message is too long.'));
        });
    }

    /** Asks for a join of one subscription on the current connection. */
    async #ask(subscription) {
        const link = this.#link;
        if (!link) return;
        try {
            const reply = await link.command({ action: 'join', ...subscription.request() });
            if (this.#subscriptions.get(subscription.topic) === subscription) {
                subscription.joined(reply);
            }
        } catch (error) {
            if (this.#link === link) this.#refused(subscription, error);
        }
    }

    #refused(subscription, error) {
        if (!subscription || subscription.state === 'ended') return;
        if (error.retry) {
            const pause = (error.retryAfter ?? 500) + 500 * this.#clock.random();
            const link = this.#link;
            this.#clock.setTimeout(() => {
                if (this.#link === link && subscription.state !== 'ended') this.#ask(subscription);
            }, pause);
            return;
        }
        this.#subscriptions.delete(subscription.topic);
        subscription.end(error.code, error);
    }

    #route(event, link) {
        if (event.event === 'draining') {
            this.#move(link, event.data?.after ?? 0);
            return;
        }
        const subscription = this.#subscriptions.get(event.topic);
        if (subscription) {
            subscription.take(event);
            if (subscription.state === 'ended') this.#subscriptions.delete(event.topic);
        } else this.#dispatch('event', event);
    }

    /** The hub goes away within `after` ms: another connection is opened before, at random. */
    #move(link, after) {
        if (link !== this.#link || this.#candidate || this.#timers.has('move')) return;
        this.#timers.set('move', after * 0.7 * this.#clock.random(), () => {
            if (!this.#candidate) this.#dial();
        });
    }

    #ended(link, code) {
        // Of a candidate the promise of `open` or `hello` reports it.
        if (link !== this.#link) return;
        this.#link = null;
        this.#timers.stop();
        this.#outbox.stop();
        this.#interrupt();
        const final = finality(code);
        if (final) {
            this.close(final);
            return;
        }
        // A candidate on its way takes over; else we wait our turn.
        if (this.#candidate) this.#setState('connecting');
        else this.#wait(code === 4001 && this.#attempts === 0 ? 0 : pauseCeiling);
    }

    /** An attempt to connect failed. */
    #failed(error) {
        this.#candidate = null;
        const mayRenew = error.code === 'token_expired' && this.#options.getToken;
        const refusal = error instanceof MartletError && !error.retry && !mayRenew ? error : null;
        const final = finality(error.closeCode) ?? refusal;
        if (final) this.close(final);
        else this.#wait(pauseCeiling, error.retryAfter);
    }

    /** Full jitter: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/ */
    #wait(ceiling, floor = 0) {
        const bound = Math.min(ceiling, pauseFloor * 2 ** Math.min(this.#attempts, 16));
        const pause = Math.max(floor, bound * this.#clock.random());
        this.#attempts += 1;
        this.#timers.set('retry', pause, () => this.#dial());
        // Still served while draining: nobody needs to know.
        if (this.#link) return;
        this.retryAt = this.#clock.now() + pause;
        this.#setState('waiting');
    }

    async #token() {
        const { getToken, token } = this.#options;
        return getToken ? getToken() : token;
    }

    #planRenewal(expires) {
        if (!expires || !this.#options.getToken) return;
        const left = expires - this.#clock.now();
        const delay = Math.max(0, left - Math.max(renewBefore, left / 10), left / 2);
        this.#timers.set('renew', Math.min(delay, timerMaximum), () => this.#renew());
    }

    async #renew() {
        const link = this.#link;
        try {
            const token = await this.#token();
            const reply = await link.command({ action: 'refresh', token });
            if (this.#link === link) this.#planRenewal(reply.expires);
        } catch {
            // Once more while there is time; after that the hub closes with 4001.
            if (this.#link === link) this.#timers.set('renew', 15_000, () => this.#renew());
        }
    }

    #interrupt() {
        for (const subscription of this.#subscriptions.values()) subscription.interrupted();
    }

    #onlineLink(patience) {
        if (this.state === 'closed') {
            throw this.error ?? new MartletError('closed', 'Not connected.');
        }
        return this.state === 'online' ? this.#link : this.#waiting.enter(patience);
    }

    #hurry() {
        if (this.state === 'waiting') this.#dial();
        else if (this.state === 'online') this.#link.probe(5_000);
    }

    #setState(state) {
        if (this.state === state && state !== 'waiting') return;
        this.state = state;
        this.#dispatch('state');
    }

    #dispatch(type, detail) {
        this.dispatchEvent(new CustomEvent(type, { detail }));
    }
}
