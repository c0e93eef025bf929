/** How times, names and numbers are written. */

const time = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' });
const weekday = new Intl.DateTimeFormat(
    undefined, { weekday: 'long', day: 'numeric', month: 'long' },
);
const dated = new Intl.DateTimeFormat(
    undefined, { weekday: 'short', day: 'numeric', month: 'long', year: 'numeric' },
);
const short = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' });

export function clockTime(milliseconds) {
    return time.format(milliseconds);
}

export function fullTime(milliseconds) {
    return full.format(milliseconds);
}

/** A number that is the same for moments of the same local day. */
export function dayOf(milliseconds) {
    const date = new Date(milliseconds);
    return date.getFullYear() * 10_000 + date.getMonth() * 100 + date.getDate();
}

function daysAgo(milliseconds) {
    const midnight = (moment) => new Date(moment).setHours(0, 0, 0, 0);
    return Math.round((midnight(Date.now()) - midnight(milliseconds)) / 86_400_000);
}

export function dayLabel(milliseconds) {
    const ago = daysAgo(milliseconds);
    if (ago === 0) return 'Today';
    if (ago === 1) return 'Yesterday';
    return ago < 300 ? weekday.format(milliseconds) : dated.format(milliseconds);
}

/** For lists: the time of today, else the day. */
export function shortTime(milliseconds) {
    const ago = daysAgo(milliseconds);
    if (ago === 0) return clockTime(milliseconds);
    return ago === 1 ? 'Yesterday' : short.format(milliseconds);
}

export function ago(milliseconds) {
    const minutes = Math.round((Date.now() - milliseconds) / 60_000);
    if (minutes < 1) return 'just now';
    if (minutes < 60) return `${minutes} min ago`;
    return minutes < 24 * 60 ? `${Math.round(minutes / 60)} h ago` : shortTime(milliseconds);
}

export function plural(count, one, many = `${one}s`) {
    return `${count.toLocaleString()} ${count === 1 ? one : many}`;
}

/** `ada`, `ada and bob`, `ada, bob and 3 others`. */
export function nameList(names, most = 8) {
    const shown = names.slice(0, most);
    const rest = names.length - shown.length;
    if (rest > 0) return `${shown.join(', ')} and ${plural(rest, 'other')}`;
    if (shown.length < 2) return shown.join('');
    return `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

/** Ids are numbers of up to 19 digits, more than a JavaScript number holds. */
export function compareIDs(left, right) {
    if (left.length !== right.length) return left.length - right.length;
    if (left === right) return 0;
    return left < right ? -1 : 1;
}

/** A user's id as a part of a topic: characters that topics don't have are percent-encoded. */
export function escaped(user) {
    return user.replace(/[^A-Za-z0-9._\-:/@]/g, (character) => {
        const code = character.charCodeAt(0).toString(16).toUpperCase();
        return `%${code.padStart(2, '0')}`;
    });
}

/** What a file at an address is called. */
export function nameOf(address) {
    const last = address.pathname.split('/').filter(Boolean).at(-1);
    if (!last) return address.host;
    try {
        return decodeURIComponent(last);
    } catch {
        return last;
    }
}

export function badge(count) {
    return count > 99 ? '99+' : String(count);
}

/** A topic's name from a title: small letters, digits and dashes. */
export function slug(title) {
    return title.normalize('NFKD').toLowerCase()
        .replace(/[^a-z0-9._]+/g, '-').replace(/^[-.]+|[-.]+$/g, '').slice(0, 60);
}
