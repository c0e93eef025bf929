/** What a person does here: goes to rooms, writes, reacts, moderates. The views call this. */

import { confirmed } from './dialogs.js';
import { formatRoute, parseRoute } from './route.js';
import { RoomList } from './rooms.js';
import { reported, sentence, toast } from './toast.js';
import { escaped, fullTime } from './words.js';

/** Dispatches `room`, `panel`, `outbox`, `status` and `edit`. */
export class Chat extends EventTarget {
    rooms;
    room = null;
    route = parseRoute('');
    /** Why the room in the route can't be shown. */
    problem = null;
    isOpening = false;

    #martlet;
    #opening = 0;

    constructor(martlet) {
        super();
        this.#martlet = martlet;
        this.rooms = new RoomList(martlet);
        martlet.addEventListener('session', () => this.#signedIn());
        martlet.addEventListener('state', () => this.#dispatch('status'));
        martlet.addEventListener('outbox', ({ detail }) => this.#outboxChanged(detail));
        addEventListener('hashchange', () => this.#follow());
    }

    get martlet() {
        return this.#martlet;
    }

    get outbox() {
        return this.#martlet.outbox;
    }

    get me() {
        return this.rooms.me;
    }

    get isOnline() {
        return this.#martlet.state === 'online';
    }

    /** Members of the room and those who wrote lately. */
    get mentionable() {
        const { room } = this;
        if (!room) return [];
        const users = new Set(room.members.keys());
        for (const message of room.window.all) {
            if (message.type !== 'system') users.add(message.userId);
        }
        users.delete(this.me);
        return [...users].sort();
    }

    /** Everybody met so far. */
    get knownUsers() {
        const users = new Set();
        for (const room of this.rooms.mine) {
            for (const user of room.members.keys()) users.add(user);
            for (const user of room.online ?? []) users.add(user);
            if (room.lastMessage) users.add(room.lastMessage.userId);
        }
        users.delete(this.me);
        return [...users].sort();
    }

    /** Whether somebody is here, as far as rooms with presence tell. */
    isUserOnline(user) {
        return this.rooms.mine.some((room) => room.online?.has(user));
    }

    // Where to go.

    go(topic, rest = {}) {
        const fragment = formatRoute({ topic, ...rest });
        if (location.hash === fragment) this.#follow();
        else location.hash = fragment;
    }

    openThread(id, { focus = false } = {}) {
        this.focusesThread = focus;
        this.go(this.room.topic, { thread: id });
    }

    openPanel(panel) {
        const isOpen = this.route.panel === panel;
        this.go(this.room?.topic ?? null, { panel: isOpen ? null : panel });
    }

    closePanel() {
        if (this.route.thread || this.route.panel) this.go(this.room?.topic ?? null);
    }

    linkTo(message) {
        const place = message.threadId ? { thread: message.threadId } : { message: message.id };
        return `${location.origin}/${formatRoute({ topic: this.room.topic, ...place })}`;
    }

    neighbour(step) {
        const { mine } = this.rooms;
        // Not this.room: of two quick steps the second starts where the first leads.
        const { topic } = parseRoute(location.hash);
        const index = mine.findIndex((room) => room.topic === topic);
        const next = mine[(index + step + mine.length) % mine.length];
        if (next) this.go(next.topic);
    }

    async #signedIn() {
        try {
            await this.rooms.load(this.#martlet.session);
        } catch (error) {
            toast(sentence(error), { isError: true });
        }
        this.#dispatch('status');
        const [liveliest] = this.rooms.mine;
        const isChosen = parseRoute(location.hash).topic !== null;
        if (!isChosen && liveliest && matchMedia('(min-width: 761px)').matches) {
            this.go(liveliest.topic);
        } else if (!this.room) this.#follow();
    }

    async #follow() {
        if (!this.me) return;
        const route = parseRoute(location.hash);
        this.route = route;
        const { topic } = route;
        this.#opening += 1;
        const opening = this.#opening;
        if (topic !== this.room?.topic) {
            if (this.room) this.rooms.close(this.room);
            this.room = null;
            this.problem = null;
            this.isOpening = topic !== null;
            this.#dispatch('room');
            if (topic) await this.#open(topic, opening);
            if (opening !== this.#opening) return;
            this.isOpening = false;
        }
        this.#dispatch('room');
        if (this.room && route.thread && this.room.thread?.id !== route.thread) {
            this.room.openThread(route.thread).then(() => this.#dispatch('panel'));
        } else if (this.room && !route.thread) this.room.closeThread();
        this.#dispatch('panel');
    }

    async #open(topic, opening) {
        try {
            const room = await this.rooms.open(topic);
            if (opening !== this.#opening) return;
            this.room = room;
            room.loadMembers().catch(() => {});
            room.addEventListener('ended', () => this.#roomEnded(room), { once: true });
        } catch (error) {
            if (opening === this.#opening) this.problem = sentence(error);
        }
    }

    #roomEnded(room) {
        if (this.room !== room) return;
        this.room = null;
        this.problem = {
            kicked: 'You were removed from this room.', banned: 'You are banned from this room.',
        }[room.ended] ?? 'This room is closed to you.';
        this.#dispatch('room');
        this.#dispatch('panel');
    }

    // What to say.

    /** Puts a message into the outbox; false when it is full. */
    post(content, threadId = null) {
        const { room } = this;
        try {
            if (!room.isMember && !room.isDirect) this.#martlet.send('enter', room.topic, {});
            this.#martlet.post(room.topic, { content, type: 'text', threadId });
            if (threadId && room.thread?.followers.has(this.me) === false) {
                this.follow(threadId, true);
            }
            return true;
        } catch (error) {
            toast(sentence(error), { isError: true });
            return false;
        }
    }

    edit(message, content) {
        this.#send('edit', { messageId: message.id, content });
    }

    startEdit(message, isReply) {
        this.dispatchEvent(new CustomEvent('edit', { detail: { message, isReply } }));
    }

    react(message, emoji) {
        const isMine = message.reactions?.[emoji]?.includes(this.me) ?? false;
        this.#send(isMine ? 'unreact' : 'react', { messageId: message.id, emoji });
    }

    async delete(message) {
        const text = `Written by ${message.userId}, ${fullTime(message.timestamp)}. `
            + 'A note that it was deleted stays.';
        if (await confirmed('Delete this message?', text, 'Delete')) {
            this.#send('delete', { messageId: message.id });
        }
    }

    pin(message, isPinned) {
        this.#send(isPinned ? 'pin' : 'unpin', { messageId: message.id });
    }

    follow(threadId, isFollowing) {
        this.#send(isFollowing ? 'follow' : 'unfollow', { threadId });
    }

    typing(isActive) {
        if (!this.room) return;
        const { topic } = this.room;
        this.#martlet.notify('typing', { topic, data: { active: isActive } });
    }

    async copy(text) {
        await reported(navigator.clipboard.writeText(text));
        toast('Copied.');
    }

    #send(action, data) {
        try {
            this.#martlet.send(action, this.room.topic, data);
        } catch (error) {
            toast(sentence(error), { isError: true });
        }
    }

    /** Posts fail in their place; other commands say so and are forgotten. */
    #outboxChanged(entry) {
        const room = this.rooms.get(entry.topic);
        if (entry.state === 'sent' && entry.action === 'post' && entry.result?.messageId) {
            room?.acknowledge(entry, entry.result.messageId);
        }
        if (entry.state === 'failed' && entry.action !== 'post') {
            // Entering and following come with a post: guests may be refused them.
            const isAside = entry.action === 'enter' || entry.action === 'follow';
            if (!isAside) toast(sentence(entry.error), { isError: true });
            this.outbox.discard(entry.key);
        }
        this.#dispatch('outbox');
        this.#dispatch('status');
    }

    // Rooms and people.

    async publicRooms() {
        const found = [];
        let after;
        for (let page = 0; page < 5; page += 1) {
            const reply = await this.#martlet.command('rooms', {
                scope: 'public', limit: 100, ...(after ? { after } : {}),
            });
            found.push(...reply.rooms);
            after = reply.rooms.at(-1)?.topic;
            if (!reply.more || !after) break;
        }
        return found;
    }

    async createRoom(topic, data) {
        await this.#martlet.command('create', { topic, data });
        this.go(topic);
    }

    async openDirect(users) {
        const members = [...new Set([...users, this.me])];
        if (members.length < 2) throw new Error('Name somebody else.');
        const topic = `room:dm:${members.map(escaped).sort().join('~')}`;
        await this.#martlet.command('create', { topic, data: { visibility: 'direct', members } });
        this.go(topic);
    }

    async enter() {
        const { room } = this;
        await reported(this.#martlet.command('enter', { topic: room.topic }));
        await this.rooms.describe(room).catch(() => {});
    }

    async exit() {
        const { room } = this;
        const text = room.visibility === 'private'
            ? 'You will need an invitation to come back.' : 'You can come back at any time.';
        if (!await confirmed(`Leave ${room.name}?`, text, 'Leave')) return;
        if (!await reported(this.#martlet.command('exit', { topic: room.topic }))) return;
        room.role = null;
        this.go(null);
    }

    /** Role, kick, ban, mute, invite, update: throws what the hub refuses. */
    async moderate(room, action, data) {
        await this.#martlet.command(action, { topic: room.topic, data });
        if (action === 'update') room.describe(data);
        else await room.loadMembers();
    }

    #dispatch(type) {
        this.dispatchEvent(new CustomEvent(type));
    }
}
