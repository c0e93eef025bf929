/** From the cart to an order: address, what it comes to, and what may have changed meanwhile. */

import { fill, h } from '../chat/dom.js';
import { sentence } from '../chat/toast.js';
import { ulid } from '../martlet/ulid.js';
import { AddressForm } from './address.js';
import { CartLines, shortageOf } from './cartlines.js';
import { formatMoney } from './money.js';
import { notice, waiting } from './notice.js';
import { cataloguePath, orderPath } from './route.js';
import { totals } from './totals.js';

export class CheckoutView {
    title = 'Checkout';
    element;
    #shop;
    #navigation;
    #address = new AddressForm();
    #lines;
    #summary = h('div', { class: 'checkout-summary' });
    #alert = h('div', { class: 'alert', role: 'alert', hidden: true });
    #button = h('button', { class: 'button button-primary button-wide' }, 'Place the order');
    #form;
    /** The same as long as the cart is: pressed twice it is one order. */
    #key = { cart: null, text: null };
    #isBusy = false;
    #listening = new AbortController();

    constructor(shop, navigation) {
        this.#shop = shop;
        this.#navigation = navigation;
        this.#lines = new CartLines(shop);
        this.#form = h('form', {
            class: 'checkout-columns',
            onSubmit: (event) => {
                event.preventDefault();
                this.#place();
            },
        }, h('div', { class: 'checkout-main' }, this.#address.element, this.#signInHint()),
        h('section', { class: 'checkout-side', 'aria-label': 'Your order' },
            h('h2', {}, 'Your order'), this.#lines.element, this.#summary, this.#button,
            h('p', { class: 'hint' }, 'Then everything is set aside for you while you pay.')));
        this.element = h('div', { class: 'checkout' }, h('h1', { tabindex: -1 }, 'Checkout'),
            this.#alert, h('div', { class: 'checkout-body' }, waiting()));
        shop.cart.addEventListener('change', () => this.#draw(), {
            signal: this.#listening.signal,
        });
        this.#draw();
    }

    close() {
        this.#listening.abort();
        this.#lines.stop();
    }

    #signInHint() {
        if (!this.#shop.isVisitor) return null;
        return h('p', { class: 'hint' }, 'You order as a visitor: only this browser finds the '
            + 'order again. ', h('button', {
            type: 'button', class: 'link', onClick: () => this.#shop.askWho(),
        }, 'Sign in'), ' to have it everywhere; your cart comes along.');
    }

    #draw() {
        const { cart } = this.#shop;
        const body = this.element.querySelector('.checkout-body');
        if (this.#isBusy || (!cart.isLoaded && !cart.error)) return;
        if (cart.isEmpty) {
            fill(body, cart.error
                ? notice('The cart could not be loaded', sentence(cart.error),
                    { label: 'Try again', run: () => cart.load() })
                : notice('Your cart is empty', 'There is nothing to order yet.',
                    { label: 'Look around', href: cataloguePath() }));
            return;
        }
        this.#lines.draw();
        const [total, ...others] = cart.totals;
        fill(this.#summary, total && others.length === 0
            ? totals({ currency: total.currency, subtotal: total.amount, total })
            : h('p', { class: 'cart-problem' },
                'Articles of several currencies can’t be ordered together.'));
        this.#button.textContent = total ? `Place the order · ${formatMoney(total)}`
            : 'Place the order';
        if (!this.#form.isConnected) fill(body, this.#form);
    }

    async #place() {
        if (this.#isBusy) return;
        const { cart, api } = this.#shop;
        this.#busy(true);
        await cart.settled();
        this.#busy(false);
        if (cart.isEmpty) return;
        const short = cart.lines.find((line) => shortageOf(line, this.#shop.stock.get(line.sku)));
        if (short) {
            this.#tell('Not everything is there', `Of “${short.title ?? short.sku}” there is not `
                + 'enough any more. Take fewer, or remove it.');
            return;
        }
        this.#busy(true);
        this.#alert.hidden = true;
        const total = cart.totals[0];
        if (this.#key.cart !== cart.id) this.#key = { cart: cart.id, text: ulid() };
        try {
            const order = await api.checkout({
                cartId: cart.id ?? undefined, expectedTotal: total?.amount,
                address: this.#address.value,
            }, this.#key.text);
            this.#address.remember();
            // The button stays busy: what comes next is another page.
            this.#listening.abort();
            await this.#navigation.go(orderPath(order.orderId), { replaces: true });
            cart.load();
        } catch (error) {
            this.#busy(false);
            await this.#refused(error, total);
        }
    }

    /** Says what changed, and shows it. */
    async #refused(error, before) {
        const { cart } = this.#shop;
        // The next attempt is another one.
        this.#key = { cart: null, text: null };
        await cart.load();
        if (error.code === 'total_changed') {
            const now = cart.totals.map(formatMoney).join(' + ');
            this.#tell('The total has changed', `It was ${formatMoney(before)} and is ${now} now, `
                + 'because a price is another. Look at it, and order if it is right.');
        } else if (error.code === 'insufficient_stock') {
            const named = cart.lines.filter(({ sku }) => error.message.includes(sku))
                .map(({ title, sku }) => `“${title ?? sku}”`);
            const what = named.length > 0 ? named.join(' and ') : 'Something in your cart';
            this.#tell('Sold out meanwhile', `${what} went to somebody else just now. Nothing was `
                + 'ordered, and all the rest is still in your cart.');
        } else if (error.code === 'conflict') {
            this.#tell('The cart has changed', error.message);
        } else {
            this.#tell('The order could not be placed', sentence(error));
        }
    }

    #tell(title, text) {
        this.#alert.hidden = false;
        fill(this.#alert, h('strong', {}, title), h('p', {}, text));
        this.#alert.scrollIntoView({ block: 'center' });
    }

    #busy(isBusy) {
        this.#isBusy = isBusy;
        this.#button.setAttribute('aria-disabled', String(isBusy));
        if (isBusy) this.#button.textContent = 'Setting your things aside…';
        else this.#draw();
    }
}
