/** The series of a panel with their numbers: a table, whose rows switch their lines. */

import { fill, h } from '../chat/dom.js';
import { Palette } from './palette.js';
import { valueText } from './units.js';

const columns = [['last', 'Last'], ['min', 'Min'], ['max', 'Max'], ['mean', 'Avg']];

export class Legend {
    element;
    #body = h('tbody');
    #cells = new Map();
    #panel;
    #series;
    #drawn = '';

    constructor(panel, series) {
        this.#panel = panel;
        this.#series = series;
        this.element = h('div', { class: 'legend' }, h('table', {},
            h('caption', { class: 'visually-hidden' }, `${panel.title}: the series shown`),
            h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, 'Series'),
                columns.map(([key, label]) => h('th', {
                    scope: 'col', class: `legend-${key}`,
                }, label)))),
            this.#body));
    }

    draw() {
        const { list } = this.#series;
        const signature = list.map((each) => `${each.key}|${each.name}|${each.isHidden}`).join();
        if (signature !== this.#drawn) {
            this.#drawn = signature;
            this.#rows(list);
        }
        for (const series of list) {
            const cells = this.#cells.get(series.key);
            columns.forEach(([key], index) => {
                const text = valueText(series.summary[key], this.#panel.unit);
                if (cells[index].textContent !== text) cells[index].textContent = text;
            });
        }
    }

    #rows(list) {
        // The row that has the focus is made anew: it gets it back.
        const focused = document.activeElement?.dataset.series;
        const hadFocus = this.#body.contains(document.activeElement);
        this.#cells.clear();
        fill(this.#body, list.map((series) => this.#row(series)));
        if (hadFocus) this.#body.querySelector(`[data-series="${CSS.escape(focused)}"]`)?.focus();
    }

    #row(series) {
        const cells = columns.map(([key]) => h('td', { class: `legend-${key}` }));
        this.#cells.set(series.key, cells);
        return h('tr', { class: series.isHidden ? 'legend-hidden' : '' },
            h('th', { scope: 'row' }, h('button', {
                type: 'button', class: 'legend-toggle', 'data-series': series.key,
                'aria-pressed': String(!series.isHidden),
                title: `${series.name}\nClick to hide or show it, with Ctrl to show it alone`,
                onClick: (event) => {
                    this.#series.toggle(series, event.ctrlKey || event.metaKey);
                },
            }, h('span', {
                class: 'swatch', style: { '--colour': Palette.variable(series.colour) },
            }), h('span', { class: 'legend-name' }, series.name))),
            cells);
    }
}
