/** All series of a panel, from whatever its queries get them. */

import { QuerySource } from './querysource.js';
import { topicOf } from './selector.js';
import { Series, nameAll } from './series.js';
import { StreamSource } from './streamsource.js';

const seriesMaximum = 100;
const pruneEvery = 30_000;

/** Events: `change` when samples came. `state` is `loading`, `ready` or `failed` (`error`). */
export class PanelSeries extends EventTarget {
    state = 'loading';
    error = null;
    isCut = false;
    isSeen = false;
    #page;
    #panel;
    #sources = [];
    #byKey = new Map();
    #list = [];
    #hidden = new Set();
    #colours = new Map();
    #points;
    #prunedAt = 0;

    constructor(page, panel, points) {
        super();
        this.#page = page;
        this.#panel = panel;
        this.#points = points;
    }

    /** In the order of the queries and of the names. */
    get list() {
        return this.#list;
    }

    /** How far apart samples are, at least. */
    get step() {
        return this.#page.timeWindow.step(this.#points);
    }

    /** Gets everything for the window as it is now; what is shown stays until that is there. */
    load() {
        this.stop();
        this.state = 'loading';
        const { timeWindow } = this.#page;
        this.#sources = this.#panel.queries.map(({ expr }, index) => {
            const topic = timeWindow.isLive ? topicOf(expr) : null;
            const sink = this.#sink(index);
            return topic ? new StreamSource(this.#page.streams, topic, sink)
                : new QuerySource(this.#page, expr, sink);
        });
        for (const source of this.#sources) source.start();
        if (this.#sources.length === 0) this.#settle('ready');
    }

    stop() {
        for (const source of this.#sources) source.stop();
        this.#sources = [];
    }

    refresh() {
        for (const source of this.#sources) source.refresh();
    }

    /** Shows a series or not; with `isOnly` all others are not, or are again. */
    toggle(series, isOnly) {
        const others = this.#list.filter((each) => each !== series);
        if (isOnly) {
            const isAlone = !series.isHidden && others.every((each) => each.isHidden);
            series.isHidden = false;
            for (const each of others) each.isHidden = !isAlone;
        } else series.isHidden = !series.isHidden;
        for (const each of this.#list) {
            if (each.isHidden) this.#hidden.add(each.key);
            else this.#hidden.delete(each.key);
        }
        this.dispatchEvent(new Event('change'));
    }

    #sink(query) {
        const panel = this;
        // Until the first answer the series of before are shown.
        let isFresh = true;
        return {
            points: this.#points,
            get isSeen() { return panel.isSeen; },
            get bucket() { return panel.step > 1_500 ? panel.step : 0; },
            series: (key, labels) => {
                if (isFresh) this.#forget(query);
                isFresh = false;
                return this.#series(key, labels, query);
            },
            forget: () => {
                this.#forget(query);
                isFresh = false;
            },
            changed: () => {
                if (isFresh) this.#forget(query);
                isFresh = false;
                this.#prune();
                this.#settle('ready');
            },
            failed: (error) => this.#settle('failed', error),
        };
    }

    #series(key, labels, query) {
        const whole = `${query} ${key}`;
        const known = this.#byKey.get(whole);
        if (known) return known;
        const series = new Series(whole, labels, query);
        series.isHidden = this.#hidden.has(whole);
        // Beyond the bound it is kept nowhere, so that it is forgotten at once.
        if (this.#byKey.size >= seriesMaximum) {
            this.isCut = true;
            return series;
        }
        this.#byKey.set(whole, series);
        this.#arrange();
        return series;
    }

    #forget(query) {
        for (const [key, series] of this.#byKey) {
            if (series.query === query) this.#byKey.delete(key);
        }
        this.isCut = false;
        this.#arrange();
    }

    #arrange() {
        this.#list = [...this.#byKey.values()];
        nameAll(this.#list, this.#panel.queries);
        this.#list.sort((left, right) => left.query - right.query
            || left.name.localeCompare(right.name, undefined, { numeric: true }));
        // A colour once given stays, whatever comes and goes.
        for (const series of this.#list) {
            if (!this.#colours.has(series.key)) this.#colours.set(series.key, this.#colours.size);
            series.colour = this.#colours.get(series.key);
        }
    }

    #prune() {
        const { timeWindow } = this.#page;
        const now = Date.now();
        if (timeWindow.pausedAt !== null || now - this.#prunedAt < pruneEvery) return;
        this.#prunedAt = now;
        for (const { column } of this.#list) column.prune(timeWindow.current.from);
    }

    #settle(state, error = null) {
        this.state = state;
        this.error = error;
        this.dispatchEvent(new Event('change'));
    }
}
