/** Who shops: somebody who signed in, or a visitor with a name that only this browser knows. */

import { forget, remember, rememberedIdentity } from '../chat/signin.js';
import { ShopAPI } from './api.js';

const visitorKey = 'martlet.visitor';
const noteKey = 'martlet.shop.note';

/** `{name}` or `{token}`; with `isVisitor` while nobody has signed in. */
export function shopper() {
    return rememberedIdentity() ?? visitor();
}

/** A name that nobody else guesses, as who has it has the cart. */
function visitor() {
    const known = stored(visitorKey);
    if (/^guest-[a-z0-9]{16}$/.test(known ?? '')) return { name: known, isVisitor: true };
    const letters = Array.from(crypto.getRandomValues(new Uint8Array(16)),
        (byte) => '0123456789abcdefghijkmnpqrstvwxyz'[byte & 31]);
    const name = `guest-${letters.join('')}`;
    store(visitorKey, name);
    return { name, isVisitor: true };
}

/**
 * Signs in, and takes what is in the visitor's cart along. The page is loaded again after it;
 * a note says what came along.
 */
export async function signIn(before, identity, options) {
    const api = new ShopAPI(identity);
    // The hub may refuse the token: nothing is forgotten before it was tried.
    await api.cart();
    if (before.isVisitor) {
        const visitors = new ShopAPI(before);
        const { lines } = await visitors.cart();
        if (lines.length > 0) {
            const { mergeToken } = await visitors.offerMerge();
            await api.mergeCart(before.name, mergeToken);
            keepNote('What was in your cart came along.');
        }
        store(visitorKey, null);
    }
    remember(identity, options);
}

export function signOut() {
    forget();
    store(visitorKey, null);
}

export function keepNote(text) {
    try {
        sessionStorage.setItem(noteKey, text);
    } catch {
        // Nobody reads it then.
    }
}

/** What was to be said after the page was loaded; once. */
export function takeNote() {
    try {
        const text = sessionStorage.getItem(noteKey);
        sessionStorage.removeItem(noteKey);
        return text;
    } catch {
        return null;
    }
}

function stored(key) {
    try {
        return localStorage.getItem(key);
    } catch {
        return null;
    }
}

function store(key, value) {
    try {
        if (value === null) localStorage.removeItem(key);
        else localStorage.setItem(key, value);
    } catch {
        // It lasts as long as the page.
    }
}
