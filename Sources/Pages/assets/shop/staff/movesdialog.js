/** Everything that ever happened to an article's stock, the newest first. */

import { openDialog } from '../../chat/dialogs.js';
import { fill, h } from '../../chat/dom.js';
import { sentence } from '../../chat/toast.js';
import { clockTime, fullTime, shortTime } from '../../chat/words.js';
import { waiting } from '../notice.js';

const words = {
    stock_received: 'Received', stock_adjusted: 'Adjusted', stock_reserved: 'Held',
    reservation_extended: 'Held longer', reservation_committed: 'Sold',
    reservation_released: 'Released', reservation_expired: 'Holds expired',
    threshold_set: 'Low from',
};

export function movesDialog(desk, { sku, title }) {
    const rows = h('tbody');
    const foot = h('div', { class: 'catalogue-foot' }, waiting());
    let last;
    const load = async () => {
        try {
            const { moves, more } = await desk.api.moves(sku, { after: last });
            last = moves.at(-1)?.version;
            rows.append(...moves.map(row));
            if (more) {
                fill(foot, h('button', { type: 'button', class: 'button', onClick: load },
                    'Show older'));
            } else if (rows.children.length === 0) {
                fill(foot, h('p', { class: 'hint' }, 'Nothing has happened yet.'));
            } else fill(foot);
        } catch (error) {
            fill(foot, h('p', { class: 'form-error' }, sentence(error)));
        }
    };
    const heads = ['When', 'What', 'Pieces', 'On hand', 'Held', 'By'];
    openDialog(`Moves: ${title}`, [h('div', { class: 'moves-scroll', tabindex: 0 },
        h('table', { class: 'moves' }, h('thead', {}, h('tr', {}, heads.map((text) => h('th', {
            scope: 'col',
        }, text)))), rows)), foot], { className: 'dialog-wide' });
    load();
}

function row({ event, at, by, data }) {
    const number = (value) => h('td', { class: 'number' }, value?.toLocaleString() ?? '');
    return h('tr', {}, h('td', {}, h('time', {
        datetime: new Date(at).toISOString(), title: fullTime(at),
    }, shortTime(at) === clockTime(at) ? clockTime(at) : `${shortTime(at)}, ${clockTime(at)}`)),
    h('td', {}, words[event] ?? event,
        h('span', { class: 'hint' }, detail(data))),
    number(pieces(event, data)), number(data.onHand), number(data.reserved),
    h('td', { class: 'hint' }, by));
}

function detail({ reference, reason, order, holder }) {
    const text = reference ?? reason ?? order ?? holder;
    return text ? ` ${text}` : '';
}

/** With its sign, where it changes what is on hand. */
function pieces(event, { quantity, delta, lowStock, expired }) {
    if (event === 'stock_received') return `+${quantity.toLocaleString()}`;
    if (event === 'reservation_committed') return `−${quantity.toLocaleString()}`;
    if (event === 'stock_adjusted') return delta > 0 ? `+${delta.toLocaleString()}` : `−${-delta}`;
    return quantity ?? lowStock ?? expired;
}
