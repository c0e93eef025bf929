/** Above the panels: which dashboard, which time, live or not. */

import { confirmed, field, formDialog } from '../chat/dialogs.js';
import { fill, h, icon, iconButton } from '../chat/dom.js';
import { openMenu } from '../chat/popover.js';
import { chooseTheme, chosenTheme } from '../chat/theme.js';
import { rangeDialog } from './rangedialog.js';
import { spans } from './timewindow.js';
import { rangeText, spanText } from './units.js';

export class Toolbar {
    element;
    #page;
    /** `current()`, `go(dashboard)`, `add()`, `signOut()` */
    #actions;
    #name = h('span', { class: 'toolbar-name' });
    #range = h('span', {});
    #live = h('button', {
        type: 'button', class: 'button live-button', onClick: () => this.#toggle(),
    });
    #back = iconButton('back', 'Back to before the zoom', () => this.#page.timeWindow.back());
    #saving = h('span', { class: 'toolbar-saving hint', role: 'status' });

    constructor(page, actions) {
        this.#page = page;
        this.#actions = actions;
        this.element = h('header', { class: 'toolbar' },
            h('a', { class: 'icon-button', href: '/', 'aria-label': 'Chat', title: 'Chat' },
                icon('chat')),
            h('h1', {}, h('button', {
                type: 'button', class: 'toolbar-choice', 'aria-haspopup': 'menu',
                onClick: (event) => this.#choose(event.currentTarget),
            }, this.#name, icon('chevron'))),
            this.#saving,
            h('div', { class: 'toolbar-time', role: 'group', 'aria-label': 'Time' }, this.#back,
                iconButton('zoomOut', 'Zoom out', () => page.timeWindow.zoom(2), {
                    class: 'only-wide',
                }),
                h('button', {
                    type: 'button', class: 'button range-button', 'aria-haspopup': 'menu',
                    onClick: (event) => this.#ranges(event.currentTarget),
                }, icon('history'), this.#range),
                this.#live),
            h('button', {
                type: 'button', class: 'button button-primary add-panel',
                'aria-label': 'Add a panel', onClick: () => actions.add(),
            }, icon('add'), h('span', { class: 'only-wide' }, 'Panel')),
            iconButton('more', 'Menu', (event) => this.#menu(event.currentTarget)));
        page.timeWindow.addEventListener('state', () => this.draw());
        page.store.addEventListener('saving', () => this.#drawSaving());
        page.store.addEventListener('change', () => this.draw());
        this.draw();
    }

    draw() {
        const { timeWindow } = this.#page;
        const { title } = this.#actions.current();
        fill(this.#name, title);
        document.title = `${title} · Martlet`;
        fill(this.#range, timeWindow.isLive ? `Last ${spanText(timeWindow.span)}`
            : rangeText(timeWindow.current.from, timeWindow.current.to));
        this.#back.disabled = !timeWindow.canGoBack;
        const { isRunning } = timeWindow;
        this.#live.setAttribute('aria-pressed', String(isRunning));
        this.#live.title = isRunning ? 'Pause' : 'Follow what happens';
        fill(this.#live, icon(isRunning ? 'pause' : 'play'),
            h('span', {}, isRunning ? 'Live' : timeWindow.isLive ? 'Paused' : 'Go live'));
        this.#drawSaving();
    }

    #drawSaving() {
        fill(this.#saving, this.#page.store.isSaved ? null : 'Saving…');
    }

    #toggle() {
        const { timeWindow } = this.#page;
        if (timeWindow.isRunning) timeWindow.pause();
        else timeWindow.run();
    }

    #ranges(anchor) {
        const { timeWindow, store } = this.#page;
        openMenu(anchor, 'Time', [...spans.map(([span, label]) => ({
            label: `Last ${label}`,
            icon: timeWindow.isLive && timeWindow.span === span ? 'check' : 'history',
            run: () => {
                timeWindow.follow(span);
                store.setSpan(this.#actions.current(), span);
            },
        })), '-', { label: 'Another…', icon: 'edit', run: () => rangeDialog(timeWindow) }]);
    }

    #choose(anchor) {
        const { store } = this.#page;
        const current = this.#actions.current();
        openMenu(anchor, 'Dashboards', [...store.dashboards.map((each) => ({
            label: each.title, icon: each === current ? 'check' : 'chart',
            run: () => this.#actions.go(each),
        })), '-', { label: 'New dashboard', icon: 'add', run: () => this.#create() }]);
    }

    #menu(anchor) {
        const { store } = this.#page;
        const current = this.#actions.current();
        const theme = (name, label, image) => ({
            label, icon: chosenTheme() === name ? 'check' : image, run: () => chooseTheme(name),
        });
        openMenu(anchor, 'Menu', [
            { label: 'Rename', icon: 'edit', run: () => this.#rename(current) },
            { label: 'Duplicate', icon: 'copy',
                run: () => this.#actions.go(store.duplicate(current)) },
            { label: 'Delete this dashboard', icon: 'trash', isDanger: true,
                run: () => this.#remove(current) },
            { label: 'Begin anew…', icon: 'history', run: () => this.#reset() },
            '-', theme('light', 'Light', 'sun'), theme('dark', 'Dark', 'moon'),
            theme('system', 'As the system'), '-',
            { label: 'Sign out', run: () => this.#actions.signOut() },
        ]);
    }

    #title(heading, value, verb, submit) {
        formDialog(heading, [field('Name', h('input', {
            name: 'title', class: 'input', required: true, maxlength: 80, autocomplete: 'off',
            value,
        }))], verb, async (form) => submit(form.get('title').trim() || 'Dashboard'));
    }

    #create() {
        this.#title('New dashboard', '', 'Create', (title) => {
            this.#actions.go(this.#page.store.add(title));
        });
    }

    #rename(current) {
        this.#title('Rename the dashboard', current.title, 'Rename', (title) => {
            this.#page.store.rename(current, title);
        });
    }

    async #remove(current) {
        const text = 'Its panels are gone; the numbers stay with the hub.';
        if (await confirmed(`Delete ${current.title}?`, text, 'Delete')) {
            this.#page.store.remove(current);
        }
    }

    async #reset() {
        const text = 'All your dashboards go, and those that everybody begins with come back.';
        if (await confirmed('Begin anew?', text, 'Begin anew')) this.#page.store.reset();
    }
}
