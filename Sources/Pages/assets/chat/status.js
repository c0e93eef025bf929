/** The line that says when something is wrong with the connection. */

import { fill, h } from './dom.js';
import { plural } from './words.js';

/** A hiccup shorter than that is not worth a word. */
const patience = 1_200;

export class StatusBar {
    #chat;
    #onSignIn;
    #since = null;
    #timer = null;
    element = h('div', { class: 'status', role: 'status', hidden: true });

    constructor(chat, onSignIn) {
        this.#chat = chat;
        this.#onSignIn = onSignIn;
        chat.addEventListener('status', () => this.#changed());
    }

    #changed() {
        const { martlet } = this.#chat;
        clearTimeout(this.#timer);
        if (martlet.state === 'online' && !martlet.isOffline) {
            this.#since = null;
            this.element.hidden = true;
            return;
        }
        this.#since ??= Date.now();
        this.#tick();
    }

    #tick() {
        const shownAt = this.#since + patience;
        if (Date.now() >= shownAt || this.#chat.martlet.isOffline) this.#draw();
        this.#timer = setTimeout(() => this.#tick(), 500);
    }

    #draw() {
        const { martlet } = this.#chat;
        const waiting = this.#chat.outbox.waiting.length;
        const left = Math.ceil(Math.max(0, (martlet.retryAt ?? 0) - Date.now()) / 1000);
        const text = {
            connecting: 'Connecting…',
            waiting: left > 0 ? `Reconnecting… ${left} s` : 'Reconnecting…',
            online: 'Online',
            closed: `Disconnected: ${martlet.error?.message ?? 'signed out'}`,
        }[martlet.state];
        const parts = [martlet.isOffline ? 'Offline' : text];
        if (waiting > 0) {
            parts.push(`${plural(waiting, 'message')} ${waiting === 1 ? 'waits' : 'wait'}`);
        }
        const line = parts.join(', ');
        const isShown = !this.element.hidden && this.element.dataset.line === line;
        this.element.hidden = false;
        this.element.classList.toggle('status-closed', martlet.state === 'closed');
        // Drawn only when it says something else: the button must stay under the pointer.
        if (isShown) return;
        this.element.dataset.line = line;
        const isClosed = martlet.state === 'closed';
        fill(this.element, h('span', {}, line), h('button', {
            type: 'button', class: 'link',
            onClick: () => (isClosed ? this.#onSignIn() : martlet.reconnect()),
        }, isClosed ? 'Sign in again' : 'Now'));
    }
}
