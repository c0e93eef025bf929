/** What happens to one's orders, as it happens. */

import { escaped } from '../chat/words.js';

/** Dispatches `news` with `{orderId, status, …}`, and `again` after a reconnect. */
export class OrderNews extends EventTarget {
    #martlet;

    constructor(martlet) {
        super();
        this.#martlet = martlet;
    }

    follow(user) {
        const subscription = this.#martlet.join(`orders:${escaped(user)}`);
        subscription.addEventListener('event', ({ detail }) => this.#tell(detail.data));
        subscription.addEventListener('joined', () => this.dispatchEvent(new Event('again')));
    }

    /**
     * Follows everyone's, which staff may, until the function that is answered is called.
     * `onJoined` says that something may have been missed.
     */
    watchAll(onNews, onJoined) {
        return this.#watch('orders:~all', onNews, onJoined);
    }

    /** Follows one order, until the function that is answered is called. */
    watch(id, onNews) {
        return this.#watch(`order:${id}`, ({ data }) => onNews(data), () => onNews(null));
    }

    #watch(topic, onEvent, onJoined) {
        const subscription = this.#martlet.join(topic);
        const listening = new AbortController();
        const { signal } = listening;
        subscription.addEventListener('event', ({ detail }) => onEvent(detail), { signal });
        subscription.addEventListener('joined', onJoined, { signal });
        return () => {
            listening.abort();
            this.#martlet.leave(topic);
        };
    }

    #tell(data) {
        if (data?.orderId) this.dispatchEvent(new CustomEvent('news', { detail: data }));
    }
}
