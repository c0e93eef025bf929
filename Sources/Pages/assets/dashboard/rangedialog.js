/** The dialog for a stretch of time of one's own. */

import { field, formDialog } from '../chat/dialogs.js';
import { h } from '../chat/dom.js';

export function rangeDialog(timeWindow) {
    const { from, to } = timeWindow.current;
    const input = (name, value) => h('input', {
        name, class: 'input', type: 'datetime-local', step: 1, required: true, value: local(value),
    });
    formDialog('From when to when?', [
        field('From', input('from', from)), field('To', input('to', to)),
    ], 'Show', async (form) => {
        const [start, end] = ['from', 'to'].map((name) => new Date(form.get(name)).getTime());
        if (Number.isNaN(start) || Number.isNaN(end)) throw new Error('Both are needed.');
        if (start >= end) throw new Error('It must begin before it ends.');
        timeWindow.show(start, end);
    });
}

/** As the input wants it: local, without a zone. */
function local(time) {
    const date = new Date(time - new Date(time).getTimezoneOffset() * 60_000);
    return date.toISOString().slice(0, 19);
}
