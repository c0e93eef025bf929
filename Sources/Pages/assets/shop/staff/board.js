/** All orders by how far they are; each card follows its order while it is on the screen. */

import { fill, h } from '../../chat/dom.js';
import { notice, waiting } from '../notice.js';
import { OrderCard } from './ordercard.js';

/** Orders that are new are asked for that often: nothing tells of them but the list. */
const pause = 4_000;
const shownMost = 120;

const columns = [
    ['unpaid', 'To be paid'], ['paid', 'To pack'], ['packed', 'To ship'],
    ['shipped', 'On the way'], ['delivered', 'Delivered'], ['closed', 'Closed'],
];

function columnOf({ status, paymentStatus, fulfilmentStatus }) {
    if (fulfilmentStatus === 'cancelled') return 'closed';
    if (status === 'pending' || status === 'awaiting_payment') return 'unpaid';
    if (paymentStatus === 'refunded' && fulfilmentStatus !== 'delivered') return 'closed';
    return fulfilmentStatus === 'unfulfilled' ? 'paid' : fulfilmentStatus;
}

export class Board {
    element = h('div', { class: 'board-page' }, h('h1', {}, 'Orders'), waiting());
    #desk;
    #cards = new Map();
    #next = null;
    #timer = null;
    #isClosed = false;
    #isShown = false;
    #columns = new Map(columns.map(([name, label]) => {
        const count = h('span', { class: 'column-count' });
        const list = h('ul', { class: 'column-list' });
        const element = h('section', { class: 'column', 'aria-label': label, 'data-column': name },
            h('h2', {}, label, ' ', count), list);
        return [name, { count, list, element }];
    }));
    #foot = h('div', { class: 'catalogue-foot' });

    constructor(desk) {
        this.#desk = desk;
        this.#load();
    }

    close() {
        this.#isClosed = true;
        clearTimeout(this.#timer);
        for (const card of this.#cards.values()) card.stop();
    }

    async #load(before) {
        clearTimeout(this.#timer);
        try {
            const query = { user: '*', before, limit: 60 };
            const reply = await this.#desk.api.orders(query);
            if (this.#isClosed) return;
            if (before || !this.#isShown) this.#next = reply.more ? reply.next : null;
            for (const order of reply.orders) this.#take(order);
            this.#draw();
        } catch (error) {
            if (this.#isClosed) return;
            // What is shown stays: the line above says that the connection is gone.
            if (!this.#isShown) {
                this.#desk.refused(error, () => location.reload());
                return;
            }
        }
        this.#timer = setTimeout(() => {
            if (document.visibilityState === 'visible') this.#load();
            else this.#waitToBeSeen();
        }, pause);
    }

    #waitToBeSeen() {
        document.addEventListener('visibilitychange', () => {
            if (!this.#isClosed) this.#load();
        }, { once: true });
    }

    #take(order) {
        const card = this.#cards.get(order.orderId);
        if (card) {
            if (order.seq > card.order.seq) card.show(order);
            return;
        }
        const isNews = this.#isShown && this.#cards.size < shownMost;
        this.#cards.set(order.orderId,
            new OrderCard(this.#desk, order, { isNews, onMoved: () => this.#draw() }));
    }

    #draw() {
        if (!this.#isShown) {
            this.#isShown = true;
            fill(this.element, h('h1', {}, 'Orders'), h('div', { class: 'board' },
                [...this.#columns.values()].map(({ element }) => element)), this.#foot);
        }
        const orders = [...this.#cards.values()]
            .sort((left, right) => right.order.placedAt - left.order.placedAt);
        for (const [name, { count, list }] of this.#columns) {
            const cards = orders.filter((card) => columnOf(card.order) === name);
            count.textContent = cards.length.toLocaleString();
            this.#place(list, cards);
        }
        if (this.#next) {
            fill(this.#foot, h('button', {
                type: 'button', class: 'button', onClick: () => this.#load(this.#next),
            }, 'Show older orders'));
        } else if (orders.length === 0) {
            fill(this.#foot, notice('No orders yet', 'They appear here as they are placed.'));
        } else fill(this.#foot);
    }

    /** Cards that stay where they are aren't touched; one that moves keeps the focus. */
    #place(list, cards) {
        const wanted = new Set(cards.map(({ element }) => element));
        const focused = document.activeElement;
        cards.forEach(({ element }, index) => {
            if (list.children[index] === element) return;
            const hadFocus = element.contains(focused);
            list.insertBefore(element, list.children[index] ?? null);
            if (hadFocus) (focused.isConnected ? focused : element.querySelector('button')).focus();
        });
        for (const element of [...list.children]) if (!wanted.has(element)) element.remove();
    }
}
