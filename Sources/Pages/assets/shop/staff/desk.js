/** What the staff's views share: the REST interface, the connection, stock and orders. */

import { Martlet } from '/martlet.js';
import { ShopAPI } from '../api.js';
import { OrderNews } from '../ordernews.js';
import { Stock } from '../stock.js';

/** Dispatches `status` (of the connection) and `session`. */
export class Desk extends EventTarget {
    identity;
    api;
    martlet;
    stock;
    news;

    constructor(identity) {
        super();
        this.identity = identity;
        this.api = new ShopAPI(identity);
        const { token, name } = identity;
        this.martlet = Martlet.connect(undefined, token ? { token } : { name });
        this.stock = new Stock(this.martlet);
        this.news = new OrderNews(this.martlet);
        for (const [from, to] of [['state', 'status'], ['session', 'session']]) {
            this.martlet.addEventListener(from, () => this.dispatchEvent(new Event(to)));
        }
    }

    get me() {
        return this.martlet.session?.user ?? null;
    }

    get outbox() {
        return this.martlet.outbox;
    }
}
