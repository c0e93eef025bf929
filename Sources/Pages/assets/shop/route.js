/** Where in the shop one is, by path: `/shop`, `/shop/item/SKU`, `/shop/orders/ID`, … */

const root = '/shop';

/** `{view, sku, id, q, category}`; an unknown path is the catalogue. */
export function parseRoute({ pathname, search }) {
    const [view, name] = pathname.slice(root.length + 1).split('/').map(decode);
    if (view === 'item' && name) return { view: 'product', sku: name };
    if (view === 'orders' && name) return { view: 'order', id: name };
    if (view === 'orders') return { view: 'orders' };
    if (view === 'checkout') return { view: 'checkout' };
    const query = new URLSearchParams(search);
    return {
        view: 'catalogue', q: query.get('q') ?? '', category: query.get('category') ?? '',
    };
}

export function cataloguePath({ q = '', category = '' } = {}) {
    const query = new URLSearchParams();
    if (q) query.set('q', q);
    if (category) query.set('category', category);
    const text = query.toString();
    return text ? `${root}?${text}` : root;
}

export const productPath = (sku) => `${root}/item/${encodeURIComponent(sku)}`;
export const orderPath = (id) => `${root}/orders/${encodeURIComponent(id)}`;
export const ordersPath = `${root}/orders`;
export const checkoutPath = `${root}/checkout`;
export const staffPath = `${root}/staff`;

/** Whether a link leads to another view of this very page. */
export function isInside(link) {
    return link.origin === location.origin
        && (link.pathname === root || link.pathname.startsWith(`${root}/`))
        && link.pathname !== staffPath && !link.pathname.startsWith(`${staffPath}/`);
}

function decode(part) {
    try {
        return decodeURIComponent(part);
    } catch {
        return part;
    }
}
