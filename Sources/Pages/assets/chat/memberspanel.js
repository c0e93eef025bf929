/** Who belongs to the room, who is here, and what may be done about it. */

import { avatar } from './avatar.js';
import { BanList } from './bans.js';
import { confirmed } from './dialogs.js';
import { fill, h, iconButton, scheduled } from './dom.js';
import { openMenu } from './popover.js';
import { reported } from './toast.js';
import { plural } from './words.js';

const ranks = { owner: 0, moderator: 1, member: 2 };
const muteLasts = 60 * 60_000;

export class MembersPanel {
    title = 'Members';
    content;

    #chat;
    #room;
    #listening = new AbortController();
    #filter;
    #bans;
    #list = h('div', {});
    #draw = scheduled(() => this.update());

    constructor(chat, room) {
        this.#chat = chat;
        this.#room = room;
        this.#filter = h('input', {
            class: 'input', type: 'search', placeholder: 'Filter', 'aria-label': 'Filter members',
            onInput: () => this.update(),
        });
        this.#bans = new BanList(chat, room);
        this.content = [
            h('div', { class: 'panel-tools' }, this.#filter),
            h('div', { class: 'panel-scroll' }, this.#list, this.#bans.element),
        ];
        for (const name of ['members', 'presence', 'meta']) {
            room.addEventListener(name, this.#draw, { signal: this.#listening.signal });
        }
        room.addEventListener('bans', () => reported(this.#bans.load()), {
            signal: this.#listening.signal,
        });
    }

    opened() {
        this.update();
        // Who I am in the room is known from its members.
        reported(this.#room.loadMembers().then(() => this.#bans.load()));
    }

    close() {
        this.#listening.abort();
    }

    update() {
        const wanted = this.#filter.value.toLowerCase();
        const all = [...this.#room.members.values()]
            .filter((member) => member.userId.toLowerCase().includes(wanted))
            .sort(byRank);
        const isHere = (member) => this.#room.online?.has(member.userId) ?? member.online === true;
        const here = all.filter(isHere);
        const away = all.filter((member) => !isHere(member));
        const visitors = [...this.#room.online ?? []]
            .filter((user) => !this.#room.members.has(user) && user.toLowerCase().includes(wanted))
            .map((userId) => ({ userId, role: 'visitor' }));
        const { memberCount, onlineCount } = this.#room;
        fill(this.#list,
            h('p', { class: 'hint panel-note' }, [plural(memberCount, 'member'),
                onlineCount === null ? null : `${onlineCount.toLocaleString()} online`]
                .filter(Boolean).join(' · ')),
            this.#group('Here', here, true), this.#group('Looking around', visitors, true),
            this.#group('Away', away, false));
    }

    #group(title, members, online) {
        if (members.length === 0) return null;
        return h('section', { class: 'member-group' }, h('h3', {}, `${title} — ${members.length}`),
            h('ul', {}, members.map((member) => this.#row(member, online))));
    }

    #row(member, online) {
        const items = this.#items(member);
        const isMuted = (member.mutedUntil ?? 0) > Date.now();
        return h('li', { class: 'member' }, avatar(member.userId, { size: 'small', online }),
            h('span', { class: 'member-name' }, member.userId,
                member.userId === this.#chat.me ? h('span', { class: 'hint' }, ' (you)') : null),
            isMuted ? h('span', { class: 'tag', title: 'Muted' }, 'muted') : null,
            member.role === 'owner' || member.role === 'moderator'
                ? h('span', { class: 'tag tag-role' }, member.role) : null,
            items.length > 0 ? iconButton('more', `Actions for ${member.userId}`, (event) => {
                openMenu(event.currentTarget, member.userId, items);
            }) : null);
    }

    #items(member) {
        const room = this.#room;
        const { userId, role } = member;
        if (userId === this.#chat.me) return [];
        const isMember = role !== 'visitor';
        const message = {
            label: 'Direct message', icon: 'reply',
            run: () => reported(this.#chat.openDirect([userId])),
        };
        if (room.isDirect) return [message];
        const mayModerate = room.canModerate && role !== 'owner'
            && (room.role === 'owner' || role !== 'moderator');
        const isMuted = (member.mutedUntil ?? 0) > Date.now();
        const act = (action, data) => reported(
            this.#chat.moderate(room, action, { userId, ...data }),
        );
        return [
            message,
            room.role === 'owner' && isMember && '-',
            room.role === 'owner' && isMember && (role === 'moderator'
                ? {
                    label: 'Make member', icon: 'people',
                    run: () => act('role', { role: 'member' }),
                }
                : {
                    label: 'Make moderator', icon: 'people',
                    run: () => act('role', { role: 'moderator' }),
                }),
            mayModerate && '-',
            mayModerate && isMember && (isMuted
                ? { label: 'Unmute', icon: 'bell', run: () => act('unmute') }
                : {
                    label: 'Mute for an hour', icon: 'bellOff',
                    run: () => act('mute', { until: Date.now() + muteLasts }),
                }),
            mayModerate && isMember && {
                label: 'Remove from room…', icon: 'close', isDanger: true,
                run: () => this.#ask('kick', userId, 'They can come back.', act),
            },
            mayModerate && {
                label: 'Ban…', icon: 'lock', isDanger: true,
                run: () => this.#ask('ban', userId, 'They can’t come back until unbanned.', act),
            },
        ].filter(Boolean);
    }

    async #ask(action, userId, text, act) {
        const verb = action === 'kick' ? 'Remove' : 'Ban';
        if (await confirmed(`${verb} ${userId}?`, text, verb)) await act(action);
    }
}

function byRank(left, right) {
    const order = (ranks[left.role] ?? 3) - (ranks[right.role] ?? 3);
    return order || (left.userId < right.userId ? -1 : 1);
}
