/** The panel beside the room: one of thread, members, pins, search and activity. */

import { ActivityPanel } from './activitypanel.js';
import { h, iconButton } from './dom.js';
import { MembersPanel } from './memberspanel.js';
import { PinsPanel } from './pinspanel.js';
import { SearchPanel } from './searchpanel.js';
import { ThreadPanel } from './threadpanel.js';

const kinds = {
    members: MembersPanel, pins: PinsPanel, search: SearchPanel, activity: ActivityPanel,
    thread: ThreadPanel,
};

export class Panel {
    #chat;
    #shown = null;
    #key = null;
    #before = null;
    element = h('aside', { class: 'panel', hidden: true });

    constructor(chat) {
        this.#chat = chat;
        chat.addEventListener('panel', () => this.#show());
        this.element.addEventListener('keydown', (event) => {
            if (event.key === 'Escape' && !event.defaultPrevented) chat.closePanel();
        });
    }

    #show() {
        const { route, room } = this.#chat;
        const name = room && (route.thread ? 'thread' : route.panel);
        const key = name ? `${room.topic} ${name} ${route.thread ?? ''}` : null;
        if (key === this.#key) {
            this.#shown?.update?.();
            return;
        }
        if (!this.#key) this.#before = document.activeElement;
        this.#key = key;
        this.#shown?.close?.();
        this.#shown = null;
        this.element.hidden = !key;
        this.element.replaceChildren();
        if (!key) {
            if (this.#before?.isConnected) this.#before.focus();
            return;
        }
        const panel = new kinds[name](this.#chat, room, route.thread);
        this.#shown = panel;
        this.element.setAttribute('aria-label', panel.title);
        this.element.append(h('header', { class: 'panel-header' },
            iconButton('back', 'Back', () => this.#chat.closePanel(), { class: 'only-narrow' }),
            h('h2', {}, panel.title), ...(panel.buttons ?? []),
            iconButton('close', 'Close', () => this.#chat.closePanel(), { class: 'only-wide' })),
        ...panel.content);
        panel.opened?.();
    }
}
