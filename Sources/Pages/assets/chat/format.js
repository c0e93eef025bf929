/** Links, `code`, *bold*, _italic_, ``` blocks and mentions, built as elements. */

import { h } from './dom.js';

// Each alternative has one group, by which the matched kind is known.
const inline = new RegExp([
    /`([^`\n]+)`/.source,
    /(https?:\/\/[^\s<>"]+)/.source,
    /(?<![\w*])\*(\S(?:[^*\n]*\S)?)\*(?![\w*])/.source,
    /(?<![\w_])_(\S(?:[^_\n]*\S)?)_(?![\w_])/.source,
    /(?<![\w@])@([\w.-]*\w)/.source,
].join('|'), 'g');

/** Nodes for a message's text; `mentioned(name)` answers `me`, `known` or null. */
export function formatted(text, mentioned) {
    const nodes = [];
    // Odd parts stand between fences; a fence without its end is text.
    const parts = text.split(/```(?:[\w+-]*\n)?/);
    const isClosed = parts.length % 2 === 1;
    parts.forEach((part, index) => {
        const isCode = index % 2 === 1 && (isClosed || index < parts.length - 1);
        if (isCode) nodes.push(h('pre', {}, h('code', {}, part.replace(/\n$/, ''))));
        else if (index % 2 === 1) nodes.push(...spans(`\`\`\`${part}`, mentioned));
        else nodes.push(...spans(trimmedBesideCode(part, index, parts.length), mentioned));
    });
    return nodes;
}

/** A block brings its own line breaks. */
function trimmedBesideCode(part, index, count) {
    let text = part;
    if (index > 0) text = text.replace(/^\n/, '');
    if (index < count - 1) text = text.replace(/\n$/, '');
    return text;
}

function spans(text, mentioned) {
    const nodes = [];
    let end = 0;
    for (const match of text.matchAll(inline)) {
        if (match.index > end) nodes.push(text.slice(end, match.index));
        const [whole, code, link, bold, italic, name] = match;
        end = match.index + whole.length;
        if (code !== undefined) nodes.push(h('code', {}, code));
        else if (link !== undefined) {
            const address = trimmedLink(link);
            end -= link.length - address.length;
            nodes.push(anchor(address));
        } else if (bold !== undefined) nodes.push(h('strong', {}, spans(bold, mentioned)));
        else if (italic !== undefined) nodes.push(h('em', {}, spans(italic, mentioned)));
        else nodes.push(mention(whole, mentioned(name)));
    }
    if (end < text.length) nodes.push(text.slice(end));
    return nodes;
}

function anchor(address) {
    const rel = 'noopener noreferrer nofollow';
    return h('a', { href: address, target: '_blank', rel }, address);
}

function mention(text, kind) {
    if (!kind) return text;
    return h('span', { class: kind === 'me' ? 'mention mention-me' : 'mention' }, text);
}

/** Punctuation behind an address belongs to the sentence; a bracket only if it is not opened. */
function trimmedLink(link) {
    let address = link.replace(/[.,;:!?'*_]+$/, '');
    while (address.endsWith(')') && count(address, ')') > count(address, '(')) {
        address = address.slice(0, -1).replace(/[.,;:!?'*_]+$/, '');
    }
    return address;
}

function count(text, character) {
    return text.split(character).length - 1;
}

/** A hit's snippet: what is between U+0002 and U+0003 was searched for. */
export function snippet(text) {
    return text.split('\u0002').flatMap((part, index) => {
        if (index === 0) return [part];
        const [found, ...rest] = part.split('\u0003');
        return [h('mark', {}, found), rest.join('')];
    });
}

/** One line without marks, for previews. */
export function plain(text) {
    return text.replace(/```[\w+-]*\n?|`/g, '').replace(/\s+/g, ' ').trim();
}
