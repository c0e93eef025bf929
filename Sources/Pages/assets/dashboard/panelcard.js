/** A panel on the page: its title and menu, what it shows, and why it shows nothing. */

import { fill, h, icon, iconButton } from '../chat/dom.js';
import { ChartBody } from './chartbody.js';
import { GaugeBody } from './gaugebody.js';
import { NumberBody } from './numberbody.js';
import { PanelSeries } from './panelseries.js';
import { openTable } from './tabledialog.js';

const bodies = { line: ChartBody, area: ChartBody, gauge: GaugeBody, number: NumberBody };

/** Nearly the second that passes between two ticks. */
const tickPause = 850;

export class PanelCard {
    element;
    series;
    #page;
    #panel;
    #body;
    #drawnAt = 0;
    #content;
    #note = h('p', { class: 'panel-note', role: 'status' });
    #failure = h('p', { class: 'panel-failure', hidden: true });

    /** `actions` has `edit(panel)`, `menu(panel, anchor, card)` and `handle(panel, card)`. */
    constructor(page, panel, actions) {
        this.#page = page;
        this.#panel = panel;
        const points = Math.round((window.innerWidth / 12) * panel.width);
        this.series = new PanelSeries(page, panel, Math.min(1_000, Math.max(120, points)));
        this.#body = new bodies[panel.kind](page, panel, this.series);
        this.#content = h('div', { class: 'panel-content' }, this.#body.element, this.#note);
        const title = `panel-${panel.id}`;
        this.element = h('section', {
            class: `panel-card panel-${panel.kind}`, 'data-panel': panel.id,
            'data-width': panel.width, 'data-height': panel.height, 'aria-labelledby': title,
        }, h('header', { class: 'panel-head' }, actions.handle(panel, this),
            h('h2', { id: title, title: panel.title }, panel.title), this.#failure,
            iconButton('edit', `Edit ${panel.title}`, () => actions.edit(panel), {
                class: 'panel-tool',
            }),
            iconButton('more', `Menu of ${panel.title}`, (event) => {
                actions.menu(panel, event.currentTarget, this);
            }, { class: 'panel-tool' })), this.#content);
        this.series.addEventListener('change', () => page.frames.ask(this));
        page.frames.watch(this.element, this);
        this.series.load();
    }

    /** Time has passed: drawn again, unless samples that came have done so. */
    tick() {
        if (performance.now() - this.#drawnAt > tickPause) this.#page.frames.ask(this);
    }

    /** Called in a frame, while it is seen. */
    draw() {
        this.#drawnAt = performance.now();
        this.#state();
        this.#body.draw();
    }

    shown() {
        this.series.isSeen = true;
        this.series.refresh();
    }

    hidden() {
        this.series.isSeen = false;
    }

    openTable() {
        openTable(this.#panel, this.series, this.#page.timeWindow.current);
    }

    close() {
        this.#page.frames.unwatch(this.element, this);
        this.series.stop();
        this.#body.close();
        this.element.remove();
    }

    #state() {
        const { state, error, list, isCut } = this.series;
        const isEmpty = list.every(({ column }) => column.length === 0);
        const isNew = state === 'loading' && isEmpty;
        this.element.dataset.state = isEmpty ? state : 'shown';
        this.element.setAttribute('aria-busy', String(isNew));
        const text = this.#panel.queries.length === 0 ? 'Nothing to show yet: edit the panel.'
            : state === 'failed' ? sentenceOf(error)
                : isNew ? '' : isEmpty ? 'No data in this range.' : '';
        // What was there stays in sight when asking again fails.
        const isBeside = state === 'failed' && !isEmpty;
        this.#content.classList.toggle('is-empty', isEmpty);
        this.#write(this.#note, isBeside ? '' : text);
        const beside = isBeside ? text : isCut ? 'Only the first 100 series are shown.' : '';
        this.#failure.hidden = beside === '';
        if (this.#failure.title !== beside) {
            this.#failure.title = beside;
            fill(this.#failure, icon('warning'), h('span', { class: 'visually-hidden' }, beside));
        }
    }

    #write(element, text) {
        if (element.textContent !== text) element.textContent = text;
    }
}

function sentenceOf(error) {
    if (error?.code === 'forbidden') return 'You may not read this.';
    return error?.message ?? 'This could not be read.';
}
