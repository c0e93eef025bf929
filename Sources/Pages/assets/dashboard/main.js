/** Starts the page: who is it, connect, load what draws, show. */

import { Martlet } from '/martlet.js';
import { fill, h } from '../chat/dom.js';
import { forget, remember, rememberedIdentity, showSignIn } from '../chat/signin.js';
import { StatusBar } from '../chat/status.js';
import { placeToasts, sentence } from '../chat/toast.js';
import { MetricsAPI } from './api.js';
import { Board } from './board.js';
import { Connection } from './connection.js';
import { Cursor } from './cursor.js';
import { Frames } from './frames.js';
import { loadCharts, showMissing } from './library.js';
import { Palette } from './palette.js';
import { Questions } from './questions.js';
import { DashboardStore } from './store.js';
import { Streams } from './streams.js';
import { TimeWindow } from './timewindow.js';
import { Toolbar } from './toolbar.js';

/** How long dashboards of one's own are waited for, where this browser knows none. */
const loadPatience = 600;

const app = document.getElementById('app');
const charts = loadCharts();
charts.catch(() => {});

function askWho(error) {
    const wantsToken = ['unauthorized', 'token_expired', 'revoked'].includes(error?.code);
    const problem = error && (wantsToken ? 'This hub asks for a valid token.' : sentence(error));
    showSignIn(app, {
        problem, wantsToken, hint: 'What the hub and its machines do.',
        onIdentity: (identity, options) => {
            remember(identity, options);
            start(identity);
        },
    });
}

function start(identity) {
    fill(app, h('p', { class: 'starting', role: 'status' }, 'Connecting…'));
    const martlet = Martlet.connect(undefined, { ...identity, storage: null });
    let isShown = false;
    martlet.addEventListener('session', async () => {
        if (isShown) return;
        isShown = true;
        try {
            await show(await charts, martlet, identity);
        } catch (error) {
            await showMissing(app, error);
        }
    });
    martlet.addEventListener('state', () => {
        if (martlet.state !== 'closed' || isShown || !martlet.error) return;
        forget();
        askWho(martlet.error);
    });
}

async function show(Chart, martlet, identity) {
    const api = new MetricsAPI(identity);
    const timeWindow = new TimeWindow();
    const store = new DashboardStore(api, martlet.session.user);
    const page = {
        Chart, martlet, api, timeWindow, store, cursor: new Cursor(), frames: new Frames(),
        palette: new Palette(), questions: new Questions(),
        streams: new Streams(martlet, timeWindow),
    };
    const loading = store.load();
    if (!store.isKnown) await Promise.race([loading, pause(loadPatience)]);
    const wanted = () => decodeURIComponent(location.hash.replace(/^#\/?/, ''));
    let current = store.find(wanted());
    const board = new Board(page);
    const go = (dashboard) => {
        const isOther = dashboard.id !== current.id;
        current = dashboard;
        if (wanted() !== dashboard.id) location.hash = `#/${encodeURIComponent(dashboard.id)}`;
        const isOfAnotherSpan = timeWindow.isLive && timeWindow.span !== dashboard.span;
        if (isOther) board.close();
        if (isOther || isOfAnotherSpan) timeWindow.follow(dashboard.span);
        board.show(dashboard);
        toolbar.draw();
    };
    const signOut = () => {
        martlet.close();
        forget();
        location.reload();
    };
    timeWindow.follow(current.span);
    const toolbar = new Toolbar(page, {
        current: () => current, go, add: () => board.add(), signOut,
    });
    const status = new StatusBar(new Connection(martlet), signOut);
    fill(app, h('div', { class: 'dash' }, toolbar.element, status.element, board.element));
    board.show(current);
    store.addEventListener('change', () => go(store.find(current.id)));
    addEventListener('hashchange', () => go(store.find(wanted())));
    listenForPreferences(martlet, store);
}

function pause(milliseconds) {
    return new Promise((resolve) => { setTimeout(resolve, milliseconds); });
}

/** Another tab of the same user says what it has kept. */
function listenForPreferences(martlet, store) {
    const inbox = martlet.join(`user:${topicName(martlet.session.user)}`);
    inbox.addEventListener('preference_set', ({ detail }) => {
        store.heard(detail.data.name, detail.data.value);
    });
}

/** As the hub writes users' ids in topics. */
function topicName(user) {
    return [...new TextEncoder().encode(user)].map((byte) => {
        const character = String.fromCharCode(byte);
        return /[A-Za-z0-9._\-:/@]/.test(character) ? character
            : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    }).join('');
}

placeToasts(document.body);
const identity = rememberedIdentity();
if (identity) start(identity);
else askWho();
