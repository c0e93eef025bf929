/** What the pages of the shop share: who it is, the connection, stock, cart and orders. */

import { Martlet } from '/martlet.js';
import { ShopAPI } from './api.js';
import { Cart } from './cart.js';
import { OrderNews } from './ordernews.js';
import { Stock } from './stock.js';

/** Dispatches `status` (of the connection) and `session`. */
export class Shop extends EventTarget {
    identity;
    api;
    martlet;
    stock;
    cart;
    news;
    /** Products seen so far, by article number: a line of a cart has no picture of its own. */
    products = new Map();

    constructor(identity) {
        super();
        this.identity = identity;
        this.api = new ShopAPI(identity);
        const { token, name } = identity;
        this.martlet = Martlet.connect(undefined, token ? { token } : { name });
        this.stock = new Stock(this.martlet);
        this.cart = new Cart(this);
        this.news = new OrderNews(this.martlet);
        this.martlet.addEventListener('state', () => this.dispatchEvent(new Event('status')));
        let isFollowing = false;
        this.martlet.addEventListener('session', () => {
            this.dispatchEvent(new Event('session'));
            if (isFollowing) return;
            isFollowing = true;
            this.cart.follow(this.martlet, this.me);
            this.news.follow(this.me);
        });
        this.cart.load();
    }

    /** The user's id; null before the hub said it. */
    get me() {
        return this.martlet.session?.user ?? null;
    }

    get isVisitor() {
        return this.identity.isVisitor === true;
    }

    /** For the line that tells of the connection. */
    get outbox() {
        return this.martlet.outbox;
    }

    /** Once the hub has said who it is. */
    async known() {
        if (this.me) return this.me;
        return new Promise((resolve) => {
            this.addEventListener('session', () => resolve(this.me), { once: true });
        });
    }

    /** Remembers products of a reply, and their stock. */
    learn(products) {
        for (const product of products) {
            this.products.set(product.sku, product);
            if (product.stock) this.stock.learn(product.sku, product.stock);
        }
        return products;
    }

    /** What is known of an article, for its picture. */
    pictured(line) {
        return { ...this.products.get(line.sku), ...line };
    }
}
