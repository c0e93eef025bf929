/** The pinned messages of a room. */

import { fill, h, scheduled } from './dom.js';
import { plain } from './format.js';
import { messageCard } from './message.js';
import { sentence } from './toast.js';

export class PinsPanel {
    title = 'Pinned messages';
    content;

    #chat;
    #room;
    #listening = new AbortController();
    #list = h('div', { class: 'panel-scroll cards' }, h('p', { class: 'hint' }, 'Loading…'));
    #load = scheduled(() => this.#ask());

    constructor(chat, room) {
        this.#chat = chat;
        this.#room = room;
        this.content = [this.#list];
        const { signal } = this.#listening;
        for (const name of ['message_pinned', 'message_unpinned', 'message_deleted']) {
            room.subscription?.addEventListener(name, this.#load, { signal });
        }
    }

    opened() {
        this.#ask();
    }

    close() {
        this.#listening.abort();
    }

    async #ask() {
        try {
            const reply = await this.#chat.martlet.command('pins', { topic: this.#room.topic });
            fill(this.#list, reply.messages.map((message) => messageCard(
                message, plain(message.content), null,
                () => this.#chat.go(this.#room.topic, message.threadId
                    ? { thread: message.threadId } : { message: message.id }),
            )), reply.messages.length === 0 ? h('p', { class: 'hint' },
                'Nothing is pinned. Moderators can pin what everybody should find again.') : null);
        } catch (error) {
            fill(this.#list, h('p', { class: 'form-error' }, sentence(error)));
        }
    }
}
