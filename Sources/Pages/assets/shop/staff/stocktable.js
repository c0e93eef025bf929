/** All articles with their numbers; those on the screen are live. */

import { fill, h } from '../../chat/dom.js';
import { plural } from '../../chat/words.js';
import { notice, waiting } from '../notice.js';
import { level } from '../stock.js';
import { StockRow } from './stockrow.js';

const pagesMost = 25;

export class StockTable {
    element = h('div', { class: 'stock-page' }, h('h1', {}, 'Stock'), waiting());
    #desk;
    #rows = [];
    #isClosed = false;
    #filter = h('input', {
        class: 'input', type: 'search', placeholder: 'Filter', 'aria-label': 'Filter articles',
        autocomplete: 'off', onInput: () => this.#draw(),
    });
    #lowOnly = h('input', { type: 'checkbox', onChange: () => this.#draw() });
    #summary = h('p', { class: 'hint', role: 'status' });
    #body = h('tbody');
    #empty = h('div');

    constructor(desk) {
        this.#desk = desk;
        this.#load();
    }

    close() {
        this.#isClosed = true;
        for (const row of this.#rows) row.stop();
    }

    async #load() {
        try {
            const { api, stock } = this.#desk;
            const [products, items] = await Promise.all([
                all((after) => api.products({ after, inactive: true, limit: 200 }), 'products'),
                all((after) => api.items({ after }), 'items'),
            ]);
            if (this.#isClosed) return;
            const articles = new Map(products.map((each) => [each.sku, each]));
            for (const item of items) {
                const sku = item.productId;
                if (!articles.has(sku)) articles.set(sku, { sku, title: sku, active: false });
                stock.learn(sku, item);
            }
            this.#rows = [...articles.values()]
                .sort((left, right) => left.title.localeCompare(right.title))
                .map((article) => new StockRow(this.#desk, article, () => this.#count()));
            this.#build();
        } catch (error) {
            if (!this.#isClosed) this.#desk.refused(error, () => location.reload());
        }
    }

    #build() {
        const heads = ['Article', 'On hand', 'Held', 'Available', 'Low from', ''];
        fill(this.element, h('div', { class: 'stock-head' }, h('h1', {}, 'Stock'), this.#summary),
            h('div', { class: 'stock-tools' }, this.#filter,
                h('label', { class: 'check' }, this.#lowOnly, 'Low or out only')),
            h('table', { class: 'stock-table' },
                h('thead', {}, h('tr', {}, heads.map((text) => h('th', { scope: 'col' }, text
                    || h('span', { class: 'visually-hidden' }, 'Actions'))))), this.#body),
            this.#empty);
        this.#draw();
    }

    #draw() {
        const wanted = this.#filter.value.trim().toLowerCase();
        const shown = this.#rows.filter(({ article, stock }) => (
            `${article.title} ${article.sku} ${article.category ?? ''}`.toLowerCase()
                .includes(wanted) && (!this.#lowOnly.checked || level(stock).kind !== 'fine')));
        fill(this.#body, shown.map(({ element }) => element));
        this.#count();
        if (this.#rows.length === 0) {
            fill(this.#empty, notice('No articles yet',
                'The command “martlet seed” fills the shelves with things to try.'));
        } else if (shown.length === 0) fill(this.#empty, notice('Nothing matches'));
        else fill(this.#empty);
    }

    #count() {
        const kinds = this.#rows.map(({ stock }) => level(stock).kind);
        const number = (kind) => kinds.filter((each) => each === kind).length.toLocaleString();
        const text = `${plural(kinds.length, 'article')}, ${number('few')} low, `
            + `${number('out')} out of stock`;
        if (this.#summary.textContent !== text) this.#summary.textContent = text;
    }
}

/** All pages of a list; bounded, as nobody reads a table of hundreds of thousands. */
async function all(ask, name) {
    const found = [];
    let after;
    for (let page = 0; page < pagesMost; page += 1) {
        const reply = await ask(after);
        found.push(...reply[name]);
        if (!reply.more) break;
        after = reply.next;
    }
    return found;
}
