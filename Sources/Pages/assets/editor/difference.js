/** What was typed, told from two readings of a text; and what a change does to a place in it. */

/**
 * The edit that makes `after` of `before`: `{index, removed, inserted}`. The caret stands behind
 * what was typed, which tells apart where in a run of equal letters that was.
 */
export function difference(before, after, caret = after.length) {
    const most = Math.min(before.length, after.length);
    const tailMost = Math.min(most, after.length - caret);
    let tail = 0;
    while (tail < tailMost && unitsAgree(before, after, tail)) tail += 1;
    let head = 0;
    while (head < most - tail && before[head] === after[head]) head += 1;
    // Without a useful caret more of the end may be equal.
    while (tail < most - head && unitsAgree(before, after, tail)) tail += 1;
    // A character outside the basic plane is replaced as a whole.
    if (head > 0 && isLeading(before[head - 1])) head -= 1;
    if (tail > 0 && isTrailing(before[before.length - tail])) tail -= 1;
    return {
        index: head,
        removed: before.length - head - tail,
        inserted: after.slice(head, after.length - tail),
    };
}

function unitsAgree(before, after, tail) {
    return before[before.length - 1 - tail] === after[after.length - 1 - tail];
}

function isLeading(unit) {
    return unit >= '\ud800' && unit <= '\udbff';
}

function isTrailing(unit) {
    return unit >= '\udc00' && unit <= '\udfff';
}

/**
 * Where a place is after a delta of Yjs. What is inserted at the place itself comes behind it, or
 * before it when the place `holds` to what follows, as the start of a selection does.
 */
export function moved(place, delta, { holds = false } = {}) {
    let at = 0;
    let result = place;
    for (const operation of delta) {
        if (at > result) break;
        if (operation.retain !== undefined) at += operation.retain;
        else if (operation.delete !== undefined) {
            result -= Math.min(operation.delete, Math.max(0, result - at));
        } else {
            const length = lengthOf(operation.insert);
            if (at < result || (holds && at === result)) result += length;
            at += length;
        }
    }
    return result;
}

/** A text after a delta. Units that a text field would change are shown as others, one by one. */
export function applied(text, delta) {
    let at = 0;
    let result = '';
    for (const operation of delta) {
        if (operation.retain !== undefined) {
            result += text.slice(at, at + operation.retain);
            at += operation.retain;
        } else if (operation.delete !== undefined) at += operation.delete;
        else result += shown(operation.insert);
    }
    return result + text.slice(at);
}

/** A text field drops carriage returns, and has no room for what is embedded. */
function shown(insert) {
    return typeof insert === 'string' ? insert.replaceAll('\r', ' ') : '\ufffc';
}

function lengthOf(insert) {
    return typeof insert === 'string' ? insert.length : 1;
}
