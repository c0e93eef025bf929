/** A room's messages: scrolls without jumping, loads in both directions, keeps to the end. */

import { h, icon, scheduled } from './dom.js';
import { RowList, rowsOf } from './rows.js';
import { MessageTools } from './tools.js';
import { reported } from './toast.js';
import { badge } from './words.js';

const loadWithin = 600;
const bottomWithin = 40;
const highlightLasts = 2_400;

export class Timeline {
    #chat;
    #room = null;
    #rows;
    #listening = null;
    #isStuck = true;
    #below = 0;
    #readUpTo = null;
    #jumpTo = null;
    #draw = scheduled(() => this.#render());

    #list = h('div', { class: 'timeline-rows' });
    #scroller = h('div', {
        class: 'timeline', role: 'log', 'aria-live': 'polite', 'aria-label': 'Messages',
        tabindex: '0', onScroll: () => this.#scrolled(), onKeydown: (event) => this.#key(event),
    });

    #pillText = h('span');
    #pill = h('button', {
        type: 'button', class: 'pill', hidden: true, onClick: () => this.jumpToLatest(),
    }, icon('down'), this.#pillText);

    #start = h('div', { class: 'timeline-start' });
    element = h('div', { class: 'timeline-frame' }, this.#scroller, this.#pill);

    constructor(chat) {
        this.#chat = chat;
        this.#scroller.append(this.#start, this.#list);
        this.#rows = new RowList(this.#list, chat);
        new MessageTools(this.#list, chat, (id) => this.#room?.window.get(id));
        // An image that has loaded makes the list longer.
        const resized = new ResizeObserver(() => this.#keepAtBottom());
        resized.observe(this.#scroller);
        resized.observe(this.#list);
        chat.addEventListener('outbox', this.#draw);
        chat.addEventListener('status', this.#draw);
        document.addEventListener('visibilitychange', () => this.#markRead());
    }

    /** Shows a room, at its newest messages or around one of them; null for none. */
    async show(room, messageId) {
        if (!room) {
            this.#listening?.abort();
            this.#room = null;
            return;
        }
        const isAnother = room !== this.#room;
        if (isAnother) this.#take(room);
        if (messageId || isAnother) {
            this.#jumpTo = messageId ?? null;
            this.#isStuck = !messageId;
            this.#render();
            this.#scroller.setAttribute('aria-busy', 'true');
            await reported(messageId ? room.showAround(messageId) : room.showLatest());
            if (room !== this.#room) return;
            this.#scroller.removeAttribute('aria-busy');
        }
        this.#render();
        // Gone, or a reply: then the newest messages are what there is to see.
        if (this.#jumpTo === messageId) this.#jumpTo = null;
    }

    async jumpToLatest() {
        const room = this.#room;
        await reported(room.showLatest());
        if (room !== this.#room) return;
        this.#isStuck = true;
        this.#below = 0;
        this.#render();
        this.#scroller.focus({ preventScroll: true });
    }

    /** The new-messages line goes where reading stopped, when the room is entered. */
    #take(room) {
        this.#listening?.abort();
        this.#listening = new AbortController();
        const { signal } = this.#listening;
        this.#room = room;
        this.#below = 0;
        this.#readUpTo = room.unread > 0 ? room.readUpTo ?? '0' : null;
        this.#rows.clear();
        this.#scroller.dataset.topic = room.topic;
        this.#scroller.setAttribute('aria-label', `Messages in ${room.name}`);
        room.addEventListener('messages', this.#draw, { signal });
        room.addEventListener('members', this.#draw, { signal });
        room.addEventListener('arrived', ({ detail }) => {
            if (detail.userId === this.#chat.me || detail.threadId) return;
            if (!this.#isStuck) this.#below += 1;
            // What comes while nobody looks is new to whoever comes back.
            if (document.visibilityState === 'hidden' && room.unread === 1) {
                this.#readUpTo = room.readUpTo;
            }
        }, { signal });
    }

    #render() {
        const room = this.#room;
        if (!room) return;
        if (this.#isStuck) room.window.trimBefore();
        const anchor = this.#isStuck ? null : this.#anchor();
        const rows = rowsOf(room.window.all, this.#chat, {
            topic: room.topic, readUpTo: this.#readUpTo,
        });
        this.#drawStart(room, rows.length);
        this.#rows.show(rows);
        if (this.#jumpTo) this.#revealJump();
        else if (anchor) {
            this.#scroller.scrollTop += anchor.element.offsetTop - anchor.top;
        } else this.#keepAtBottom();
        this.#drawPill();
        this.#makeReachable();
        this.#markRead();
        this.#loadMore();
    }

    #drawStart(room, count) {
        const isStart = room.window.isLoaded && !room.window.moreBefore;
        if (!isStart) {
            this.#start.replaceChildren(h('p', { class: 'hint' }, 'Loading…'));
            return;
        }
        this.#start.replaceChildren(
            h('h2', {}, room.isDirect ? room.name : `# ${room.name}`),
            h('p', { class: 'hint' }, room.purpose || (count === 0
                ? 'Nothing here yet. Say hello.' : 'This is where it began.')),
        );
    }

    #keepAtBottom() {
        if (this.#isStuck && !this.#jumpTo) {
            this.#scroller.scrollTop = this.#scroller.scrollHeight;
        }
    }

    /** The first row in sight: it stays where it is while others come above it. */
    #anchor() {
        const { scrollTop } = this.#scroller;
        for (const element of this.#list.children) {
            if (element.offsetTop + element.offsetHeight > scrollTop) {
                return { element, top: element.offsetTop };
            }
        }
        return null;
    }

    #revealJump() {
        const element = this.#rows.get(this.#jumpTo);
        if (!element) return;
        this.#jumpTo = null;
        element.scrollIntoView({ block: 'center' });
        element.focus({ preventScroll: true });
        element.classList.add('message-highlight');
        setTimeout(() => element.classList.remove('message-highlight'), highlightLasts);
        this.#scrolled();
    }

    #scrolled() {
        const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
        const isAtBottom = scrollHeight - scrollTop - clientHeight < bottomWithin;
        this.#isStuck = isAtBottom && !this.#room?.window.moreAfter;
        if (this.#isStuck) {
            this.#below = 0;
            this.#markRead();
        }
        this.#drawPill();
        this.#loadMore();
    }

    #loadMore() {
        const { window: messages, isLoading } = this.#room ?? {};
        if (!messages || isLoading || !this.#chat.isOnline || this.#jumpTo) return;
        if (!messages.isLoaded) {
            this.#load(this.#room.showLatest());
            return;
        }
        const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
        if (messages.moreBefore && scrollTop < loadWithin) {
            this.#load(this.#room.loadBefore());
        } else if (messages.moreAfter && scrollHeight - scrollTop - clientHeight < loadWithin) {
            this.#load(this.#room.loadAfter());
        }
    }

    async #load(loading) {
        this.#scroller.setAttribute('aria-busy', 'true');
        await loading.catch(() => {});
        this.#scroller.removeAttribute('aria-busy');
    }

    #drawPill() {
        const isHidden = this.#isStuck || !this.#room?.window.isLoaded;
        this.#pill.hidden = isHidden;
        if (isHidden) return;
        this.#pillText.textContent = this.#below > 0
            ? `${badge(this.#below)} new` : 'Jump to latest';
    }

    #markRead() {
        const room = this.#room;
        if (!room || !this.#isStuck || !room.window.isLoaded || !this.#chat.isOnline) return;
        if (document.visibilityState === 'visible') room.markRead();
    }

    /** One row can be reached by Tab: the one last focused, or the newest. */
    #makeReachable() {
        if (this.#list.querySelector('.message[tabindex="0"]')) return;
        this.#messageRows().at(-1)?.setAttribute('tabindex', '0');
    }

    #messageRows() {
        return [...this.#list.querySelectorAll('.message[data-id]')];
    }

    #key(event) {
        const row = event.target.closest('.message[data-id]');
        const isOnRow = event.target === row;
        if (!isOnRow && event.target !== this.#scroller) return;
        if (event.key === 'End' && isOnRow) {
            event.preventDefault();
            this.jumpToLatest();
            return;
        }
        const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
        if (!step || event.altKey) return;
        const all = this.#messageRows();
        const next = isOnRow ? all[all.indexOf(row) + step] : all.at(-1);
        if (!next) return;
        event.preventDefault();
        for (const each of this.#list.querySelectorAll('.message[tabindex="0"]')) {
            each.setAttribute('tabindex', '-1');
        }
        next.setAttribute('tabindex', '0');
        next.focus();
    }
}
