/** One order: what is next, where the parcel is, what was bought and what happened, live. */

import { confirmed } from '../chat/dialogs.js';
import { fill, h, icon, iconButton, scheduled } from '../chat/dom.js';
import { reported, sentence, toast } from '../chat/toast.js';
import { fullTime } from '../chat/words.js';
import { addressLines } from './address.js';
import { art } from './art.js';
import { formatMoney } from './money.js';
import { notice, waiting } from './notice.js';
import { stateBadge } from './orderlist.js';
import { orderNumber, reasonText, stepsOf } from './orderstates.js';
import { PaymentPanel } from './paymentpanel.js';
import { cataloguePath, ordersPath, productPath } from './route.js';
import { timeline } from './timeline.js';
import { totals } from './totals.js';

const day = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });

export class OrderView {
    title;
    element = h('div', { class: 'order' }, waiting());
    ready;
    #shop;
    #id;
    #order = null;
    #stop;
    #isClosed = false;
    #payment = null;
    #reload = scheduled(() => this.#load());

    constructor(shop, id) {
        this.#shop = shop;
        this.#id = id;
        this.title = `Order ${orderNumber(id)}`;
        this.ready = this.#load();
        this.#stop = shop.news.watch(id, (news) => this.#take(news));
    }

    close() {
        this.#isClosed = true;
        this.#payment?.stop();
        this.#stop();
    }

    async #load() {
        try {
            const order = await this.#shop.api.order(this.#id);
            if (this.#isClosed || order.seq < (this.#order?.seq ?? 0)) return;
            // What is under the pointer stays where nothing changed.
            const isLapsed = order.status === 'awaiting_payment' && order.expiresAt <= Date.now();
            const isNews = isLapsed || JSON.stringify(order) !== JSON.stringify(this.#order);
            this.#order = order;
            if (isNews) this.#draw();
        } catch (error) {
            if (this.#isClosed || this.#order) return;
            const isGone = error.code === 'not_found';
            fill(this.element, notice(
                isGone ? 'There is no such order' : 'The order could not be loaded',
                isGone ? 'Perhaps you placed it under another name.' : sentence(error),
                isGone ? { label: 'My orders', href: ordersPath }
                    : { label: 'Try again', run: () => this.#load() },
            ));
        }
    }

    /** What it says is shown at once; the history behind it follows. */
    #take(news) {
        const order = this.#order;
        if (!news || !order) {
            this.#reload();
            return;
        }
        if (news.seq <= order.seq) return;
        const names = ['status', 'paymentStatus', 'fulfilmentStatus', 'trackingNumber', 'carrier',
            'estimatedDelivery'];
        for (const name of names) order[name] = news[name] ?? order[name];
        this.#draw();
        this.#reload();
    }

    #draw() {
        const order = this.#order;
        this.#payment?.stop();
        this.#payment = order.status === 'awaiting_payment'
            ? new PaymentPanel(this.#shop, order, this.#reload) : null;
        const title = h('h1', { tabindex: -1 }, `Order ${orderNumber(order.orderId)}`);
        const hadFocus = document.activeElement?.closest('.order h1') !== null
            && document.activeElement?.closest('.order h1') !== undefined;
        fill(this.element,
            h('nav', { class: 'crumbs', 'aria-label': 'You are here' },
                h('a', { href: cataloguePath() }, 'Shop'), h('a', { href: ordersPath }, 'Orders')),
            h('header', { class: 'order-head' }, title,
                h('span', { role: 'status' }, stateBadge(order.status)),
                h('span', { class: 'hint' }, `Placed ${fullTime(order.placedAt)}`)),
            this.#steps(order), this.#payment?.element, this.#outcome(order),
            h('div', { class: 'order-columns' },
                h('section', { 'aria-label': 'Articles' }, h('h2', {}, 'Articles'),
                    h('ul', { class: 'order-lines' }, order.lines.map((line) => this.#line(line))),
                    totals(order),
                    order.refundedTotal > 0 ? h('p', { class: 'hint' }, `Refunded: ${formatMoney({
                        amount: order.refundedTotal, currency: order.currency,
                    })}`) : null),
                h('div', { class: 'order-side' }, this.#parcel(order),
                    h('section', { 'aria-label': 'What happened' }, h('h2', {}, 'What happened'),
                        timeline(order, {
                            titleOf: (sku) => this.#titleOf(sku), me: this.#shop.me,
                        })),
                    this.#tools(order))));
        if (hadFocus) title.focus();
    }

    #steps(order) {
        if (order.fulfilmentStatus === 'cancelled') return null;
        const steps = stepsOf(order);
        const now = steps.findLastIndex(({ isDone }) => isDone);
        return h('ol', { class: 'steps', 'aria-label': 'How far it is' },
            steps.map(({ label, isDone }, index) => h('li', {
                class: isDone ? 'step step-done' : 'step',
                'aria-current': index === now ? 'step' : null,
            }, h('span', { class: 'step-mark', 'aria-hidden': 'true' },
                isDone ? icon('check') : null), label)));
    }

    #outcome({ status, timeline: entries, lines }) {
        if (status !== 'cancelled') return null;
        const { reason } = entries.findLast((entry) => entry.status === 'cancelled') ?? {};
        return h('div', { class: 'alert alert-calm' },
            h('strong', {}, 'This order was cancelled'),
            h('p', {}, [reasonText(reason), 'Nothing is set aside for it any more.']
                .filter(Boolean).join(' ')),
            h('button', {
                type: 'button', class: 'button',
                onClick: () => {
                    for (const line of lines) {
                        const { cart } = this.#shop;
                        const price = { amount: line.unitPrice, currency: this.#order.currency };
                        cart.set(line.sku, cart.quantityOf(line.sku) + line.quantity,
                            { ...line, price });
                    }
                    this.#shop.openCart();
                },
            }, 'Put it into the cart again'));
    }

    #line({ sku, title, quantity, unitPrice, total }) {
        const money = (amount) => formatMoney({ amount, currency: this.#order.currency });
        return h('li', { class: 'order-line' }, art(this.#shop.pictured({ sku, title })),
            h('span', { class: 'order-line-text' }, h('a', { href: productPath(sku) }, title),
                h('span', { class: 'hint' }, `${quantity.toLocaleString()} × ${money(unitPrice)}`)),
            h('span', {}, money(total)));
    }

    #parcel(order) {
        const lines = addressLines(order.address);
        const { trackingNumber, carrier, estimatedDelivery } = order;
        if (lines.length === 0 && !trackingNumber) return null;
        return h('section', { class: 'parcel', 'aria-label': 'Delivery' }, h('h2', {}, 'Delivery'),
            estimatedDelivery && order.fulfilmentStatus !== 'delivered'
                ? h('p', { class: 'parcel-day' }, icon('truck'), 'Expected ',
                    h('strong', {}, day.format(estimatedDelivery))) : null,
            trackingNumber ? h('p', { class: 'tracking' },
                h('span', { class: 'hint' }, carrier || 'Tracking number'),
                h('code', {}, trackingNumber),
                iconButton('copy', 'Copy the tracking number', async () => {
                    if (await reported(navigator.clipboard.writeText(trackingNumber))) {
                        toast('Copied.');
                    }
                })) : null,
            lines.length > 0 ? h('address', {}, lines.map((line) => [line, h('br')])) : null);
    }

    #tools(order) {
        if (order.status !== 'awaiting_payment') return null;
        return h('button', {
            type: 'button', class: 'button button-danger',
            onClick: async () => {
                const text = 'What was set aside goes back on the shelf.';
                if (!await confirmed('Cancel the order?', text, 'Cancel it')) return;
                await reported(this.#shop.api.moveOrder(order.orderId, 'cancel',
                    { reason: 'By the customer.' }));
                this.#reload();
            },
        }, 'Cancel the order');
    }

    #titleOf(sku) {
        return this.#order.lines.find((line) => line.sku === sku)?.title ?? sku;
    }
}
