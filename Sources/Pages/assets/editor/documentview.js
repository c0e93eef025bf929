/** The editor: title, text and preview, who is there, what is stored, versions. */

import { fill, h, icon, iconButton, scheduled } from '../chat/dom.js';
import { openMenu } from '../chat/popover.js';
import { themeItems } from '../chat/theme.js';
import { Cursors } from './cursors.js';
import { tools } from './formatting.js';
import { markdown } from './markdown.js';
import { drawPeople, peopleIn } from './people.js';
import { keysOf, listenInText, listenOnPage, shortcutsDialog } from './shortcuts.js';
import { SavingLabel } from './savinglabel.js';
import { TextBox } from './textbox.js';
import { TitleBox } from './titlebox.js';
import { VersionsPanel } from './versionspanel.js';

const modes = [['write', 'Write', 'edit'], ['split', 'Both', 'split'], ['read', 'Read', 'eye']];
const modeKey = 'martlet.documentMode';

export class DocumentView {
    #session;
    #api;
    #onSignOut;
    #box;
    #title;
    #versions;
    #prose = h('article', { class: 'prose', 'aria-label': 'Preview', tabindex: 0 });
    #people = h('ul', { class: 'people' });
    #toolbar;
    #modeButtons;
    #drawProse = scheduled(() => this.#renderProse());
    #drawn = null;
    #actions = [
        { name: 'Save a version', key: 's', run: () => this.#saveVersion() },
        { name: 'Versions', key: 'v', isAlt: true, run: () => this.#toggleVersions() },
        { name: 'Write', key: 'w', isAlt: true, run: () => this.#choose('write') },
        { name: 'Both', key: 'b', isAlt: true, run: () => this.#choose('split') },
        { name: 'Read', key: 'r', isAlt: true, run: () => this.#choose('read') },
    ];
    element;

    constructor(session, api, { onSignOut }) {
        this.#session = session;
        this.#api = api;
        this.#onSignOut = onSignOut;
        this.#title = new TitleBox(session, api);
        const area = h('textarea', {
            id: 'text', class: 'editor-text', spellcheck: 'true', autocapitalize: 'sentences',
            'aria-label': 'Text, in Markdown', placeholder: 'Write…', rows: 1,
        });
        const copy = h('div', { class: 'editor-copy', 'aria-hidden': 'true' });
        this.#box = new TextBox(area, session.text);
        new Cursors(session, this.#box, copy);
        this.#versions = new VersionsPanel(session, api, () => this.#toggleVersions(false));
        this.element = this.#frame(h('div', { class: 'editor-sheet' }, copy, area));
        this.#box.addEventListener('change', this.#drawProse);
        session.addEventListener('people', () => this.#drawPeople());
        session.addEventListener('status', () => this.#statusChanged());
        listenInText(this.#box);
        listenOnPage(this.#actions);
        this.#choose(rememberedMode(), { isRemembered: false });
        this.#drawPeople();
        this.#statusChanged();
    }

    #frame(sheet) {
        this.#modeButtons = modes.map(([mode, label, name]) => h('button', {
            type: 'button', class: 'mode', 'data-mode': mode, 'aria-pressed': 'false',
            title: label, onClick: () => this.#choose(mode),
        }, icon(name), h('span', {}, label)));
        this.#toolbar = h('div', { class: 'toolbar', role: 'toolbar', 'aria-label': 'Format' },
            tools.map((tool) => iconButton(tool.icon, `${tool.name} (${keysOf(tool)})`, () => {
                tool.run(this.#box);
            })));
        const label = new SavingLabel(this.#session, (error) => this.#onSignOut(error));
        return h('div', { class: 'editor', 'data-mode': 'split' },
            h('div', { class: 'editor-main' },
                h('header', { class: 'editor-header' },
                    h('a', {
                        class: 'icon-button', href: '/docs', 'aria-label': 'All documents',
                        title: 'All documents',
                    }, icon('back')),
                    this.#title.element, this.#people,
                    iconButton('history', 'Versions', () => this.#toggleVersions(), {
                        class: 'versions-button', 'aria-pressed': 'false',
                    }),
                    iconButton('more', 'Menu', (event) => this.#menu(event.currentTarget))),
                h('div', { class: 'editor-tools' }, this.#toolbar, label.element,
                    h('div', { class: 'modes', role: 'group', 'aria-label': 'View' },
                        this.#modeButtons)),
                label.banner,
                h('main', { class: 'editor-panes' },
                    h('div', { class: 'pane pane-text' }, sheet),
                    h('div', { class: 'pane pane-prose' }, this.#prose))));
    }

    #statusChanged() {
        const { hasContent, isReadOnly, state } = this.#session;
        // Before the hub has told what there is, typing would go to the wrong place.
        const mayType = hasContent && !isReadOnly && state !== 'closed';
        this.#box.area.readOnly = !mayType;
        this.#toolbar.hidden = isReadOnly;
        this.element.classList.toggle('is-loading', !hasContent);
        if (hasContent && this.#drawn === null) this.#drawProse();
    }

    #renderProse() {
        if (this.element.dataset.mode === 'write' || !this.#session.hasContent) return;
        const { value } = this.#box;
        if (value === this.#drawn) return;
        this.#drawn = value;
        fill(this.#prose, value.trim() === ''
            ? h('p', { class: 'hint' }, 'Nothing here yet.') : markdown(value));
    }

    #drawPeople() {
        drawPeople(this.#people, peopleIn(this.#session.awareness));
    }

    #choose(mode, { isRemembered = true } = {}) {
        this.element.dataset.mode = mode;
        for (const button of this.#modeButtons) {
            button.setAttribute('aria-pressed', String(button.dataset.mode === mode));
        }
        if (isRemembered) rememberMode(mode);
        this.#drawProse();
    }

    #saveVersion() {
        if (!this.#session.isReadOnly) this.#versions.save();
    }

    #toggleVersions(isOpen = !this.#versions.element.isConnected) {
        if (isOpen) {
            this.element.append(this.#versions.element);
            this.#versions.open();
        } else {
            this.#versions.element.remove();
        }
        const button = this.element.querySelector('.versions-button');
        button.setAttribute('aria-pressed', String(isOpen));
        if (!isOpen) button.focus();
    }

    #menu(anchor) {
        openMenu(anchor, 'Menu', [
            { label: 'Chat', icon: 'chat', run: () => { location.href = '/'; } },
            {
                label: 'Keyboard shortcuts', icon: 'keyboard',
                run: () => shortcutsDialog(this.#actions),
            },
            '-', ...themeItems(), '-',
            { label: 'Sign out', run: () => this.#onSignOut() },
        ]);
    }
}

function rememberedMode() {
    const isNarrow = matchMedia('(max-width: 760px)').matches;
    try {
        const mode = localStorage.getItem(modeKey);
        if (modes.some(([each]) => each === mode) && !(isNarrow && mode === 'split')) return mode;
    } catch {
        // A browser without storage.
    }
    return isNarrow ? 'write' : 'split';
}

function rememberMode(mode) {
    try {
        localStorage.setItem(modeKey, mode);
    } catch {
        // It lasts as long as the page.
    }
}
