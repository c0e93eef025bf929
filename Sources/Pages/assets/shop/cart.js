/** The cart: answers at once, is stored by the hub, and is the same in all tabs. */

import { escaped } from '../chat/words.js';
import { sentence, toast } from '../chat/toast.js';
import { scheduled } from '../chat/dom.js';
import { sums, times } from './money.js';

export const mostOfOne = 999;

/** Dispatches `change`, and `stored` when a line was. */
export class Cart extends EventTarget {
    /** `{sku, quantity, title, price, available, problem}`, in the order of putting there. */
    lines = [];
    /** Names what is ordered: of one cart there is one order. */
    id = null;
    isLoaded = false;
    error = null;
    #shop;
    #version = -1;
    /** What was asked for and is not stored yet, by article. */
    #wanted = new Map();
    #busy = new Set();
    #changed = scheduled(() => this.dispatchEvent(new Event('change')));

    constructor(shop) {
        super();
        this.#shop = shop;
        addEventListener('pagehide', () => this.#flush());
    }

    get count() {
        return this.lines.reduce((count, { quantity }) => count + quantity, 0);
    }

    get isEmpty() {
        return this.lines.length === 0;
    }

    /** One for each currency. */
    get totals() {
        return sums(this.lines.filter(({ price }) => price)
            .map(({ price, quantity }) => times(price, quantity)));
    }

    quantityOf(sku) {
        return this.lines.find((line) => line.sku === sku)?.quantity ?? 0;
    }

    /** From now on it follows what other tabs do. */
    follow(martlet, user) {
        const subscription = martlet.join(`cart:${escaped(user)}`);
        // After a reconnect, too: what happened meanwhile is not told again.
        subscription.addEventListener('joined', () => this.load());
        subscription.addEventListener('event', ({ detail }) => {
            if ((detail.data?.version ?? Infinity) > this.#version) this.load();
        });
    }

    async load() {
        try {
            this.#take(await this.#shop.api.cart());
        } catch (error) {
            this.error = error;
            this.#changed();
        }
    }

    add(product, count = 1) {
        this.set(product.sku, this.quantityOf(product.sku) + count, product);
    }

    /** A quantity of 0 takes the line away. `product` is needed for what is not there yet. */
    set(sku, quantity, product) {
        const count = Math.min(Math.max(0, Math.trunc(quantity) || 0), mostOfOne);
        if (count === this.quantityOf(sku)) return;
        this.#wanted.set(sku, { quantity: count, product });
        this.#lay();
        this.#changed();
        this.#store(sku);
    }

    /** Resolves when all that was asked for is stored, or was refused. */
    async settled() {
        while (this.#busy.size > 0) {
            await new Promise((resolve) => {
                this.addEventListener('stored', resolve, { once: true });
            });
        }
    }

    /** One request per article at a time; what is asked for meanwhile goes with the next. */
    async #store(sku) {
        if (this.#busy.has(sku)) return;
        this.#busy.add(sku);
        try {
            while (this.#wanted.has(sku)) {
                const wish = this.#wanted.get(sku);
                await this.#shop.api.setLine(sku, wish.quantity);
                // It may have been changed again meanwhile, and is wanted until it is shown.
                const reply = await this.#shop.api.cart();
                if (this.#wanted.get(sku) === wish) this.#wanted.delete(sku);
                this.#take(reply);
            }
        } catch (error) {
            this.#wanted.delete(sku);
            toast(sentence(error), { isError: true });
            await this.load();
        } finally {
            this.#busy.delete(sku);
            this.dispatchEvent(new Event('stored'));
        }
    }

    /** The page goes away while a request is under way, and another was to follow. */
    #flush() {
        for (const [sku, { quantity }] of this.#wanted) {
            this.#shop.api.setLine(sku, quantity).catch(() => {});
        }
    }

    #take(reply) {
        this.isLoaded = true;
        this.error = null;
        if (reply.version < this.#version) return;
        this.#version = reply.version;
        this.id = reply.cartId;
        this.lines = reply.lines;
        this.#lay();
        this.#changed();
    }

    /** Lays what is wanted over what is stored. */
    #lay() {
        for (const [sku, { quantity, product }] of this.#wanted) {
            const line = this.lines.find((each) => each.sku === sku);
            if (quantity === 0) this.lines = this.lines.filter((each) => each !== line);
            else if (line) line.quantity = quantity;
            else if (product) {
                const { title, price, image, category } = product;
                this.lines.push({ sku, quantity, title, price, image, category });
            }
        }
    }
}
