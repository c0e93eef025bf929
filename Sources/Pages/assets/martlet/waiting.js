/** Those who wait for the connection, each with a deadline. */

import { MartletError } from './error.js';

export class WaitingRoom {
    #clock;
    #waiting = new Set();

    constructor(clock) {
        this.#clock = clock;
    }

    /** A promise for the next value admitted. */
    enter(patience) {
        return new Promise((resolve, reject) => {
            const late = new MartletError('disconnected', 'No connection.', { retry: true });
            const waiter = { resolve, reject };
            waiter.timer = this.#clock.setTimeout(() => {
                this.#waiting.delete(waiter);
                reject(late);
            }, patience);
            this.#waiting.add(waiter);
        });
    }

    admit(value) {
        for (const waiter of this.#leave()) waiter.resolve(value);
    }

    refuse(error) {
        for (const waiter of this.#leave()) waiter.reject(error);
    }

    #leave() {
        const all = [...this.#waiting];
        this.#waiting.clear();
        for (const waiter of all) this.#clock.clearTimeout(waiter.timer);
        return all;
    }
}
