/** What can be done with a message: the bar that follows pointer and focus, its menu, its keys. */

import { h, iconButton } from './dom.js';
import { openEmojiPicker, openMenu, quickEmoji } from './popover.js';

export class MessageTools {
    #chat;
    #find;
    #isThread;
    #bar = h('div', { class: 'message-tools', role: 'toolbar', 'aria-label': 'Message actions' });

    /** `find(id)` answers the message of a row. */
    constructor(container, chat, find, { isThread = false } = {}) {
        this.#chat = chat;
        this.#find = find;
        this.#isThread = isThread;
        const rowOf = (event) => event.target.closest('.message[data-id]');
        container.addEventListener('pointerover', (event) => {
            if (event.pointerType !== 'touch') this.#show(rowOf(event));
        });
        container.addEventListener('pointerleave', () => this.#hideUnlessUsed());
        container.addEventListener('focusin', (event) => {
            if (event.target.matches(':focus-visible')) this.#show(rowOf(event));
        });
        container.addEventListener('focusout', () => setTimeout(() => this.#hideUnlessUsed()));
        // After the tap: a bar that came under the finger would be tapped by the same tap.
        container.addEventListener('click', (event) => {
            if (event.pointerType === 'touch' && !event.target.closest('button, a')) {
                this.#show(rowOf(event));
            }
        });
        container.addEventListener('keydown', (event) => this.#key(event));
    }

    #hideUnlessUsed() {
        const row = this.#bar.parentElement;
        if (!row?.matches(':hover, :focus-within')) this.#bar.remove();
    }

    #show(row) {
        if (!row || this.#bar.parentElement === row) return;
        const message = this.#find(row.dataset.id);
        this.#bar.remove();
        if (!message || message.deletedAt || message.type === 'system') return;
        const chat = this.#chat;
        const current = () => this.#find(message.id) ?? message;
        this.#bar.replaceChildren(
            ...quickEmoji.map(([emoji, name]) => h('button', {
                type: 'button', class: 'icon-button tool-emoji only-wide', title: name,
                'aria-label': `React with ${name}`, onClick: () => chat.react(current(), emoji),
            }, emoji)),
            iconButton('smile', 'React…', (event) => openEmojiPicker(
                event.currentTarget, (emoji) => chat.react(current(), emoji),
            )),
        );
        if (!this.#isThread) {
            this.#bar.append(iconButton('reply', 'Reply in thread', () => {
                chat.openThread(message.id, { focus: true });
            }));
        }
        this.#bar.append(iconButton('more', 'More…', (event) => {
            openMenu(event.currentTarget, 'Message', this.#items(current()));
        }));
        row.append(this.#bar);
    }

    #items(message) {
        const chat = this.#chat;
        const { room } = chat;
        const isMine = message.userId === chat.me;
        return [
            this.#isThread && !message.threadId && {
                label: 'Show in room', icon: 'hash',
                run: () => chat.go(room.topic, { message: message.id }),
            },
            isMine && {
                label: 'Edit', icon: 'edit', run: () => chat.startEdit(message, this.#isThread),
            },
            { label: 'Copy text', icon: 'copy', run: () => chat.copy(message.content) },
            {
                label: 'Copy link', icon: 'copy', run: () => chat.copy(chat.linkTo(message)),
            },
            room.canPin && {
                label: message.pinned ? 'Unpin' : 'Pin', icon: 'pin',
                run: () => chat.pin(message, !message.pinned),
            },
            (isMine || room.canModerate) && '-',
            (isMine || room.canModerate) && {
                label: 'Delete…', icon: 'trash', isDanger: true, run: () => chat.delete(message),
            },
        ];
    }

    #key(event) {
        const row = event.target;
        const isChord = event.ctrlKey || event.metaKey || event.altKey;
        if (isChord || !row.matches('.message[data-id]')) return;
        const message = this.#find(row.dataset.id);
        if (!message || message.deletedAt) return;
        const chat = this.#chat;
        const isMine = message.userId === chat.me;
        const actions = {
            Enter: () => openMenu(row, 'Message', this.#items(message)),
            r: () => !this.#isThread && chat.openThread(message.id, { focus: true }),
            e: () => isMine && chat.startEdit(message, this.#isThread),
            p: () => chat.room.canPin && chat.pin(message, !message.pinned),
            '+': () => openEmojiPicker(row, (emoji) => chat.react(message, emoji)),
            Delete: () => (isMine || chat.room.canModerate) && chat.delete(message),
        };
        const action = actions[event.key];
        if (!action) return;
        event.preventDefault();
        action();
    }
}
