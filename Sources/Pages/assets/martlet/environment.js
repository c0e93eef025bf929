/** What differs between browsers, Node and tests: clock, storage, address, wake-up calls. */

export const systemClock = {
    now: () => Date.now(),
    random: () => Math.random(),
    setTimeout: (action, delay) => setTimeout(action, delay),
    clearTimeout: (timer) => clearTimeout(timer),
};

/** Timers by name: setting one replaces the one of that name. */
export class Timers {
    #clock;
    #running = new Map();

    constructor(clock) {
        this.#clock = clock;
    }

    has(name) {
        return this.#running.has(name);
    }

    set(name, delay, action) {
        this.clear(name);
        this.#running.set(name, this.#clock.setTimeout(() => {
            this.#running.delete(name);
            action();
        }, delay));
    }

    clear(name) {
        this.#clock.clearTimeout(this.#running.get(name));
        this.#running.delete(name);
    }

    stop() {
        for (const name of [...this.#running.keys()]) this.clear(name);
    }
}

/** The hub that served this page. */
export function defaultURL() {
    const { protocol, host } = globalThis.location ?? {};
    if (!host) throw new TypeError('Outside a browser, connect needs a URL.');
    return `${protocol === 'https:' ? 'wss' : 'ws'}://${host}/ws`;
}

export function localStorageIfAny() {
    try {
        return globalThis.localStorage ?? null;
    } catch {
        return null;
    }
}

/** Calls back when the network comes or goes and when the page is looked at again. */
export function listenToBrowser({ network, shown }) {
    if (!globalThis.document) return null;
    const listening = new AbortController();
    const { signal } = listening;
    addEventListener('online', network, { signal });
    addEventListener('offline', network, { signal });
    document.addEventListener('visibilitychange', () => {
        if (document.visibilityState === 'visible') shown();
    }, { signal });
    return listening;
}
