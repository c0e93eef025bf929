/** Draws what has changed and is seen, once per frame, and no more than a frame has room for. */

/** Of the 16 ms of a frame, for our drawing; what the browser makes of it comes on top. */
const budget = 4;
const mostAtOnce = 2;

export class Frames {
    #waiting = new Set();
    #seen = new Set();
    #elements = new WeakMap();
    #isAsked = false;
    #observer = new IntersectionObserver((entries) => this.#changed(entries), {
        rootMargin: '120px',
    });

    /** `drawing` has `draw()`; it is drawn while `element` is near what is shown. */
    watch(element, drawing) {
        this.#elements.set(element, drawing);
        this.#observer.observe(element);
    }

    unwatch(element, drawing) {
        this.#observer.unobserve(element);
        this.#waiting.delete(drawing);
        this.#seen.delete(drawing);
    }

    /** Draws it in one of the next frames, however often it is asked for. */
    ask(drawing) {
        this.#waiting.add(drawing);
        this.#schedule();
    }

    #schedule() {
        if (this.#isAsked) return;
        this.#isAsked = true;
        requestAnimationFrame(() => this.#frame());
    }

    #frame() {
        this.#isAsked = false;
        const end = performance.now() + budget;
        let count = 0;
        for (const drawing of this.#waiting) {
            // Those that nobody sees wait until somebody does.
            if (!this.#seen.has(drawing)) continue;
            this.#waiting.delete(drawing);
            drawing.draw();
            count += 1;
            if (count === mostAtOnce || performance.now() >= end) break;
        }
        if ([...this.#waiting].some((each) => this.#seen.has(each))) this.#schedule();
    }

    #changed(entries) {
        for (const { target, isIntersecting } of entries) {
            const drawing = this.#elements.get(target);
            if (isIntersecting) {
                this.#seen.add(drawing);
                this.ask(drawing);
                drawing.shown?.();
            } else {
                this.#seen.delete(drawing);
                drawing.hidden?.();
            }
        }
    }
}
