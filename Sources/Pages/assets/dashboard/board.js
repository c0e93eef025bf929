/** The panels of one dashboard on their grid. */

import { confirmed } from '../chat/dialogs.js';
import { fill, h, icon } from '../chat/dom.js';
import { openMenu } from '../chat/popover.js';
import { toast } from '../chat/toast.js';
import { Arranging } from './arranging.js';
import { id } from './model.js';
import { PanelCard } from './panelcard.js';
import { openEditor } from './paneleditor.js';

export class Board {
    element = h('main', { class: 'board', id: 'board', tabindex: -1 });
    #page;
    #dashboard = null;
    /** By panel id: `{card, text}`, the text telling whether the panel is another now. */
    #cards = new Map();
    #arranging;

    constructor(page) {
        this.#page = page;
        this.#arranging = new Arranging(this.element, {
            move: (panel, to) => page.store.move(this.#dashboard, panel, to),
            resize: (panel, change) => this.#put({ ...panel, ...change }),
        });
        const { timeWindow, palette, martlet } = page;
        timeWindow.addEventListener('tick', () => {
            for (const { card } of this.#cards.values()) card.tick();
        });
        timeWindow.addEventListener('state', () => this.#redraw());
        timeWindow.addEventListener('change', () => {
            for (const { card } of this.#cards.values()) card.series.load();
            this.#redraw();
        });
        palette.addEventListener('change', () => this.#redraw());
        martlet.addEventListener('session', () => this.#refresh());
        document.addEventListener('visibilitychange', () => this.#refresh());
    }

    /** Shows a dashboard; cards whose panels are as before stay as they are. */
    show(dashboard) {
        this.#dashboard = dashboard;
        const wanted = new Set(dashboard.panels.map((each) => each.id));
        for (const [key, { card }] of this.#cards) {
            if (wanted.has(key)) continue;
            card.close();
            this.#cards.delete(key);
        }
        if (dashboard.panels.length === 0) {
            fill(this.element, this.#invitation());
            return;
        }
        this.element.querySelector('.board-empty')?.remove();
        dashboard.panels.forEach((panel, index) => {
            const { element } = this.#card(panel);
            if (this.element.children[index] !== element) {
                this.element.insertBefore(element, this.element.children[index] ?? null);
            }
        });
    }

    add() {
        openEditor(this.#page, { id: id() }, (panel) => {
            this.#put(panel);
            this.element.lastElementChild.scrollIntoView({ block: 'nearest' });
        });
    }

    close() {
        for (const { card } of this.#cards.values()) card.close();
        this.#cards.clear();
    }

    #card(panel) {
        const text = JSON.stringify(panel);
        const known = this.#cards.get(panel.id);
        if (known?.text === text) return known.card;
        const card = new PanelCard(this.#page, panel, {
            edit: (each) => openEditor(this.#page, each, (changed) => this.#put(changed)),
            menu: (each, anchor, own) => this.#menu(each, anchor, own),
            handle: (each, own) => this.#arranging.handle(each, () => own.element),
        });
        if (known) {
            known.card.element.replaceWith(card.element);
            known.card.close();
        }
        this.#cards.set(panel.id, { card, text });
        return card;
    }

    #put(panel) {
        return this.#page.store.put(this.#dashboard, panel);
    }

    #menu(panel, anchor, card) {
        openMenu(anchor, panel.title, [
            { label: 'Edit', icon: 'edit', run: () => openEditor(this.#page, panel,
                (changed) => this.#put(changed)) },
            { label: 'Show the numbers', icon: 'numbers', run: () => card.openTable() },
            { label: 'Duplicate', icon: 'copy', run: () => this.#put({ ...panel, id: id() }) },
            '-',
            { label: 'Remove', icon: 'trash', isDanger: true, run: () => this.#remove(panel) },
        ]);
    }

    async #remove(panel) {
        const text = 'Its queries and settings are gone; the numbers stay with the hub.';
        if (!await confirmed(`Remove ${panel.title}?`, text, 'Remove')) return;
        this.#page.store.removePanel(this.#dashboard, panel);
        toast(`${panel.title} was removed.`);
    }

    #redraw() {
        for (const { card } of this.#cards.values()) this.#page.frames.ask(card);
    }

    #refresh() {
        if (document.visibilityState !== 'visible') return;
        for (const { card } of this.#cards.values()) card.series.refresh();
        this.#redraw();
    }

    #invitation() {
        return h('div', { class: 'board-empty' }, icon('chart'),
            h('h2', {}, 'Nothing here yet'),
            h('p', { class: 'hint' }, 'A panel shows one or more streams, or what PromQL makes '
                + 'of them.'),
            h('button', {
                type: 'button', class: 'button button-primary', onClick: () => this.add(),
            }, icon('add'), 'Add a panel'));
    }
}
