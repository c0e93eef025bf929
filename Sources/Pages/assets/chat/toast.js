/** Short notices at the edge of the page, read out politely. */

import { h } from './dom.js';

const lasts = 5_000;
const most = 3;

const list = h('div', { class: 'toasts', role: 'status', 'aria-live': 'polite' });

export function placeToasts(parent) {
    parent.append(list);
}

export function toast(text, { isError = false } = {}) {
    const element = h('div', { class: isError ? 'toast toast-error' : 'toast' }, text);
    while (list.children.length >= most) list.firstElementChild.remove();
    list.append(element);
    setTimeout(() => element.remove(), lasts);
}

const sentences = {
    banned: 'You are banned from this room.',
    conflict: 'That is so already.',
    disconnected: 'Not connected: try again in a moment.',
    forbidden: 'You may not do that here.',
    limit_reached: 'A limit was reached.',
    muted: 'You are muted in this room.',
    not_found: 'It does not exist, or you may not see it.',
    outbox_full: 'Too much is waiting to be sent.',
    rate_limited: 'Too fast: wait a moment.',
    timeout: 'The hub did not answer in time.',
    too_large: 'That is too long.',
};

export function sentence(error) {
    return sentences[error?.code] ?? error?.message ?? 'That did not work.';
}

/** Shows why a promise failed; answers whether it was kept. */
export async function reported(promise) {
    try {
        await promise;
        return true;
    } catch (error) {
        toast(sentence(error), { isError: true });
        return false;
    }
}
