/** One article: picture, price and stock as they are now, and the way into the cart. */

import { fill, h, icon } from '../chat/dom.js';
import { sentence } from '../chat/toast.js';
import { art } from './art.js';
import { formatMoney, sameMoney } from './money.js';
import { notice, waiting } from './notice.js';
import { productCard } from './productcard.js';
import { QuantityBox } from './quantitybox.js';
import { cataloguePath } from './route.js';
import { StockLabel } from './stocklabel.js';

const relatedMost = 4;

export class ProductView {
    title = 'Article';
    element = h('div', { class: 'product' }, waiting());
    /** When there is something to see. */
    ready;
    #shop;
    #sku;
    #stops = [];
    #isClosed = false;

    constructor(shop, sku) {
        this.#shop = shop;
        this.#sku = sku;
        const known = shop.products.get(sku);
        if (known) this.#draw(known);
        this.ready = this.#load(known);
    }

    close() {
        this.#isClosed = true;
        for (const stop of this.#stops) stop();
    }

    async #load(known) {
        try {
            const product = await this.#shop.api.product(this.#sku);
            if (this.#isClosed) return;
            this.#shop.learn([product]);
            const isSame = known && sameMoney(known.price, product.price)
                && known.title === product.title && known.description === product.description;
            if (!isSame) this.#draw(product);
            this.#follow();
            this.#loadRelated(product);
        } catch (error) {
            if (this.#isClosed) return;
            const isGone = error.code === 'not_found';
            fill(this.element, notice(
                isGone ? 'There is no such article' : 'The article could not be loaded',
                isGone ? 'Perhaps it was sold for the last time.' : sentence(error),
                isGone ? { label: 'All articles', href: cataloguePath() }
                    : { label: 'Try again', run: () => this.#load() },
            ));
        }
    }

    /** Prices change while one looks at them. */
    #follow() {
        const topic = `product:${this.#sku}`;
        const subscription = this.#shop.martlet.join(topic, { conflate: true });
        const listening = new AbortController();
        // What changed before it joined, it has missed.
        for (const type of ['event', 'joined']) {
            subscription.addEventListener(type, () => this.#refresh(), {
                signal: listening.signal,
            });
        }
        this.#stops.push(() => {
            listening.abort();
            this.#shop.martlet.leave(topic);
        });
    }

    async #refresh() {
        const product = await this.#shop.api.product(this.#sku).catch(() => null);
        if (!product || this.#isClosed) return;
        this.#shop.learn([product]);
        fill(this.element.querySelector('.product-price'), formatMoney(product.price));
        fill(this.element.querySelector('h1'), product.title);
        fill(this.element.querySelector('.product-text'), product.description);
    }

    #draw(product) {
        for (const stop of this.#stops.splice(0)) stop();
        this.title = product.title;
        document.title = `${product.title} · Martlet Shop`;
        const label = new StockLabel({ isLive: true });
        const box = new QuantityBox({ label: 'Quantity' });
        const add = h('button', {
            type: 'button', class: 'button button-primary product-add',
            onClick: () => {
                if (add.getAttribute('aria-disabled') === 'true') return;
                this.#shop.cart.add(product, box.value);
                this.#shop.openCart();
            },
        }, icon('bag'), 'Add to cart');
        const show = (stock, change) => {
            label.show(stock, change);
            box.most = stock.available;
            add.setAttribute('aria-disabled', String(stock.available <= 0));
        };
        this.#stops.push(this.#shop.stock.watch(product.sku, show));
        fill(this.element,
            h('nav', { class: 'crumbs', 'aria-label': 'You are here' },
                h('a', { href: cataloguePath() }, 'Shop'),
                product.category ? h('a', {
                    href: cataloguePath({ category: product.category }),
                }, product.category) : null),
            h('div', { class: 'product-columns' }, art(product),
                h('div', { class: 'product-facts' },
                    h('h1', { tabindex: -1 }, product.title),
                    h('p', { class: 'product-price' }, formatMoney(product.price)),
                    label.element,
                    h('p', { class: 'product-text' }, product.description),
                    h('div', { class: 'product-buy' }, box.element, add),
                    h('ul', { class: 'promises' },
                        h('li', {}, icon('truck'), 'Delivery is free.'),
                        h('li', {}, icon('clock'), 'Held for you while you pay.'),
                        h('li', {}, icon('tag'), `Article ${product.sku}`)))));
    }

    async #loadRelated({ category, sku }) {
        if (!category) return;
        const reply = await this.#shop.api.products({ category, limit: 12 }).catch(() => null);
        if (!reply || this.#isClosed) return;
        const others = this.#shop.learn(reply.products).filter((each) => each.sku !== sku);
        if (others.length === 0) return;
        const cards = others.slice(0, relatedMost).map((each) => productCard(this.#shop, each));
        this.#stops.push(...cards.map(({ stop }) => stop));
        this.element.append(h('section', { class: 'related' },
            h('h2', {}, `More in ${category}`),
            h('ul', { class: 'grid' }, cards.map(({ element }) => element))));
    }
}
