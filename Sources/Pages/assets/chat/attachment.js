/**
 * Messages of type `image` and `file`. By convention the first line of their content is an address,
 * and what follows describes it.
 */

import { h, icon } from './dom.js';
import { nameOf } from './words.js';

/** Elements for such a message; null for any other, and where there is no address. */
export function attachment({ type, content }) {
    if (type !== 'image' && type !== 'file') return null;
    const [first, ...rest] = content.split('\n');
    const address = addressIn(first.trim());
    if (!address) return null;
    const text = rest.join('\n').trim();
    if (type === 'image' && address.origin === location.origin) return picture(address, text);
    return link(address, text);
}

/** Only what leads to a page: no `javascript:` or `data:`, whoever wrote it. */
function addressIn(text) {
    if (!/^(https?:\/\/|\/(?!\/))\S+$/i.test(text)) return null;
    try {
        return new URL(text, location.origin);
    } catch {
        return null;
    }
}

/**
 * The hub's own images: the content security policy shows no others, as their servers would be told
 * who reads here. What can't be shown becomes a link.
 */
function picture(address, text) {
    const image = h('img', {
        src: address.href, alt: text || nameOf(address), loading: 'lazy', decoding: 'async',
    });
    const figure = h('figure', { class: 'attachment' }, anchor(address, image),
        // The alternative text says it already.
        text ? h('figcaption', { 'aria-hidden': 'true' }, text) : null);
    image.addEventListener('error', () => figure.replaceWith(link(address, text)));
    return figure;
}

function link(address, text) {
    return h('span', { class: 'attachment' },
        anchor(address, icon('copy'), ` ${nameOf(address)}`), text ? ` ${text}` : null);
}

function anchor(address, ...children) {
    const rel = 'noopener noreferrer nofollow';
    return h('a', { href: address.href, target: '_blank', rel }, ...children);
}
