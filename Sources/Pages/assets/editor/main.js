/** Starts the page: who is it, and is it the list or one document. */

import { fill, h } from '../chat/dom.js';
import { forget, remember, rememberedIdentity, showSignIn } from '../chat/signin.js';
import { placeToasts, sentence } from '../chat/toast.js';
import { DocumentsAPI } from './api.js';
import { DocumentList } from './documentlist.js';
import { nameInPath, showMissing } from './place.js';

const app = document.getElementById('app');

function askWho(error) {
    const wantsToken = ['unauthorized', 'token_expired', 'revoked'].includes(error?.code);
    const problem = error && (wantsToken ? 'This hub asks for a valid token.' : sentence(error));
    showSignIn(app, {
        problem, wantsToken, hint: 'Documents to write together.',
        onIdentity: (identity, options) => {
            remember(identity, options);
            start(identity);
        },
    });
}

const signOut = (error) => {
    forget();
    if (error) askWho(error);
    else location.reload();
};

async function start(identity) {
    const api = new DocumentsAPI(identity);
    const name = nameInPath(location.pathname);
    fill(app, h('p', { class: 'starting', role: 'status' }, 'Loading…'));
    if (name === null) {
        fill(app, new DocumentList(api, { onSignOut: signOut }).element);
        return;
    }
    let parts;
    try {
        parts = await Promise.all([import('./session.js'), import('./documentview.js')]);
    } catch (error) {
        await showMissing(app, error);
        return;
    }
    const [{ DocumentSession }, { DocumentView }] = parts;
    const session = new DocumentSession(name, identity);
    fill(app, new DocumentView(session, api, { onSignOut: signOut }).element);
    session.start();
}

placeToasts(document.body);
const identity = rememberedIdentity();
if (identity) start(identity);
else askWho();
