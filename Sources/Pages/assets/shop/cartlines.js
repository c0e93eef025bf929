/** The rows of the cart; each stays the same element while its line is there. */

import { fill, h, iconButton } from '../chat/dom.js';
import { art } from './art.js';
import { formatMoney, times } from './money.js';
import { QuantityBox } from './quantitybox.js';
import { productPath } from './route.js';

/** Why a line can't be bought as it is, and how many could be; null when all is well. */
export function shortageOf(line, stock) {
    if (line.problem) return { text: 'It is not for sale any more.', possible: 0 };
    const available = stock?.available ?? line.available ?? Infinity;
    if (available >= line.quantity) return null;
    if (available <= 0) return { text: 'It is out of stock now.', possible: 0 };
    return { text: `Only ${available.toLocaleString()} left now.`, possible: available };
}

export class CartLines {
    element = h('ul', { class: 'cart-lines' });
    #shop;
    #rows = new Map();

    constructor(shop) {
        this.#shop = shop;
    }

    /** Draws, and follows the stock of what is shown. */
    draw() {
        const { lines } = this.#shop.cart;
        const skus = new Set(lines.map(({ sku }) => sku));
        for (const [sku, row] of this.#rows) {
            if (skus.has(sku)) continue;
            row.stop();
            this.#rows.delete(sku);
            row.element.remove();
        }
        lines.forEach((line, index) => {
            const row = this.#rows.get(line.sku) ?? new CartRow(this.#shop, line);
            this.#rows.set(line.sku, row);
            row.show(line);
            // Moved only when it must be: a moved element loses the focus.
            if (this.element.children[index] !== row.element) {
                this.element.insertBefore(row.element, this.element.children[index] ?? null);
            }
        });
    }

    stop() {
        for (const row of this.#rows.values()) row.stop();
        this.#rows.clear();
        fill(this.element);
    }
}

class CartRow {
    element;
    stop;
    #shop;
    #line;
    #stock;
    #box;
    #title = h('a', { class: 'cart-title' });
    #price = h('span', { class: 'cart-price' });
    #problem = h('p', { class: 'cart-problem', role: 'status' });

    constructor(shop, line) {
        this.#shop = shop;
        this.#line = line;
        this.#box = new QuantityBox({
            label: `Quantity of ${line.title ?? line.sku}`, value: line.quantity, least: 0,
            onChange: (count) => shop.cart.set(line.sku, count),
        });
        this.#title.href = productPath(line.sku);
        this.element = h('li', { class: 'cart-line', 'data-sku': line.sku },
            art(shop.pictured(line)),
            h('div', { class: 'cart-line-text' }, this.#title, this.#price, this.#problem),
            h('div', { class: 'cart-line-tools' }, this.#box.element,
                iconButton('trash', `Remove ${line.title ?? line.sku}`, () => {
                    shop.cart.set(line.sku, 0);
                })));
        this.stop = shop.stock.watch(line.sku, (stock) => {
            this.#stock = stock;
            this.#drawProblem();
        });
    }

    show(line) {
        this.#line = line;
        this.#title.textContent = line.title ?? line.sku;
        const { price, quantity } = line;
        const each = quantity > 1 ? ` · ${formatMoney(price)} each` : '';
        this.#price.textContent = price ? `${formatMoney(times(price, quantity))}${each}` : '–';
        this.#box.show(quantity);
        this.#drawProblem();
    }

    #drawProblem() {
        const shortage = shortageOf(this.#line, this.#stock);
        this.element.classList.toggle('has-problem', shortage !== null);
        fill(this.#problem, shortage?.text, shortage ? h('button', {
            type: 'button', class: 'link',
            onClick: () => this.#shop.cart.set(this.#line.sku, shortage.possible),
        }, shortage.possible === 0 ? 'Remove it' : `Take ${shortage.possible}`) : null);
    }
}
