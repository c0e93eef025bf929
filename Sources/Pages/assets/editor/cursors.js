/** Where others are in the text: drawn into a copy of it that lies behind the text field. */

import * as Y from 'yjs';
import { fill, h, scheduled } from '../chat/dom.js';
import { peopleIn } from './people.js';

export class Cursors {
    #session;
    #box;
    #copy;
    #told = null;
    #draw = scheduled(() => this.#render());
    #tell = scheduled(() => this.#tellOwn());

    /** `copy` has the field's type and width, and gives it its height. */
    constructor(session, box, copy) {
        this.#session = session;
        this.#box = box;
        this.#copy = copy;
        session.addEventListener('people', this.#draw);
        box.addEventListener('change', this.#draw);
        box.addEventListener('select', this.#tell);
        box.area.addEventListener('focus', this.#tell);
        box.area.addEventListener('blur', this.#tell);
        this.#render();
    }

    /** Where others are, in order: `{name, colour, start, end, head}`. */
    get ranges() {
        const ranges = [];
        for (const { name, colour, cursor, isMe } of peopleIn(this.#session.awareness)) {
            const [anchor, head] = isMe ? [null, null] : [cursor?.anchor, cursor?.head]
                .map((place) => this.#index(place));
            if (anchor === null || head === null) continue;
            const [start, end] = [Math.min(anchor, head), Math.max(anchor, head)];
            ranges.push({ name, colour, start, end, head });
        }
        return ranges;
    }

    #index(place) {
        if (!place) return null;
        try {
            const relative = Y.createRelativePositionFromJSON(place);
            const found = Y.createAbsolutePositionFromRelativePosition(
                relative, this.#session.doc,
            );
            return found?.type === this.#session.text ? found.index : null;
        } catch {
            // Another editor's idea of a cursor.
            return null;
        }
    }

    #tellOwn() {
        const { area } = this.#box;
        const { awareness, text } = this.#session;
        let cursor = null;
        if (document.activeElement === area) {
            const isBackward = area.selectionDirection === 'backward';
            const [anchor, head] = isBackward
                ? [area.selectionEnd, area.selectionStart]
                : [area.selectionStart, area.selectionEnd];
            cursor = {
                anchor: Y.createRelativePositionFromTypeIndex(text, anchor),
                head: Y.createRelativePositionFromTypeIndex(text, head),
            };
        }
        const said = JSON.stringify(cursor);
        if (said === this.#told) return;
        this.#told = said;
        awareness.setLocalStateField('cursor', cursor);
    }

    #render() {
        const { value } = this.#box;
        const ranges = this.ranges;
        const cuts = new Set([0, value.length]);
        for (const { start, end, head } of ranges) {
            for (const at of [start, end, head]) cuts.add(at);
        }
        const places = [...cuts].filter((at) => at <= value.length).sort((a, b) => a - b);
        const parts = [];
        places.forEach((at, index) => {
            for (const range of ranges) if (range.head === at) parts.push(flag(range));
            const part = value.slice(at, places[index + 1] ?? at);
            if (part === '') return;
            const selected = ranges.find(({ start, end }) => start <= at && at < end);
            parts.push(selected
                ? h('span', { class: 'selected', style: { '--colour': selected.colour } }, part)
                : part);
        });
        // A line break at the end has no height of its own.
        fill(this.#copy, parts, '\u200b');
    }
}

function flag({ name, colour }) {
    return h('span', { class: 'cursor', style: { '--colour': colour }, 'data-name': name },
        h('span', { class: 'cursor-name' }, name));
}
