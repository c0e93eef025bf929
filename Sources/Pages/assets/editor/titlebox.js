/** The title, which everybody may change. */

import { h } from '../chat/dom.js';

const longest = 200;
const pause = 250;

export class TitleBox {
    #session;
    #suggested = '';
    #timer = null;
    element;

    constructor(session) {
        this.#session = session;
        this.element = h('input', {
            class: 'editor-title', 'aria-label': 'Title', maxlength: longest, autocomplete: 'off',
            placeholder: session.name, spellcheck: 'true',
            onInput: () => this.#later(),
            onBlur: () => this.#keep(),
            onKeydown: (event) => {
                if (event.key !== 'Enter' || event.isComposing) return;
                // Or the text would get the line break.
                event.preventDefault();
                document.getElementById('text').focus();
            },
        });
        session.meta.observe(() => this.#draw());
        session.addEventListener('status', () => this.#draw());
        this.#draw();
    }

    /** What it was created with is shown until somebody gives it another. */
    suggest(title) {
        this.#suggested = title ?? '';
        this.#draw();
    }

    get #title() {
        const title = this.#session.meta.get('title');
        return typeof title === 'string' ? title.slice(0, longest) : this.#suggested;
    }

    #draw() {
        const { hasContent, isReadOnly, name } = this.#session;
        this.element.readOnly = isReadOnly || !hasContent;
        if (this.#timer === null && this.element.value !== this.#title) {
            this.element.value = this.#title;
        }
        document.title = `${this.#title || name} · Martlet`;
    }

    #later() {
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.#keep(), pause);
    }

    #keep() {
        if (this.#timer === null) return;
        clearTimeout(this.#timer);
        this.#timer = null;
        const title = this.element.value.trim();
        if (!this.element.readOnly && title !== this.#title) this.#session.meta.set('title', title);
        this.#draw();
    }
}
