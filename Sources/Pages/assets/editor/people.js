/** Who is in the document: from awareness, which is what the clients say and so is not believed. */

import { hue, initials } from '../chat/avatar.js';
import { fill, h } from '../chat/dom.js';

const shownMost = 5;
const nameMost = 40;

/** The name to show for oneself: a guest's, or the token's subject. */
export function userOf({ name, token }) {
    if (!token) return name;
    try {
        const payload = token.split('.')[1].replace(/-/g, '+').replace(/_/g, '/');
        const { name: given, sub } = JSON.parse(atob(payload));
        return String(given ?? sub ?? 'somebody');
    } catch {
        return 'somebody';
    }
}

/** As six digits, which all editors of Yjs understand; `turn` leads to another. */
export function colourOf(name, turn = 0) {
    const [r, g, b] = [0, 8, 4].map((offset) => {
        const place = (offset + hue(name) / 30 + turn * 4.8) % 12;
        const value = 0.42 - 0.25 * Math.max(-1, Math.min(place - 3, 9 - place, 1));
        return Math.round(value * 255).toString(16).padStart(2, '0');
    });
    return `#${r}${g}${b}`;
}

/** A name's colour, or the next that nobody has who goes before by the client's number. */
export function freeColour(awareness, name) {
    const taken = new Set();
    for (const [client, state] of awareness.getStates()) {
        if (client < awareness.clientID && state?.user?.name !== name) {
            taken.add(state?.user?.color);
        }
    }
    const colours = Array.from({ length: 5 }, (_, turn) => colourOf(name, turn));
    return colours.find((each) => !taken.has(each)) ?? colours[0];
}

/** `{client, name, colour, cursor, isMe}` of all who say who they are. */
export function peopleIn(awareness) {
    const people = [];
    for (const [client, state] of awareness.getStates()) {
        const given = state?.user?.name;
        const name = typeof given === 'string' && given !== ''
            ? given.slice(0, nameMost) : `Client ${client % 1000}`;
        const colour = /^#[0-9a-f]{6}$/i.test(state?.user?.color) ? state.user.color
            : colourOf(name);
        const isMe = client === awareness.clientID;
        people.push({ client, name, colour, cursor: state?.cursor ?? null, isMe });
    }
    return people.sort((left, right) => Number(right.isMe) - Number(left.isMe)
        || left.name.localeCompare(right.name) || left.client - right.client);
}

/** Draws one badge for each person. */
export function drawPeople(element, people) {
    const byName = new Map(people.map((person) => [person.name, person]));
    for (const person of people) if (person.isMe) byName.set(person.name, person);
    const all = [...byName.values()];
    const title = ({ name, isMe }) => (isMe ? `${name} (you)` : name);
    element.setAttribute('aria-label', `Here: ${all.map(title).join(', ')}`);
    const rest = all.slice(shownMost);
    fill(element, all.slice(0, shownMost).map((person) => h('li', {
        class: 'person', title: title(person), style: { '--colour': person.colour },
        'data-name': person.name,
    }, initials(person.name))),
    rest.length > 0
        ? h('li', { class: 'person person-more', title: rest.map(title).join(', ') },
            `+${rest.length}`) : null);
}
