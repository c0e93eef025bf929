/** Says whether what was written is stored, and what is wrong with the connection. */

import { fill, h } from '../chat/dom.js';

/** A hiccup shorter than that is not worth a word. */
const patience = 1_200;

export class SavingLabel {
    #session;
    #onSignIn;
    #since = null;
    #timer = null;
    element = h('p', { class: 'saving', role: 'status', 'aria-live': 'polite' });
    banner = h('div', { class: 'status', role: 'alert', hidden: true });

    constructor(session, onSignIn) {
        this.#session = session;
        this.#onSignIn = onSignIn;
        session.addEventListener('status', () => this.#changed());
        this.#changed();
    }

    #changed() {
        const { state, hasContent, isReadOnly, saving } = this.#session;
        const isOnline = state === 'online' && navigator.onLine !== false;
        const [name, text] = isReadOnly ? ['read', 'Read only']
            : !hasContent ? ['wait', 'Loading…']
                : saving.isSaved ? ['saved', 'Saved']
                    : isOnline ? ['wait', 'Saving…'] : ['draft', 'Kept on this device'];
        if (this.element.dataset.state !== name) {
            this.element.dataset.state = name;
            this.element.title = name === 'saved' ? 'All of it is on the hub’s disk' : '';
            fill(this.element, text);
        }
        clearTimeout(this.#timer);
        if (isOnline || (state === 'connecting' && !hasContent)) {
            this.#since = null;
            this.banner.hidden = true;
            return;
        }
        this.#since ??= Date.now();
        const left = state === 'closed' ? 0 : this.#since + patience - Date.now();
        this.#timer = setTimeout(() => this.#drawBanner(), Math.max(0, left));
    }

    #drawBanner() {
        const { state, reason, needsToken, saving } = this.#session;
        const isClosed = state === 'closed';
        this.banner.hidden = false;
        this.banner.classList.toggle('status-closed', isClosed);
        const what = isClosed ? reason
            : navigator.onLine === false ? 'Offline' : 'Reconnecting…';
        const fate = saving.isSaved ? '' : ' What you wrote is kept on this device.';
        const hint = isClosed ? fate : ' You can go on writing: it is merged later.';
        const stop = isClosed || what.endsWith('…') ? '' : '.';
        fill(this.banner, h('span', {}, `${what}${stop}${hint}`),
            this.#button(isClosed, needsToken));
    }

    #button(isClosed, needsToken) {
        if (needsToken) {
            const error = Object.assign(new Error('Sign in again.'), { code: 'unauthorized' });
            return h('button', {
                type: 'button', class: 'link', onClick: () => this.#onSignIn(error),
            }, 'Sign in again');
        }
        if (isClosed) return h('a', { class: 'link', href: '/docs' }, 'All documents');
        return h('button', {
            type: 'button', class: 'link', onClick: () => this.#session.reconnect(),
        }, 'Now');
    }
}
