/** All documents that one may open, and the way to another. */

import { confirmed, field, formDialog } from '../chat/dialogs.js';
import { fill, h, icon, iconButton } from '../chat/dom.js';
import { openMenu } from '../chat/popover.js';
import { themeItems } from '../chat/theme.js';
import { reported, sentence } from '../chat/toast.js';
import { ago, fullTime, slug } from '../chat/words.js';
import { pathOf } from './place.js';

const needsSignIn = new Set(['unauthorized', 'token_expired', 'revoked']);

export class DocumentList {
    #api;
    #onSignOut;
    #documents = [];
    #rows = h('ul', { class: 'document-list' });
    #filter = h('input', {
        class: 'input', type: 'search', placeholder: 'Filter', 'aria-label': 'Filter documents',
        onInput: () => this.#draw(),
    });
    #state = h('p', { class: 'hint', role: 'status' }, 'Loading…');
    element;

    constructor(api, { onSignOut }) {
        this.#api = api;
        this.#onSignOut = onSignOut;
        this.element = h('div', { class: 'documents' },
            h('header', { class: 'documents-header' },
                h('a', { class: 'icon-button', href: '/', 'aria-label': 'Chat', title: 'Chat' },
                    icon('chat')),
                h('a', { class: 'icon-button', href: '/shop', 'aria-label': 'Shop', title: 'Shop' },
                    icon('bag')),
                h('h1', {}, 'Documents'),
                h('button', {
                    type: 'button', class: 'button button-primary',
                    onClick: () => this.#create(),
                }, icon('add'), 'New document'),
                iconButton('more', 'Menu', (event) => this.#menu(event.currentTarget))),
            h('main', { class: 'documents-main' }, this.#filter, this.#state, this.#rows));
        this.#load();
    }

    async #load() {
        try {
            let after;
            do {
                const page = await this.#api.list(after);
                this.#documents.push(...page.documents);
                after = page.more ? page.next : undefined;
            } while (after && this.#documents.length < 2_000);
            this.#documents.sort((left, right) => right.updatedAt - left.updatedAt);
            this.#draw();
        } catch (error) {
            if (needsSignIn.has(error.code)) this.#onSignOut(error);
            else fill(this.#state, sentence(error));
        }
    }

    #draw() {
        const wanted = this.#filter.value.trim().toLowerCase();
        const shown = this.#documents.filter(({ name, title }) => (
            `${title} ${name}`.toLowerCase().includes(wanted)));
        const text = this.#documents.length === 0
            ? 'No documents yet. Create the first one.' : 'Nothing matches.';
        this.#state.hidden = shown.length > 0;
        this.#filter.hidden = this.#documents.length === 0;
        fill(this.#state, text);
        fill(this.#rows, shown.map((each) => this.#row(each)));
    }

    #row(each) {
        return h('li', { class: 'document-row' },
            h('a', { href: pathOf(each.name) }, icon('document'),
                h('span', { class: 'document-row-text' },
                    h('strong', {}, each.title || each.name),
                    h('span', { class: 'hint' }, each.name)),
                h('time', {
                    class: 'hint', datetime: new Date(each.updatedAt).toISOString(),
                    title: fullTime(each.updatedAt),
                }, `${ago(each.updatedAt)}, ${each.updatedBy}`)),
            iconButton('trash', `Delete ${each.title || each.name}`, () => this.#remove(each)));
    }

    #create() {
        formDialog('New document', [
            field('Title', h('input', {
                name: 'title', class: 'input', required: true, maxlength: 80, autocomplete: 'off',
                placeholder: 'Meeting notes',
            })),
        ], 'Create', async (form) => {
            const title = form.get('title').trim();
            const name = slug(title) || 'document';
            try {
                await this.#api.create(name, title);
                location.href = pathOf(name);
            } catch (error) {
                if (error.code !== 'conflict') throw error;
                const other = `${name}-${Date.now().toString(36)}`;
                await this.#api.create(other, title);
                location.href = pathOf(other);
            }
        });
    }

    async #remove(each) {
        const text = 'It is deleted for everybody, with all its versions.';
        if (!await confirmed(`Delete ${each.title || each.name}?`, text, 'Delete')) return;
        if (!await reported(this.#api.remove(each.name))) return;
        this.#documents = this.#documents.filter((other) => other !== each);
        this.#draw();
    }

    #menu(anchor) {
        openMenu(anchor, 'Menu', [...themeItems(), '-',
            { label: 'Sign out', run: () => this.#onSignOut() }]);
    }
}
