/** The last value of each series on a dial between the panel's bounds. */

import { fill, h } from '../chat/dom.js';
import { levelOf } from './model.js';
import { valueText } from './units.js';

const svg = 'http://www.w3.org/2000/svg';
const most = 4;
const radius = 42;
/** The dial is open at the bottom. */
const sweep = 0.75;
const circumference = 2 * Math.PI * radius;

export class GaugeBody {
    element = h('div', { class: 'gauges' });
    #page;
    #panel;
    #series;
    #drawn = '';

    constructor(page, panel, series) {
        this.#panel = panel;
        this.#series = series;
        this.#page = page;
    }

    draw() {
        const { from, to } = this.#page.timeWindow.current;
        const shown = this.#series.list.slice(0, most).map((each) => ({
            name: each.name, value: lastIn(each.column, from, to),
        }));
        const signature = JSON.stringify(shown);
        if (signature === this.#drawn) return;
        this.#drawn = signature;
        const isOne = shown.length === 1;
        fill(this.element, shown.map((each) => this.#gauge(each, isOne && !this.#hasLegend)));
    }

    close() {}

    get #hasLegend() {
        return this.#panel.queries.some(({ legend }) => legend !== '');
    }

    #gauge({ name, value }, isNameless) {
        const { unit } = this.#panel;
        const min = this.#panel.min ?? 0;
        const max = this.#panel.max ?? (unit === 'ratio' ? 1 : 100);
        const text = valueText(value, unit);
        const share = (of) => Math.min(1, Math.max(0, (of - min) / (max - min || 1)));
        const dial = node('svg', { viewBox: '0 0 100 86', 'aria-hidden': 'true' },
            arc('gauge-track', 0, 1),
            this.#panel.thresholds.map(({ value: at, level }, index, all) => arc(
                `gauge-zone gauge-${level}`, share(at), share(all[index + 1]?.value ?? max), 49)),
            value === null ? null : arc('gauge-value', 0, share(value)));
        return h('div', {
            class: 'gauge', role: 'meter', 'aria-label': isNameless ? this.#panel.title : name,
            'aria-valuemin': min, 'aria-valuemax': max, 'aria-valuenow': value,
            'aria-valuetext': text, 'data-level': levelOf(this.#panel, value),
        }, dial, h('strong', {}, text),
        isNameless ? null : h('span', { class: 'gauge-name' }, name));
    }
}

function lastIn(column, from, to) {
    for (let index = column.length - 1; index >= 0; index -= 1) {
        if (column.time(index) < from) return null;
        const value = column.value(index);
        if (column.time(index) <= to && Number.isFinite(value)) return value;
    }
    return null;
}

/** A part of the dial, from one share of it to another. */
function arc(name, from, to, at = radius) {
    const whole = circumference * (at / radius);
    return node('circle', {
        class: name, cx: 50, cy: 50, r: at, pathLength: whole,
        'stroke-dasharray': `${Math.max(0, to - from) * sweep * whole} ${whole}`,
        transform: `rotate(${135 + from * sweep * 360} 50 50)`,
    });
}

function node(tag, attributes, ...children) {
    const element = document.createElementNS(svg, tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children.flat().filter(Boolean));
    return element;
}
