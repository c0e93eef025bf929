/** Moves between the views without loading the page: links, back and forward, scrolling, focus. */

import { ulid } from '../martlet/ulid.js';
import { isInside, parseRoute } from './route.js';

/** `show(route)` draws a view; it may answer a promise. */
export class Navigation {
    #show;
    #places = new Map();

    constructor(show) {
        this.#show = show;
        // A view is drawn after its data came: the browser would scroll too early.
        history.scrollRestoration = 'manual';
        history.replaceState({ key: ulid() }, '');
        addEventListener('popstate', () => this.#arrive({ isReturn: true }));
        document.addEventListener('click', (event) => this.#follow(event));
        addEventListener('scroll', () => this.#note(), { passive: true });
    }

    start() {
        return this.#arrive({ isFirst: true });
    }

    go(path, { replaces = false } = {}) {
        if (replaces) history.replaceState(history.state, '', path);
        else history.pushState({ key: ulid() }, '', path);
        return this.#arrive({});
    }

    /** Changes the address of what is shown, without drawing it again. */
    rename(path) {
        history.replaceState(history.state, '', path);
    }

    #note() {
        if (history.state?.key) this.#places.set(history.state.key, scrollY);
    }

    async #arrive({ isReturn = false, isFirst = false }) {
        const place = isReturn ? this.#places.get(history.state?.key) ?? 0 : 0;
        const { key } = history.state ?? {};
        await this.#show(parseRoute(location));
        if (history.state?.key !== key) return;
        scrollTo(0, place);
        if (isFirst || isReturn) return;
        // Who can't see that the page is another hears its title.
        document.querySelector('main h1')?.focus({ preventScroll: true });
    }

    #follow(event) {
        const link = event.target.closest?.('a[href]');
        const isPlain = event.button === 0 && !event.defaultPrevented
            && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
        if (!link || !isPlain || link.target || !isInside(link)) return;
        event.preventDefault();
        this.go(link.pathname + link.search);
    }
}
