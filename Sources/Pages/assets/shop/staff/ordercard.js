/** One order on the board, with the moves that are legal now. */

import { fill, h } from '../../chat/dom.js';
import { reported } from '../../chat/toast.js';
import { ago, fullTime, plural } from '../../chat/words.js';
import { Countdown } from '../countdown.js';
import { formatMoney } from '../money.js';
import { stateBadge } from '../orderlist.js';
import { movesOf, orderNumber } from '../orderstates.js';
import { cancelDialog, orderDialog, refundDialog, shipDialog } from './orderdialogs.js';

const labels = {
    pay: 'Paid', pack: 'Pack', ship: 'Ship…', deliver: 'Delivered', refund: 'Refund…',
    cancel: 'Cancel…',
};
const dialogs = { ship: shipDialog, refund: refundDialog, cancel: cancelDialog };
const untold = new Set(['pending', 'partially_refunded', 'refunded', 'cancelled']);
const newsLasts = 1_600;

export class OrderCard {
    order;
    element = h('li', { class: 'board-card' });
    #desk;
    #onMoved;
    #countdown = null;
    #timer = null;

    constructor(desk, order, { isNews, onMoved }) {
        this.#desk = desk;
        this.#onMoved = onMoved;
        this.show(order, { isQuiet: !isNews });
    }

    stop() {
        this.#countdown?.stop();
    }

    show(order, { isQuiet = false } = {}) {
        this.order = order;
        this.#countdown?.stop();
        this.#countdown = order.status === 'awaiting_payment' && order.expiresAt
            ? new Countdown(order.expiresAt) : null;
        const number = orderNumber(order.orderId);
        const focused = this.element.contains(document.activeElement);
        this.element.dataset.order = order.orderId;
        this.element.dataset.status = order.status;
        fill(this.element,
            h('div', { class: 'board-card-head' },
                h('button', {
                    type: 'button', class: 'link board-number', title: order.orderId,
                    onClick: () => orderDialog(this.#desk, this.order),
                }, number),
                h('span', { class: 'board-total' }, formatMoney(order.total))),
            h('p', { class: 'hint' }, `${order.user} · ${plural(order.items, 'article')} · `,
                h('time', {
                    datetime: new Date(order.placedAt).toISOString(),
                    title: fullTime(order.placedAt),
                }, ago(order.placedAt))),
            // The others are what the column says.
            untold.has(order.status) ? stateBadge(order.status) : null,
            this.#countdown ? h('p', { class: 'hint' }, 'Held for ', this.#countdown.element)
                : null,
            h('div', { class: 'board-moves' }, movesOf(order).map((move, index) => h('button', {
                type: 'button', 'data-move': move,
                class: index === 0 && move !== 'cancel' && move !== 'refund'
                    ? 'button button-small button-primary' : 'button button-small',
                'aria-label': `${labels[move].replace('…', '')}: order ${number}`,
                onClick: (event) => this.#move(move, event.currentTarget),
            }, labels[move]))));
        if (focused) this.element.querySelector('button').focus();
        if (!isQuiet) this.#flash();
    }

    /** Takes in an `order_status_changed`: it says more than the answer to one's own move. */
    hear({ status, paymentStatus, fulfilmentStatus, seq, expiresAt, refund }) {
        const { order } = this;
        if (!paymentStatus || seq < order.seq) return;
        const refundedTotal = refund?.refundedTotal ?? order.refundedTotal;
        this.show({
            ...order, status, paymentStatus, fulfilmentStatus, seq, refundedTotal,
            expiresAt: expiresAt ?? order.expiresAt,
        }, { isQuiet: seq === order.seq });
        this.#onMoved();
    }

    async #move(move, button) {
        if (dialogs[move]) {
            dialogs[move](this.#desk, this.order, (standing) => this.#moved(standing));
            return;
        }
        button.disabled = true;
        await reported((async () => {
            this.#moved(await this.#desk.api.moveOrder(this.order.orderId, move));
        })());
        button.disabled = false;
    }

    #moved(standing) {
        if (standing.seq <= this.order.seq) return;
        const { status, paymentStatus, fulfilmentStatus, seq } = standing;
        this.show({ ...this.order, status, paymentStatus, fulfilmentStatus, seq });
        this.#onMoved();
    }

    #flash() {
        clearTimeout(this.#timer);
        this.element.classList.add('is-news');
        this.#timer = setTimeout(() => this.element.classList.remove('is-news'), newsLasts);
    }
}
