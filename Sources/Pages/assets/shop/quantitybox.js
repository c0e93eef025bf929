/** A number with a button on each side. */

import { h, iconButton } from '../chat/dom.js';
import { mostOfOne } from './cart.js';

export class QuantityBox {
    #least;
    #most = mostOfOne;
    #onChange;
    #input;
    #less;
    #more;
    element;

    /** `onChange(count)` is called for what somebody chose, not for `show`. */
    constructor({ label, value = 1, least = 1, onChange = () => {} }) {
        this.#least = least;
        this.#onChange = onChange;
        this.#input = h('input', {
            class: 'quantity-input', inputmode: 'numeric', autocomplete: 'off', maxlength: 3,
            'aria-label': label, value: String(value),
            onChange: () => this.#choose(Number.parseInt(this.#input.value, 10)),
            onKeydown: (event) => this.#key(event),
        });
        this.#less = iconButton('minus', 'One less', () => this.#choose(this.value - 1));
        this.#more = iconButton('add', 'One more', () => this.#choose(this.value + 1));
        this.element = h('div', { class: 'quantity', role: 'group', 'aria-label': label },
            this.#less, this.#input, this.#more);
        this.#mark();
    }

    get value() {
        return Number.parseInt(this.#input.value, 10) || this.#least;
    }

    /** More than there is can't be chosen. */
    set most(most) {
        this.#most = Math.min(mostOfOne, Math.max(this.#least, most));
        this.#mark();
    }

    show(value) {
        // What is being typed is left alone.
        if (document.activeElement !== this.#input) this.#input.value = String(value);
        this.#mark();
    }

    #choose(count) {
        const isNumber = Number.isFinite(count);
        const chosen = isNumber ? Math.min(Math.max(count, this.#least), this.#most) : this.#least;
        this.#input.value = String(chosen);
        this.#mark();
        this.#onChange(chosen);
    }

    #key(event) {
        const step = { ArrowUp: 1, ArrowDown: -1 }[event.key];
        if (step === undefined) return;
        event.preventDefault();
        this.#choose(this.value + step);
    }

    #mark() {
        const mark = (button, isOff) => button.setAttribute('aria-disabled', String(isOff));
        mark(this.#less, this.value <= this.#least);
        mark(this.#more, this.value >= this.#most);
    }
}
