/** What buttons and keys do to Markdown in the text field. */

/** Puts marks around the selection, or takes them away. */
export function wrap(box, mark, closing = mark) {
    const { selectionStart: start, selectionEnd: end } = box.area;
    const { value } = box;
    const inner = value.slice(start, end);
    const isMarked = value.slice(start - mark.length, start) === mark
        && value.slice(end, end + closing.length) === closing;
    if (isMarked) {
        const from = start - mark.length;
        box.replace(from, end + closing.length, inner, { from, to: from + inner.length });
        return;
    }
    const from = start + mark.length;
    box.replace(start, end, mark + inner + closing, { from, to: from + inner.length });
}

export function link(box) {
    const { selectionStart: start, selectionEnd: end } = box.area;
    const inner = box.value.slice(start, end);
    const isAddress = /^https?:\/\/\S+$/.test(inner);
    const text = isAddress ? `[](${inner})` : `[${inner}](https://)`;
    const from = isAddress ? start + 1 : start + inner.length + 3;
    box.replace(start, end, text, { from, to: isAddress ? from : from + 'https://'.length });
}

/** Begins each line of the selection with a mark, or takes it away where all have it. */
export function prefix(box, makeMark, known) {
    const { start, end, lines } = selectedLines(box);
    const areMarked = lines.every((line) => known.test(line));
    const changed = lines.map((line, index) => (
        areMarked ? line.replace(known, '') : makeMark(index) + line.replace(known, '')));
    const text = changed.join('\n');
    const isCaret = box.area.selectionStart === box.area.selectionEnd;
    const at = start + text.length;
    box.replace(start, end, text, isCaret ? { from: at } : { from: start, to: at });
}

/** None, `#`, `##`, `###`, none again. */
export function heading(box) {
    const { start, end, lines } = selectedLines(box);
    const level = /^#{0,6}(?= |$)/.exec(lines[0])?.[0].length ?? 0;
    const mark = level >= 3 ? '' : `${'#'.repeat(level + 1)} `;
    const text = lines.map((line) => mark + line.replace(/^#{1,6} +/, '')).join('\n');
    box.replace(start, end, text);
}

export function indent(box, isDeeper) {
    const { start, end, lines } = selectedLines(box);
    const text = lines.map((line) => (isDeeper ? `  ${line}` : line.replace(/^ {1,2}/, '')));
    const joined = text.join('\n');
    box.replace(start, end, joined, { from: start, to: start + joined.length });
}

/** A new line in a list begins like the one before it; in an empty item it ends the list. */
export function goOn(box) {
    const { selectionStart: at, selectionEnd: end } = box.area;
    const start = box.value.lastIndexOf('\n', at - 1) + 1;
    const line = box.value.slice(start, at);
    const match = /^( *)(?:([-*+]) (\[[ xX]\] )?|(\d{1,9})([.)]) |(> ?))/.exec(line);
    if (!match) return false;
    if (line.length === match[0].length) {
        box.replace(start, end, '');
        return true;
    }
    const [, spaces, bullet, task, number, point, quote] = match;
    const mark = bullet ? `${bullet} ${task ? '[ ] ' : ''}`
        : number ? `${Number(number) + 1}${point} ` : quote;
    box.replace(at, end, `\n${spaces}${mark}`);
    return true;
}

function selectedLines(box) {
    const { selectionStart, selectionEnd } = box.area;
    const start = box.value.lastIndexOf('\n', selectionStart - 1) + 1;
    const found = box.value.indexOf('\n', selectionEnd);
    const end = found < 0 ? box.value.length : found;
    return { start, end, lines: box.value.slice(start, end).split('\n') };
}

const listMark = /^ *(?:[-*+] (?:\[[ xX]\] )?|\d+[.)] )/;

/** Everything that can be done: for the toolbar, the keys, and the list of keys. */
export const tools = [
    { name: 'Bold', icon: 'bold', key: 'b', run: (box) => wrap(box, '**') },
    { name: 'Italic', icon: 'italic', key: 'i', run: (box) => wrap(box, '_') },
    { name: 'Heading', icon: 'hash', key: 'h', isAlt: true, run: heading },
    { name: 'Code', icon: 'code', key: 'e', run: (box) => wrap(box, '`') },
    { name: 'Link', icon: 'link', key: 'k', run: link },
    {
        name: 'List', icon: 'list', key: 'l', isAlt: true,
        run: (box) => prefix(box, () => '- ', listMark),
    },
    {
        name: 'Numbered list', icon: 'numbers', key: 'n', isAlt: true,
        run: (box) => prefix(box, (index) => `${index + 1}. `, listMark),
    },
    {
        name: 'Tasks', icon: 'check', key: 't', isAlt: true,
        run: (box) => prefix(box, () => '- [ ] ', listMark),
    },
    {
        name: 'Quote', icon: 'quote', key: 'q', isAlt: true,
        run: (box) => prefix(box, () => '> ', /^> ?/),
    },
];
