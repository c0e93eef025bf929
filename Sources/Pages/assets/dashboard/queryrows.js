/** The queries in a panel's editor: each is tried as it is typed. */

import { fill, h, icon, iconButton } from '../chat/dom.js';
import { plural } from '../chat/words.js';
import { topicOf } from './selector.js';
import { spanText, valueText } from './units.js';

const pause = 350;
const most = 8;

export class QueryRows {
    element;
    #page;
    #rows = h('div', { class: 'query-rows' });
    #names = h('datalist', { id: 'metric-names' });
    #timers = new Set();
    #abort = new AbortController();

    constructor(page, queries) {
        this.#page = page;
        this.element = h('fieldset', { class: 'editor-group' },
            h('legend', { class: 'field-label' }, 'Streams and expressions'),
            h('p', { class: 'field-hint' }, 'A stream, such as ',
                h('code', {}, 'host_cpu_percent{mode="user"}'),
                ', comes by itself; PromQL, such as ',
                h('code', {}, 'sum(rate(martlet_commands_total[1m]))'), ', is asked again.'),
            this.#rows, this.#names,
            h('button', {
                type: 'button', class: 'button button-small', onClick: () => this.#more(),
            }, icon('add'), 'Another'));
        for (const query of queries.length > 0 ? queries : [{}]) this.#add(query);
        this.#suggest();
    }

    get value() {
        return [...this.#rows.children].map((row) => ({
            expr: row.querySelector('[name=expr]').value.trim(),
            legend: row.querySelector('[name=legend]').value.trim(),
        })).filter(({ expr }) => expr !== '');
    }

    close() {
        this.#abort.abort();
        for (const timer of this.#timers) clearTimeout(timer);
    }

    #more() {
        if (this.#rows.children.length >= most) return;
        this.#add({}).querySelector('input').focus();
    }

    #add({ expr = '', legend = '' }) {
        const outcome = h('p', { class: 'query-outcome', role: 'status' });
        let timer = null;
        const changed = () => {
            clearTimeout(timer);
            this.#timers.delete(timer);
            timer = setTimeout(() => this.#try(input.value.trim(), outcome), pause);
            this.#timers.add(timer);
        };
        const input = h('input', {
            name: 'expr', class: 'input input-code', value: expr, list: 'metric-names',
            'aria-label': 'Stream or expression', placeholder: 'martlet_connections',
            spellcheck: 'false', autocapitalize: 'none', autocomplete: 'off', maxlength: 2_000,
            onInput: changed,
        });
        const row = h('div', { class: 'query-row' }, input, h('input', {
            name: 'legend', class: 'input', value: legend, 'aria-label': 'Name in the legend',
            placeholder: 'Name, {{label}}', autocomplete: 'off', maxlength: 200,
        }), iconButton('trash', 'Remove this', () => {
            if (this.#rows.children.length > 1) row.remove();
            else input.value = '';
        }), outcome);
        this.#rows.append(row);
        if (expr) changed();
        return row;
    }

    async #try(expr, outcome) {
        outcome.classList.remove('is-wrong');
        if (expr === '') {
            fill(outcome);
            return;
        }
        const { api, timeWindow } = this.#page;
        const to = Math.floor(timeWindow.now() / 15_000) * 15_000;
        try {
            const result = await api.range(expr, to - 900_000, to, 15_000, this.#abort.signal);
            if (!outcome.isConnected) return;
            const last = result[0]?.values.at(-1)?.[1];
            const how = topicOf(expr) ? 'comes by itself' : 'is asked again';
            fill(outcome, result.length === 0
                ? `Nothing in the last ${spanText(900_000)}.`
                : `${plural(result.length, 'series', 'series')}, the first is `
                    + `${valueText(Number(last))} now; ${how}.`);
        } catch (error) {
            if (error.name === 'AbortError') return;
            outcome.classList.add('is-wrong');
            fill(outcome, error.message);
        }
    }

    async #suggest() {
        try {
            const names = await this.#page.api.names();
            fill(this.#names, names.slice(0, 2_000).map((value) => h('option', { value })));
        } catch {
            // One can type without suggestions.
        }
    }
}
