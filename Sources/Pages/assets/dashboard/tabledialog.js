/** The numbers of a panel as a table, for those who read rather than look. */

import { openDialog } from '../chat/dialogs.js';
import { h } from '../chat/dom.js';
import { valueAt } from './pointing.js';
import { momentText, valueText } from './units.js';

const rowsMost = 60;
const columnsMost = 20;

export function openTable(panel, series, { from, to }) {
    const list = series.list.slice(0, columnsMost);
    const stride = Math.max(series.step, Math.ceil((to - from) / rowsMost / 1_000) * 1_000);
    const last = Math.floor(to / stride) * stride;
    const times = [];
    for (let time = last; time >= from; time -= stride) times.push(time);
    const rows = times.map((time) => h('tr', {},
        h('th', { scope: 'row' }, momentText(time)),
        list.map((each) => h('td', {}, valueText(valueAt(each, time, series.step), panel.unit)))));
    openDialog(panel.title, h('div', { class: 'numbers-table', tabindex: 0 }, h('table', {},
        h('caption', { class: 'hint' }, 'Newest first. A dash: no value at that time.'),
        h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, 'Time'),
            list.map((each) => h('th', { scope: 'col' }, each.name)))),
        h('tbody', {}, rows))), { className: 'dialog-wide' });
}
