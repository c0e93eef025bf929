/** Avatars without images: initials on a colour that a name always gets. */

import { h } from './dom.js';

export function hue(name) {
    let hash = 2166136261;
    for (const character of name) {
        hash = Math.imul(hash ^ character.codePointAt(0), 16777619);
    }
    // Steps of 24 degrees keep neighbours apart.
    return ((hash >>> 0) % 15) * 24;
}

export function initials(name) {
    const words = name.replace(/^guest-/, '').split(/[^\p{L}\p{N}]+/u).filter(Boolean);
    if (words.length === 0) return '?';
    const letters = words.length > 1 ? [...words[0]][0] + [...words.at(-1)][0] : [...words[0]][0];
    return letters.toUpperCase();
}

/** `online` is true, false, or undefined when nobody knows. */
export function avatar(name, { size = 'medium', online } = {}) {
    return h(
        'span',
        { class: `avatar avatar-${size}`, style: { '--hue': hue(name) }, 'aria-hidden': 'true' },
        initials(name),
        online === undefined ? null : h('span', { class: online ? 'dot dot-online' : 'dot' }),
    );
}
