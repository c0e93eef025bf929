/** What is shown, in the fragment: `#/room/NAME`, `…/message/ID`, `…/thread/ID`, `…/PANEL`. */

const panels = new Set(['members', 'pins', 'search', 'activity']);

/** `{topic, message, thread, panel}`; topic is null for the list of rooms. */
export function parseRoute(fragment) {
    const parts = fragment.replace(/^#\/?/, '').split('/').map(decode);
    const route = { topic: null, message: null, thread: null, panel: null };
    if (parts[0] !== 'room' || !parts[1]) return route;
    route.topic = `room:${parts[1]}`;
    if ((parts[2] === 'message' || parts[2] === 'thread') && /^\d+$/.test(parts[3] ?? '')) {
        route[parts[2]] = parts[3];
    } else if (panels.has(parts[2])) {
        [, , route.panel] = parts;
    }
    return route;
}

export function formatRoute({ topic, message, thread, panel }) {
    if (!topic) return '#/';
    const room = `#/room/${encodeURIComponent(topic.slice('room:'.length))}`;
    if (thread) return `${room}/thread/${thread}`;
    if (message) return `${room}/message/${message}`;
    return panel ? `${room}/${panel}` : room;
}

function decode(part) {
    try {
        return decodeURIComponent(part);
    } catch {
        return '';
    }
}
