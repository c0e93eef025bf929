/** Completes @mentions in a textarea: a listbox above it, steered by arrow keys. */

import { avatar } from './avatar.js';
import { fill, h } from './dom.js';

const most = 7;

export class Completion {
    #text;
    #candidates;
    #shown = [];
    #chosen = 0;
    #start = -1;
    element;

    /** `candidates()` answers user ids. */
    constructor(text, candidates) {
        this.#text = text;
        this.#candidates = candidates;
        this.element = h('div', {
            class: 'completion', role: 'listbox', id: `${text.id}-completion`, hidden: true,
            'aria-label': 'People',
        });
        text.setAttribute('aria-controls', this.element.id);
    }

    update() {
        const { value, selectionStart } = this.#text;
        const match = /(^|[^\w@])@([\w.-]*)$/.exec(value.slice(0, selectionStart));
        if (!match) {
            this.close();
            return;
        }
        const wanted = match[2].toLowerCase();
        this.#start = selectionStart - match[2].length;
        this.#shown = this.#candidates()
            .filter((user) => user.toLowerCase().includes(wanted))
            .sort((left, right) => rank(left, wanted) - rank(right, wanted)).slice(0, most);
        this.#chosen = 0;
        this.#draw();
    }

    close() {
        this.#shown = [];
        this.#draw();
    }

    /** True when the key was for the list. */
    key(event) {
        if (this.#shown.length === 0) return false;
        const count = this.#shown.length;
        switch (event.key) {
        case 'ArrowDown':
            this.#chosen = (this.#chosen + 1) % count;
            break;
        case 'ArrowUp':
            this.#chosen = (this.#chosen + count - 1) % count;
            break;
        case 'Enter':
        case 'Tab':
            this.#accept(this.#shown[this.#chosen]);
            break;
        case 'Escape':
            event.stopPropagation();
            this.close();
            break;
        default:
            return false;
        }
        event.preventDefault();
        this.#draw();
        return true;
    }

    #accept(user) {
        const { selectionStart } = this.#text;
        this.#text.setRangeText(`${user} `, this.#start, selectionStart, 'end');
        this.#shown = [];
        this.#text.dispatchEvent(new Event('input', { bubbles: true }));
    }

    #draw() {
        const isOpen = this.#shown.length > 0;
        this.element.hidden = !isOpen;
        fill(this.element, this.#shown.map((user, index) => h('div', {
            role: 'option', id: `${this.element.id}-${index}`, class: 'completion-row',
            'aria-selected': String(index === this.#chosen),
            // The textarea must keep the focus.
            onPointerdown: (event) => { event.preventDefault(); this.#accept(user); this.#draw(); },
        }, avatar(user, { size: 'small' }), h('span', {}, user))));
        if (isOpen) {
            const active = `${this.element.id}-${this.#chosen}`;
            this.#text.setAttribute('aria-activedescendant', active);
        } else this.#text.removeAttribute('aria-activedescendant');
    }
}

function rank(user, wanted) {
    return user.toLowerCase().startsWith(wanted) ? 0 : 1;
}
