/** What stretch of time all panels show: the last minutes, running; or a stretch that stays. */

export const spans = [
    [300_000, '5 minutes'], [900_000, '15 minutes'], [1_800_000, '30 minutes'],
    [3_600_000, '1 hour'], [10_800_000, '3 hours'], [21_600_000, '6 hours'],
    [43_200_000, '12 hours'], [86_400_000, '24 hours'], [172_800_000, '2 days'],
    [604_800_000, '7 days'],
];
const shortest = 1_000;
/** A clock that differs by less is taken for right: replies take their time. */
const skewTolerance = 1_500;

/** Events: `change` when other samples are needed, `tick` when time has passed. */
export class TimeWindow extends EventTarget {
    span = 900_000;
    /** `{from, to}` where it does not follow the clock. */
    fixed = null;
    /** Shows what was there when it was paused; samples go on coming in. */
    pausedAt = null;
    #skew = 0;
    #before = [];
    #timer = null;

    start() {
        this.stop();
        // Long ranges need not move each second.
        const pause = Math.min(30_000, Math.max(1_000, this.span / 900));
        this.#timer = setInterval(() => {
            if (this.isRunning) this.dispatchEvent(new Event('tick'));
        }, pause);
    }

    stop() {
        clearInterval(this.#timer);
    }

    get isLive() {
        return this.fixed === null;
    }

    get isRunning() {
        return this.fixed === null && this.pausedAt === null;
    }

    get canGoBack() {
        return this.#before.length > 0;
    }

    /** The hub's time. */
    now() {
        return Date.now() + this.#skew;
    }

    get current() {
        if (this.fixed) return this.fixed;
        const to = this.pausedAt ?? Math.ceil(this.now() / 1_000) * 1_000;
        return { from: to - this.span, to };
    }

    /** How far apart samples are that so many pixels can show. */
    step(points) {
        const { from, to } = this.current;
        const wanted = (to - from) / points / 1_000;
        const nice = [1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1_200, 1_800, 3_600, 7_200];
        return (nice.find((each) => each >= wanted) ?? Math.ceil(wanted / 3_600) * 3_600) * 1_000;
    }

    /** The hub said what time it is. */
    learn(hubTime) {
        const skew = hubTime - Date.now();
        if (Math.abs(skew - this.#skew) > skewTolerance) {
            this.#skew = Math.abs(skew) > skewTolerance ? skew : 0;
        }
    }

    follow(span) {
        this.#before = [];
        this.#set(span, null);
    }

    show(from, to) {
        this.#remember();
        this.#set(this.span, { from, to: Math.max(to, from + shortest) });
    }

    /** Goes back to what was shown before the last zoom. */
    back() {
        const before = this.#before.pop();
        if (before) this.#set(before.span, before.fixed);
    }

    pause() {
        if (!this.isRunning) return;
        this.pausedAt = this.current.to;
        this.dispatchEvent(new Event('state'));
    }

    /** Follows the clock again. */
    run() {
        const wasFixed = this.fixed !== null;
        this.pausedAt = null;
        if (wasFixed) this.follow(this.span);
        else this.dispatchEvent(new Event('state'));
    }

    zoom(factor, around) {
        const { from, to } = this.current;
        const middle = around ?? (from + to) / 2;
        this.show(middle - (middle - from) * factor,
            Math.min(this.now(), middle + (to - middle) * factor));
    }

    #remember() {
        this.#before.push({ span: this.span, fixed: this.fixed });
        if (this.#before.length > 50) this.#before.shift();
    }

    #set(span, fixed) {
        this.span = span;
        this.fixed = fixed;
        this.pausedAt = null;
        this.start();
        this.dispatchEvent(new Event('change'));
        this.dispatchEvent(new Event('state'));
    }
}
