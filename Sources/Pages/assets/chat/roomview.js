/** The middle: a room's header, its timeline, who is typing, and the composer. */

import { avatar } from './avatar.js';
import { Composer } from './composer.js';
import { browseDialog, createRoomDialog, editRoomDialog, inviteDialog } from './dialogs.js';
import { drawWhenChanged, fill, h, icon, iconButton, scheduled } from './dom.js';
import { openMenu } from './popover.js';
import { Timeline } from './timeline.js';
import { nameList, plural } from './words.js';

export class RoomView {
    #chat;
    #timeline;
    #composer;
    #drafts = new Map();
    #room = null;
    #listening = null;
    #draw = scheduled(() => this.#drawAround());

    #header = h('header', { class: 'room-header' });
    #typing = h('p', { class: 'typing', 'aria-live': 'off' });
    #joinBar = h('div', { class: 'join-bar', hidden: true });
    #empty = h('div', { class: 'room-empty' });
    #foot;
    element;

    constructor(chat, statusBar) {
        this.#chat = chat;
        this.#timeline = new Timeline(chat);
        this.#composer = new Composer(chat, {
            id: 'composer', label: 'Message',
            onSend: (text) => this.#post(text),
            onEditLast: () => this.#lastOwn(),
            onTyping: (isActive) => chat.typing(isActive),
        });
        this.#foot = h('footer', { class: 'room-foot' }, this.#joinBar, this.#composer.element,
            this.#typing);
        this.element = h('main', { class: 'room', id: 'room' }, statusBar, this.#header,
            this.#timeline.element, this.#foot, this.#empty);
        chat.addEventListener('room', () => this.#show());
        chat.addEventListener('edit', ({ detail }) => {
            if (!detail.isReply) this.#composer.edit(detail.message);
        });
        chat.rooms.addEventListener('change', () => { if (!chat.room) this.#show(); });
    }

    focusComposer() {
        this.#composer.focus();
    }

    #show() {
        const { room, route } = this.#chat;
        if (room !== this.#room) this.#take(room);
        const isEmpty = room === null;
        const parts = [this.#header, this.#timeline.element, this.#foot];
        for (const part of parts) part.hidden = isEmpty;
        this.#empty.hidden = !isEmpty;
        if (isEmpty) this.#drawEmpty();
        else this.#drawAround();
        this.#timeline.show(room, route.message);
    }

    #take(room) {
        this.#listening?.abort();
        if (this.#room) {
            this.#composer.cancelEdit();
            this.#drafts.set(this.#room.topic, this.#composer.value);
        }
        this.#room = room;
        if (!room) return;
        this.#listening = new AbortController();
        const { signal } = this.#listening;
        for (const name of ['meta', 'presence', 'typing', 'members']) {
            room.addEventListener(name, this.#draw, { signal });
        }
        this.#composer.value = this.#drafts.get(room.topic) ?? '';
        // On touch screens a keyboard that pops up hides what one came to read.
        if (matchMedia('(pointer: fine)').matches) this.#composer.focus();
    }

    #post(text) {
        const isSent = this.#chat.post(text);
        if (isSent) this.#timeline.jumpToLatest().then(() => this.#composer.focus());
        return isSent;
    }

    #lastOwn() {
        return this.#room.window.all.findLast((message) => message.userId === this.#chat.me
            && message.type !== 'system' && !message.deletedAt);
    }

    #drawAround() {
        const room = this.#room;
        if (!room) return;
        this.#drawHeader(room);
        this.#drawTyping(room);
        this.#composer.setLabel(`Message ${room.isDirect ? room.name : `#${room.name}`}`);
        const isVisitor = !room.isMember && !room.isDirect;
        this.#joinBar.hidden = !isVisitor;
        drawWhenChanged(this.#joinBar, isVisitor, () => {
            const text = 'You are looking around. Join to be told what is new.';
            const enter = () => this.#chat.enter();
            fill(this.#joinBar, h('span', {}, text),
                h('button', { type: 'button', class: 'button button-primary', onClick: enter },
                    'Join room'));
        });
    }

    #drawHeader(room) {
        const { panel } = this.#chat.route;
        const [partner] = room.partners;
        const isHere = room.isDirect && (room.online?.has(partner) ?? false);
        const look = [room.topic, room.name, room.visibility, room.role, subtitle(room), panel,
            isHere];
        drawWhenChanged(this.#header, look, () => this.#fillHeader(room, partner, isHere));
    }

    #fillHeader(room, partner, isHere) {
        const chat = this.#chat;
        const { panel } = chat.route;
        const toggle = (name, image, label) => iconButton(
            image, label, () => chat.openPanel(name), { 'aria-pressed': String(panel === name) },
        );
        fill(this.#header,
            iconButton('back', 'Back to the rooms', () => chat.go(null), { class: 'only-narrow' }),
            room.isDirect
                ? avatar(partner, { size: 'small', online: isHere })
                : icon(room.visibility === 'private' ? 'lock' : 'hash'),
            h('div', { class: 'room-title' }, h('h1', {}, room.name),
                h('p', { class: 'hint' }, subtitle(room))),
            h('div', { class: 'room-tools' },
                toggle('search', 'search', 'Search (/)'), toggle('pins', 'pin', 'Pinned messages'),
                toggle('members', 'people', 'Members'),
                room.isMember && !room.isDirect ? iconButton('more', 'More…', (event) => {
                    openMenu(event.currentTarget, 'Room', this.#items(room));
                }) : null));
    }

    #items(room) {
        const chat = this.#chat;
        return [
            room.canModerate && {
                label: 'Room settings…', icon: 'edit', run: () => editRoomDialog(chat, room),
            },
            (room.canModerate || room.visibility === 'public') && {
                label: 'Invite…', icon: 'add', run: () => inviteDialog(chat, room),
            },
            { label: 'Copy link', icon: 'copy', run: () => chat.copy(location.href) },
            '-',
            { label: 'Leave room…', icon: 'back', isDanger: true, run: () => chat.exit() },
        ];
    }

    #drawTyping(room) {
        const names = [...room.typing.keys()];
        const verb = names.length === 1 ? 'is' : 'are';
        this.#typing.textContent = names.length > 0 ? `${nameList(names, 3)} ${verb} typing…` : '';
    }

    #drawEmpty() {
        const chat = this.#chat;
        if (!chat.rooms.isLoaded || chat.isOpening) {
            fill(this.#empty, h('p', { class: 'hint' }, 'Loading…'));
            return;
        }
        const hasRooms = chat.rooms.mine.length > 0;
        const title = chat.problem ? 'This room can’t be shown'
            : hasRooms ? 'Choose a room' : `Welcome, ${chat.me}`;
        const text = chat.problem ?? (hasRooms
            ? 'The liveliest are at the top of the list.'
            : 'Start in #general, look around, or create a room of your own.');
        fill(this.#empty,
            h('img', { src: '/favicon.svg', alt: '', width: 56, height: 56 }),
            h('h1', {}, title), h('p', { class: 'hint' }, text),
            h('div', { class: 'buttons' },
                hasRooms ? null : h('button', {
                    type: 'button', class: 'button button-primary',
                    onClick: () => chat.go('room:general'),
                }, 'Go to #general'),
                h('button', { type: 'button', class: 'button', onClick: () => browseDialog(chat) },
                    'Browse rooms'),
                h('button', {
                    type: 'button', class: 'button', onClick: () => createRoomDialog(chat),
                }, 'Create a room'),
                h('button', {
                    type: 'button', class: 'button only-narrow', onClick: () => chat.go(null),
                }, 'Back to the list')));
    }
}

function subtitle(room) {
    const online = room.onlineCount ?? room.online?.size;
    if (room.isDirect) {
        const partner = room.partners.length === 1 ? room.partners[0] : null;
        if (!partner) return plural(room.memberCount, 'person', 'people');
        return room.online?.has(partner) ? 'Online' : 'Not here at the moment';
    }
    return [plural(room.memberCount, 'member'),
        online === undefined || online === null ? null : `${online.toLocaleString()} online`,
        room.purpose].filter(Boolean).join(' · ');
}
