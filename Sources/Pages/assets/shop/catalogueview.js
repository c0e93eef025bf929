/** What there is to buy: categories, a grid of cards, more as one scrolls. */

import { fill, h } from '../chat/dom.js';
import { sentence } from '../chat/toast.js';
import { plural } from '../chat/words.js';
import { notice, waiting } from './notice.js';
import { productCard } from './productcard.js';
import { cataloguePath } from './route.js';

const orders = {
    '': ['Featured', null],
    cheap: ['Price, lowest first', (left, right) => left.price.amount - right.price.amount],
    dear: ['Price, highest first', (left, right) => right.price.amount - left.price.amount],
    name: ['Name', (left, right) => left.title.localeCompare(right.title)],
};

export class CatalogueView {
    title = 'All articles';
    #shop;
    #navigation;
    #route = null;
    #products = [];
    #next = null;
    /** Grows as pages come: the hub has no list of categories. */
    #categories = new Set();
    #loads = 0;
    #cards = new Map();
    #heading = h('h1', { tabindex: -1 });
    #chips = h('nav', { class: 'chips', 'aria-label': 'Categories' });
    #state = h('p', { class: 'catalogue-count', role: 'status' });
    #grid = h('ul', { class: 'grid' });
    #foot = h('div', { class: 'catalogue-foot' });
    #order = h('select', {
        class: 'input', 'aria-label': 'Order', onChange: () => this.#draw(),
    }, Object.entries(orders).map(([value, [label]]) => h('option', { value }, label)));
    element = h('div', { class: 'catalogue' });

    constructor(shop, navigation) {
        this.#shop = shop;
        this.#navigation = navigation;
        fill(this.element, h('div', { class: 'catalogue-head' }, this.#heading, this.#chips),
            h('div', { class: 'catalogue-line' }, this.#state, this.#order),
            this.#grid, this.#foot);
    }

    async show({ q, category }) {
        const isSame = this.#route?.q === q && this.#route?.category === category;
        if (isSame && this.#products.length > 0) return;
        this.#route = { q, category };
        this.title = q ? `“${q}”` : category || 'All articles';
        fill(this.#heading, q ? `Results for “${q}”` : category || 'Good things, in stock');
        document.title = `${this.title} · Martlet Shop`;
        this.#drawChips();
        await this.#load();
    }

    close() {
        for (const { stop } of this.#cards.values()) stop();
        this.#cards.clear();
        fill(this.#grid);
    }

    async #load(after) {
        this.#loads += 1;
        const load = this.#loads;
        if (!after && this.#products.length === 0) fill(this.#foot, waiting());
        const { q, category } = this.#route;
        try {
            const reply = await this.#shop.api.products({ q, category, after, limit: 60 });
            if (load !== this.#loads) return;
            const found = this.#shop.learn(reply.products);
            this.#products = after ? [...this.#products, ...found] : found;
            this.#next = reply.more ? reply.next : null;
            for (const { category: name } of found) if (name) this.#categories.add(name);
            this.#drawChips();
            this.#draw();
        } catch (error) {
            if (load !== this.#loads) return;
            if (error.code === 'unauthorized') {
                this.#shop.askWho(error);
                return;
            }
            fill(this.#foot, notice('The shelves could not be loaded', sentence(error), {
                label: 'Try again', run: () => this.#load(after),
            }));
        }
    }

    #drawChips() {
        const { q, category } = this.#route;
        const names = [...this.#categories];
        if (category && !names.includes(category)) names.push(category);
        const chip = (name, label) => h('a', {
            class: 'chip', href: cataloguePath({ q, category: name }),
            'aria-current': name === category ? 'true' : null,
        }, label);
        this.#chips.hidden = names.length === 0;
        fill(this.#chips, chip('', 'All'), names.sort().map((name) => chip(name, name)));
    }

    /** Cards stay the same elements: what is under the pointer must not move away. */
    #draw() {
        const compare = orders[this.#order.value]?.[1];
        const shown = compare ? [...this.#products].sort(compare) : this.#products;
        const skus = new Set(shown.map(({ sku }) => sku));
        for (const [sku, { stop }] of this.#cards) {
            if (skus.has(sku)) continue;
            stop();
            this.#cards.delete(sku);
        }
        fill(this.#grid, shown.map((product) => {
            const card = this.#cards.get(product.sku) ?? productCard(this.#shop, product);
            this.#cards.set(product.sku, card);
            return card.element;
        }));
        fill(this.#state, plural(shown.length, 'article') + (this.#next ? ' so far' : ''));
        this.#order.hidden = shown.length < 2;
        this.#drawFoot(shown.length === 0);
    }

    #drawFoot(isEmpty) {
        const { q, category } = this.#route;
        if (this.#next) {
            fill(this.#foot, h('button', {
                type: 'button', class: 'button', onClick: () => this.#load(this.#next),
            }, 'Show more'));
        } else if (isEmpty && (q || category)) {
            fill(this.#foot, notice('Nothing matches',
                'Try another word, or look at everything.', {
                    label: 'Show everything', run: () => this.#navigation.go('/shop'),
                }));
        } else if (isEmpty) {
            fill(this.#foot, notice('The shelves are empty',
                'The command “martlet seed” fills them with things to try.'));
        } else fill(this.#foot);
    }
}
