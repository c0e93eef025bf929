/** Messages, separators and waiting posts as keyed rows: only what changed is drawn again. */

import { h } from './dom.js';
import { drawMessage, drawPost, signature } from './message.js';
import { laidOver, overlayOf, unseenPosts } from './overlay.js';
import { compareIDs, dayLabel, dayOf } from './words.js';

const groupedWithin = 5 * 60_000;

/** What stands below each other: `{key, kind, signature, …}`. */
export function rowsOf(messages, chat, { topic, threadId = null, readUpTo = null }) {
    const overlay = overlayOf(chat.outbox, topic);
    const rows = [];
    let before = null;
    let lastDay = null;
    let isMarked = readUpTo === null;
    for (const stored of messages) {
        const message = laidOver(stored, overlay, chat.me);
        const day = dayOf(message.timestamp);
        const isFirstOfDay = !threadId && day !== lastDay;
        lastDay = day;
        if (isFirstOfDay) rows.push(separator(message.timestamp));
        if (!isMarked && compareIDs(message.id, readUpTo) > 0 && message.userId !== chat.me) {
            isMarked = true;
            rows.push({ key: 'new', kind: 'new', signature: 'new' });
            before = null;
        }
        const look = {
            isGrouped: !isFirstOfDay && follows(before, message), isReply: threadId !== null,
        };
        rows.push({
            key: message.id, kind: 'message', message, look,
            signature: signature(message, look),
        });
        before = message;
    }
    for (const entry of unseenPosts(overlay, messages, chat.me, threadId)) {
        const shown = { userId: chat.me, timestamp: entry.at, type: 'text' };
        const look = {
            isGrouped: follows(before, shown),
            isOnline: chat.isOnline && !chat.martlet.isOffline,
        };
        rows.push({
            key: entry.key, kind: 'post', entry, look,
            signature: JSON.stringify([entry.state, entry.error?.code, look]),
        });
        before = shown;
    }
    return rows;
}

function separator(timestamp) {
    return {
        key: `day:${dayOf(timestamp)}`, kind: 'day', timestamp, signature: dayLabel(timestamp),
    };
}

function follows(before, message) {
    return before !== null && before.userId === message.userId && before.type !== 'system'
        && message.type !== 'system' && !before.deletedAt
        && message.timestamp - before.timestamp < groupedWithin;
}

/** Keeps the children of an element in step with rows. */
export class RowList {
    #element;
    #chat;
    #drawn = new Map();

    constructor(element, chat) {
        this.#element = element;
        this.#chat = chat;
    }

    get(key) {
        return this.#drawn.get(key)?.element ?? null;
    }

    clear() {
        this.#drawn.clear();
        this.#element.replaceChildren();
    }

    show(rows) {
        const kept = new Set(rows.map((row) => row.key));
        for (const [key, { element }] of this.#drawn) {
            if (kept.has(key)) continue;
            element.remove();
            this.#drawn.delete(key);
        }
        let next = this.#element.firstElementChild;
        for (const row of rows) {
            const element = this.#draw(row);
            if (element === next) next = next.nextElementSibling;
            else this.#element.insertBefore(element, next);
        }
    }

    #draw(row) {
        const known = this.#drawn.get(row.key);
        if (known?.signature === row.signature) return known.element;
        const element = known?.element ?? emptyRow(row);
        this.#drawn.set(row.key, { element, signature: row.signature });
        const focused = document.activeElement;
        const hadFocus = element !== focused && element.contains(focused);
        const tools = element.querySelector(':scope > .message-tools');
        if (row.kind === 'message') drawMessage(element, row.message, row.look, this.#chat);
        else if (row.kind === 'post') drawPost(element, row.entry, row.look, this.#chat);
        if (tools) element.append(tools);
        if (hadFocus) element.focus({ preventScroll: true });
        return element;
    }
}

function emptyRow(row) {
    switch (row.kind) {
    case 'day':
        return h('div', { class: 'separator', role: 'separator' },
            h('span', {}, dayLabel(row.timestamp)));
    case 'new':
        return h('div', { class: 'separator separator-new', role: 'separator' },
            h('span', {}, 'New messages'));
    case 'post':
        return h('article', { class: 'message', 'data-key': row.key });
    default:
        return h('article', { class: 'message', 'data-id': row.key, tabindex: '-1' });
    }
}
