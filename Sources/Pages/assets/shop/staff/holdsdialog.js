/** Who holds pieces of an article, for how long still; kept up to date while it is open. */

import { openDialog } from '../../chat/dialogs.js';
import { fill, h, scheduled } from '../../chat/dom.js';
import { reported, sentence } from '../../chat/toast.js';
import { plural } from '../../chat/words.js';
import { Countdown } from '../countdown.js';
import { waiting } from '../notice.js';

export function holdsDialog(desk, { sku, title }) {
    const body = h('div', { class: 'holds' }, waiting());
    let countdowns = [];
    let loads = 0;
    const stopAll = () => {
        for (const each of countdowns) each.stop();
        countdowns = [];
    };
    const load = async () => {
        loads += 1;
        const own = loads;
        try {
            const { holds, more } = await desk.api.holds(sku);
            if (own !== loads) return;
            stopAll();
            fill(body, holds.length === 0
                ? h('p', { class: 'hint' }, 'Nobody holds any at the moment.')
                : h('ul', {}, holds.map(row)),
            more ? h('p', { class: 'hint' }, 'There are more than are shown.') : null);
        } catch (error) {
            if (own === loads) fill(body, h('p', { class: 'form-error' }, sentence(error)));
        }
    };
    const row = (hold) => {
        const countdown = new Countdown(hold.expiresAt, () => setTimeout(load, 1_500));
        countdowns.push(countdown);
        return h('li', { class: 'hold-row' },
            h('span', { class: 'hold-text' }, h('strong', {}, plural(hold.quantity, 'piece')),
                h('span', { class: 'hint' }, hold.holder)),
            countdown.element,
            h('button', {
                type: 'button', class: 'button button-small button-danger',
                'aria-label': `Release ${plural(hold.quantity, 'piece')} of ${hold.holder}`,
                onClick: async ({ currentTarget }) => {
                    currentTarget.disabled = true;
                    await reported(desk.api.releaseHold(hold.reservationId, 'Released by staff.'));
                    load();
                },
            }, 'Release'));
    };
    const dialog = openDialog(`Held: ${title}`, body);
    const stopWatching = desk.stock.watch(sku, scheduled(load));
    dialog.addEventListener('close', () => {
        loads += 1;
        stopAll();
        stopWatching();
    });
    load();
}
