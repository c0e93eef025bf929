/** Questions to the hub, a few at a time: in the order asked, those that nobody needs left out. */

const atOnce = 6;

export class Questions {
    /** How many ask again and again. */
    askers = 0;
    #waiting = [];
    #running = 0;

    /** Resolves to what `action()` answers; `signal` takes it back. */
    ask(action, signal) {
        return new Promise((resolve, reject) => {
            this.#waiting.push({ action, signal, resolve, reject });
            this.#next();
        });
    }

    #next() {
        while (this.#running < atOnce && this.#waiting.length > 0) {
            const { action, signal, resolve, reject } = this.#waiting.shift();
            if (signal.aborted) {
                reject(signal.reason);
                continue;
            }
            this.#running += 1;
            action().then(resolve, reject).finally(() => {
                this.#running -= 1;
                this.#next();
            });
        }
    }
}
