/** Says how much is left, and flashes when others take some. */

import { h } from '../chat/dom.js';
import { level } from './stock.js';

const flashLasts = 1_400;

export class StockLabel {
    #timer = null;
    #text = h('span', {}, ' ');
    element;

    /** With `isLive` the words are read out when they change: for one on a page, not for a grid. */
    constructor({ isLive = false } = {}) {
        this.element = h('span', { class: 'stock', role: isLive ? 'status' : null },
            h('span', { class: 'stock-dot', 'aria-hidden': 'true' }), this.#text);
    }

    show(stock, { fell = 0 } = {}) {
        const { kind, text } = level(stock);
        this.element.dataset.level = kind;
        if (this.#text.textContent !== text) this.#text.textContent = text;
        if (fell > 0) this.#flash();
    }

    #flash() {
        clearTimeout(this.#timer);
        this.element.classList.remove('stock-fell');
        // Without a frame between, an animation that runs would not begin anew.
        requestAnimationFrame(() => this.element.classList.add('stock-fell'));
        this.#timer = setTimeout(() => this.element.classList.remove('stock-fell'), flashLasts);
    }
}
