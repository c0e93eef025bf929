/** Time that runs out: drawn each second, read out only now and then. */

import { h } from '../chat/dom.js';

/** Moments at which it is worth interrupting somebody, in seconds. */
const spoken = new Set([300, 60, 30, 10]);

/** `3:07`, `1:02:03`, or `0:00`. */
export function clockText(milliseconds) {
    const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
    const parts = [Math.floor(seconds / 60) % 60, seconds % 60];
    const hours = Math.floor(seconds / 3600);
    if (hours > 0) parts.unshift(hours);
    return parts.map((part, index) => (index === 0 ? String(part)
        : String(part).padStart(2, '0'))).join(':');
}

export class Countdown {
    #end;
    #onEnd;
    #timer;
    #face = h('span', { class: 'countdown-face', 'aria-hidden': 'true' });
    #voice = h('span', { class: 'visually-hidden', role: 'timer', 'aria-live': 'polite' });
    element = h('span', { class: 'countdown' }, this.#face, this.#voice);

    constructor(end, onEnd = () => {}) {
        this.#end = end;
        this.#onEnd = onEnd;
        this.#tick();
        this.#timer = setInterval(() => this.#tick(), 1000);
    }

    stop() {
        clearInterval(this.#timer);
    }

    #tick() {
        const left = this.#end - Date.now();
        const seconds = Math.ceil(left / 1000);
        this.#face.textContent = clockText(left);
        this.element.classList.toggle('countdown-short', seconds <= 60);
        const isFirst = this.#voice.textContent === '';
        if (isFirst || spoken.has(seconds)) this.#voice.textContent = `${clockText(left)} left`;
        if (left > 0) return;
        this.stop();
        this.#onEnd();
    }
}
