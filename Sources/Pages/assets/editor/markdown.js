/** Markdown as elements: headings, lists, tasks, quotes, code, tables. HTML in it stays text. */

import { h } from '../chat/dom.js';
import { inline } from './inline.js';

const deepest = 8;
const item = /^( *)([-*+]|\d{1,9}[.)])( +|$)/;
const fence = /^ {0,3}(`{3,}|~{3,})\s*([\w+#.-]*)[^`]*$/;
const heading = /^ {0,3}(#{1,6})(?:\s+(.*?))?\s*#*\s*$/;
const rule = /^ {0,3}([-*_])(?:\s*\1){2,}\s*$/;
const divider = /^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)+\|?\s*$/;

/** Nodes for a whole text. */
export function markdown(text) {
    return blocks(text.replaceAll('\r', '').replaceAll('\t', '    ').split('\n'), 0);
}

function blocks(lines, depth) {
    const nodes = [];
    let at = 0;
    while (at < lines.length) {
        if (lines[at].trim() === '') {
            at += 1;
            continue;
        }
        const [node, next] = block(lines, at, depth);
        nodes.push(node);
        at = next;
    }
    return nodes;
}

/** The block that begins at a line, and the line behind it. */
function block(lines, at, depth) {
    const line = lines[at];
    const title = heading.exec(line);
    if (title) return [h(`h${title[1].length}`, {}, inline(title[2] ?? '')), at + 1];
    if (fence.test(line)) return code(lines, at);
    if (rule.test(line)) return [h('hr'), at + 1];
    if (depth < deepest && /^ {0,3}>/.test(line)) return quote(lines, at, depth);
    if (depth < deepest && item.test(line)) return list(lines, at, depth);
    if (line.includes('|') && divider.test(lines[at + 1] ?? '')) return table(lines, at);
    return paragraph(lines, at);
}

function code(lines, at) {
    const [, marks, language] = fence.exec(lines[at]);
    const content = [];
    let next = at + 1;
    const isEnd = (line) => line.trim().startsWith(marks)
        && line.trim().replaceAll(marks[0], '') === '';
    while (next < lines.length && !isEnd(lines[next])) {
        content.push(lines[next]);
        next += 1;
    }
    const properties = { 'data-language': language || null };
    return [h('pre', {}, h('code', properties, content.join('\n'))), next + 1];
}

function quote(lines, at, depth) {
    const content = [];
    let next = at;
    while (next < lines.length && /^ {0,3}>/.test(lines[next])) {
        content.push(lines[next].replace(/^ {0,3}> ?/, ''));
        next += 1;
    }
    return [h('blockquote', {}, blocks(content, depth + 1)), next];
}

function list(lines, at, depth) {
    const [, indent, mark] = item.exec(lines[at]);
    const isOrdered = /\d/.test(mark);
    const isNext = (line) => {
        const match = item.exec(line ?? '');
        return match !== null && match[1].length === indent.length
            && /\d/.test(match[2]) === isOrdered && !rule.test(line);
    };
    const items = [];
    let next = at;
    while (next < lines.length && isNext(lines[next])) {
        const [, , ownMark, gap] = item.exec(lines[next]);
        const width = indent.length + ownMark.length + Math.max(1, Math.min(4, gap.length));
        const content = [lines[next].slice(width)];
        next += 1;
        while (next < lines.length && belongs(lines, next, indent.length, width)) {
            content.push(outdented(lines[next], width));
            next += 1;
        }
        items.push(listItem(content, depth));
        while (lines[next]?.trim() === '' && isNext(lines[next + 1])) next += 1;
    }
    const start = isOrdered && Number.parseInt(mark, 10) !== 1 ? Number.parseInt(mark, 10) : null;
    return [h(isOrdered ? 'ol' : 'ul', { start }, items), next];
}

/** Deeper lines, and lines that go on with a paragraph. */
function belongs(lines, at, indent, width) {
    const line = lines[at];
    if (line.trim() === '') {
        const following = lines[at + 1] ?? '';
        return following.trim() !== '' && following.search(/\S/) >= width;
    }
    const depth = line.search(/\S/);
    if (depth > indent) return true;
    return !item.test(line) && lines[at - 1].trim() !== '' && !startsBlock(line);
}

function outdented(line, width) {
    return line.slice(Math.min(width, Math.max(0, line.search(/\S/))));
}

function listItem(content, depth) {
    const task = /^\[([ xX])\](?: |$)/.exec(content[0]);
    if (task) content[0] = content[0].slice(task[0].length);
    const nodes = blocks(content, depth + 1);
    // A single paragraph is the item's text itself.
    const first = nodes[0];
    if (first?.tagName === 'P') nodes.splice(0, 1, ...first.childNodes);
    if (!task) return h('li', {}, nodes);
    return h('li', { class: 'task' },
        h('input', {
            type: 'checkbox', disabled: true, checked: task[1] !== ' ',
            'aria-label': task[1] === ' ' ? 'Open' : 'Done',
        }), nodes);
}

function cells(line) {
    return line.trim().replace(/^\||\|$/g, '').split(/(?<!\\)\|/)
        .map((cell) => cell.trim().replaceAll('\\|', '|'));
}

function table(lines, at) {
    const head = cells(lines[at]);
    const aligned = cells(lines[at + 1]).map((cell) => (
        /^:-+:$/.test(cell) ? 'centre' : /-:$/.test(cell) ? 'end' : null));
    const row = (tag, texts) => h('tr', {}, head.map((_, index) => (
        h(tag, { 'data-align': aligned[index] ?? null }, inline(texts[index] ?? '')))));
    const body = [];
    let next = at + 2;
    while (next < lines.length && lines[next].includes('|')) {
        body.push(row('td', cells(lines[next])));
        next += 1;
    }
    const whole = h('table', {}, h('thead', {}, row('th', head)), h('tbody', {}, body));
    return [h('div', { class: 'table' }, whole), next];
}

function startsBlock(line) {
    return heading.test(line) || fence.test(line) || rule.test(line) || /^ {0,3}>/.test(line);
}

function paragraph(lines, at) {
    const nodes = [];
    let next = at;
    do {
        const line = lines[next];
        if (nodes.length > 0) nodes.push(/ {2}$|\\$/.test(lines[next - 1]) ? h('br') : '\n');
        nodes.push(...inline(line.trim().replace(/\\$/, '')));
        next += 1;
    } while (next < lines.length && lines[next].trim() !== '' && !startsBlock(lines[next])
        && !item.test(lines[next]));
    return [h('p', {}, nodes), next];
}
