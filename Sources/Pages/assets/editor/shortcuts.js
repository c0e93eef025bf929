/** Keys of the editor, and the dialog that lists them. */

import { openDialog } from '../chat/dialogs.js';
import { h } from '../chat/dom.js';
import { goOn, indent, tools } from './formatting.js';

const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

export function keysOf({ key, isAlt }) {
    const upper = key.toUpperCase();
    if (isMac) return isAlt ? `⌥⌘${upper}` : `⌘${upper}`;
    return isAlt ? `Ctrl Alt ${upper}` : `Ctrl ${upper}`;
}

/** Keys in the text field. */
export function listenInText(box) {
    box.area.addEventListener('keydown', (event) => {
        if (event.isComposing || event.defaultPrevented) return;
        if (event.key === 'Enter' && !isCommand(event) && !event.shiftKey && !event.altKey) {
            if (goOn(box)) event.preventDefault();
            return;
        }
        if (!isCommand(event)) return;
        const key = event.key.toLowerCase();
        const tool = tools.find((each) => matches(each, event));
        if (tool) tool.run(box);
        else if (key === 'z') (event.shiftKey ? box.undo.redo() : box.undo.undo());
        else if (key === 'y' && !isMac) box.undo.redo();
        else if (key === ']' || key === '[') indent(box, key === ']');
        else return;
        event.preventDefault();
    });
}

/** Keys that work everywhere on the page: `actions` are `{key, isAlt, name, run}`. */
export function listenOnPage(actions) {
    document.addEventListener('keydown', (event) => {
        if (event.defaultPrevented || document.querySelector('dialog[open]')) return;
        const action = isCommand(event) && actions.find((each) => matches(each, event));
        if (!action) return;
        event.preventDefault();
        action.run();
    });
}

function isCommand(event) {
    return isMac ? event.metaKey : event.ctrlKey;
}

/** By the key's place where Alt makes another character of it. */
function matches({ key, isAlt = false }, event) {
    if (event.altKey !== isAlt || event.shiftKey) return false;
    return event.key.toLowerCase() === key || (isAlt && event.code === `Key${key.toUpperCase()}`);
}

export function shortcutsDialog(actions) {
    const row = (name, keys) => h('div', { class: 'shortcut' }, h('dt', {}, name),
        h('dd', {}, h('kbd', {}, keys)));
    openDialog('Keyboard shortcuts', h('dl', { class: 'shortcuts' },
        [...tools, ...actions].map((each) => row(each.name, keysOf(each))),
        row('Undo', keysOf({ key: 'z' })),
        row('Redo', isMac ? '⇧⌘Z' : 'Ctrl Shift Z'),
        row('Deeper, less deep', isMac ? '⌘] ⌘[' : 'Ctrl ] Ctrl [')));
}
