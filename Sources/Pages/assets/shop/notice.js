/** What stands where something is missing: empty, broken, on its way. */

import { h } from '../chat/dom.js';

/** `action` is `{label, run}` or `{label, href}`. */
export function notice(title, text, action) {
    return h('div', { class: 'notice' }, h('h2', {}, title), text ? h('p', {}, text) : null,
        action?.href ? h('a', { class: 'button button-primary', href: action.href }, action.label)
            : null,
        action?.run ? h('button', {
            type: 'button', class: 'button button-primary', onClick: action.run,
        }, action.label) : null);
}

export function waiting(text = 'Loading…') {
    return h('p', { class: 'notice hint', role: 'status' }, text);
}
