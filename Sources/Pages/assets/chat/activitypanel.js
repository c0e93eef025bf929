/** What concerns me everywhere: mentions, and the threads that I follow. */

import { fill, h } from './dom.js';
import { plain } from './format.js';
import { messageCard } from './message.js';
import { sentence } from './toast.js';
import { plural } from './words.js';

export class ActivityPanel {
    title = 'Activity';
    content;

    #chat;
    #tab = 'mentions';
    #asked = 0;
    #tabs = h('div', { class: 'tabs', role: 'tablist' });
    #list = h('div', { class: 'panel-scroll cards', role: 'tabpanel', tabindex: '-1' });

    constructor(chat) {
        this.#chat = chat;
        this.content = [this.#tabs, this.#list];
    }

    opened() {
        this.#show();
    }

    #show() {
        const tab = (name, label) => h('button', {
            type: 'button', role: 'tab', class: 'tab', 'aria-selected': String(this.#tab === name),
            onClick: () => { this.#tab = name; this.#show(); },
        }, label);
        fill(this.#tabs, tab('mentions', 'Mentions'), tab('threads', 'Threads'));
        this.#load();
    }

    async #load() {
        this.#asked += 1;
        const asked = this.#asked;
        fill(this.#list, h('p', { class: 'hint' }, 'Loading…'));
        try {
            const cards = this.#tab === 'mentions' ? await this.#mentions() : await this.#threads();
            if (asked === this.#asked) fill(this.#list, cards);
        } catch (error) {
            if (asked === this.#asked) {
                fill(this.#list, h('p', { class: 'form-error' }, sentence(error)));
            }
        }
    }

    async #mentions() {
        const { hits } = await this.#chat.martlet.command('mentions', { limit: 50 });
        if (hits.length === 0) return h('p', { class: 'hint' }, 'Nobody has mentioned you yet.');
        return hits.map(({ topic, message }) => this.#card(topic, message, null));
    }

    async #threads() {
        const reply = await this.#chat.martlet.command('threads');
        const threads = Array.isArray(reply) ? reply : reply.threads;
        if (threads.length === 0) return h('p', { class: 'hint' }, 'You follow no threads yet.');
        return threads.map(({ topic, root, replyCount }) => this.#card(
            topic, root, plural(replyCount, 'reply', 'replies'),
        ));
    }

    #card(topic, message, note) {
        const isThread = note !== null || message.threadId;
        const place = this.#chat.rooms.get(topic)?.name ?? topic.slice('room:'.length);
        return messageCard(
            message, plain(message.content), [place, note].filter(Boolean).join(' · '),
            () => this.#chat.go(topic, isThread
                ? { thread: message.threadId ?? message.id } : { message: message.id }),
        );
    }
}
