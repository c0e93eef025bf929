/** What it comes to, line by line. */

import { h } from '../chat/dom.js';
import { formatMoney } from './money.js';

/** `{currency, subtotal, shipping, tax, discount, total}` in minor units, as orders have them. */
export function totals({ currency, subtotal, shipping = 0, tax = 0, discount = 0, total }) {
    const money = (amount) => formatMoney({ amount, currency });
    const line = (label, text) => h('div', { class: 'total-line' }, h('dt', {}, label),
        h('dd', {}, text));
    return h('dl', { class: 'totals' },
        line('Subtotal', money(subtotal)),
        line('Delivery', shipping === 0 ? 'Free' : money(shipping)),
        tax > 0 ? line('Tax', money(tax)) : null,
        discount > 0 ? line('Discount', `−${money(discount)}`) : null,
        h('div', { class: 'total-line total-line-last' }, h('dt', {}, 'Total'),
            h('dd', {}, money(total.amount ?? total))));
}
