/** How long everything is held, and the payment. */

import { fill, h } from '../chat/dom.js';
import { sentence } from '../chat/toast.js';
import { Countdown } from './countdown.js';
import { formatMoney } from './money.js';

export class PaymentPanel {
    element;
    #shop;
    #order;
    #onMoved;
    #countdown = null;
    #note = h('p', { class: 'hint', role: 'status' });
    #button;

    constructor(shop, order, onMoved) {
        this.#shop = shop;
        this.#order = order;
        this.#onMoved = onMoved;
        this.#button = h('button', {
            type: 'button', class: 'button button-primary', onClick: () => this.#pay(),
        }, `Pay ${formatMoney(order.total)}`);
        // It may be over already.
        if (order.expiresAt) this.#countdown = new Countdown(order.expiresAt, () => this.#lapsed());
        this.element = h('section', { class: 'payment', 'aria-label': 'Payment' },
            h('div', { class: 'payment-text' },
                h('h2', {}, 'Everything is set aside for you'),
                this.#countdown ? h('p', {}, 'Held for another ', this.#countdown.element, '.')
                    : null,
                order.shortfall?.length > 0 ? h('p', { class: 'cart-problem' },
                    'Something was gone when the payment came. The shop gets in touch.') : null,
                this.#note),
            this.#button);
    }

    stop() {
        this.#countdown?.stop();
    }

    /** The hub decides when it is over; it looks each second. */
    #lapsed() {
        this.#button.hidden = true;
        fill(this.#note, 'The time is over: the order is being cancelled.');
        setTimeout(this.#onMoved, 2_500);
    }

    /**
     * No payment service stands behind it: it tells the hub that the money came, which is for
     * staff to say. Where everybody may do everything, on one's own machine, it works.
     */
    async #pay() {
        if (this.#button.getAttribute('aria-disabled') === 'true') return;
        this.#button.setAttribute('aria-disabled', 'true');
        fill(this.#note, 'Paying…');
        try {
            await this.#shop.api.moveOrder(this.#order.orderId, 'pay',
                { reference: `web-${this.#order.orderId}` });
            this.#onMoved();
        } catch (error) {
            if (error.code === 'forbidden') {
                this.#button.hidden = true;
                fill(this.#note, 'The shop takes the payment. This page goes on by itself as '
                    + 'soon as it has arrived.');
            } else {
                fill(this.#note, sentence(error));
                this.#button.removeAttribute('aria-disabled');
            }
        }
    }
}
