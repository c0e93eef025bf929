/** How one message looks: its row in a timeline, a thread or a list. */

import { attachment } from './attachment.js';
import { avatar } from './avatar.js';
import { fill, h, icon } from './dom.js';
import { formatted } from './format.js';
import { sentence } from './toast.js';
import { ago, clockTime, fullTime, nameList, plural } from './words.js';

/** All that the row's look depends on, so that unchanged rows are left alone. */
export function signature(message, look) {
    const { content, editedAt, deletedAt, reactions, replyCount, lastReplyAt } = message;
    return JSON.stringify([
        content, editedAt, deletedAt, reactions, replyCount, lastReplyAt, message.pinned,
        message.mentions, message.isPending, message.type, look,
    ]);
}

/** Draws into the row's element; `look` is `{isGrouped, isReply}`. */
export function drawMessage(row, message, look, chat) {
    const isSystem = message.type === 'system';
    const mentionsMe = message.mentions?.includes(chat.me) && message.userId !== chat.me;
    row.className = ['message', isSystem && 'message-system', look.isGrouped && 'message-grouped',
        mentionsMe && !message.deletedAt && 'message-mentions-me',
        message.isPending && 'message-pending', message.deletedAt && 'message-deleted',
    ].filter(Boolean).join(' ');
    if (isSystem) {
        fill(row, h('p', { class: 'system-text' }, message.content,
            h('span', { class: 'system-time' }, clockTime(message.timestamp))));
        return;
    }
    fill(row,
        h('div', { class: 'message-gutter' }, look.isGrouped
            ? h('span', { class: 'gutter-time', 'aria-hidden': 'true' },
                clockTime(message.timestamp))
            : avatar(message.userId)),
        h('div', { class: 'message-body' },
            header(message, look),
            body(message, chat),
            reactions(message, chat),
            look.isReply ? null : threadLink(message, chat)));
}

function header(message, look) {
    return h('header', { class: look.isGrouped ? 'visually-hidden' : 'message-header' },
        h('span', { class: 'author' }, message.userId),
        h('time', {
            datetime: new Date(message.timestamp).toISOString(), title: fullTime(message.timestamp),
        }, clockTime(message.timestamp)),
        message.pinned ? h('span', { class: 'pinned-mark', title: 'Pinned' }, icon('pin')) : null);
}

function body(message, chat) {
    if (message.deletedAt) {
        return h('p', { class: 'message-text tombstone' }, 'This message was deleted.');
    }
    const mentioned = (name) => {
        if (name === chat.me) return 'me';
        return message.mentions?.includes(name) || chat.room?.members.has(name) ? 'known' : null;
    };
    const edited = message.editedAt
        ? h('span', { class: 'edited', title: `Edited ${fullTime(message.editedAt)}` }, '(edited)')
        : null;
    const pending = message.isPending ? h('span', { class: 'edited' }, 'saving…') : null;
    const text = attachment(message) ?? formatted(message.content, mentioned);
    return h('div', { class: 'message-text' }, text, edited, pending);
}

function reactions(message, chat) {
    const all = Object.entries(message.reactions ?? {});
    if (all.length === 0 || message.deletedAt) return null;
    return h('div', { class: 'reactions' }, all.map(([emoji, users]) => {
        const isMine = users.includes(chat.me);
        const who = nameList(users.map((user) => (user === chat.me ? 'you' : user)));
        return h('button', {
            type: 'button', class: 'reaction', 'aria-pressed': String(isMine), 'data-emoji': emoji,
            title: `${who} reacted with ${emoji}`,
            'aria-label': `${emoji} ${plural(users.length, 'reaction')}: ${who}`,
            onClick: () => chat.react(message, emoji),
        }, h('span', { class: 'reaction-emoji' }, emoji), String(users.length));
    }));
}

function threadLink(message, chat) {
    if (!message.replyCount) return null;
    return h('button', {
        type: 'button', class: 'thread-link', onClick: () => chat.openThread(message.id),
    }, icon('reply'), h('strong', {}, plural(message.replyCount, 'reply', 'replies')),
    message.lastReplyAt ? h('span', {}, `last ${ago(message.lastReplyAt)}`) : null);
}

/** A post of the outbox: waiting, or refused with the chance to send it again. */
export function drawPost(row, entry, look, chat) {
    const hasFailed = entry.state === 'failed';
    row.className = ['message', 'message-pending', look.isGrouped && 'message-grouped',
        hasFailed && 'message-failed'].filter(Boolean).join(' ');
    const state = hasFailed
        ? h('p', { class: 'failure', role: 'alert' }, `Not sent: ${sentence(entry.error)} `,
            h('button', {
                type: 'button', class: 'link', onClick: () => chat.outbox.retry(entry.key),
            }, 'Try again'), ' · ',
            h('button', {
                type: 'button', class: 'link', onClick: () => chat.outbox.discard(entry.key),
            }, 'Discard'))
        : h('span', { class: 'edited' }, look.isOnline ? 'sending…' : 'waits for the connection');
    fill(row,
        h('div', { class: 'message-gutter' }, look.isGrouped ? null : avatar(chat.me)),
        h('div', { class: 'message-body' },
            h('header', { class: look.isGrouped ? 'visually-hidden' : 'message-header' },
                h('span', { class: 'author' }, chat.me),
                h('time', {}, clockTime(entry.at))),
            h('div', { class: 'message-text' }, formatted(entry.data.content, () => null),
                hasFailed ? null : state),
            hasFailed ? state : null));
}

/** A message in a list of hits, pins or mentions. */
export function messageCard(message, content, place, onOpen) {
    return h('button', { type: 'button', class: 'card', onClick: onOpen },
        h('span', { class: 'card-header' },
            avatar(message.userId, { size: 'small' }),
            h('strong', {}, message.userId),
            h('span', { class: 'hint' }, [place, fullDay(message.timestamp)].filter(Boolean)
                .join(' · '))),
        h('span', { class: 'card-text' }, content));
}

function fullDay(milliseconds) {
    return `${new Date(milliseconds).toLocaleDateString(undefined, {
        day: 'numeric', month: 'short',
    })}, ${clockTime(milliseconds)}`;
}
