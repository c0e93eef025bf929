/** A query of a panel that the hub evaluates: asked again as time passes, for what is missing. */

import { isSelector } from './selector.js';
import { labelsKey } from './series.js';

/** Samples of the last steps may still change. */
const overlap = 2;
/** So much of a stream is shown sample by sample when it no longer comes by itself. */
const rawSpan = 3_600_000;
/** What the hub lets a user ask has a bound: of so many queries each has a second. */
const queriesPerSecond = 8;
const passing = new Set(['disconnected', 'rate_limited', 'unavailable']);

export class QuerySource {
    #page;
    #expr;
    #sink;
    #step = 0;
    /** Up to where the answers are complete. */
    #until = null;
    #abort = new AbortController();
    #timer = null;
    #isAsking = false;
    #failures = 0;

    /** `page` has `api`, `questions`, `timeWindow`, `martlet`; `sink` is as of a stream's. */
    constructor(page, expr, sink) {
        this.#page = page;
        this.#expr = expr;
        this.#sink = sink;
    }

    start() {
        this.#page.questions.askers += 1;
        this.#step = this.#page.timeWindow.step(this.#sink.points);
        this.#ask();
    }

    stop() {
        this.#page.questions.askers -= 1;
        this.#abort.abort();
        clearTimeout(this.#timer);
    }

    /** Asks now, if it should have before: the panel is seen again, or the hub is. */
    refresh() {
        if (!this.#isAsking && (this.#page.timeWindow.isLive || this.#until === null)) this.#ask();
    }

    async #ask() {
        clearTimeout(this.#timer);
        const { timeWindow, api, questions } = this.#page;
        const isWatched = this.#sink.isSeen && document.visibilityState === 'visible';
        // It is asked again when somebody looks, and when the hub is back.
        if (!isWatched || this.#page.martlet.state !== 'online') return;
        const { signal } = this.#abort;
        const step = this.#step;
        const window = timeWindow.isLive
            ? { from: timeWindow.now() - timeWindow.span, to: timeWindow.now() }
            : timeWindow.current;
        const to = Math.floor(window.to / step) * step;
        const first = Math.ceil(window.from / step) * step;
        const from = this.#until === null ? first
            : Math.max(first, this.#until - overlap * step);
        this.#isAsking = true;
        try {
            const isRaw = !timeWindow.isLive && isSelector(this.#expr)
                && window.to - window.from <= rawSpan;
            const result = await questions.ask(() => (isRaw
                ? api.samples(this.#expr.trim(), window.from, window.to, signal)
                : api.range(this.#expr, from, Math.max(from, to), step, signal)), signal);
            this.#isAsking = false;
            this.#take(result, isRaw ? window.from : from);
            this.#until = to;
            this.#failures = 0;
            const load = 1_000 * (questions.askers / queriesPerSecond);
            this.#plan(Math.max(step, timeWindow.span > 1_000_000 ? 5_000 : 2_000, load));
        } catch (error) {
            this.#isAsking = false;
            if (signal.aborted) return;
            this.#failures += 1;
            if (!passing.has(error.code)) this.#sink.failed(error);
            this.#plan(Math.min(60_000, 2_000 * 2 ** this.#failures));
        }
    }

    #plan(pause) {
        if (!this.#page.timeWindow.isLive && this.#failures === 0) return;
        this.#timer = setTimeout(() => this.#ask(), pause);
    }

    #take(result, from) {
        for (const { metric, values } of result) {
            const { column } = this.#sink.series(labelsKey(metric), metric);
            const start = values.findIndex(([time]) => time * 1_000 >= from);
            if (start < 0) continue;
            const times = Float64Array.from(values, ([time]) => time * 1_000);
            column.splice(times, Float64Array.from(values, ([, text]) => numberOf(text)));
        }
        this.#sink.changed();
    }
}

function numberOf(text) {
    if (text === '+Inf') return Infinity;
    return text === '-Inf' ? -Infinity : Number(text);
}
