/** Lines or areas over time, with cursor and legend. */

import { h } from '../chat/dom.js';
import { Legend } from './legend.js';
import { Pointing } from './pointing.js';
import { TimeChart } from './timechart.js';

export class ChartBody {
    element;
    #canvas = h('canvas', { 'aria-hidden': 'true' });
    #chart;
    #pointing;
    #legend;

    constructor(page, panel, series) {
        this.#chart = new TimeChart(page.Chart, this.#canvas, {
            panel, palette: page.palette,
            list: () => series.list,
            window: () => page.timeWindow.current,
            get step() { return series.step; },
            isStacked: panel.kind === 'area' && panel.isStacked,
            isFilled: panel.kind === 'area',
        });
        this.#pointing = new Pointing({
            panel, series, chart: this.#chart, cursor: page.cursor, timeWindow: page.timeWindow,
        }, this.#canvas);
        this.#legend = new Legend(panel, series);
        this.element = h('div', { class: 'chart-body' }, this.#pointing.element,
            this.#legend.element);
    }

    draw() {
        this.#chart.draw();
        this.#legend.draw();
        this.#pointing.draw();
    }

    close() {
        this.#pointing.close();
        this.#chart.close();
    }
}
