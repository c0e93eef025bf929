/** Series on top of each other: brought to common times first, as their samples need not be. */

const mostBuckets = 1_200;

export class StackedPath {
    #list;
    #times = [];
    /** Of each series the upper edge at each time; NaN where nothing is. */
    #edges = [];

    constructor(list, from, to, step) {
        this.#list = list;
        const bucket = Math.max(step, (to - from) / mostBuckets);
        const first = Math.floor(from / bucket) - 1;
        const count = Math.ceil(to / bucket) - first + 1;
        for (let index = 0; index < count; index += 1) {
            this.#times.push((first + index) * bucket);
        }
        const sum = new Float64Array(count).fill(NaN);
        for (const series of list) {
            const values = sampled(series, this.#times, series.gapLimit(step), bucket);
            for (let index = 0; index < count; index += 1) {
                if (Number.isNaN(values[index])) continue;
                sum[index] = (Number.isNaN(sum[index]) ? 0 : sum[index]) + values[index];
            }
            this.#edges.push(Float64Array.from(sum));
        }
    }

    range() {
        let low = 0;
        let high = -Infinity;
        for (const value of this.#edges.at(-1) ?? []) {
            if (value > high) high = value;
            if (value < low) low = value;
        }
        return high > -Infinity ? { low, high } : null;
    }

    paint(context, place, palette) {
        const x = (index) => place.left + (this.#times[index] - place.from) * place.perTime;
        const y = (value) => place.bottom - (value - place.low) * place.perValue;
        for (let layer = this.#list.length - 1; layer >= 0; layer -= 1) {
            const edge = this.#edges[layer];
            const under = this.#edges[layer - 1];
            const colour = palette.series(this.#list[layer].colour);
            for (const [start, end] of runsOf(edge)) {
                const line = new Path2D();
                for (let index = start; index < end; index += 1) {
                    line.lineTo(x(index), y(edge[index]));
                }
                const area = new Path2D(line);
                for (let index = end - 1; index >= start; index -= 1) {
                    const floor = under && !Number.isNaN(under[index]) ? under[index] : 0;
                    area.lineTo(x(index), y(floor));
                }
                context.fillStyle = colour;
                context.globalAlpha = 0.28;
                context.fill(area);
                context.globalAlpha = 1;
                context.strokeStyle = colour;
                context.stroke(line);
            }
        }
    }
}

/** The last value at or before each time, unless it is from before a gap. */
function sampled({ column }, times, gapLimit, bucket) {
    const values = new Float64Array(times.length).fill(NaN);
    let at = Math.max(0, column.indexOf(times[0]) - 1);
    for (let index = 0; index < times.length; index += 1) {
        const limit = times[index] + bucket / 2;
        while (at + 1 < column.length && column.time(at + 1) <= limit) at += 1;
        if (at >= column.length || column.time(at) > limit) continue;
        if (times[index] - column.time(at) <= gapLimit) values[index] = column.value(at);
    }
    return values;
}

function* runsOf(edge) {
    let start = -1;
    for (let index = 0; index <= edge.length; index += 1) {
        const isThere = index < edge.length && !Number.isNaN(edge[index]);
        if (isThere && start < 0) start = index;
        if (!isThere && start >= 0) {
            yield [start, index];
            start = -1;
        }
    }
}
