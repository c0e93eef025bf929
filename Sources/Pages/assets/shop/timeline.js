/** What happened to an order, the newest first. */

import { h } from '../chat/dom.js';
import { clockTime, dayLabel, fullTime } from '../chat/words.js';
import { formatMoney } from './money.js';
import { reasonText } from './orderstates.js';

const sentences = {
    pending: 'The order was placed.',
    awaiting_payment: 'Everything was set aside.',
    paid: 'The payment arrived.',
    packed: 'The parcel was packed.',
    shipped: 'The parcel was handed to the carrier.',
    delivered: 'The parcel was delivered.',
    cancelled: 'The order was cancelled.',
    partially_refunded: 'A part was refunded.',
    refunded: 'The money was given back.',
};

/** `titleOf(sku)` names an article; `me` is who looks. */
export function timeline({ timeline: entries, currency }, { titleOf, me }) {
    const shown = entries.map((entry) => ({ entry, text: textOf(entry, currency, titleOf) }))
        .filter(({ text }) => text !== null).reverse();
    return h('ol', { class: 'timeline-list' }, shown.map(({ entry, text }, index) => h('li', {
        class: index === 0 ? 'timeline-item timeline-newest' : 'timeline-item',
        'data-status': entry.status ?? entry.event,
    }, h('p', {}, text),
    h('p', { class: 'hint' }, h('time', {
        datetime: new Date(entry.at).toISOString(), title: fullTime(entry.at),
    }, `${dayLabel(entry.at)}, ${clockTime(entry.at)}`),
    entry.by === me ? ' · you' : null,
    entry.by && entry.by !== me && entry.by !== 'hub' ? ` · ${entry.by}` : null))));
}

function textOf(entry, currency, titleOf) {
    if (entry.event === 'order_shortfall') {
        return `There were none left of ${(entry.skus ?? []).map(titleOf).join(', ')} when the `
            + 'payment came.';
    }
    // Steps between two states, and goods that are back on the shelf, are nobody's news.
    if (!sentences[entry.status]) return null;
    const amount = entry.amount ? formatMoney({ amount: entry.amount, currency }) : '';
    return [sentences[entry.status], amount, reasonText(entry.reason)].filter(Boolean).join(' ');
}
