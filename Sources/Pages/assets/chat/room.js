/** One room as this page knows it: its fields, its messages, who is here and who is typing. */

import { MessageWindow, applyToMessage, countReply } from './messages.js';
import { ThreadView } from './thread.js';
import { compareIDs } from './words.js';

const pageSize = 50;
const typingLasts = 6_000;
const readPause = 1_000;

/** Dispatches `messages meta presence typing members bans arrived` and `ended`. */
export class Room extends EventTarget {
    title = '';
    purpose = '';
    visibility = 'public';
    memberCount = 0;
    /** My role; null when I am not a member. */
    role = null;
    unread = 0;
    mentions = 0;
    lastMessage = null;
    readUpTo = null;
    window = new MessageWindow();
    members = new Map();
    membersLoaded = false;
    /** Ids of those who are here; null when only their number is known. */
    online = null;
    onlineCount = null;
    typing = new Map();
    thread = null;
    /** Why the subscription ended, when it did. */
    ended = null;
    subscription = null;

    #martlet;
    #me;
    #loads = 0;
    #readTimer = null;
    #during = [];
    #countedUpTo = '0';
    /** The newest message heard of, replies too. */
    #newest = '0';

    constructor(topic, martlet, me) {
        super();
        this.topic = topic;
        this.roomId = topic.slice('room:'.length);
        this.title = this.roomId;
        this.#martlet = martlet;
        this.#me = me;
    }

    get isLoading() {
        return this.#loads > 0;
    }

    get isMember() {
        return this.role !== null;
    }

    get isDirect() {
        return this.visibility === 'direct';
    }

    get canModerate() {
        return this.role === 'owner' || this.role === 'moderator';
    }

    get canPin() {
        return this.canModerate || (this.isDirect && this.isMember);
    }

    /** The others of a direct room. */
    get partners() {
        const ids = this.roomId.startsWith('dm:') ? this.roomId.slice(3).split('~')
            .map(decodeURIComponent) : [];
        const others = ids.filter((id) => id !== this.#me);
        return others.length > 0 ? others : ids;
    }

    get name() {
        return this.isDirect ? this.partners.join(', ') : this.title || this.roomId;
    }

    /** Takes in the fields that the hub sent for this room. */
    describe(fields) {
        for (const name of ['title', 'purpose', 'visibility', 'memberCount', 'createdBy']) {
            if (fields[name] !== undefined && fields[name] !== null) this[name] = fields[name];
        }
        if ('role' in fields) this.role = fields.role;
        if ('unread' in fields) {
            // Who wrote last has read what was before.
            const wroteLast = fields.lastMessage?.userId === this.#me;
            this.unread = wroteLast ? 0 : fields.unread ?? 0;
            this.mentions = wroteLast ? 0 : fields.mentions ?? 0;
            this.readUpTo = fields.readUpTo ?? this.readUpTo;
            this.#countedUpTo = fields.lastMessage?.id ?? this.#countedUpTo;
            this.#noteNewest(fields.lastMessage?.id);
        }
        if (fields.lastMessage) this.lastMessage = fields.lastMessage;
        this.#changed('meta');
    }

    join(presence) {
        if (this.subscription && this.subscription.state !== 'ended') {
            this.subscription.setPresence(presence || this.isDirect);
            return;
        }
        this.ended = null;
        this.subscription = this.#martlet.join(this.topic, {
            presence: presence || this.isDirect,
            onEvent: (event) => this.#take(event),
            onJoined: (reply) => this.#joined(reply),
            onReset: () => this.#startOver(),
            onGap: () => this.#startOver(),
            onEnded: ({ reason }) => {
                this.ended = reason;
                if (reason !== 'left') this.dispatchEvent(new CustomEvent('ended'));
                this.#changed('meta');
            },
        });
    }

    leave() {
        this.#martlet.leave(this.topic);
        this.subscription = null;
    }

    /** The newest page, unless it is there already. */
    async showLatest() {
        if (this.window.isLoaded && !this.window.moreAfter) return;
        await this.#load({}, (page) => this.window.show(page));
    }

    async showAround(id) {
        if (this.window.get(id)) return;
        await this.#load({ around: id }, (page) => this.window.show(page));
    }

    async loadBefore() {
        if (!this.window.moreBefore || this.#loads > 0) return;
        await this.#load({ before: this.window.oldest }, (page) => this.window.prepend(page));
    }

    async loadAfter() {
        if (!this.window.moreAfter || this.#loads > 0) return;
        await this.#load({ after: this.window.newest }, (page) => this.window.append(page));
    }

    async loadMembers() {
        const members = new Map();
        let after;
        // Ten pages: beyond two thousand nobody scrolls.
        for (let page = 0; page < 10; page += 1) {
            const reply = await this.#martlet.command('members', {
                topic: this.topic, limit: 200, ...(after ? { after } : {}),
            });
            for (const member of reply.members) members.set(member.userId, muted(member));
            after = reply.members.at(-1)?.userId;
            if (!reply.more || !after) break;
        }
        this.members = members;
        this.membersLoaded = true;
        if (members.has(this.#me)) this.role = members.get(this.#me).role;
        this.#changed('members', 'meta');
    }

    async openThread(id) {
        this.thread = new ThreadView(this.topic, id, this.#martlet);
        this.thread.root = this.window.get(id);
        await this.thread.load();
        this.#changed('messages');
    }

    closeThread() {
        this.thread = null;
    }

    /** All up to the newest message was seen. The hub is told soon, once for many messages. */
    markRead() {
        const newest = this.#newest;
        if (newest === '0' || !this.isMember || this.window.moreAfter) return;
        if (this.readUpTo && compareIDs(newest, this.readUpTo) <= 0) return;
        this.readUpTo = newest;
        this.unread = 0;
        this.mentions = 0;
        this.#changed('meta');
        this.#readTimer ??= setTimeout(() => {
            this.#readTimer = null;
            const data = { messageId: this.readUpTo };
            // Lost with the connection: the next message or visit marks again.
            this.#martlet.command('read', { topic: this.topic, data }).catch(() => {});
        }, readPause);
    }

    /** Another page of mine has read. */
    readMarked({ messageId, unread }) {
        if (this.readUpTo && compareIDs(messageId, this.readUpTo) < 0) return;
        this.readUpTo = messageId;
        this.unread = unread ?? 0;
        if (this.unread === 0) this.mentions = 0;
        this.#changed('meta');
    }

    /** The hub acknowledged a post: shown before its event arrives. */
    acknowledge(entry, messageId) {
        const { content, type = 'text', threadId = null } = entry.data;
        this.#show({
            id: messageId, roomId: this.roomId, userId: this.#me, content, type, threadId,
            timestamp: Date.now(), editedAt: null, reactions: {},
        });
        this.#changed('messages');
    }

    async #load(where, show) {
        this.#loads += 1;
        try {
            const page = await this.#martlet.command('history', {
                topic: this.topic, limit: pageSize, ...where,
            });
            // Replies are in the history too; they are shown with their thread.
            show({ ...page, isShown: (message) => !message.threadId });
            this.#noteNewest(page.messages.at(-1)?.id);
            // What happened while the page was on its way may or may not be in it.
            for (const event of this.#during) this.#applyToMessages(event);
        } finally {
            this.#loads -= 1;
            if (this.#loads === 0) this.#during = [];
        }
        this.#changed('messages');
    }

    #joined(reply) {
        this.ended = null;
        if (reply.members) this.online = new Set(reply.members.map((each) => each.userId));
        else if (this.subscription?.presence && reply.count === undefined) this.#askPresence();
        if (reply.count !== undefined) this.onlineCount = reply.count;
        this.#changed('presence', 'meta');
    }

    async #askPresence() {
        try {
            const reply = await this.#martlet.command('presence', { topic: this.topic });
            this.online = reply.members
                ? new Set(reply.members.map((each) => each.userId)) : null;
            this.onlineCount = reply.count ?? this.online?.size ?? null;
            this.#changed('presence');
        } catch {
            // Presence is a courtesy.
        }
    }

    async #startOver() {
        const wasLoaded = this.window.isLoaded;
        this.window = new MessageWindow();
        if (wasLoaded) await this.showLatest().catch(() => {});
    }

    #take(event) {
        if (this.#loads > 0) this.#during.push(event);
        if (this.#applyToMessages(event)) this.#changed('messages');
        this.#applyToRoom(event);
    }

    /** Everything here may be applied twice. */
    #applyToMessages(event) {
        const { event: name, data } = event;
        if (name === 'message') {
            this.#show({ ...data, position: event.position });
            countReply(this.window.get(data.threadId), data);
            return true;
        }
        if (name === 'thread_followed' || name === 'thread_unfollowed') {
            return this.thread?.followed(data, name === 'thread_followed') ?? false;
        }
        let applied = false;
        for (const message of [
            this.window.get(data?.messageId),
            this.thread?.get(data?.messageId),
            this.lastMessage?.id === data?.messageId ? this.lastMessage : null,
        ]) {
            if (message && applyToMessage(message, event)) applied = true;
        }
        return applied;
    }

    #show(message) {
        this.#noteNewest(message.id);
        if (message.threadId) {
            this.thread?.put(message);
            return;
        }
        if (this.window.isLoaded && !this.window.moreAfter) this.window.put(message);
        const last = this.lastMessage;
        if (!last || compareIDs(message.id, last.id) > 0) this.lastMessage = { ...message };
    }

    #noteNewest(id) {
        if (id && compareIDs(id, this.#newest) > 0) this.#newest = id;
    }

    #applyToRoom({ event, data }) {
        switch (event) {
        case 'message':
            this.#count(data);
            this.typing.delete(data.userId);
            this.dispatchEvent(new CustomEvent('arrived', { detail: data }));
            this.#changed('meta', 'typing');
            break;
        case 'message_edited':
        case 'message_deleted':
            this.#changed('meta');
            break;
        case 'typing':
            if (data.userId !== this.#me) this.#typed(data.userId, data.active !== false);
            break;
        case 'presence':
            this.#presence(data);
            break;
        case 'room_created':
        case 'room_updated':
            this.describe({ ...data, role: this.role });
            break;
        default:
            this.#applyToMembers(event, data);
        }
    }

    #applyToMembers(event, data) {
        const known = this.members.get(data?.userId);
        if (event === 'member_joined') {
            if (!known) this.memberCount += 1;
            this.members.set(data.userId, { role: 'member', online: true, ...known, ...data });
            if (data.userId === this.#me) this.role = data.role ?? 'member';
        } else if (event === 'member_left') {
            this.memberCount = Math.max(0, this.memberCount - 1);
            this.members.delete(data.userId);
            if (data.userId === this.#me) this.role = null;
        } else if (event === 'member_banned') {
            this.members.delete(data.userId);
            if (data.userId === this.#me) this.role = null;
        } else if (event === 'role_changed') {
            if (known) known.role = data.role;
            if (data.userId === this.#me) this.role = data.role;
        } else if (event === 'member_muted' && known) {
            muted(Object.assign(known, { mutedUntil: data.until ?? null }));
        } else if (event === 'member_unmuted' && known) {
            delete known.mutedUntil;
        } else if (event !== 'member_unbanned') return;
        if (event.endsWith('banned')) this.#changed('bans');
        this.#changed('members', 'meta');
    }

    #count(message) {
        if (compareIDs(message.id, this.#countedUpTo) <= 0) return;
        this.#countedUpTo = message.id;
        if (message.userId === this.#me || message.type === 'system') return;
        this.unread += 1;
        if (message.mentions?.includes(this.#me)) this.mentions += 1;
    }

    #typed(userId, isActive) {
        if (!isActive) this.typing.delete(userId);
        else {
            const until = Date.now() + typingLasts;
            this.typing.set(userId, until);
            setTimeout(() => {
                if (this.typing.get(userId) !== until) return;
                this.typing.delete(userId);
                this.#changed('typing');
            }, typingLasts);
        }
        this.#changed('typing');
    }

    #presence({ joined = [], left = [], count }) {
        if (this.online) {
            for (const { userId } of joined) this.online.add(userId);
            for (const { userId } of left) this.online.delete(userId);
        }
        for (const { userId } of left) this.typing.delete(userId);
        this.onlineCount = count ?? this.online?.size ?? this.onlineCount;
        this.#changed('presence');
    }

    #changed(...names) {
        for (const name of names) this.dispatchEvent(new CustomEvent(name));
    }
}

/** For good is null in the protocol, and later than anything here. */
function muted(member) {
    if (member.mutedUntil === null) member.mutedUntil = Number.MAX_SAFE_INTEGER;
    return member;
}
