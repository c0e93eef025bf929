/** Pointer and keys on a chart: the shared cursor, zooming by dragging, and the way back. */

import { h } from '../chat/dom.js';
import { momentText, valueText } from './units.js';

const dragMinimum = 6;

export class Pointing {
    element;
    #line = h('div', { class: 'cursor-line', hidden: true });
    #selection = h('div', { class: 'cursor-selection', hidden: true });
    #note = h('div', { class: 'cursor-note', hidden: true });
    #said = h('p', { class: 'visually-hidden', 'aria-live': 'polite' });
    /** `{chart, series, panel, cursor, timeWindow}` */
    #view;
    #pressedAt = null;
    #changed = () => this.draw();

    constructor(view, canvas) {
        this.#view = view;
        this.element = h('div', {
            class: 'chart', tabindex: 0, role: 'application',
            'aria-label': `${view.panel.title}, chart. Arrow keys read values, plus and minus `
                + 'zoom, Escape goes back.',
            onPointermove: (event) => this.#move(event),
            onPointerdown: (event) => this.#press(event),
            onPointerup: (event) => this.#release(event),
            onPointercancel: () => this.#drop(),
            onPointerleave: () => view.cursor.leave(this),
            onDblclick: () => view.timeWindow.back(),
            onKeydown: (event) => this.#key(event),
            onBlur: () => view.cursor.leave(this),
        }, canvas, this.#line, this.#selection, this.#note, this.#said);
        view.cursor.addEventListener('change', this.#changed);
    }

    close() {
        this.#view.cursor.removeEventListener('change', this.#changed);
        this.#view.cursor.leave(this);
    }

    /** Puts line and values where the cursor is; also after the chart has moved. */
    draw() {
        const { chart, cursor, timeWindow } = this.#view;
        const { from, to } = timeWindow.current;
        const isIn = cursor.time !== null && cursor.time >= from && cursor.time <= to && chart.area;
        this.#line.hidden = !isIn;
        this.#note.hidden = !isIn || cursor.owner !== this;
        if (!isIn) return;
        const { left, top, bottom } = chart.area;
        const x = chart.pixelOf(cursor.time);
        this.#line.style.transform = `translate(${x}px, ${top}px)`;
        this.#line.style.height = `${bottom - top}px`;
        if (cursor.owner === this) this.#describe(x, left);
    }

    #describe(x, left) {
        const { chart, cursor, panel } = this.#view;
        const rows = this.values(cursor.time).slice(0, 12).map(({ series, value }) => (
            h('div', { class: 'cursor-row' },
                h('span', {
                    class: 'swatch',
                    style: { '--colour': `var(--series-${(series.colour % 10) + 1})` },
                }),
                h('span', { class: 'cursor-name' }, series.name),
                h('strong', {}, valueText(value, panel.unit)))));
        this.#note.replaceChildren(h('time', {}, momentText(cursor.time)), ...rows);
        const isRight = x - left > (chart.area.right - left) / 2;
        this.#note.style.transform = `translate(${x + (isRight ? -12 : 12)}px, 8px)`
            + (isRight ? ' translateX(-100%)' : '');
    }

    /** The values of what is shown, at a time; highest first. */
    values(time) {
        const { series } = this.#view;
        return series.list.filter((each) => !each.isHidden)
            .map((each) => ({ series: each, value: valueAt(each, time, series.step) }))
            .filter(({ value }) => value !== null)
            .sort((left, right) => right.value - left.value);
    }

    #x(event) {
        return event.clientX - this.element.getBoundingClientRect().left;
    }

    #move(event) {
        const time = this.#view.chart.timeAt(this.#x(event));
        if (time === null) return;
        this.#view.cursor.move(time, this);
        if (this.#pressedAt !== null) this.#select(this.#x(event));
    }

    #press(event) {
        const { area } = this.#view.chart;
        if (event.button !== 0 || event.pointerType === 'touch' || !area) return;
        this.#pressedAt = this.#x(event);
        this.element.setPointerCapture(event.pointerId);
    }

    #select(x) {
        const { area } = this.#view.chart;
        const start = Math.max(area.left, Math.min(this.#pressedAt, x));
        const end = Math.min(area.right, Math.max(this.#pressedAt, x));
        this.#selection.hidden = end - start < dragMinimum;
        this.#selection.style.transform = `translate(${start}px, ${area.top}px)`;
        this.#selection.style.width = `${Math.max(0, end - start)}px`;
        this.#selection.style.height = `${area.bottom - area.top}px`;
    }

    #release(event) {
        if (this.#pressedAt === null) return;
        const { chart, timeWindow } = this.#view;
        const ends = [this.#pressedAt, this.#x(event)].sort((left, right) => left - right);
        this.#drop();
        if (ends[1] - ends[0] < dragMinimum) return;
        timeWindow.show(chart.timeAt(ends[0]), chart.timeAt(ends[1]));
    }

    #drop() {
        this.#pressedAt = null;
        this.#selection.hidden = true;
    }

    #key(event) {
        const { timeWindow, cursor } = this.#view;
        const { from, to } = timeWindow.current;
        const stride = (to - from) / (event.shiftKey ? 10 : 60);
        const now = cursor.time ?? to;
        const moves = {
            ArrowLeft: now - stride, ArrowRight: now + stride, Home: from, End: to,
        };
        if (event.key in moves) this.#read(Math.min(to, Math.max(from, moves[event.key])));
        else if (event.key === '+' || event.key === '=') timeWindow.zoom(0.5, cursor.time);
        else if (event.key === '-') timeWindow.zoom(2, cursor.time);
        else if (event.key === 'Escape' && this.#pressedAt !== null) this.#drop();
        else if (event.key === 'Escape' && timeWindow.canGoBack) timeWindow.back();
        else return;
        event.preventDefault();
    }

    #read(time) {
        const { cursor, panel } = this.#view;
        cursor.move(time, this);
        const values = this.values(time).slice(0, 6).map(({ series, value }) => (
            `${series.name} ${valueText(value, panel.unit)}`));
        this.#said.textContent = `${momentText(time)}: ${values.join(', ') || 'nothing'}`;
    }
}

/** The last value at or before a time; null within a gap. */
export function valueAt(series, time, step) {
    const { column } = series;
    let index = column.indexOf(time);
    if (index === column.length || column.time(index) > time) index -= 1;
    if (index < 0 || time - column.time(index) > series.gapLimit(step)) return null;
    const value = column.value(index);
    return Number.isNaN(value) ? null : value;
}
