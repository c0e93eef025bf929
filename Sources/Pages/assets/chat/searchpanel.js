/** Full-text search, in this room or in all. */

import { fill, h, scheduled } from './dom.js';
import { snippet } from './format.js';
import { messageCard } from './message.js';
import { sentence } from './toast.js';

const pause = 250;
const pageSize = 20;

export class SearchPanel {
    title = 'Search';
    content;

    #chat;
    #room;
    #timer = null;
    #asked = 0;
    #hits = [];
    #hasMore = false;
    #error = null;
    #input;
    #everywhere;
    #list = h('div', { class: 'panel-scroll cards', 'aria-live': 'polite' });
    #draw = scheduled(() => this.update());

    constructor(chat, room) {
        this.#chat = chat;
        this.#room = room;
        this.#input = h('input', {
            class: 'input', type: 'search', placeholder: 'Words to look for', maxlength: 250,
            'aria-label': 'Search messages', autocomplete: 'off',
            onInput: () => this.#later(),
            onKeydown: (event) => this.#key(event),
        });
        this.#everywhere = h('input', { type: 'checkbox', onChange: () => this.#search() });
        this.content = [h('div', { class: 'panel-tools' }, this.#input,
            h('label', { class: 'check' }, this.#everywhere, 'In all rooms')), this.#list];
    }

    opened() {
        this.#input.focus();
        this.update();
    }

    close() {
        clearTimeout(this.#timer);
        this.#asked += 1;
    }

    update() {
        const query = this.#input.value.trim();
        fill(this.#list,
            this.#error ? h('p', { class: 'form-error' }, sentence(this.#error)) : null,
            this.#hits.map((hit) => this.#card(hit)),
            this.#hits.length === 0 && !this.#error ? h('p', { class: 'hint' }, query === ''
                ? 'Searches the text of all messages that you may see.' : 'Nothing found.') : null,
            this.#hasMore ? h('button', {
                type: 'button', class: 'button', onClick: () => this.#search(this.#hits.at(-1)),
            }, 'More') : null);
    }

    #card({ topic, message, snippet: text }) {
        const place = this.#everywhere.checked
            ? this.#chat.rooms.get(topic)?.name ?? topic.slice('room:'.length) : null;
        return messageCard(message, snippet(text ?? message.content), place, () => {
            this.#chat.go(topic, message.threadId
                ? { thread: message.threadId } : { message: message.id });
        });
    }

    #later() {
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.#search(), pause);
    }

    #key(event) {
        if (event.key !== 'Enter') return;
        clearTimeout(this.#timer);
        this.#search();
    }

    async #search(after = null) {
        this.#asked += 1;
        const asked = this.#asked;
        const query = this.#input.value.trim();
        if (!after) this.#hits = [];
        this.#hasMore = false;
        this.#error = null;
        try {
            const reply = query === '' ? { hits: [], more: false }
                : await this.#chat.martlet.command('search', {
                    query, limit: pageSize,
                    ...(this.#everywhere.checked ? {} : { topic: this.#room.topic }),
                    ...(after ? { before: after.message.id } : {}),
                });
            // A slower answer to an earlier question must not replace a later one.
            if (asked !== this.#asked) return;
            this.#hits.push(...reply.hits);
            this.#hasMore = reply.more === true;
        } catch (error) {
            if (asked !== this.#asked) return;
            this.#error = error;
        }
        this.#draw();
    }
}
