/** Draws series from their columns: gaps stay gaps, and no pixel is drawn to more than twice. */

import { StackedPath } from './stack.js';

/** What `measure` found and `paint` draws; made anew for each draw. */
export class Painter {
    #panel;
    #stack = null;

    constructor(panel) {
        /** `{list(), window(), step, isStacked, isFilled, palette}` */
        this.#panel = panel;
    }

    /** Sums up what is in the window; answers the range of values to show, null where none are. */
    measure() {
        const { from, to } = this.#panel.window();
        const shown = this.#panel.list().filter((each) => !each.isHidden);
        for (const series of this.#panel.list()) summarize(series, from, to);
        this.#stack = this.#panel.isStacked
            ? new StackedPath(shown, from, to, this.#panel.step) : null;
        if (this.#stack) return this.#stack.range();
        let low = Infinity;
        let high = -Infinity;
        for (const { summary } of shown) {
            if (summary.min < low) low = summary.min;
            if (summary.max > high) high = summary.max;
        }
        return low <= high ? { low, high } : null;
    }

    paint(context, area, scale) {
        const { from, to } = this.#panel.window();
        const place = {
            from, left: area.left, bottom: area.bottom,
            perTime: (area.right - area.left) / (to - from),
            perValue: (area.bottom - area.top) / (scale.max - scale.min || 1), low: scale.min,
        };
        context.save();
        context.beginPath();
        context.rect(area.left, area.top - 2, area.right - area.left, area.bottom - area.top + 4);
        context.clip();
        // Without a graphics card, anything wider than a pixel takes twice the time.
        context.lineWidth = devicePixelRatio > 1 ? 1.5 : 1;
        context.lineJoin = 'bevel';
        if (this.#stack) this.#stack.paint(context, place, this.#panel.palette);
        else this.#lines(context, place, to);
        context.restore();
    }

    #lines(context, place, to) {
        const { palette, step, isFilled } = this.#panel;
        for (const series of this.#panel.list()) {
            if (series.isHidden) continue;
            const colour = palette.series(series.colour);
            const runs = trace(context, series, place, to, series.gapLimit(step));
            context.strokeStyle = colour;
            context.stroke(runs.line);
            if (!isFilled) continue;
            context.globalAlpha = 0.13;
            context.fillStyle = colour;
            context.fill(runs.area);
            context.globalAlpha = 1;
        }
    }
}

function summarize(series, from, to) {
    const { column, summary } = series;
    let min = Infinity;
    let max = -Infinity;
    let sum = 0;
    let count = 0;
    let last = NaN;
    const end = column.length;
    for (let index = column.indexOf(from); index < end; index += 1) {
        if (column.time(index) > to) break;
        const value = column.value(index);
        if (!Number.isFinite(value)) continue;
        if (value < min) min = value;
        if (value > max) max = value;
        sum += value;
        count += 1;
        last = value;
    }
    summary.last = last;
    summary.min = count > 0 ? min : NaN;
    summary.max = count > 0 ? max : NaN;
    summary.mean = count > 0 ? sum / count : NaN;
}

/** The path of a line, and of what is under it: one point each, or the extremes of a pixel. */
function trace(context, series, place, to, gapLimit) {
    const { column } = series;
    const line = new Path2D();
    const area = new Path2D();
    const first = Math.max(0, column.indexOf(place.from) - 1);
    let before = -Infinity;
    let pixel = NaN;
    let low = 0;
    let high = 0;
    let y = 0;
    let x = 0;
    let startX = 0;
    let isOpen = false;
    let count = 0;
    const flush = () => {
        if (low !== high || count > 1) {
            line.lineTo(x, low);
            line.lineTo(x, high);
            line.lineTo(x, y);
        }
    };
    const close = () => {
        if (!isOpen) return;
        flush();
        // A lone point would be invisible.
        if (x === startX) line.lineTo(x + 1, y);
        area.lineTo(x, place.bottom);
        area.lineTo(startX, place.bottom);
        area.closePath();
        isOpen = false;
    };
    for (let index = first; index < column.length; index += 1) {
        const time = column.time(index);
        const value = column.value(index);
        if (Number.isNaN(value) || time - before > gapLimit) close();
        before = time;
        if (Number.isNaN(value)) continue;
        const nextX = place.left + (time - place.from) * place.perTime;
        const nextY = place.bottom - (value - place.low) * place.perValue;
        if (!isOpen) {
            line.moveTo(nextX, nextY);
            area.moveTo(nextX, nextY);
            startX = nextX;
            isOpen = true;
            low = high = nextY;
            count = 0;
        } else if (Math.floor(nextX) === pixel) {
            if (nextY < low) low = nextY;
            if (nextY > high) high = nextY;
            count += 1;
        } else {
            flush();
            line.lineTo(nextX, nextY);
            area.lineTo(nextX, nextY);
            low = high = nextY;
            count = 0;
        }
        x = nextX;
        y = nextY;
        pixel = Math.floor(nextX);
        if (time > to) break;
    }
    close();
    return { line, area };
}
