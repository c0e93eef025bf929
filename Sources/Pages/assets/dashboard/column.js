/** The samples of one series in order of time, in typed arrays that grow at the end. */

const smallest = 256;

export class Column {
    #times = new Float64Array(smallest);
    #values = new Float64Array(smallest);
    #start = 0;
    #end = 0;

    get length() {
        return this.#end - this.#start;
    }

    time(index) {
        return this.#times[this.#start + index];
    }

    value(index) {
        return this.#values[this.#start + index];
    }

    get lastTime() {
        return this.length > 0 ? this.#times[this.#end - 1] : null;
    }

    get lastValue() {
        return this.length > 0 ? this.#values[this.#end - 1] : null;
    }

    /** The first index whose time is not before this one. */
    indexOf(time) {
        let low = this.#start;
        let high = this.#end;
        while (low < high) {
            const middle = (low + high) >>> 1;
            if (this.#times[middle] < time) low = middle + 1;
            else high = middle;
        }
        return low - this.#start;
    }

    /**
     * Adds a sample. One within the same bucket as the last replaces it, so that a long range
     * does not gather every second; one of earlier is put where it belongs.
     */
    add(time, value, bucket = 0) {
        const last = this.lastTime;
        if (last === null || time > last) {
            const isSame = bucket > 0 && last !== null
                && Math.floor(time / bucket) === Math.floor(last / bucket);
            if (isSame && !Number.isNaN(value)) this.#replaceLast(time, value);
            else this.#push(time, value);
        } else this.#insert(time, value);
    }

    /** What is from the first of these times on is replaced by them. */
    splice(times, values) {
        if (times.length === 0) return;
        this.#end = this.#start + this.indexOf(times[0]);
        for (let index = 0; index < times.length; index += 1) {
            this.#push(times[index], values[index]);
        }
    }

    clear() {
        this.#start = 0;
        this.#end = 0;
    }

    /** Forgets what is before, but for one sample to draw the line from. */
    prune(before) {
        const keep = Math.max(0, this.indexOf(before) - 1);
        this.#start += keep;
        if (this.#start > 4_096 && this.#start > this.length) this.#move();
    }

    #replaceLast(time, value) {
        this.#times[this.#end - 1] = time;
        this.#values[this.#end - 1] = value;
    }

    #push(time, value) {
        if (this.#end === this.#times.length) this.#makeRoom();
        this.#times[this.#end] = time;
        this.#values[this.#end] = value;
        this.#end += 1;
    }

    #insert(time, value) {
        const at = this.#start + this.indexOf(time);
        if (this.#times[at] !== time) {
            this.#push(time, value);
            this.#times.copyWithin(at + 1, at, this.#end - 1);
            this.#values.copyWithin(at + 1, at, this.#end - 1);
            this.#times[at] = time;
        }
        this.#values[at] = value;
    }

    #makeRoom() {
        if (this.#start > this.#times.length / 2) {
            this.#move();
            return;
        }
        const times = new Float64Array(this.#times.length * 2);
        const values = new Float64Array(times.length);
        times.set(this.#times);
        values.set(this.#values);
        this.#times = times;
        this.#values = values;
    }

    #move() {
        this.#times.copyWithin(0, this.#start, this.#end);
        this.#values.copyWithin(0, this.#start, this.#end);
        this.#end -= this.#start;
        this.#start = 0;
    }
}
