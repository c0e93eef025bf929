/** Starts the shop: who shops, then the view that the address names. */

import { fill, h } from '../chat/dom.js';
import { showSignIn } from '../chat/signin.js';
import { StatusBar } from '../chat/status.js';
import { placeToasts, sentence, toast } from '../chat/toast.js';
import { CartDrawer } from './cartdrawer.js';
import { CatalogueView } from './catalogueview.js';
import { Header } from './header.js';
import { Navigation } from './navigation.js';
import { headline } from './orderstates.js';
import { Shop } from './shop.js';
import { shopper, signIn, signOut, takeNote } from './who.js';

const app = document.getElementById('app');
const unknown = new Set(['unauthorized', 'token_expired', 'revoked']);

function askWho(before, error) {
    const wantsToken = unknown.has(error?.code);
    const problem = error && (wantsToken ? 'This hub asks for a valid token.' : sentence(error));
    showSignIn(app, {
        problem, wantsToken, hint: 'Your orders and your cart, wherever you are.',
        onIdentity: async (identity, options) => {
            try {
                await signIn(before, identity, options);
                location.reload();
            } catch (reason) {
                askWho(before, reason);
            }
        },
    });
    app.querySelector('form').append(h('button', {
        type: 'button', class: 'button button-wide signin-back', onClick: () => location.reload(),
    }, 'Back to the shop'));
}

/** Views are loaded when they are first looked at; the catalogue stays as it was left. */
function views(shop, navigation) {
    let catalogue = null;
    return {
        catalogue: async (route) => {
            catalogue ??= new CatalogueView(shop, navigation);
            await catalogue.show(route);
            return catalogue;
        },
        product: async ({ sku }) => {
            const { ProductView } = await import('./productview.js');
            return new ProductView(shop, sku);
        },
        checkout: async () => {
            const { CheckoutView } = await import('./checkoutview.js');
            return new CheckoutView(shop, navigation);
        },
        orders: async () => {
            const { OrderList } = await import('./orderlist.js');
            return new OrderList(shop);
        },
        order: async ({ id }) => {
            const { OrderView } = await import('./orderview.js');
            return new OrderView(shop, id);
        },
    };
}

function start(identity) {
    const shop = new Shop(identity);
    const main = h('main', { class: 'shop-main', id: 'main' });
    const leave = (change) => {
        shop.martlet.close();
        change();
    };
    const drawer = new CartDrawer(shop);
    shop.openCart = () => drawer.open();
    shop.askWho = (error) => leave(() => askWho(identity, error));
    let shown = null;
    let arrivals = 0;
    const navigation = new Navigation(async (route) => {
        arrivals += 1;
        const arrival = arrivals;
        drawer.close();
        const view = await make[route.view](route);
        if (arrival !== arrivals) {
            if (view !== shown) view.close?.();
            return;
        }
        if (view === shown) return;
        shown?.close?.();
        shown = view;
        header.show(route);
        fill(main, view.element);
        document.title = `${view.title} · Martlet Shop`;
        await view.ready;
    });
    const make = views(shop, navigation);
    const header = new Header(shop, navigation, {
        onSignOut: () => leave(() => {
            signOut();
            location.reload();
        }),
    });
    const status = new StatusBar({
        martlet: shop.martlet, outbox: shop.outbox,
        addEventListener: (...rest) => shop.addEventListener(...rest),
    }, () => shop.askWho());
    shop.addEventListener('status', () => {
        const { state, error } = shop.martlet;
        if (state === 'closed' && unknown.has(error?.code)) shop.askWho(error);
    });
    shop.news.addEventListener('news', ({ detail }) => {
        const text = headline(detail);
        if (text) toast(text);
    });
    fill(app, header.element, status.element, main, footer());
    navigation.start();
}

function footer() {
    return h('footer', { class: 'shop-footer' },
        h('p', {}, 'What you see in stock is in stock: the numbers move as others buy.'),
        h('nav', { 'aria-label': 'Martlet' },
            h('a', { href: '/' }, 'Chat'), h('a', { href: '/docs' }, 'Documents'),
            h('a', { href: '/shop/staff' }, 'Staff')));
}

placeToasts(document.body);
const note = takeNote();
if (note) toast(note);
start(shopper());
