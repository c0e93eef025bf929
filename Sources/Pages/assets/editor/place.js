/** Where the page is, and what it says when it can't be there. */

import { fill, h } from '../chat/dom.js';

/** The name in `/docs/NAME`, slashes included; null for the list. */
export function nameInPath(path) {
    const rest = path.replace(/^\/docs\/?/, '');
    if (rest === '') return null;
    try {
        return decodeURIComponent(rest);
    } catch {
        return rest;
    }
}

export function pathOf(name) {
    return `/docs/${name.split('/').map(encodeURIComponent).join('/')}`;
}

/** The modules of Yjs are not in the hub's binary: they are a package of the system. */
export async function showMissing(parent, error) {
    const probe = await fetch('/vendor/yjs/dist/yjs.mjs', { method: 'HEAD' }).catch(() => null);
    const isMissing = probe?.status === 404;
    fill(parent, h('main', { class: 'room-empty missing' },
        h('h1', {}, isMissing ? 'Yjs is not installed' : 'The editor could not be loaded'),
        isMissing
            ? h('p', { class: 'hint' }, 'The editor runs on Yjs, which the hub serves from where '
                + 'the system has it. On the hub’s machine, install it and restart the hub:')
            : h('p', { class: 'hint' }, error?.message ?? 'Try again in a moment.'),
        isMissing
            ? h('pre', {}, h('code', {}, 'apt-get install node-yjs node-lib0 '
                + 'node-y-protocols node-y-websocket')) : null,
        isMissing
            ? h('p', { class: 'hint' }, 'If it lies elsewhere: the setting ',
                h('code', {}, 'pages.modules'), '.') : null,
        h('div', { class: 'buttons' },
            h('a', { class: 'button', href: '/docs' }, 'All documents'),
            h('button', {
                type: 'button', class: 'button button-primary', onClick: () => location.reload(),
            }, 'Try again'))));
}
