/** Binds a text field to a text of Yjs: what is typed goes in, what others type appears. */

import * as Y from 'yjs';
import { applied, difference, moved } from './difference.js';

/** Events: `change` (what is shown changed), `select` (the selection moved). */
export class TextBox extends EventTarget {
    #text;
    /** What the field is known to read; differs from it only while something is being typed. */
    #shown;
    #isComposing = false;
    /** What others did while an input method was at work: it would be thrown out of its step. */
    #postponed = [];
    area;
    undo;

    constructor(area, text) {
        super();
        this.area = area;
        this.#text = text;
        this.undo = new Y.UndoManager(text, { trackedOrigins: new Set([this]) });
        this.#shown = applied('', text.toDelta());
        area.value = this.#shown;
        text.observe((event, transaction) => {
            if (transaction.origin !== this) this.#changed(event.delta);
        });
        area.addEventListener('compositionstart', () => { this.#isComposing = true; });
        area.addEventListener('compositionend', () => {
            this.#isComposing = false;
            this.#typed();
            for (const delta of this.#postponed.splice(0)) this.#show(delta);
        });
        area.addEventListener('input', () => { if (!this.#isComposing) this.#typed(); });
        area.addEventListener('beforeinput', (event) => this.#undoOwn(event));
        document.addEventListener('selectionchange', () => {
            if (document.activeElement === area) this.#dispatch('select');
        });
    }

    get value() {
        return this.#shown;
    }

    /** Replaces a part by what a button or a key does, and selects. */
    replace(start, end, inserted, { from = start + inserted.length, to = from } = {}) {
        if (this.area.readOnly) return;
        // A step of its own when it is undone.
        this.undo.stopCapturing();
        this.#edit({ index: start, removed: end - start, inserted });
        this.area.value = this.#shown;
        this.area.focus();
        this.area.setSelectionRange(from, to);
        this.#dispatch('change');
        this.#dispatch('select');
    }

    #typed() {
        const { value, selectionEnd } = this.area;
        const edit = difference(this.#shown, value, selectionEnd);
        if (edit.removed === 0 && edit.inserted === '') return;
        for (const delta of this.#postponed) {
            const end = moved(edit.index + edit.removed, delta);
            edit.index = moved(edit.index, delta);
            edit.removed = Math.max(0, end - edit.index);
        }
        this.#edit(edit);
        if (this.#postponed.length > 0) {
            // Said in the document's order: shown in the field's.
            this.#postponed = [];
            this.#shown = applied('', this.#text.toDelta());
            this.#write(Math.min(edit.index + edit.inserted.length, this.#shown.length));
        }
        this.#dispatch('change');
    }

    #edit({ index, removed, inserted }) {
        this.#text.doc.transact(() => {
            if (removed > 0) this.#text.delete(index, removed);
            if (inserted !== '') this.#text.insert(index, inserted);
        }, this);
        this.#shown = this.#shown.slice(0, index) + inserted + this.#shown.slice(index + removed);
    }

    /** From others, from undoing, or from the hub. */
    #changed(delta) {
        if (this.#isComposing) this.#postponed.push(delta);
        else this.#show(delta);
    }

    #show(delta) {
        this.#shown = applied(this.#shown, delta);
        const { selectionStart, selectionEnd } = this.area;
        const holds = selectionStart < selectionEnd;
        this.#write(moved(selectionStart, delta, { holds }), moved(selectionEnd, delta));
        this.#dispatch('change');
    }

    #write(start, end = start) {
        const { selectionDirection } = this.area;
        this.area.value = this.#shown;
        this.area.setSelectionRange(start, end, selectionDirection);
    }

    /** The field's own history knows nothing of others: Yjs's undoes only what was typed here. */
    #undoOwn(event) {
        if (event.inputType !== 'historyUndo' && event.inputType !== 'historyRedo') return;
        event.preventDefault();
        if (event.inputType === 'historyUndo') this.undo.undo();
        else this.undo.redo();
    }

    #dispatch(name) {
        this.dispatchEvent(new Event(name));
    }
}
