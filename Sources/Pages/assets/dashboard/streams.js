/** The streams that the page has joined: each once, for all panels that show it. */

import { labelsKey } from './series.js';

/** As many points as a wide panel has pixels for; more samples come as the extremes of spans. */
const points = 1_000;

/**
 * A stream's feed: gives its listeners what there is at first, what is newer after each reconnect,
 * and samples as they come.
 */
class Feed {
    listeners = new Set();
    /** The time of the newest sample, from which a reconnect fills up. */
    newest = null;
    #streams;
    #topic;
    /** Labels by the ids that the hub gave them, which a restart changes. */
    #known = new Map();

    constructor(streams, topic) {
        this.#streams = streams;
        this.#topic = topic;
    }

    open() {
        const { martlet, timeWindow } = this.#streams;
        this.newest = null;
        this.#known.clear();
        const subscription = martlet.join(this.#topic, {
            fields: () => ({
                window: timeWindow.span, points, seen: this.newest ?? undefined,
                conflate: timeWindow.span > 3_600_000,
            }),
        });
        subscription.addEventListener('joined', ({ detail }) => this.#joined(detail));
        subscription.addEventListener('metrics:update', ({ detail }) => this.#update(detail.data));
        subscription.addEventListener('ended', ({ detail }) => {
            if (detail.reason === 'left') return;
            for (const listener of this.listeners) listener.ended(detail.error ?? detail.reason);
        });
    }

    close() {
        this.#streams.martlet.leave(this.#topic);
    }

    #joined({ state }) {
        if (!state) return;
        const isWhole = this.newest === null;
        this.#known.clear();
        // Of two extremes in a span, and two in the next: so far apart at the most.
        const pause = 4 * (this.#streams.timeWindow.span / points);
        const series = (state.series ?? []).map(({ id, labels, times, values }) => ({
            key: this.#learn(id, labels), labels, times, values: values.map(number),
            pause: times.length > points / 2 ? pause : 0,
        }));
        for (const { times } of series) this.#note(times.at(-1));
        this.#streams.timeWindow.learn(state.until);
        // Without a sample the next join would ask for everything again.
        this.#note(isWhole ? null : state.until);
        for (const listener of this.listeners) listener.filled(series, isWhole);
    }

    #update({ at, samples, added }) {
        this.#streams.timeWindow.learn(at);
        for (const { id, labels } of added ?? []) this.#learn(id, labels);
        const known = samples.filter(([id]) => this.#known.has(id)).map(([id, time, value]) => {
            this.#note(time);
            return { ...this.#known.get(id), time, value: number(value) };
        });
        for (const listener of this.listeners) listener.came(known);
    }

    #learn(id, labels) {
        const key = labelsKey(labels);
        this.#known.set(id, { key, labels });
        return key;
    }

    #note(time) {
        if (time !== null && time !== undefined && !(this.newest >= time)) this.newest = time;
    }
}

export class Streams {
    #feeds = new Map();

    constructor(martlet, timeWindow) {
        this.martlet = martlet;
        this.timeWindow = timeWindow;
    }

    /** `listener` has `filled(series, isWhole)`, `came(samples)` and `ended(error)`. */
    add(topic, listener) {
        const known = this.#feeds.get(topic);
        if (known) {
            known.listeners.add(listener);
            // It needs what the others have already: asked for from the beginning.
            this.#restart(known);
            return;
        }
        const feed = new Feed(this, topic);
        feed.listeners.add(listener);
        this.#feeds.set(topic, feed);
        feed.open();
    }

    remove(topic, listener) {
        const feed = this.#feeds.get(topic);
        if (!feed?.listeners.delete(listener) || feed.listeners.size > 0) return;
        this.#feeds.delete(topic);
        feed.close();
    }

    #restart(feed) {
        if (feed.isRestarting) return;
        feed.isRestarting = true;
        // Panels of a page come together: one join for all.
        queueMicrotask(() => {
            feed.isRestarting = false;
            if (feed.listeners.size === 0) return;
            feed.close();
            feed.open();
        });
    }
}

function number(value) {
    return value === null ? NaN : Number(value);
}
