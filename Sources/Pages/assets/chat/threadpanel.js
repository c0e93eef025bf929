/** A thread: the message it answers, the replies, and a composer of its own. */

import { Composer } from './composer.js';
import { fill, h, icon, scheduled } from './dom.js';
import { RowList, rowsOf } from './rows.js';
import { MessageTools } from './tools.js';
import { reported, sentence } from './toast.js';
import { plural } from './words.js';

export class ThreadPanel {
    title = 'Thread';
    content;
    buttons;

    #chat;
    #room;
    #id;
    #listening = new AbortController();
    #root = h('div', { class: 'thread-root' });
    #count = h('p', { class: 'thread-count' });
    #replies = h('div');
    #more = h('button', { type: 'button', class: 'link thread-more', hidden: true },
        'Show earlier replies');
    #scroller;
    #rootRows;
    #rows;
    #composer;
    #follow = h('button', { type: 'button', class: 'button button-small' });
    #draw = scheduled(() => this.update());

    constructor(chat, room, id) {
        this.#chat = chat;
        this.#room = room;
        this.#id = id;
        this.#rootRows = new RowList(this.#root, chat);
        this.#rows = new RowList(this.#replies, chat);
        this.#scroller = h('div', { class: 'panel-scroll', role: 'log', 'aria-label': 'Replies' },
            this.#root, this.#count, this.#more, this.#replies);
        const find = (message) => this.#thread?.get(message);
        new MessageTools(this.#scroller, chat, find, { isThread: true });
        this.#composer = new Composer(chat, {
            id: 'thread-composer', label: 'Reply…',
            onSend: (text) => this.#post(text),
            onEditLast: () => this.#thread?.replies.all.findLast(
                (message) => message.userId === chat.me && !message.deletedAt,
            ),
            onTyping: (isActive) => chat.typing(isActive),
        });
        this.#follow.addEventListener('click', () => {
            chat.follow(id, !this.#isFollowing);
        });
        this.#more.addEventListener('click', async () => {
            await reported(this.#thread.loadBefore());
            this.update();
        });
        this.buttons = [this.#follow];
        this.content = [this.#scroller,
            h('footer', { class: 'room-foot' }, this.#composer.element)];
        this.#listen();
    }

    get #thread() {
        return this.#room.thread?.id === this.#id ? this.#room.thread : null;
    }

    get #isFollowing() {
        return this.#thread?.followers.has(this.#chat.me) ?? false;
    }

    opened() {
        this.update();
        const isAsked = this.#chat.focusesThread || matchMedia('(pointer: fine)').matches;
        if (isAsked) this.#composer.focus();
        this.#chat.focusesThread = false;
    }

    close() {
        this.#listening.abort();
    }

    update() {
        const thread = this.#thread;
        if (!thread) return;
        if (thread.error) {
            fill(this.#count, sentence(thread.error));
            return;
        }
        const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
        const isAtEnd = scrollHeight - scrollTop - clientHeight < 60;
        const place = { topic: this.#room.topic, threadId: this.#id };
        if (thread.root) {
            const rows = rowsOf([thread.root], this.#chat, { ...place, threadId: 'root' });
            this.#rootRows.show(rows);
        }
        this.#rows.show(rowsOf(thread.replies.all, this.#chat, place));
        const count = Math.max(thread.replies.all.length, thread.root?.replyCount ?? 0);
        fill(this.#count, h('span', {}, count > 0 ? plural(count, 'reply', 'replies')
            : 'No replies yet'));
        this.#more.hidden = !thread.replies.moreBefore;
        fill(this.#follow, icon(this.#isFollowing ? 'bell' : 'bellOff'),
            this.#isFollowing ? 'Following' : 'Follow');
        this.#follow.setAttribute('aria-pressed', String(this.#isFollowing));
        if (isAtEnd) this.#scroller.scrollTop = this.#scroller.scrollHeight;
    }

    #listen() {
        const { signal } = this.#listening;
        this.#room.addEventListener('messages', this.#draw, { signal });
        this.#chat.addEventListener('outbox', this.#draw, { signal });
        this.#chat.addEventListener('status', this.#draw, { signal });
        this.#chat.addEventListener('edit', ({ detail }) => {
            if (detail.isReply) this.#composer.edit(detail.message);
        }, { signal });
    }

    #post(text) {
        const isSent = this.#chat.post(text, this.#id);
        if (isSent) {
            this.update();
            this.#scroller.scrollTop = this.#scroller.scrollHeight;
        }
        return isSent;
    }
}
