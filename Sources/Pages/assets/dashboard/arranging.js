/** Panels are put elsewhere and made larger by dragging their handles, or with the arrow keys. */

import { h, icon } from '../chat/dom.js';
import { heights, widths } from './model.js';

const dragMinimum = 5;

export class Arranging {
    #board;
    /** `move(panel, to)` and `resize(panel, change)`. */
    #actions;
    #said = h('p', { class: 'visually-hidden', 'aria-live': 'polite' });

    constructor(board, actions) {
        this.#board = board;
        this.#actions = actions;
        document.body.append(this.#said);
    }

    /** The handle of a panel's card; `card()` answers its element. */
    handle(panel, card) {
        const keys = 'Arrow keys move it, with Shift they change its size';
        return h('button', {
            type: 'button', class: 'icon-button panel-handle', 'data-handle': panel.id,
            'aria-label': `Arrange ${panel.title}. ${keys}.`, title: `Drag to arrange. ${keys}.`,
            onPointerdown: (event) => this.#drag(event, panel, card()),
            onKeydown: (event) => this.#key(event, panel),
        }, icon('grip'));
    }

    #drag(event, panel, card) {
        if (event.button !== 0) return;
        const handle = event.currentTarget;
        const start = { x: event.clientX, y: event.clientY };
        let isDragging = false;
        handle.setPointerCapture(event.pointerId);
        const move = (moved) => {
            const x = moved.clientX - start.x;
            const y = moved.clientY - start.y;
            if (!isDragging && Math.hypot(x, y) < dragMinimum) return;
            isDragging = true;
            card.classList.add('is-dragged');
            card.style.transform = `translate(${x}px, ${y}px)`;
            this.#mark(this.#targetAt(moved, card));
        };
        const end = (ended) => {
            handle.removeEventListener('pointermove', move);
            handle.removeEventListener('pointerup', end);
            handle.removeEventListener('pointercancel', end);
            const target = isDragging && ended.type === 'pointerup'
                ? this.#targetAt(ended, card) : null;
            card.classList.remove('is-dragged');
            card.style.transform = '';
            this.#mark(null);
            if (target) this.#drop(panel, card, target);
        };
        handle.addEventListener('pointermove', move);
        handle.addEventListener('pointerup', end);
        handle.addEventListener('pointercancel', end);
    }

    /** The card under the pointer, and whether the dragged one goes behind it. */
    #targetAt({ clientX, clientY }, dragged) {
        const card = document.elementsFromPoint(clientX, clientY)
            .map((each) => each.closest('.panel-card')).find((each) => each && each !== dragged);
        if (!card) return null;
        const { left, width } = card.getBoundingClientRect();
        return { card, isBehind: clientX > left + width / 2 };
    }

    #mark(target) {
        const marked = this.#board.querySelector('[data-drop]');
        if (marked) delete marked.dataset.drop;
        if (target) target.card.dataset.drop = target.isBehind ? 'behind' : 'before';
    }

    #drop(panel, card, target) {
        const others = [...this.#board.children].filter((each) => each !== card);
        this.#actions.move(panel, others.indexOf(target.card) + (target.isBehind ? 1 : 0));
    }

    #key(event, panel) {
        const keys = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -1, ArrowDown: 1 };
        const change = keys[event.key];
        if (!change) return;
        event.preventDefault();
        if (event.shiftKey) this.#resize(event.key, panel, change);
        else {
            const at = [...this.#board.children]
                .findIndex((each) => each.dataset.panel === panel.id);
            this.#actions.move(panel, at + change);
        }
        // Moved or made anew: the handle of the panel has the focus as before.
        const card = this.#board.querySelector(`[data-panel="${CSS.escape(panel.id)}"]`);
        card.querySelector('.panel-handle').focus();
        card.scrollIntoView({ block: 'nearest' });
        const place = [...this.#board.children].indexOf(card) + 1;
        const count = this.#board.children.length;
        this.#said.textContent = `${panel.title}: place ${place} of ${count}, `
            + `width ${widths[card.dataset.width]}, height ${heights[card.dataset.height]}`;
    }

    #resize(key, panel, change) {
        const isWidth = key === 'ArrowLeft' || key === 'ArrowRight';
        const [name, all] = isWidth ? ['width', widths] : ['height', heights];
        const sizes = Object.keys(all).map(Number);
        const size = sizes[sizes.indexOf(panel[name]) + change];
        if (size !== undefined) this.#actions.resize(panel, { [name]: size });
    }
}
