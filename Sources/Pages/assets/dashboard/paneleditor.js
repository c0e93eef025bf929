/** The dialog in which a panel is made or changed. */

import { field, openDialog } from '../chat/dialogs.js';
import { fill, h } from '../chat/dom.js';
import { heights, kinds, panelOf, widths } from './model.js';
import { QueryRows } from './queryrows.js';
import { ThresholdRows } from './thresholdrows.js';
import { units } from './units.js';

/** `onDone(panel)` gets the panel as it was made. */
export function openEditor(page, panel, onDone) {
    const whole = panelOf(panel);
    const isFresh = !('kind' in panel);
    const queries = new QueryRows(page, whole.queries);
    const thresholds = new ThresholdRows(whole.thresholds);
    const error = h('p', { class: 'form-error', role: 'alert' });
    const form = h('form', {
        class: 'panel-editor', novalidate: true,
        onSubmit: (event) => {
            event.preventDefault();
            const made = read(new FormData(form), whole, queries.value, thresholds.value);
            const problem = problemOf(made);
            fill(error, problem);
            if (problem) return;
            dialog.close();
            onDone(made);
        },
    }, fields(whole, isFresh, queries, thresholds), error,
    h('footer', { class: 'dialog-footer' },
        h('button', { type: 'button', class: 'button', onClick: () => dialog.close() }, 'Cancel'),
        h('button', { class: 'button button-primary' }, isFresh ? 'Add' : 'Save')));
    const dialog = openDialog(isFresh ? 'Add a panel' : 'Edit the panel', form, {
        className: 'dialog-editor',
    });
    dialog.addEventListener('close', () => queries.close());
    form.querySelector('input').focus();
}

function fields(panel, isFresh, queries, thresholds) {
    const title = h('input', {
        name: 'title', class: 'input', maxlength: 120, autocomplete: 'off',
        value: isFresh ? '' : panel.title, placeholder: 'Deliveries',
    });
    const bound = (name, label) => field(label, h('input', {
        name, class: 'input', type: 'number', step: 'any', placeholder: 'By itself',
        value: panel[name] ?? '',
    }));
    return [
        h('div', { class: 'editor-row' }, field('Title', title),
            field('Shows', select('kind', kinds, panel.kind)),
            field('Unit', select('unit', units, panel.unit))),
        queries.element,
        h('div', { class: 'editor-row' },
            field('Width', select('width', widths, panel.width)),
            field('Height', select('height', heights, panel.height)),
            bound('min', 'Lowest'), bound('max', 'Highest')),
        h('label', { class: 'check editor-check' }, h('input', {
            type: 'checkbox', name: 'isStacked', checked: panel.isStacked,
        }), 'Areas on top of each other'),
        thresholds.element,
    ];
}

function select(name, options, chosen) {
    return h('select', { name, class: 'input' }, Object.entries(options).map(([value, label]) => (
        h('option', { value, selected: value === String(chosen) }, label))));
}

function read(form, panel, queries, thresholds) {
    const number = (name) => {
        const text = form.get(name).trim();
        return text === '' ? null : Number(text);
    };
    return panelOf({
        id: panel.id, kind: form.get('kind'), unit: form.get('unit'), queries, thresholds,
        title: form.get('title').trim() || queries[0]?.expr.slice(0, 60),
        width: form.get('width'), height: form.get('height'),
        min: number('min'), max: number('max'), isStacked: form.has('isStacked'),
    });
}

function problemOf(panel) {
    if (panel.queries.length === 0) return 'A panel needs at least one stream or expression.';
    const isUpsideDown = panel.min !== null && panel.max !== null && panel.min >= panel.max;
    return isUpsideDown ? 'The lowest value must be below the highest.' : null;
}
