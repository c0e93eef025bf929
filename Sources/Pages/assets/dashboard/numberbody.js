/** The last value of each series in large, with how it came to be behind it. */

import { fill, h } from '../chat/dom.js';
import { levelOf } from './model.js';
import { TimeChart } from './timechart.js';
import { valueText } from './units.js';

const most = 4;

export class NumberBody {
    element;
    #values = h('div', { class: 'numbers' });
    #canvas = h('canvas', { 'aria-hidden': 'true' });
    #chart;
    #panel;
    #series;
    #drawn = '';

    constructor(page, panel, series) {
        this.#panel = panel;
        this.#series = series;
        this.#chart = new TimeChart(page.Chart, this.#canvas, {
            panel, palette: page.palette,
            list: () => series.list,
            window: () => page.timeWindow.current,
            get step() { return series.step; },
            isStacked: false, isFilled: true,
        }, { isBare: true });
        this.element = h('div', { class: 'number-body' },
            h('div', { class: 'sparkline' }, this.#canvas), this.#values);
    }

    draw() {
        this.#chart.draw();
        const { list } = this.#series;
        const shown = list.slice(0, most).map((each) => ({
            name: list.length > 1 ? each.name : '',
            text: valueText(each.summary.last, this.#panel.unit),
            level: levelOf(this.#panel, each.summary.last),
        }));
        const signature = JSON.stringify(shown);
        if (signature === this.#drawn) return;
        this.#drawn = signature;
        fill(this.#values, shown.map(({ name, text, level }) => h('p', {
            class: 'number', 'data-level': level,
        }, name ? h('span', { class: 'number-name' }, name) : null,
        h('strong', {}, text))));
    }

    close() {
        this.#chart.close();
    }
}
