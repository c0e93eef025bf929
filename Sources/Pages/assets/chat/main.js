/** Starts the page: who is it, connect, show. */

import { Martlet } from '/martlet.js';
import { Chat } from './chat.js';
import { h } from './dom.js';
import { listenToKeys } from './keyboard.js';
import { Panel } from './panel.js';
import { RoomView } from './roomview.js';
import { Sidebar } from './sidebar.js';
import { forget, remember, rememberedIdentity, showSignIn } from './signin.js';
import { StatusBar } from './status.js';
import { placeToasts, sentence } from './toast.js';

const app = document.getElementById('app');

function askWho(error) {
    const wantsToken = error !== undefined && ['unauthorized', 'token_expired', 'revoked']
        .includes(error.code);
    const problem = error && (wantsToken
        ? 'This hub asks for a valid token.' : sentence(error));
    showSignIn(app, { problem, wantsToken, onIdentity: (identity, options) => {
        remember(identity, options);
        start(identity);
    } });
}

function start(identity) {
    const martlet = Martlet.connect(undefined, identity);
    const chat = new Chat(martlet);
    let isShown = false;
    martlet.addEventListener('session', () => {
        if (isShown) return;
        isShown = true;
        show(chat);
    }, { once: true });
    martlet.addEventListener('state', () => {
        if (martlet.state !== 'closed' || isShown || !martlet.error) return;
        forget();
        askWho(martlet.error);
    });
    app.replaceChildren(h('p', { class: 'starting', role: 'status' }, 'Connecting…'));
}

function show(chat) {
    const signOut = () => {
        chat.martlet.close();
        forget();
        location.hash = '#/';
        location.reload();
    };
    const room = new RoomView(chat, new StatusBar(chat, signOut).element);
    const panel = new Panel(chat);
    const sidebar = new Sidebar(chat, signOut);
    const frame = h('div', { class: 'app', 'data-pane': 'list' },
        sidebar.element, room.element, panel.element);
    // On narrow screens one of the three is shown.
    const choosePane = () => {
        const hasPanel = chat.room && (chat.route.thread || chat.route.panel);
        const hasRoom = chat.room || chat.problem;
        frame.dataset.pane = hasPanel ? 'panel' : hasRoom ? 'room' : 'list';
    };
    chat.addEventListener('room', choosePane);
    chat.addEventListener('panel', choosePane);
    app.replaceChildren(frame);
    placeToasts(document.body);
    listenToKeys(chat, room);
}

const identity = rememberedIdentity();
if (identity) start(identity);
else askWho();
