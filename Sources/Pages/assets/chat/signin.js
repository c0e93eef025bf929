/** The first page: a name for guests, or a token. */

import { field } from './dialogs.js';
import { fill, h } from './dom.js';

const key = 'martlet.identity';

/** `{name}` or `{token}` from the fragment, this tab, or an earlier visit; null when unknown. */
export function rememberedIdentity() {
    const match = /^#token=([^&]+)/.exec(location.hash);
    if (match) {
        const identity = { token: decodeURIComponent(match[1]) };
        // The token must stay neither in the address bar nor in the history.
        history.replaceState(null, '', `${location.pathname}#/`);
        remember(identity);
        return identity;
    }
    for (const storage of storages()) {
        try {
            const identity = JSON.parse(storage.getItem(key));
            if (identity?.name || identity?.token) return identity;
        } catch {
            storage.removeItem(key);
        }
    }
    return null;
}

/** A token outlives the tab only when asked for; a guest's name is no secret. */
export function remember(identity, { isKept = identity.name !== undefined } = {}) {
    const [session, local] = storages();
    session?.setItem(key, JSON.stringify(identity));
    if (isKept) local?.setItem(key, JSON.stringify(identity));
}

export function forget() {
    for (const storage of storages()) storage.removeItem(key);
}

function storages() {
    try {
        return [sessionStorage, localStorage];
    } catch {
        return [];
    }
}

/** Shows the form in an element; `onIdentity(identity, {isKept})` is called with what was given. */
export function showSignIn(parent, { problem, wantsToken = false, hint, onIdentity }) {
    const name = h('input', {
        class: 'input', name: 'name', autocomplete: 'nickname', maxlength: 64,
        pattern: '[A-Za-z0-9._\\-]+', title: 'Letters, digits, dot, dash and underscore',
        placeholder: 'ada', spellcheck: 'false', autocapitalize: 'none',
    });
    const token = h('input', {
        class: 'input', name: 'token', type: 'password', autocomplete: 'off', spellcheck: 'false',
        placeholder: 'eyJ…',
    });
    const keep = h('input', { type: 'checkbox' });
    const byToken = h('details', { open: wantsToken, class: 'signin-token' },
        h('summary', {}, 'I have a token'),
        field('Token', token, 'A JSON Web Token that this hub accepts.'),
        h('label', { class: 'check' }, keep, 'Keep me signed in on this device'));
    const form = h('form', {
        class: 'signin-form',
        onSubmit: (event) => {
            event.preventDefault();
            const identity = token.value.trim() !== '' ? { token: token.value.trim() }
                : { name: name.value.trim() };
            if (!identity.token && !identity.name) name.focus();
            else onIdentity(identity, { isKept: identity.name !== undefined || keep.checked });
        },
    }, field('Your name', name, 'Letters, digits, dot, dash and underscore.'), byToken,
    problem ? h('p', { class: 'form-error', role: 'alert' }, problem) : null,
    h('button', { class: 'button button-primary button-wide' }, 'Continue'));
    fill(parent, h('main', { class: 'signin' }, h('div', { class: 'signin-card' },
        h('img', { src: '/favicon.svg', alt: '', width: 48, height: 48 }),
        h('h1', {}, 'Martlet'), h('p', { class: 'hint' }, hint ?? 'Rooms to talk in.'), form)));
    (wantsToken ? token : name).focus();
}
