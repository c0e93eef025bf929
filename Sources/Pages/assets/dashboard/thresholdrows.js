/** The thresholds in a panel's editor. */

import { h, icon, iconButton } from '../chat/dom.js';

const most = 6;

export class ThresholdRows {
    element;
    #rows = h('div', { class: 'threshold-rows' });

    constructor(thresholds) {
        this.element = h('fieldset', { class: 'editor-group' },
            h('legend', { class: 'field-label' }, 'Thresholds'), this.#rows,
            h('button', {
                type: 'button', class: 'button button-small', onClick: () => {
                    if (this.#rows.children.length >= most) return;
                    this.#add({}).querySelector('input').focus();
                },
            }, icon('add'), 'Threshold'));
        for (const threshold of thresholds) this.#add(threshold);
    }

    get value() {
        return [...this.#rows.children].map((row) => ({
            text: row.querySelector('input').value.trim(),
            level: row.querySelector('select').value,
        })).filter(({ text }) => text !== '').map(({ text, level }) => (
            { value: Number(text), level }));
    }

    #add({ value = '', level = 'warning' }) {
        const option = (name, label) => h('option', {
            value: name, selected: level === name,
        }, label);
        const row = h('div', { class: 'threshold-row' },
            h('span', { class: 'hint' }, 'From'),
            h('input', {
                class: 'input', type: 'number', step: 'any', value, 'aria-label': 'From',
            }),
            h('select', { class: 'input', 'aria-label': 'Level' },
                option('warning', 'Warning'), option('danger', 'Critical')),
            iconButton('trash', 'Remove this threshold', () => row.remove()));
        this.#rows.append(row);
        return row;
    }
}
