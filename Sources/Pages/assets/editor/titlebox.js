/** The title, which everybody may change: the hub keeps it, and tells of each new one. */

import { h } from '../chat/dom.js';

const bytesMaximum = 200;
const pause = 250;

export class TitleBox {
    #session;
    #api;
    #timer = null;
    /** What was asked for and has not been told by the hub yet. */
    #wanted = null;
    /** It could not be asked for. */
    #isUnsent = false;
    element;

    constructor(session, api) {
        this.#session = session;
        this.#api = api;
        this.element = h('input', {
            class: 'editor-title', 'aria-label': 'Title', maxlength: bytesMaximum,
            autocomplete: 'off', placeholder: session.name, spellcheck: 'true',
            onInput: () => this.#later(),
            onBlur: () => this.#keep(),
            onKeydown: (event) => {
                if (event.key !== 'Enter' || event.isComposing) return;
                // Or the text would get the line break.
                event.preventDefault();
                document.getElementById('text').focus();
            },
        });
        session.addEventListener('title', () => this.#told());
        session.addEventListener('status', () => this.#draw());
        this.#draw();
    }

    #told() {
        if (this.#isUnsent) this.#send();
        else this.#wanted = null;
        this.#draw();
    }

    #draw() {
        const { hasContent, isReadOnly, name, title } = this.#session;
        const shown = this.#wanted ?? title;
        this.element.readOnly = isReadOnly || !hasContent;
        if (this.#timer === null && this.element.value !== shown) this.element.value = shown;
        document.title = `${shown || name} · Martlet`;
    }

    #later() {
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.#keep(), pause);
    }

    #keep() {
        if (this.#timer === null) return;
        clearTimeout(this.#timer);
        this.#timer = null;
        const title = shortened(this.element.value.trim());
        if (!this.element.readOnly && title !== (this.#wanted ?? this.#session.title)) {
            this.#wanted = title;
            this.#send();
        }
        this.#draw();
    }

    async #send() {
        const title = this.#wanted;
        this.#isUnsent = false;
        try {
            await this.#api.rename(this.#session.name, title);
        } catch (error) {
            // A newer one is on its way.
            if (this.#wanted !== title) return;
            // Back on the line the hub tells the title, and then it is tried again.
            if (error.code === 'disconnected') this.#isUnsent = true;
            else this.#wanted = null;
            this.#draw();
        }
    }
}

function shortened(title) {
    const encoder = new TextEncoder();
    const characters = [...title];
    while (encoder.encode(characters.join('')).length > bytesMaximum) characters.pop();
    return characters.join('');
}
