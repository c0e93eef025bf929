/** All of one's orders, the newest first; each row moves when its order does. */

import { fill, h } from '../chat/dom.js';
import { sentence } from '../chat/toast.js';
import { fullTime, plural, shortTime } from '../chat/words.js';
import { formatMoney } from './money.js';
import { notice, waiting } from './notice.js';
import { orderNumber, stateOf } from './orderstates.js';
import { cataloguePath, orderPath } from './route.js';

export function stateBadge(status) {
    const { label, tone } = stateOf(status);
    return h('span', { class: 'state', 'data-tone': tone, 'data-status': status }, label);
}

export class OrderList {
    title = 'My orders';
    element;
    ready;
    #shop;
    #orders = [];
    #next = null;
    #rows = h('ul', { class: 'order-list' });
    #foot = h('div', { class: 'catalogue-foot' }, waiting());
    #listening = new AbortController();

    constructor(shop) {
        this.#shop = shop;
        this.element = h('div', { class: 'orders' }, h('h1', { tabindex: -1 }, 'My orders'),
            this.#rows, this.#foot);
        const { signal } = this.#listening;
        shop.news.addEventListener('news', ({ detail }) => this.#take(detail), { signal });
        shop.news.addEventListener('again', () => this.#load(), { signal });
        this.ready = this.#load();
    }

    close() {
        this.#listening.abort();
    }

    async #load(before) {
        try {
            const reply = await this.#shop.api.orders({ before, limit: 30 });
            this.#orders = before ? [...this.#orders, ...reply.orders] : reply.orders;
            this.#next = reply.more ? reply.next : null;
            this.#draw();
        } catch (error) {
            if (this.#orders.length > 0) return;
            fill(this.#foot, notice('The orders could not be loaded', sentence(error),
                { label: 'Try again', run: () => this.#load() }));
        }
    }

    #take(news) {
        const order = this.#orders.find(({ orderId }) => orderId === news.orderId);
        if (!order) {
            this.#load();
            return;
        }
        if (news.seq <= order.seq) return;
        for (const name of ['status', 'paymentStatus', 'fulfilmentStatus', 'seq']) {
            order[name] = news[name] ?? order[name];
        }
        this.#draw();
    }

    #draw() {
        fill(this.#rows, this.#orders.map((order) => this.#row(order)));
        if (this.#orders.length === 0) {
            fill(this.#foot, notice('No orders yet', 'What you order is found here.',
                { label: 'Look around', href: cataloguePath() }));
        } else if (this.#next) {
            fill(this.#foot, h('button', {
                type: 'button', class: 'button', onClick: () => this.#load(this.#next),
            }, 'Show more'));
        } else fill(this.#foot);
    }

    #row(order) {
        return h('li', {}, h('a', {
            class: 'order-row', href: orderPath(order.orderId), 'data-order': order.orderId,
        }, h('span', { class: 'order-row-text' },
            h('strong', {}, `Order ${orderNumber(order.orderId)}`),
            h('span', { class: 'hint' }, h('time', {
                datetime: new Date(order.placedAt).toISOString(), title: fullTime(order.placedAt),
            }, shortTime(order.placedAt)), ` · ${plural(order.items, 'article')}`)),
        stateBadge(order.status),
        h('span', { class: 'order-row-total' }, formatMoney(order.total))));
    }
}
