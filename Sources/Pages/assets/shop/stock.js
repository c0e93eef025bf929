/** How much there is of what is looked at: live, the newest version of each item. */

/** Leaving waits that long: a card that is scrolled past and back need not join again. */
const linger = 3_000;
/** Of the topics that a connection may join some are for the cart and the orders. */
const reserve = 24;

/** From there down it is said how many are left, where the item has no threshold of its own. */
const fewByDefault = 5;

export class Stock {
    #martlet;
    #known = new Map();
    #watchers = new Map();
    #joined = new Map();

    constructor(martlet) {
        this.#martlet = martlet;
    }

    /** `{available, onHand, reserved, lowStock, version}` as far as known, else undefined. */
    get(sku) {
        return this.#known.get(sku);
    }

    /** Takes what a REST reply says, unless something newer is known. */
    learn(sku, facts) {
        this.#take(sku, facts, false);
    }

    /**
     * Calls back at once with what is known and whenever it changes: `(stock, {fell})`, where
     * `fell` is by how much others have just reduced it. Answers the function that ends it.
     */
    watch(sku, onChange) {
        const watchers = this.#watchers.get(sku) ?? new Set();
        this.#watchers.set(sku, watchers);
        watchers.add(onChange);
        this.#join(sku);
        if (this.#known.has(sku)) onChange(this.#known.get(sku), { fell: 0 });
        return () => {
            watchers.delete(onChange);
            if (watchers.size === 0) this.#leaveLater(sku);
        };
    }

    #join(sku) {
        const place = this.#joined.get(sku);
        clearTimeout(place?.timer);
        if (place) {
            place.timer = null;
            return;
        }
        this.#makeRoom();
        const subscription = this.#martlet.join(`item:${sku}`, { conflate: true });
        this.#joined.set(sku, { subscription, timer: null });
        subscription.addEventListener('joined', ({ detail }) => {
            if (detail.state) this.#take(sku, detail.state, false);
        });
        subscription.addEventListener('inventory_updated', ({ detail }) => {
            this.#take(sku, detail.data, true);
        });
        subscription.addEventListener('ended', () => this.#joined.delete(sku));
    }

    /** The hub bounds how many topics a connection has: those that linger go first. */
    #makeRoom() {
        const most = (this.#martlet.session?.limits?.topics ?? 128) - reserve;
        if (this.#joined.size < most) return;
        const lingering = [...this.#joined].find(([, place]) => place.timer !== null);
        if (lingering) this.#leave(lingering[0]);
    }

    #leaveLater(sku) {
        const place = this.#joined.get(sku);
        if (!place || place.timer !== null) return;
        place.timer = setTimeout(() => this.#leave(sku), linger);
    }

    #leave(sku) {
        clearTimeout(this.#joined.get(sku)?.timer);
        this.#joined.delete(sku);
        this.#martlet.leave(`item:${sku}`);
    }

    #take(sku, facts, isNews) {
        if (!facts || typeof facts.available !== 'number') return;
        const before = this.#known.get(sku);
        // Two ways lead here, a reply and an event: what is older must not win.
        if (before && before.version > facts.version) return;
        const onHand = facts.onHand ?? facts.newStock ?? before?.onHand;
        const stock = { ...before, ...facts, onHand };
        this.#known.set(sku, stock);
        const fell = isNews && before ? Math.max(0, before.available - stock.available) : 0;
        for (const watcher of this.#watchers.get(sku) ?? []) watcher(stock, { fell });
    }
}

/** `out`, `few` or `fine`, and the words for it. */
export function level({ available, lowStock }) {
    if (available <= 0) return { kind: 'out', text: 'Out of stock' };
    if (available <= (lowStock || fewByDefault)) {
        return { kind: 'few', text: `Only ${available.toLocaleString()} left` };
    }
    return { kind: 'fine', text: 'In stock' };
}
