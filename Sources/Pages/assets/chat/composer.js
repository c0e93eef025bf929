/** Where messages are written: Enter sends, Shift+Enter breaks the line, Up edits, @ completes. */

import { Completion } from './completion.js';
import { fill, h, icon, iconButton } from './dom.js';
import { openEmojiPicker } from './popover.js';

const typingEvery = 3_000;
const heightMaximum = 220;

export class Composer {
    #chat;
    #options;
    #editing = null;
    #draft = '';
    #typedAt = 0;
    #completion;

    #text;
    #send = iconButton('send', 'Send', () => this.#submit(), { class: 'send' });
    #banner = h('div', { class: 'composer-banner', hidden: true });
    element;

    /** `options`: `{id, label, onSend(text), onEditLast(), onTyping(active)}`. */
    constructor(chat, options) {
        this.#chat = chat;
        this.#options = options;
        this.#text = h('textarea', {
            id: options.id, class: 'composer-text', rows: 1, 'aria-label': options.label,
            placeholder: options.label, enterkeyhint: 'send', 'aria-autocomplete': 'list',
            onInput: () => this.#changed(), onKeydown: (event) => this.#key(event),
            onBlur: () => this.#completion.close(),
        });
        this.#completion = new Completion(this.#text, () => chat.mentionable);
        this.element = h('div', { class: 'composer' }, this.#banner,
            h('div', { class: 'composer-box' }, this.#completion.element, this.#text,
                iconButton('smile', 'Emoji', (event) => openEmojiPicker(
                    event.currentTarget, (emoji) => this.#insert(emoji),
                )), this.#send));
        this.#grow();
    }

    get value() {
        return this.#text.value;
    }

    set value(text) {
        this.#text.value = text;
        this.#grow();
    }

    setLabel(label) {
        this.#text.placeholder = label;
        this.#text.setAttribute('aria-label', label);
    }

    setDisabled(isDisabled) {
        this.#text.disabled = isDisabled;
        this.#grow();
    }

    focus() {
        this.#text.focus();
    }

    edit(message) {
        if (!this.#editing) this.#draft = this.value;
        this.#editing = message;
        this.value = message.content;
        fill(this.#banner, icon('edit'), h('span', {}, 'Editing your message'),
            h('button', { type: 'button', class: 'link', onClick: () => this.cancelEdit() },
                'Cancel (Esc)'));
        this.#banner.hidden = false;
        this.focus();
        this.#text.setSelectionRange(message.content.length, message.content.length);
    }

    cancelEdit() {
        if (!this.#editing) return;
        this.#editing = null;
        this.#banner.hidden = true;
        this.value = this.#draft;
        this.focus();
    }

    #submit() {
        const text = this.value.trim();
        if (text === '') return;
        const edited = this.#editing;
        if (edited) {
            this.cancelEdit();
            if (text !== edited.content) this.#chat.edit(edited, text);
            return;
        }
        if (!this.#options.onSend(text)) return;
        this.value = '';
        this.#typedAt = 0;
    }

    #key(event) {
        if (event.isComposing || this.#completion.key(event)) return;
        if (event.key === 'Enter' && !event.shiftKey) {
            event.preventDefault();
            this.#submit();
        } else if (event.key === 'Escape' && this.#editing) {
            event.preventDefault();
            event.stopPropagation();
            this.cancelEdit();
        } else if (event.key === 'ArrowUp' && !event.altKey && this.value === '') {
            const message = this.#options.onEditLast();
            if (!message) return;
            event.preventDefault();
            this.edit(message);
        }
    }

    #changed() {
        this.#grow();
        this.#completion.update();
        if (this.#editing) return;
        const isActive = this.value.trim() !== '';
        const now = Date.now();
        if (isActive && now - this.#typedAt > typingEvery) {
            this.#typedAt = now;
            this.#options.onTyping(true);
        } else if (!isActive && this.#typedAt > 0) {
            this.#typedAt = 0;
            this.#options.onTyping(false);
        }
    }

    #insert(text) {
        const { selectionStart, selectionEnd } = this.#text;
        this.#text.setRangeText(text, selectionStart, selectionEnd, 'end');
        this.focus();
        this.#changed();
    }

    #grow() {
        this.#text.style.setProperty('height', 'auto');
        const height = Math.min(this.#text.scrollHeight, heightMaximum);
        if (height > 0) this.#text.style.setProperty('height', `${height}px`);
        this.#send.disabled = this.value.trim() === '' || this.#text.disabled;
    }
}
