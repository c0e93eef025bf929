/** The list of rooms: what is new where, and the way to more. */

import { avatar } from './avatar.js';
import { createRoomDialog, browseDialog, directMessageDialog, switcherDialog } from './dialogs.js';
import { drawWhenChanged, fill, h, icon, iconButton, scheduled } from './dom.js';
import { plain } from './format.js';
import { openMenu } from './popover.js';
import { formatRoute } from './route.js';
import { chosenTheme, chooseTheme } from './theme.js';
import { badge, plural, shortTime } from './words.js';

export class Sidebar {
    #chat;
    #onSignOut;
    #rooms = h('ul', { class: 'room-list' });
    #directs = h('ul', { class: 'room-list' });
    #rows = new Map();
    #profile = h('div', { class: 'profile' });
    #mentions = h('span', { class: 'badge badge-mention', hidden: true });
    #draw = scheduled(() => this.#render());
    element;

    constructor(chat, onSignOut) {
        this.#chat = chat;
        this.#onSignOut = onSignOut;
        this.element = h('nav', { class: 'sidebar', 'aria-label': 'Rooms' },
            h('header', { class: 'sidebar-header' },
                h('span', { class: 'brand' }, h('img', {
                    src: '/favicon.svg', alt: '', width: 22, height: 22,
                }), 'Martlet'),
                h('a', {
                    class: 'icon-button sidebar-documents', href: '/docs',
                    'aria-label': 'Documents', title: 'Documents',
                }, icon('document')),
                h('a', {
                    class: 'icon-button', href: '/dashboard', 'aria-label': 'Dashboard',
                    title: 'Dashboard',
                }, icon('chart')),
                h('a', {
                    class: 'icon-button', href: '/shop', 'aria-label': 'Shop', title: 'Shop',
                }, icon('bag')),
                iconButton('bell', 'Mentions and threads', () => this.#openActivity(), {
                    class: 'activity-button',
                })),
            h('button', {
                type: 'button', class: 'finder', onClick: () => switcherDialog(chat),
            }, icon('search'), h('span', {}, 'Go to…'), h('kbd', {}, shortcut('K'))),
            h('div', { class: 'sidebar-scroll' },
                section('Rooms', this.#rooms, [
                    iconButton('search', 'Browse public rooms', () => browseDialog(chat)),
                    iconButton('add', 'Create a room', () => createRoomDialog(chat)),
                ]),
                section('Direct messages', this.#directs, [
                    iconButton('add', 'New direct message', () => directMessageDialog(chat)),
                ])),
            this.#profile);
        this.element.querySelector('.activity-button').append(this.#mentions);
        chat.rooms.addEventListener('change', this.#draw);
        for (const name of ['room', 'status', 'outbox']) chat.addEventListener(name, this.#draw);
    }

    #openActivity() {
        const { room, rooms } = this.#chat;
        if (room) this.#chat.openPanel('activity');
        else if (rooms.mine[0]) this.#chat.go(rooms.mine[0].topic, { panel: 'activity' });
    }

    #render() {
        const { rooms } = this.#chat;
        const shown = [...rooms.mine];
        const { room } = this.#chat;
        if (room && !room.isMember) shown.unshift(room);
        this.#list(this.#rooms, shown.filter((each) => !each.isDirect), rooms.isLoaded
            ? 'No rooms yet. Browse the public ones, or create one.' : 'Loading…');
        this.#list(this.#directs, shown.filter((each) => each.isDirect), rooms.isLoaded
            ? 'Nobody yet.' : 'Loading…');
        this.#mentions.hidden = rooms.mentions === 0;
        this.#mentions.textContent = badge(rooms.mentions);
        this.#drawProfile();
        document.title = [rooms.unread > 0 ? `(${badge(rooms.unread)})` : null,
            room?.name, 'Martlet'].filter(Boolean).join(' ').replace(/ (?=Martlet$)/, ' · ');
    }

    /** Rows stay the same elements, so that a click survives what arrives meanwhile. */
    #list(element, rooms, empty) {
        const items = rooms.map((room) => this.#row(room));
        if (items.length === 0) items.push(h('li', { class: 'hint sidebar-hint' }, empty));
        const isSame = items.length === element.children.length
            && items.every((item, index) => item === element.children[index]);
        if (isSame) return;
        const focused = document.activeElement;
        const hadFocus = element.contains(focused);
        fill(element, items);
        if (hadFocus && focused.isConnected) focused.focus();
    }

    #row(room) {
        const last = room.lastMessage;
        if (!this.#rows.has(room.topic)) {
            const link = h('a', { href: formatRoute({ topic: room.topic }) });
            this.#rows.set(room.topic, h('li', {}, link));
        }
        const item = this.#rows.get(room.topic);
        const look = {
            name: room.name, kind: room.visibility, isMember: room.isMember,
            isCurrent: room === this.#chat.room, unread: room.unread, mentions: room.mentions,
            time: last ? shortTime(last.timestamp) : null, text: preview(room, this.#chat.me),
            online: room.isDirect && this.#chat.isUserOnline(room.partners[0]),
        };
        drawWhenChanged(item, look, () => drawRow(item.firstElementChild, room, look));
        return item;
    }

    #drawProfile() {
        const { me, martlet } = this.#chat;
        const waiting = this.#chat.outbox.waiting.length;
        const state = {
            online: 'Online', connecting: 'Connecting…', waiting: 'Reconnecting…',
            closed: 'Signed out',
        }[martlet.state];
        const text = martlet.isOffline ? 'Offline' : state;
        const isOnline = martlet.state === 'online' && !martlet.isOffline;
        const hint = waiting > 0 && !isOnline
            ? `${text} · ${plural(waiting, 'message')} waiting` : text;
        drawWhenChanged(this.#profile, [me, isOnline, hint], () => {
            fill(this.#profile, h('button', {
                type: 'button', class: 'profile-button', 'aria-label': `${me ?? ''}: menu`,
                onClick: (event) => this.#menu(event.currentTarget),
            }, avatar(me ?? '?', { size: 'small', online: isOnline }),
            h('span', { class: 'profile-text' }, h('strong', {}, me ?? ''),
                h('span', { class: 'hint' }, hint)), icon('more')));
        });
    }

    #menu(anchor) {
        const theme = chosenTheme();
        const choice = (value, label, name) => ({
            label: theme === value ? `${label} ✓` : label, icon: name,
            run: () => chooseTheme(value),
        });
        openMenu(anchor, 'You', [
            choice('light', 'Light', 'sun'), choice('dark', 'Dark', 'moon'),
            choice('system', 'As the system', 'check'), '-',
            { label: 'Sign out', icon: 'back', run: this.#onSignOut },
        ]);
    }
}

function section(title, list, buttons) {
    return h('section', { class: 'sidebar-section', 'aria-label': title },
        h('header', {}, h('h2', {}, title), h('span', { class: 'buttons' }, buttons)), list);
}

function drawRow(link, room, look) {
    link.className = ['room-row', look.unread > 0 && 'room-unread',
        !look.isMember && 'room-visited'].filter(Boolean).join(' ');
    if (look.isCurrent) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
    fill(link,
        room.isDirect
            ? avatar(room.partners[0] ?? room.name, { size: 'small', online: look.online })
            : icon(room.visibility === 'private' ? 'lock' : 'hash'),
        h('span', { class: 'room-row-text' },
            h('span', { class: 'room-row-line' },
                h('span', { class: 'room-row-name' }, look.name),
                look.time ? h('time', {}, look.time) : null),
            h('span', { class: 'room-row-line' },
                h('span', { class: 'room-row-preview' }, look.text), badges(room))));
}

function preview(room, me) {
    const last = room.lastMessage;
    if (!last) return room.purpose || 'No messages yet';
    if (last.deletedAt) return 'Message deleted';
    if (last.type === 'system') return plain(last.content);
    if (room.isDirect && last.userId !== me) return plain(last.content);
    return `${last.userId === me ? 'You' : last.userId}: ${plain(last.content)}`;
}

function badges(room) {
    if (room.mentions > 0) {
        return h('span', {
            class: 'badge badge-mention', 'aria-label': plural(room.mentions, 'mention'),
        }, `@${badge(room.mentions)}`);
    }
    if (room.unread === 0) return null;
    return h('span', { class: 'badge', 'aria-label': `${room.unread} unread` }, badge(room.unread));
}

export function shortcut(key) {
    return /Mac|iPhone|iPad/.test(navigator.platform) ? `⌘${key}` : `Ctrl ${key}`;
}
