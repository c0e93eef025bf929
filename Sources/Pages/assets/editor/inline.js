/** Markdown within a line: code, links, emphasis. Built as elements; HTML in it stays text. */

import { h } from '../chat/dom.js';

const rules = [
    { find: /\\([\\`*_{}[\]()#+\-.!~|>])/, make: ([, character]) => character },
    { find: /(`+)(.*?[^`])\1(?!`)/, make: ([, , code]) => h('code', {}, code.trim()) },
    {
        find: /!?\[([^\]\n]*)\]\(\s*([^)\s]+)(?:\s+"[^"\n]*")?\s*\)/,
        make: ([whole, label, address]) => link(address, label || address, whole),
    },
    { find: /<(https?:\/\/[^\s<>]+)>/, make: ([whole, address]) => link(address, address, whole) },
    { find: /\bhttps?:\/\/[^\s<>"`]*[^\s<>"`.,;:!?'*_)\]]/, make: ([address]) => link(address) },
    { find: /\*\*(\S(?:.*?\S)?)\*\*/, make: ([, text]) => h('strong', {}, inline(text)) },
    { find: /(?<!\w)__(\S(?:.*?\S)?)__(?!\w)/, make: ([, text]) => h('strong', {}, inline(text)) },
    { find: /\*(\S(?:.*?\S)?)\*/, make: ([, text]) => h('em', {}, inline(text)) },
    { find: /(?<!\w)_(\S(?:.*?\S)?)_(?!\w)/, make: ([, text]) => h('em', {}, inline(text)) },
    { find: /~~(\S(?:.*?\S)?)~~/, make: ([, text]) => h('del', {}, inline(text)) },
];

/** The earliest match counts, and among those at one place the rule that comes first. */
const any = new RegExp(rules.map(({ find }) => find.source.replace(/\\1/g, '\\k<ticks>')
    .replace('(`+)', '(?<ticks>`+)')).map((source) => `(?:${source})`).join('|'), 'g');

/** Longer lines are no prose, and the rules take time that grows with the square of the length. */
const longest = 4_000;

/** Nodes for a text without line structure. */
export function inline(text) {
    if (text.length > longest) return [text];
    const nodes = [];
    let end = 0;
    for (const match of text.matchAll(any)) {
        if (match.index > end) nodes.push(text.slice(end, match.index));
        end = match.index + match[0].length;
        nodes.push(made(match[0]));
    }
    if (end < text.length) nodes.push(text.slice(end));
    return nodes;
}

function made(whole) {
    for (const { find, make } of rules) {
        const match = new RegExp(`^(?:${find.source})$`).exec(whole);
        if (match) return make(match);
    }
    return whole;
}

/** Only where a link may lead: no scripts, no data. */
function link(address, label = address, whole = label) {
    let url;
    try {
        url = new URL(address, document.baseURI);
    } catch {
        return whole;
    }
    if (!['http:', 'https:', 'mailto:'].includes(url.protocol)) return whole;
    return h('a', { href: url.href, target: '_blank', rel: 'noopener noreferrer nofollow' }, label);
}
