/** One article in the grid; its stock is live while it is on the screen. */

import { fill, h, icon } from '../chat/dom.js';
import { art } from './art.js';
import { formatMoney } from './money.js';
import { whileOnScreen } from './onscreen.js';
import { productPath } from './route.js';
import { StockLabel } from './stocklabel.js';

const thanksLast = 1_500;

/** `{element, stop}`. */
export function productCard(shop, product) {
    const label = new StockLabel();
    const button = addButton(shop, product);
    const element = h('li', { class: 'card-product', 'data-sku': product.sku },
        art(product),
        h('div', { class: 'card-text-block' },
            h('a', { class: 'card-title', href: productPath(product.sku) }, product.title),
            h('span', { class: 'card-price' }, formatMoney(product.price)),
            label.element),
        button.element);
    const show = (stock, change) => {
        label.show(stock, change);
        button.allow(stock.available > 0);
        element.classList.toggle('is-out', stock.available <= 0);
    };
    const known = shop.stock.get(product.sku);
    if (known) show(known);
    const stop = whileOnScreen(element, () => shop.stock.watch(product.sku, show));
    return { element, stop };
}

/** Stays a button when there is nothing to add: one that is disabled would lose the focus. */
function addButton(shop, product) {
    let timer = null;
    const words = h('span', { class: 'visually-hidden', role: 'status' });
    const face = h('button', {
        type: 'button', class: 'icon-button card-add', 'aria-label': `Add ${product.title} to cart`,
        title: 'Add to cart',
        onClick: () => {
            if (face.getAttribute('aria-disabled') === 'true') return;
            shop.cart.add(product);
            fill(face, icon('check'));
            fill(words, `${product.title} is in your cart.`);
            clearTimeout(timer);
            timer = setTimeout(() => {
                fill(face, icon('add'));
                fill(words);
            }, thanksLast);
        },
    }, icon('add'));
    const allow = (isAllowed) => face.setAttribute('aria-disabled', String(!isAllowed));
    return { element: h('div', { class: 'card-foot' }, face, words), allow };
}
