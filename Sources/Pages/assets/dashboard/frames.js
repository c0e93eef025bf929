/**
 * Draws what has changed and is seen, one thing a frame: without a graphics card the browser has as
 * much to do with a chart as we have, and both must fit into 16 ms.
 */

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
        for (const drawing of this.#waiting) {
            // Those that nobody sees wait until somebody does.
            if (!this.#seen.has(drawing)) continue;
            this.#waiting.delete(drawing);
            drawing.draw();
            break;
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
