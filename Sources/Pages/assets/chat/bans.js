/** Who is banned from a room: shown to those who may lift a ban. */

import { avatar } from './avatar.js';
import { fill, h } from './dom.js';
import { reported } from './toast.js';
import { fullTime } from './words.js';

/** Five pages of a hundred: who needs more asks by REST. */
const pagesMaximum = 5;

export class BanList {
    element = h('section', { class: 'member-group', hidden: true, 'aria-label': 'Banned' });

    #chat;
    #room;
    #loads = 0;

    constructor(chat, room) {
        this.#chat = chat;
        this.#room = room;
    }

    async load() {
        if (!this.#room.canModerate || this.#room.isDirect) {
            this.#show([], false);
            return;
        }
        this.#loads += 1;
        const load = this.#loads;
        const bans = [];
        let more = true;
        for (let page = 0; more && page < pagesMaximum; page += 1) {
            const after = bans.at(-1)?.userId;
            const reply = await this.#chat.martlet.command('bans', {
                topic: this.#room.topic, limit: 100, ...(after ? { after } : {}),
            });
            bans.push(...reply.bans);
            more = reply.more && reply.bans.length > 0;
        }
        // Asked for again meanwhile: the later answer is shown.
        if (load === this.#loads) this.#show(bans, more);
    }

    #show(bans, more) {
        this.element.hidden = bans.length === 0;
        fill(this.element,
            h('h3', {}, `Banned — ${bans.length}${more ? '+' : ''}`),
            h('ul', {}, bans.map((ban) => this.#row(ban))));
    }

    #row({ userId, until }) {
        const unban = () => reported(this.#chat.moderate(this.#room, 'unban', { userId }));
        return h('li', { class: 'member' }, avatar(userId, { size: 'small' }),
            h('span', { class: 'member-name' }, userId,
                until ? h('span', { class: 'hint' }, ` until ${fullTime(until)}`) : null),
            h('button', {
                type: 'button', class: 'link', 'aria-label': `Unban ${userId}`, onClick: unban,
            }, 'Unban'));
    }
}
