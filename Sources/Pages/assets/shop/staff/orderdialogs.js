/** What staff are asked for a move, and an order with all that is in it. */

import { field, formDialog, openDialog } from '../../chat/dialogs.js';
import { fill, h } from '../../chat/dom.js';
import { sentence } from '../../chat/toast.js';
import { addressLines } from '../address.js';
import { decimal, formatMoney, parseMoney } from '../money.js';
import { waiting } from '../notice.js';
import { stateBadge } from '../orderlist.js';
import { orderNumber } from '../orderstates.js';
import { timeline } from '../timeline.js';
import { totals } from '../totals.js';

const day = 86_400_000;

export function shipDialog(desk, { orderId }, onMoved) {
    const inDays = (count) => new Date(Date.now() + count * day).toISOString().slice(0, 10);
    formDialog(`Ship order ${orderNumber(orderId)}`, [
        field('Tracking number', h('input', {
            name: 'trackingNumber', class: 'input', required: true, maxlength: 100,
            autocomplete: 'off', spellcheck: 'false',
        })),
        field('Carrier', h('input', {
            name: 'carrier', class: 'input', maxlength: 100, autocomplete: 'off',
            placeholder: 'Optional',
        })),
        field('Expected on', h('input', {
            name: 'day', class: 'input', type: 'date', min: inDays(0), value: inDays(3),
        })),
    ], 'Ship it', async (form) => {
        const chosen = form.get('day');
        const carrier = form.get('carrier').trim();
        onMoved(await desk.api.moveOrder(orderId, 'ship', {
            trackingNumber: form.get('trackingNumber').trim(), carrier: carrier || undefined,
            // Noon, so that it is that day in most places.
            estimatedDelivery: chosen ? new Date(`${chosen}T12:00`).getTime() : undefined,
        }));
    });
}

export function refundDialog(desk, { orderId, total, refundedTotal }, onMoved) {
    const rest = { ...total, amount: total.amount - refundedTotal };
    formDialog(`Refund order ${orderNumber(orderId)}`, [
        field(`Amount in ${total.currency}`, h('input', {
            name: 'amount', class: 'input', required: true, inputmode: 'decimal',
            autocomplete: 'off', value: decimal(rest),
        }), `At most ${formatMoney(rest)}.`),
        field('Why?', h('input', {
            name: 'reason', class: 'input', required: true, maxlength: 200, autocomplete: 'off',
        })),
    ], 'Give it back', async (form) => {
        const amount = parseMoney(form.get('amount'), total.currency);
        if (!amount || amount.amount < 1 || amount.amount > rest.amount) {
            throw new Error(`Write an amount up to ${formatMoney(rest)}.`);
        }
        onMoved(await desk.api.moveOrder(orderId, 'refund',
            { amount: amount.amount, reason: form.get('reason').trim() }));
    });
}

export function cancelDialog(desk, { orderId }, onMoved) {
    formDialog(`Cancel order ${orderNumber(orderId)}`, [
        field('Why?', h('input', {
            name: 'reason', class: 'input', required: true, maxlength: 200, autocomplete: 'off',
        }), 'The customer reads it. The goods go back on the shelf.'),
    ], 'Cancel the order', async (form) => {
        onMoved(await desk.api.moveOrder(orderId, 'cancel',
            { reason: form.get('reason').trim() }));
    });
}

export async function orderDialog(desk, { orderId }) {
    const body = h('div', {}, waiting());
    openDialog(`Order ${orderNumber(orderId)}`, body);
    try {
        const order = await desk.api.order(orderId);
        const titleOf = (sku) => order.lines.find((line) => line.sku === sku)?.title ?? sku;
        fill(body, h('p', { class: 'board-card-head' }, stateBadge(order.status),
            h('span', { class: 'hint' }, order.user)),
        h('ul', {}, order.lines.map(({ sku, title, quantity, total }) => h('li', {
            class: 'total-line',
        }, h('span', {}, `${quantity.toLocaleString()} × ${title} `,
            h('span', { class: 'hint' }, sku)),
        h('span', {}, formatMoney({ amount: total, currency: order.currency }))))),
        totals(order),
        order.trackingNumber ? h('p', { class: 'tracking' }, order.carrier ?? 'Tracking', ' ',
            h('code', {}, order.trackingNumber)) : null,
        h('address', { class: 'hint' }, addressLines(order.address).map((line) => [line, h('br')])),
        timeline(order, { titleOf, me: desk.me }));
    } catch (error) {
        fill(body, h('p', { class: 'form-error' }, sentence(error)));
    }
}
