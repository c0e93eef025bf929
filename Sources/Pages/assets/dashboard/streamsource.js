/** A query of a panel whose samples come by themselves, as it is a plain selector. */

export class StreamSource {
    #streams;
    #topic;
    #sink;

    /** `sink` has `series(key, labels)`, `changed()`, `failed(error)` and `bucket`. */
    constructor(streams, topic, sink) {
        this.#streams = streams;
        this.#topic = topic;
        this.#sink = sink;
    }

    start() {
        this.#streams.add(this.#topic, this);
    }

    stop() {
        this.#streams.remove(this.#topic, this);
    }

    /** Nothing to do: the stream goes on whether the panel is seen or not. */
    refresh() {}

    filled(list, isWhole) {
        if (isWhole) this.#sink.forget();
        for (const { key, labels, times, values, pause } of list) {
            const series = this.#sink.series(key, labels);
            const { column } = series;
            series.pause = Math.max(isWhole ? 0 : series.pause, pause);
            for (let index = 0; index < times.length; index += 1) {
                column.add(times[index], values[index]);
            }
        }
        this.#sink.changed();
    }

    came(samples) {
        for (const { key, labels, time, value } of samples) {
            this.#sink.series(key, labels).column.add(time, value, this.#sink.bucket);
        }
        if (samples.length > 0) this.#sink.changed();
    }

    ended(error) {
        this.#sink.failed(error);
    }
}
