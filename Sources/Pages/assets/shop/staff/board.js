/** All orders by how far they are; the hub tells of each as it is placed and as it moves. */

import { fill, h } from '../../chat/dom.js';
import { notice, waiting } from '../notice.js';
import { OrderCard } from './ordercard.js';

/** Orders of a page of the list. */
const limit = 60;
/** Of more than that, new ones come without being marked. */
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

/** What the list would say of an order that was just placed. */
function summary({ orderId, user, lines, total, currency, status, seq }, placedAt) {
    return {
        orderId, user, status, seq, placedAt,
        paymentStatus: 'unpaid', fulfilmentStatus: 'unfulfilled', refundedTotal: 0,
        total: { amount: total, currency },
        items: lines.reduce((sum, { quantity }) => sum + quantity, 0),
    };
}

export class Board {
    element = h('div', { class: 'board-page' }, h('h1', {}, 'Orders'), waiting());
    #desk;
    #cards = new Map();
    #next = null;
    #isClosed = false;
    #isShown = false;
    #loads = 0;
    /** What was told of unknown orders while a list was on its way. */
    #early = [];
    #stop;
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
        // Whatever came before the hub tells of it is in the list then, also after an outage.
        this.#stop = desk.news.watchAll((event) => this.#hear(event), () => this.#load());
    }

    close() {
        this.#isClosed = true;
        this.#stop();
        for (const card of this.#cards.values()) card.stop();
    }

    /** The newest orders, back to the oldest that is shown; or a page of older ones. */
    async #load(older) {
        this.#loads += 1;
        const oldest = Math.min(...[...this.#cards.values()].map(({ order }) => order.placedAt));
        try {
            let before = older;
            let reply = null;
            do {
                reply = await this.#desk.api.orders({ user: '*', before, limit });
                if (this.#isClosed) return;
                for (const order of reply.orders) this.#take(order);
                before = reply.more ? reply.next : null;
            } while (!older && before && reply.orders.at(-1).placedAt > oldest);
            if (older || !this.#isShown) this.#next = before;
            this.#draw();
        } catch (error) {
            // What is shown stays: the line above says that the connection is gone.
            if (!this.#isClosed && !this.#isShown) {
                this.#desk.refused(error, () => location.reload());
            }
        } finally {
            this.#loads -= 1;
            for (const event of this.#early.splice(0)) this.#hear(event);
        }
    }

    #hear({ event, at, data }) {
        if (this.#isClosed) return;
        const card = this.#cards.get(data.orderId);
        if (card) card.hear(data);
        else if (this.#loads > 0) this.#early.push({ event, at, data });
        else if (event === 'order_placed') {
            this.#take(summary(data, at));
            this.#draw();
        }
        // Another is older than what is shown.
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
