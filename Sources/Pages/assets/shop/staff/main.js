/** Starts the staff's page: orders on a board, stock in a table. */

import { fill, h, icon } from '../../chat/dom.js';
import { openMenu } from '../../chat/popover.js';
import { remember, showSignIn } from '../../chat/signin.js';
import { StatusBar } from '../../chat/status.js';
import { themeItems } from '../../chat/theme.js';
import { placeToasts, sentence } from '../../chat/toast.js';
import { notice } from '../notice.js';
import { shopper, signOut } from '../who.js';
import { Board } from './board.js';
import { Desk } from './desk.js';
import { StockTable } from './stocktable.js';

const app = document.getElementById('app');
const unknown = new Set(['unauthorized', 'token_expired', 'revoked']);
const tabs = [['orders', 'Orders', Board], ['stock', 'Stock', StockTable]];

function askWho(error) {
    const wantsToken = unknown.has(error?.code) || error?.code === 'forbidden';
    const problem = error && (wantsToken
        ? 'This page is for who has the grant “manage”.' : sentence(error));
    showSignIn(app, {
        problem, wantsToken, hint: 'Stock and orders of the shop.',
        onIdentity: (identity, options) => {
            remember(identity, options);
            start(identity);
        },
    });
}

function start(identity) {
    const desk = new Desk(identity);
    const main = h('main', { class: 'shop-main staff-main', id: 'main' });
    let shown = null;
    desk.refused = (error, retry) => {
        if (unknown.has(error.code)) {
            desk.martlet.close();
            askWho(error);
        } else if (error.code === 'forbidden') {
            fill(main, notice('This page is for staff', 'Your grants don’t let you manage the '
                + 'shop.', { label: 'Sign in as somebody else', run: () => askWho(error) }));
        } else {
            fill(main, notice('It could not be loaded', sentence(error),
                { label: 'Try again', run: retry }));
        }
    };
    const links = tabs.map(([name, label]) => h('a', {
        class: 'staff-tab', href: `#/${name}`,
    }, label));
    const show = () => {
        const name = location.hash.replace(/^#\//, '');
        const index = Math.max(0, tabs.findIndex(([each]) => each === name));
        links.forEach((link, at) => {
            if (at === index) link.setAttribute('aria-current', 'page');
            else link.removeAttribute('aria-current');
        });
        shown?.close();
        shown = new tabs[index][2](desk);
        document.title = `${tabs[index][1]} · Martlet Shop staff`;
        fill(main, shown.element);
    };
    const status = new StatusBar({
        martlet: desk.martlet, outbox: desk.outbox,
        addEventListener: (...rest) => desk.addEventListener(...rest),
    }, () => askWho());
    addEventListener('hashchange', show);
    fill(app, header(desk, links), status.element, main);
    show();
}

function header(desk, links) {
    const who = h('button', {
        type: 'button', class: 'button who', 'aria-haspopup': 'menu',
        onClick: ({ currentTarget }) => openMenu(currentTarget, 'Account', [
            { label: 'Shop', icon: 'bag', run: () => { location.href = '/shop'; } },
            { label: 'Chat', icon: 'chat', run: () => { location.href = '/'; } },
            { label: 'Documents', icon: 'document', run: () => { location.href = '/docs'; } },
            '-', ...themeItems(), '-',
            { label: 'Sign in as somebody else', icon: 'user', run: () => {
                desk.martlet.close();
                signOut();
                askWho();
            } },
        ]),
    });
    const draw = () => fill(who, icon('user'), h('span', { class: 'who-name' },
        desk.identity.isVisitor ? 'Guest' : desk.me ?? '…'));
    desk.addEventListener('session', draw);
    draw();
    return h('header', { class: 'shop-header' }, h('div', { class: 'shop-bar staff-bar' },
        h('a', { class: 'shop-brand', href: '/shop' },
            h('img', { src: '/favicon.svg', alt: '', width: 26, height: 26 }),
            h('span', {}, 'Martlet'), h('span', { class: 'shop-brand-soft' }, 'Staff')),
        h('nav', { class: 'staff-tabs', 'aria-label': 'Staff' }, links),
        h('div', { class: 'shop-tools' }, who)));
}

placeToasts(document.body);
start(shopper());
