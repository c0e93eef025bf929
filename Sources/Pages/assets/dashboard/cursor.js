/** The moment that is pointed at: one for all panels. */
export class Cursor extends EventTarget {
    time = null;
    /** The panel under the pointer. */
    owner = null;
    #isAnnounced = false;

    move(time, owner) {
        this.time = time;
        this.owner = owner;
        if (this.#isAnnounced) return;
        this.#isAnnounced = true;
        // Pointers move more often than screens are drawn.
        requestAnimationFrame(() => {
            this.#isAnnounced = false;
            this.dispatchEvent(new Event('change'));
        });
    }

    leave(owner) {
        if (this.owner === owner) this.move(null, null);
    }
}
