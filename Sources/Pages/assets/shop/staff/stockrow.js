/** One article in the table: its numbers as they change, and what can be done. */

import { h, iconButton } from '../../chat/dom.js';
import { art } from '../art.js';
import { formatMoney } from '../money.js';
import { whileOnScreen } from '../onscreen.js';
import { level } from '../stock.js';
import { holdsDialog } from './holdsdialog.js';
import { movesDialog } from './movesdialog.js';
import { adjustDialog, receiveDialog, thresholdDialog } from './stockdialogs.js';

const none = { onHand: 0, reserved: 0, available: 0, lowStock: 0, version: -1 };
const flashLasts = 1_200;

export class StockRow {
    article;
    stock = none;
    element;
    stop;
    #onChange;
    #cells = {};

    constructor(desk, article, onChange) {
        this.article = article;
        this.#onChange = onChange;
        const { title, sku, price, active } = article;
        const number = (name, label) => {
            const cell = h('td', { class: 'number', 'data-label': label });
            this.#cells[name] = cell;
            return cell;
        };
        const button = (label, run) => h('button', {
            type: 'button', class: 'button button-small', 'aria-label': `${label}: ${title}`,
            onClick: run,
        }, label);
        const link = (name, label, what, run) => {
            const face = h('button', {
                type: 'button', class: 'link number-link', title: what, onClick: run,
            });
            this.#cells[name] = face;
            return h('td', { class: 'number', 'data-label': label }, face);
        };
        this.element = h('tr', { 'data-sku': sku },
            h('th', { scope: 'row' }, h('div', { class: 'stock-article' }, art(article),
                h('span', { class: 'stock-article-text' }, h('strong', {}, title),
                    h('span', { class: 'hint' }, [sku, price ? formatMoney(price) : null,
                        active === false ? 'not for sale' : null].filter(Boolean).join(' · '))))),
            number('onHand', 'On hand'),
            link('reserved', 'Held', 'Who holds some', () => holdsDialog(desk, article)),
            number('available', 'Available'),
            link('lowStock', 'Low from', 'Change it',
                () => thresholdDialog(desk, article, this.stock)),
            h('td', { class: 'row-tools' },
                button('Receive', () => receiveDialog(desk, article)),
                button('Adjust', () => adjustDialog(desk, article, this.stock)),
                iconButton('history', `Moves: ${title}`, () => movesDialog(desk, article))));
        const known = desk.stock.get(sku);
        this.#show(known ?? none, true);
        this.stop = whileOnScreen(this.element, () => desk.stock.watch(sku,
            (stock) => this.#show(stock)));
    }

    #show(stock, isFirst = false) {
        const before = this.stock;
        this.stock = { ...none, ...stock };
        for (const [name, cell] of Object.entries(this.#cells)) {
            const value = this.stock[name];
            const isNever = name === 'lowStock' && value === 0;
            cell.textContent = isNever ? 'never' : value.toLocaleString();
            if (!isFirst && value !== before[name]) flash(cell, value < before[name]);
        }
        this.#cells.reserved.setAttribute('aria-label', `${this.stock.reserved} held: who?`);
        this.element.dataset.level = level(this.stock).kind;
        if (!isFirst) this.#onChange();
    }
}

function flash(cell, fell) {
    cell.classList.remove('number-fell', 'number-rose');
    requestAnimationFrame(() => cell.classList.add(fell ? 'number-fell' : 'number-rose'));
    setTimeout(() => cell.classList.remove('number-fell', 'number-rose'), flashLasts);
}
