/** The bar on top: home, search, orders, who it is, and the cart. */

import { fill, h, icon, iconButton } from '../chat/dom.js';
import { openMenu } from '../chat/popover.js';
import { themeItems } from '../chat/theme.js';
import { badge, plural } from '../chat/words.js';
import { cataloguePath, ordersPath, staffPath } from './route.js';

const searchPause = 220;

export class Header {
    #shop;
    #navigation;
    #onSignOut;
    #timer = null;
    #search = h('input', {
        class: 'input', type: 'search', name: 'q', placeholder: 'Search the shop',
        'aria-label': 'Search the shop', autocomplete: 'off', enterkeyhint: 'search',
        onInput: () => {
            clearTimeout(this.#timer);
            this.#timer = setTimeout(() => this.#find(), searchPause);
        },
    });
    #count = h('span', { class: 'badge', hidden: true });
    #cart = iconButton('bag', 'Cart', () => this.#shop.openCart(), { class: 'cart-button' });
    #who = h('button', {
        type: 'button', class: 'button who', onClick: (event) => this.#menu(event.currentTarget),
    });
    #route = null;
    element;

    constructor(shop, navigation, { onSignOut }) {
        this.#shop = shop;
        this.#navigation = navigation;
        this.#onSignOut = onSignOut;
        this.#cart.append(this.#count);
        this.element = h('header', { class: 'shop-header' },
            h('div', { class: 'shop-bar' },
                h('a', { class: 'shop-brand', href: '/shop' },
                    h('img', { src: '/favicon.svg', alt: '', width: 26, height: 26 }),
                    h('span', {}, 'Martlet'), h('span', { class: 'shop-brand-soft' }, 'Shop')),
                h('form', {
                    class: 'shop-search', role: 'search',
                    onSubmit: (event) => {
                        event.preventDefault();
                        this.#find();
                    },
                }, icon('search'), this.#search),
                h('nav', { class: 'shop-tools', 'aria-label': 'Shop' },
                    h('a', { class: 'button orders-link', href: ordersPath }, 'Orders'),
                    this.#who, this.#cart)));
        shop.cart.addEventListener('change', () => this.#drawCart());
        shop.addEventListener('session', () => this.#drawWho());
        this.#drawWho();
    }

    show(route) {
        this.#route = route;
        clearTimeout(this.#timer);
        this.#search.value = route.q ?? '';
        const orders = this.element.querySelector('.orders-link');
        orders.toggleAttribute('aria-current', route.view === 'orders' || route.view === 'order');
    }

    /** Letters typed one after the other are one step of the history. */
    #find() {
        clearTimeout(this.#timer);
        const q = this.#search.value.trim();
        const isHere = this.#route?.view === 'catalogue';
        const category = isHere ? this.#route.category : '';
        if (isHere && q === this.#route.q) return;
        this.#route = { view: 'catalogue', q, category };
        this.#navigation.go(cataloguePath({ q, category }), { replaces: isHere })
            .then(() => this.#search.focus());
    }

    #drawCart() {
        const { count } = this.#shop.cart;
        this.#count.hidden = count === 0;
        this.#count.textContent = badge(count);
        const label = count === 0 ? 'Cart, empty' : `Cart, ${plural(count, 'article')}`;
        this.#cart.setAttribute('aria-label', label);
    }

    #drawWho() {
        const { isVisitor, me } = this.#shop;
        fill(this.#who, icon('user'),
            h('span', { class: 'who-name' }, isVisitor ? 'Sign in' : me ?? '…'));
        this.#who.setAttribute('aria-label', isVisitor ? 'Sign in and more'
            : `Signed in as ${me ?? 'somebody'}`);
        this.#who.setAttribute('aria-haspopup', 'menu');
    }

    #menu(anchor) {
        const to = (path) => () => { location.href = path; };
        const { isVisitor } = this.#shop;
        openMenu(anchor, 'Account', [
            isVisitor ? { label: 'Sign in', icon: 'user', run: () => this.#shop.askWho() } : null,
            { label: 'My orders', icon: 'box', run: () => this.#navigation.go(ordersPath) },
            '-',
            { label: 'Staff', icon: 'list', run: to(staffPath) },
            { label: 'Chat', icon: 'chat', run: to('/') },
            { label: 'Documents', icon: 'document', run: to('/docs') },
            '-', ...themeItems(),
            isVisitor ? null : '-',
            isVisitor ? null : { label: 'Sign out', run: this.#onSignOut },
        ]);
    }
}
