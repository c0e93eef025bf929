/** All rooms that this page knows: mine, and the one being looked at. */

import { Room } from './room.js';
import { compareIDs, escaped } from './words.js';

const pagesMaximum = 10;
/** Rooms over the hub's cap on topics are listed, and joined when opened. */
const topicsSpared = 8;

/** Dispatches `change` when the list or a room in it changed, and `mentioned`. */
export class RoomList extends EventTarget {
    isLoaded = false;
    #martlet;
    #me;
    #rooms = new Map();

    constructor(martlet) {
        super();
        this.#martlet = martlet;
    }

    get me() {
        return this.#me;
    }

    get(topic) {
        return this.#rooms.get(topic) ?? null;
    }

    /** Rooms that I am a member of, as they are listed: direct ones last, the liveliest first. */
    get mine() {
        return [...this.#rooms.values()].filter((room) => room.isMember).sort(byActivity);
    }

    get unread() {
        return this.mine.reduce((sum, room) => sum + room.unread, 0);
    }

    get mentions() {
        return this.mine.reduce((sum, room) => sum + room.mentions, 0);
    }

    /** After each sign-in: what changed while we were away is asked anew. */
    async load(session) {
        this.#me = session.user;
        const own = `user:${escaped(session.user)}`;
        this.#martlet.join(own, { onEvent: (event) => this.#personal(event) });
        const found = [];
        let after;
        for (let page = 0; page < pagesMaximum; page += 1) {
            const reply = await this.#martlet.command('rooms', {
                limit: 100, ...(after ? { after } : {}),
            });
            found.push(...reply.rooms);
            after = reply.rooms.at(-1)?.topic;
            if (!reply.more || !after) break;
        }
        const limit = (session.limits?.topics ?? 128) - topicsSpared;
        found.forEach((fields, index) => {
            const room = this.#ensure(fields.topic);
            room.describe({ role: 'member', ...fields });
            if (index < limit) room.join(room.subscription?.presence ?? false);
        });
        const topics = new Set(found.map((fields) => fields.topic));
        for (const room of this.#rooms.values()) {
            if (!topics.has(room.topic)) room.role = null;
        }
        this.isLoaded = true;
        this.#changed();
    }

    /** A room to look at, member or not; joined with presence. */
    async open(topic) {
        const room = this.#ensure(topic);
        room.join(true);
        // A member's room is shown at once, also while the connection is away.
        if (room.isMember) return room;
        await room.subscription.ready;
        await this.describe(room);
        return room;
    }

    async describe(room) {
        const reply = await this.#martlet.command('room', { topic: room.topic });
        room.describe({ ...reply.room, role: reply.room.role ?? null });
        this.#changed();
    }

    /** No longer looked at: members keep the subscription for unread counts. */
    close(room) {
        if (room.isMember) room.join(false);
        else this.#forget(room);
    }

    #forget(room) {
        room.leave();
        this.#rooms.delete(room.topic);
        this.#changed();
    }

    #ensure(topic) {
        const known = this.#rooms.get(topic);
        if (known) return known;
        const room = new Room(topic, this.#martlet, this.#me);
        if (room.roomId.startsWith('dm:')) room.visibility = 'direct';
        this.#rooms.set(topic, room);
        for (const name of ['meta', 'presence']) {
            room.addEventListener(name, () => this.#changed());
        }
        return room;
    }

    async #personal({ event, data }) {
        const room = this.#rooms.get(data?.topic);
        if (event === 'read_marked') room?.readMarked(data);
        else if (event === 'mentioned') {
            this.dispatchEvent(new CustomEvent('mentioned', { detail: data }));
        } else if (event === 'room_added') {
            const added = this.#ensure(data.topic);
            added.role ??= 'member';
            added.join(added.subscription?.presence ?? false);
            await this.describe(added).catch(() => {});
        } else if (event === 'room_removed' && room) {
            room.role = null;
            this.#changed();
        }
    }

    #changed() {
        this.dispatchEvent(new CustomEvent('change'));
    }
}

function byActivity(left, right) {
    if (left.isDirect !== right.isDirect) return left.isDirect ? 1 : -1;
    const order = compareIDs(right.lastMessage?.id ?? '0', left.lastMessage?.id ?? '0');
    return order || (left.name < right.name ? -1 : 1);
}
