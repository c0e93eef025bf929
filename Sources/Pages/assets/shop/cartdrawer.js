/** The cart at the edge of the page: a modal dialog, so that keys and readers stay in it. */

import { drawWhenChanged, fill, h, iconButton } from '../chat/dom.js';
import { plural } from '../chat/words.js';
import { CartLines } from './cartlines.js';
import { formatMoney } from './money.js';
import { notice, waiting } from './notice.js';
import { checkoutPath } from './route.js';

export class CartDrawer {
    #shop;
    #lines;
    #title = h('h2', { tabindex: -1 }, 'Cart');
    #empty = h('div');
    #foot = h('footer', { class: 'drawer-foot' });
    #element;

    constructor(shop) {
        this.#shop = shop;
        this.#lines = new CartLines(shop);
        this.#element = h('dialog', { class: 'drawer', 'aria-label': 'Cart' },
            h('header', { class: 'drawer-head' }, this.#title,
                iconButton('close', 'Close', () => this.close())),
            h('div', { class: 'drawer-body' }, this.#empty, this.#lines.element), this.#foot);
        this.#element.addEventListener('click', (event) => {
            if (event.target === this.#element) this.close();
        });
        this.#element.addEventListener('close', () => this.#lines.stop());
        shop.cart.addEventListener('change', () => {
            if (this.#element.open) this.#draw();
        });
        document.body.append(this.#element);
    }

    open() {
        if (this.#element.open) return;
        this.#draw();
        this.#element.showModal();
        this.#title.focus();
    }

    close() {
        if (this.#element.open) this.#element.close();
    }

    #draw() {
        const { cart } = this.#shop;
        this.#title.textContent = cart.isEmpty ? 'Cart' : `Cart · ${plural(cart.count, 'article')}`;
        this.#lines.draw();
        if (!cart.isLoaded && !cart.error) fill(this.#empty, waiting());
        else if (cart.error && cart.isEmpty) {
            fill(this.#empty, notice('The cart could not be loaded', 'Try again in a moment.',
                { label: 'Try again', run: () => cart.load() }));
        } else if (cart.isEmpty) {
            fill(this.#empty, notice('Nothing here yet', 'What you add waits here for you.'));
        } else fill(this.#empty);
        this.#foot.hidden = cart.isEmpty;
        const total = cart.totals.map(formatMoney).join(' + ');
        drawWhenChanged(this.#foot, total, () => fill(this.#foot,
            h('p', { class: 'total-line' }, h('span', {}, 'Subtotal'), h('strong', {}, total)),
            h('p', { class: 'hint' }, 'Delivery is free.'),
            h('a', { class: 'button button-primary button-wide', href: checkoutPath },
                'Check out')));
    }
}
