/** What staff do to the numbers: pieces come in, are miscounted, or are to be watched. */

import { field, formDialog } from '../../chat/dialogs.js';
import { h } from '../../chat/dom.js';

const most = 1_000_000;

function numberField(name, label, hint, more = {}) {
    return field(label, h('input', {
        name, class: 'input', type: 'number', required: true, step: 1, max: most,
        autocomplete: 'off', ...more,
    }), hint);
}

function textField(name, label, more) {
    return field(label, h('input', {
        name, class: 'input', maxlength: 120, autocomplete: 'off', ...more,
    }));
}

/** The numbers come back by the live topic; the reply only makes it sooner. */
async function change(desk, sku, name, fields) {
    desk.stock.learn(sku, await desk.api.changeItem(sku, name, fields));
}

export function receiveDialog(desk, { sku, title }) {
    formDialog(`Receive: ${title}`, [
        numberField('quantity', 'How many came in?', undefined, { min: 1 }),
        textField('reference', 'Delivery note', { placeholder: 'Optional' }),
    ], 'Receive', (form) => change(desk, sku, 'receive', {
        quantity: Number(form.get('quantity')),
        reference: form.get('reference').trim() || undefined,
    }));
}

export function adjustDialog(desk, { sku, title }, { onHand }) {
    formDialog(`Adjust: ${title}`, [
        numberField('delta', 'By how many?', `There are ${onHand.toLocaleString()} on hand. `
            + 'A minus takes away.', { min: -most }),
        textField('reason', 'Why?', { required: true, placeholder: 'Counted, broken, found…' }),
    ], 'Adjust', (form) => {
        const delta = Number(form.get('delta'));
        if (delta === 0) throw new Error('By none: nothing would change.');
        return change(desk, sku, 'adjust', { delta, reason: form.get('reason').trim() });
    });
}

export function thresholdDialog(desk, { sku, title }, { lowStock }) {
    formDialog(`Low from: ${title}`, [
        numberField('lowStock', 'From how many pieces is it low?',
            '0 for never. The shop then says how many are left.', { min: 0, value: lowStock }),
    ], 'Save', (form) => change(desk, sku, 'threshold', {
        lowStock: Number(form.get('lowStock')),
    }));
}
