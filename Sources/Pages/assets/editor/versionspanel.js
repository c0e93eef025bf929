/** Versions: kept by name or by the hub itself, to look at and to go back to. */

import { confirmed, field, formDialog, openDialog } from '../chat/dialogs.js';
import { fill, h, iconButton } from '../chat/dom.js';
import { reported, sentence, toast } from '../chat/toast.js';
import { clockTime, dayLabel, fullTime } from '../chat/words.js';
import { markdown } from './markdown.js';

export class VersionsPanel {
    #session;
    #api;
    #versions = [];
    #hasMore = false;
    #list = h('ul', { class: 'versions' });
    #state = h('p', { class: 'hint', role: 'status' });
    #onClose;
    #save;
    element;

    constructor(session, api, onClose) {
        this.#session = session;
        this.#api = api;
        this.#onClose = onClose;
        this.#save = h('button', {
            type: 'button', class: 'button button-primary button-small',
            onClick: () => this.save(),
        }, 'Save a version');
        this.element = h('aside', { class: 'panel versions-panel', 'aria-label': 'Versions' },
            h('header', { class: 'panel-header' }, h('h2', {}, 'Versions'), this.#save,
                iconButton('close', 'Close versions', onClose)),
            h('div', { class: 'versions-scroll' }, this.#state, this.#list));
        session.addEventListener('status', () => this.#allow());
        this.#allow();
    }

    async open() {
        await this.#load();
        this.element.querySelector('button')?.focus();
    }

    close() {
        this.#onClose();
    }

    /** Asks for a name and keeps what the hub has. */
    save() {
        formDialog('Save a version', [
            field('Name', h('input', {
                name: 'name', class: 'input', required: true, maxlength: 80, autocomplete: 'off',
                placeholder: 'Before the review',
            }), 'What everybody has written up to now is kept under it.'),
        ], 'Save', async (form) => {
            await this.#api.saveVersion(this.#session.name, form.get('name').trim());
            toast('The version is saved.');
            if (this.element.isConnected) await this.#load();
        });
    }

    #allow() {
        this.#save.hidden = this.#session.isReadOnly;
        this.element.classList.toggle('read-only', this.#session.isReadOnly);
    }

    async #load(before) {
        try {
            const page = await this.#api.versions(this.#session.name, before);
            this.#versions = [...(before ? this.#versions : []), ...page.versions];
            this.#hasMore = page.more;
            this.#draw();
        } catch (error) {
            fill(this.#state, sentence(error));
        }
    }

    #draw() {
        fill(this.#state, this.#versions.length > 0 ? ''
            : 'None yet. The hub keeps one by itself every half hour of editing.');
        fill(this.#list, this.#versions.map((each) => this.#row(each)), this.#hasMore
            ? h('li', {}, h('button', {
                type: 'button', class: 'link',
                onClick: () => this.#load(this.#versions.at(-1).versionId),
            }, 'Earlier ones')) : null);
    }

    #row(version) {
        const { at, by, name } = version;
        return h('li', { class: 'version', 'data-version': version.versionId },
            h('div', { class: 'version-text' },
                h('strong', {}, name ?? 'Kept automatically'),
                h('span', { class: 'hint', title: fullTime(at) },
                    `${dayLabel(at)}, ${clockTime(at)}${name ? ` · ${by}` : ''}`)),
            h('div', { class: 'buttons' },
                h('button', {
                    type: 'button', class: 'button button-small',
                    onClick: () => this.#preview(version),
                }, 'Look'),
                h('button', {
                    type: 'button', class: 'button button-small only-writers',
                    onClick: () => this.#restore(version),
                }, 'Restore'),
                iconButton('trash', 'Forget this version', () => this.#remove(version), {
                    class: 'only-writers',
                })));
    }

    async #preview(version) {
        let text;
        try {
            const reply = await this.#api.versionText(
                this.#session.name, version.versionId, 'content',
            );
            text = reply.content;
        } catch (error) {
            toast(sentence(error), { isError: true });
            return;
        }
        const dialog = openDialog(version.name ?? 'Kept automatically', [
            h('div', { class: 'prose version-preview', tabindex: 0 },
                text ? markdown(text) : h('p', { class: 'hint' }, 'It was empty.')),
            h('footer', { class: 'dialog-footer only-writers' }, h('button', {
                type: 'button', class: 'button button-primary',
                onClick: () => {
                    dialog.close();
                    this.#restore(version);
                },
            }, 'Restore')),
        ], { className: 'dialog-wide' });
        dialog.classList.toggle('read-only', this.#session.isReadOnly);
    }

    async #restore(version) {
        const text = 'The document will read as it did then. What it reads now is kept only if you '
            + 'save it as a version first. Others may go on typing.';
        if (!await confirmed('Restore this version?', text, 'Restore')) return;
        if (await reported(this.#api.restore(this.#session.name, version.versionId))) {
            toast('The version is restored.');
        }
    }

    async #remove(version) {
        const text = 'The document stays as it is.';
        if (!await confirmed('Forget this version?', text, 'Forget')) return;
        await reported(this.#api.removeVersion(this.#session.name, version.versionId));
        await this.#load();
    }
}
