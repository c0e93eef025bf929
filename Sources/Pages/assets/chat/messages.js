/** A window on a room's messages: a contiguous, sorted part of the history. */

import { compareIDs } from './words.js';

/** More than that are dropped at the end that nobody looks at. */
const messagesMaximum = 400;

export class MessageWindow {
    moreBefore = false;
    moreAfter = false;
    isLoaded = false;
    /** Ids up to which the history is known: pages may hold messages that are not shown here. */
    oldest = null;
    newest = null;
    #byID = new Map();
    #sorted = [];

    get all() {
        return this.#sorted;
    }

    get first() {
        return this.#sorted[0] ?? null;
    }

    get last() {
        return this.#sorted.at(-1) ?? null;
    }

    get(id) {
        return this.#byID.get(id) ?? null;
    }

    /** Starts anew with a page of history. */
    show(page) {
        this.#byID.clear();
        this.#sorted = [];
        this.isLoaded = true;
        this.oldest = null;
        this.newest = null;
        this.#take(page);
        this.moreBefore = page.more?.before === true;
        this.moreAfter = page.more?.after === true;
    }

    prepend(page) {
        this.#take(page);
        this.moreBefore = page.more?.before === true;
        while (this.#sorted.length > messagesMaximum) {
            this.#byID.delete(this.#sorted.pop().id);
            this.newest = this.last.id;
            this.moreAfter = true;
        }
    }

    append(page) {
        this.#take(page);
        this.moreAfter = page.more?.after === true;
        this.trimBefore();
    }

    /** Called while nobody reads further up. */
    trimBefore() {
        while (this.#sorted.length > messagesMaximum) {
            this.#byID.delete(this.#sorted.shift().id);
            this.oldest = this.first.id;
            this.moreBefore = true;
        }
    }

    #take({ messages, isShown = () => true }) {
        for (const message of messages) {
            if (this.oldest === null || compareIDs(message.id, this.oldest) < 0) {
                this.oldest = message.id;
            }
            if (this.newest === null || compareIDs(message.id, this.newest) > 0) {
                this.newest = message.id;
            }
            if (isShown(message)) this.put(message);
        }
    }

    /** Adds or replaces one message. */
    put(message) {
        const known = this.#byID.get(message.id);
        if (known) {
            Object.assign(known, message);
            return;
        }
        this.#byID.set(message.id, message);
        let index = this.#sorted.length;
        while (index > 0 && compareIDs(this.#sorted[index - 1].id, message.id) > 0) index -= 1;
        this.#sorted.splice(index, 0, message);
    }
}

/** Lets a room's event act on a message; false when it is about something else. */
export function applyToMessage(message, { event, data }) {
    switch (event) {
    case 'message_edited':
        Object.assign(message, {
            content: data.content, editedAt: data.editedAt, mentions: data.mentions,
        });
        return true;
    case 'message_deleted':
        Object.assign(message, { content: '', deletedAt: data.deletedAt, reactions: {} });
        return true;
    case 'reaction_added':
        changeReaction(message, data, true);
        return true;
    case 'reaction_removed':
        changeReaction(message, data, false);
        return true;
    case 'message_pinned':
    case 'message_unpinned':
        message.pinned = event === 'message_pinned';
        return true;
    default:
        return false;
    }
}

function changeReaction(message, { emoji, userId }, isAdded) {
    const others = (message.reactions?.[emoji] ?? []).filter((each) => each !== userId);
    const users = isAdded ? [...others, userId] : others;
    const reactions = { ...message.reactions, [emoji]: users };
    if (users.length === 0) delete reactions[emoji];
    message.reactions = reactions;
}

/** A reply that the root does not know of yet. */
export function countReply(root, reply) {
    if (!root || reply.timestamp <= (root.lastReplyAt ?? 0)) return;
    root.replyCount = (root.replyCount ?? 0) + 1;
    root.lastReplyAt = reply.timestamp;
}
