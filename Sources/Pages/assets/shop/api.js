/** The hub's REST interface to the shop, for one user. */

import { ulid } from '../martlet/ulid.js';

/** Pauses before a request that got no answer is made again. */
const pauses = [250, 900, 2_000];

/** `code` is one of the hub's, or `disconnected`. */
class APIError extends Error {
    constructor(status, body) {
        super(body?.error?.message ?? `The hub answered with ${status}.`);
        this.status = status;
        this.code = body?.error?.code ?? 'internal';
    }
}

export class ShopAPI {
    #identity;

    constructor(identity) {
        this.#identity = identity;
    }

    // The catalogue.

    /** With `inactive` those that are not for sale, too, for staff. */
    async products({ q, category, after, inactive, limit = 100 } = {}) {
        const query = { q, category, after, inactive, limit };
        const reply = await this.#get('/products', query);
        return { ...reply, products: reply.products.map(article) };
    }

    async product(sku) {
        return article(await this.#get(`/products/${encodeURIComponent(sku)}`));
    }

    // The cart.

    cart() {
        return this.#get('/cart');
    }

    /** Answers the version that the cart has with it. A quantity of 0 takes the line away. */
    setLine(sku, quantity) {
        const path = `/cart/lines/${encodeURIComponent(sku)}`;
        return this.#write('PUT', path, { quantity });
    }

    /** The same key again is the same order, however often the button was pressed. */
    checkout(fields, key) {
        return this.#write('POST', '/cart/checkout', fields, key);
    }

    offerMerge() {
        return this.#write('POST', '/cart/merge-token', {});
    }

    mergeCart(from, mergeToken) {
        return this.#write('POST', '/cart/merge', { from, mergeToken });
    }

    // Orders.

    /** One's own, or for staff those of all with `user: '*'`. */
    orders(query = {}) {
        return this.#get('/orders', query);
    }

    order(id) {
        return this.#get(`/orders/${encodeURIComponent(id)}`);
    }

    /** `pay`, `pack`, `ship`, `deliver`, `cancel` or `refund`. */
    moveOrder(id, move, fields = {}) {
        return this.#write('POST', `/orders/${encodeURIComponent(id)}/${move}`, fields);
    }

    // Stock.

    /** The items that there are, each with its numbers. */
    items({ after, limit = 200 } = {}) {
        return this.#get('/items', { after, limit });
    }

    /** `receive`, `adjust` or `threshold`. */
    changeItem(sku, change, fields) {
        return this.#write('POST', `/items/${encodeURIComponent(sku)}/${change}`, fields);
    }

    holds(sku) {
        return this.#get(`/items/${encodeURIComponent(sku)}/holds`);
    }

    moves(sku, { after, limit = 50 } = {}) {
        return this.#get(`/items/${encodeURIComponent(sku)}/moves`, { after, limit });
    }

    releaseHold(id, reason) {
        return this.#write('POST', `/reservations/${encodeURIComponent(id)}/release`, { reason });
    }

    #get(path, query) {
        return this.#ask('GET', path, { query });
    }

    #write(method, path, json, key = ulid()) {
        return this.#ask(method, path, { json, key });
    }

    async #ask(method, path, { query = {}, json, key }) {
        const url = new URL(`/api${path}`, location.origin);
        for (const [name, value] of Object.entries(query)) {
            if (value !== undefined && value !== '') url.searchParams.set(name, value);
        }
        const { token, name } = this.#identity;
        const headers = token ? { authorization: `Bearer ${token}` } : { 'x-martlet-name': name };
        if (json) headers['content-type'] = 'application/json';
        if (key) headers['idempotency-key'] = key;
        const request = { method, headers, body: json && JSON.stringify(json) };
        // Who presses a button and leaves at once has pressed it.
        if (json) request.keepalive = true;
        const response = await patiently(() => fetch(url, request));
        const reply = await response.json().catch(() => null);
        if (!response.ok) throw new APIError(response.status, reply);
        return reply;
    }
}

/** The hub calls it `productId`; a cart's line has it as its `sku`. */
function article(product) {
    return { ...product, sku: product.productId };
}

/** Asks again when no answer came: the key makes sure that nothing happens twice. */
async function patiently(attempt) {
    for (const pause of [...pauses, null]) {
        try {
            const response = await attempt();
            if (response.status !== 503 || pause === null) return response;
        } catch {
            if (pause === null || navigator.onLine === false) {
                throw Object.assign(new Error('Not connected.'), { code: 'disconnected' });
            }
        }
        await new Promise((resolve) => { setTimeout(resolve, pause); });
    }
}
