/** A chart of a panel's series over time, by Chart.js. */

import { Painter } from './painter.js';
import { timeTicks, valueTicks } from './ticks.js';
import { tickFactor, tickText, valueText } from './units.js';

const font = { size: 11, family: 'system-ui, sans-serif' };

export class TimeChart {
    #Chart;
    #canvas;
    /** `{panel, list(), window(), step, isStacked, isFilled, palette}` */
    #view;
    #painter;
    #chart = null;
    #isBare;

    /** Without axes where it is bare. */
    constructor(Chart, canvas, view, { isBare = false } = {}) {
        this.#Chart = Chart;
        this.#canvas = canvas;
        this.#view = view;
        this.#painter = new Painter(view);
        this.#isBare = isBare;
    }

    /** The rectangle of the lines, in pixels of the page; null before the first draw. */
    get area() {
        return this.#chart?.chartArea ?? null;
    }

    draw() {
        const range = this.#painter.measure();
        if (this.#isBare && !range) {
            this.close();
            return;
        }
        this.#chart ??= this.#make();
        const { from, to } = this.#view.window();
        const { x, y } = this.#chart.options.scales;
        Object.assign(x, { min: from, max: to });
        Object.assign(y, this.#bounds(range));
        this.#chart.update('none');
    }

    resize() {
        this.#chart?.resize();
    }

    close() {
        this.#chart?.destroy();
        this.#chart = null;
    }

    /** Where a time is, from the left of the canvas. */
    pixelOf(time) {
        const { area } = this;
        const { from, to } = this.#view.window();
        return area ? area.left + ((time - from) / (to - from)) * (area.right - area.left) : null;
    }

    timeAt(pixel) {
        const { area } = this;
        if (!area) return null;
        const { from, to } = this.#view.window();
        const share = (pixel - area.left) / (area.right - area.left);
        return from + Math.min(1, Math.max(0, share)) * (to - from);
    }

    #bounds(range) {
        const { panel } = this.#view;
        let low = range?.low ?? 0;
        let high = range?.high ?? 1;
        for (const { value } of panel.thresholds) {
            // Near ones are shown, also where nothing has reached them.
            if (value > high && value < high * 1.6) high = value;
        }
        // Small differences high above zero are what one looks for; else zero is in sight.
        if (low > 0 && low < high * 0.6) low = 0;
        if (low === high) {
            high += Math.abs(high) * 0.1 || 1;
            if (low > 0) low = Math.max(0, low - Math.abs(low) * 0.1);
        }
        const ticks = valueTicks(low, high, 8, tickFactor(panel.unit, high - low));
        return { min: panel.min ?? ticks.min, max: panel.max ?? ticks.max };
    }

    #make() {
        const { palette, panel } = this.#view;
        // Asked for at each draw: the theme may be another.
        const line = () => palette.named('line');
        const grid = () => ({ color: line, borderColor: line, drawTicks: false });
        const ticks = () => ({
            color: () => palette.named('text-faint'), font, padding: 6, maxRotation: 0,
            // They are labelled where they are chosen.
            autoSkip: false, callback: (_, index, all) => all[index].label,
        });
        const display = !this.#isBare;
        return new this.#Chart(this.#canvas, {
            type: 'lines',
            data: { datasets: [{ data: [], painter: this.#painter }] },
            plugins: display ? [this.#thresholds()] : [],
            options: {
                animation: false, responsive: true, maintainAspectRatio: false, events: [],
                layout: { padding: display ? { top: 6, right: 10 } : 2 },
                plugins: { legend: { display: false }, tooltip: { enabled: false } },
                scales: {
                    x: { display, grid: grid(), ticks: ticks(), afterBuildTicks: labelTimes },
                    y: {
                        display, grid: grid(), ticks: ticks(),
                        // All panels begin at the same place.
                        afterFit: (scale) => { if (display) scale.width = 66; },
                        afterBuildTicks: (scale) => labelValues(scale, panel.unit),
                    },
                },
            },
        });
    }

    /** Dashed lines at the panel's thresholds, above the grid. */
    #thresholds() {
        const { panel, palette } = this.#view;
        return {
            id: 'thresholds',
            beforeDatasetsDraw: ({ ctx, chartArea, scales: { y } }) => {
                ctx.save();
                ctx.setLineDash([5, 4]);
                ctx.lineWidth = 1;
                for (const { value, level } of panel.thresholds) {
                    if (value < y.min || value > y.max) continue;
                    const at = Math.round(y.getPixelForValue(value)) + 0.5;
                    ctx.strokeStyle = palette.named(level === 'danger' ? 'danger' : 'warning');
                    ctx.beginPath();
                    ctx.moveTo(chartArea.left, at);
                    ctx.lineTo(chartArea.right, at);
                    ctx.stroke();
                }
                ctx.restore();
            },
        };
    }
}

function labelTimes(scale) {
    const most = Math.max(2, Math.floor(scale.chart.width / 90));
    const { step, times } = timeTicks(scale.min, scale.max, most);
    scale.ticks = times.map((value) => ({ value, label: tickText(value, step) }));
}

function labelValues(scale, unit) {
    const { min, max } = scale;
    const most = Math.max(2, Math.floor(scale.chart.height / 42));
    const tolerance = (max - min) * 1e-6;
    scale.ticks = valueTicks(min, max, most, tickFactor(unit, max - min)).values
        .filter((value) => value >= min - tolerance && value <= max + tolerance)
        .map((value) => ({ value, label: valueText(value, unit) }));
}
