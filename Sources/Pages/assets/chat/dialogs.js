/** Modal dialogs on <dialog>: confirm, create a room, message somebody, browse, switch. */

import { avatar } from './avatar.js';
import { fill, h, icon, iconButton } from './dom.js';
import { sentence } from './toast.js';
import { plural, slug } from './words.js';

/** Shows a modal dialog; it leaves the page when it closes. */
export function openDialog(title, content, { className = '' } = {}) {
    const dialog = h('dialog', { class: `dialog ${className}`.trim(), 'aria-label': title },
        h('header', { class: 'dialog-header' }, h('h2', {}, title),
            iconButton('close', 'Close', () => dialog.close())),
        content);
    dialog.addEventListener('close', () => dialog.remove());
    dialog.addEventListener('click', (event) => {
        if (event.target === dialog) dialog.close();
    });
    document.body.append(dialog);
    dialog.showModal();
    return dialog;
}

/** Asks before something that can't be undone. */
export function confirmed(title, text, verb) {
    return new Promise((resolve) => {
        let answer = false;
        const yes = () => { answer = true; dialog.close(); };
        const dialog = openDialog(title, [
            h('p', { class: 'dialog-text' }, text),
            h('footer', { class: 'dialog-footer' },
                h('button', { type: 'button', class: 'button', onClick: () => dialog.close() },
                    'Cancel'),
                h('button', {
                    type: 'button', class: 'button button-danger', autofocus: true, onClick: yes,
                }, verb)),
        ], { className: 'dialog-small' });
        dialog.addEventListener('close', () => resolve(answer));
        dialog.querySelector('.button-danger').focus();
    });
}

/** A form whose submission may fail with a sentence. */
export function formDialog(title, fields, verb, submit) {
    const error = h('p', { class: 'form-error', role: 'alert' });
    const button = h('button', { class: 'button button-primary' }, verb);
    const form = h('form', {
        onSubmit: async (event) => {
            event.preventDefault();
            button.disabled = true;
            fill(error);
            try {
                await submit(new FormData(form));
                dialog.close();
            } catch (reason) {
                fill(error, sentence(reason));
            } finally {
                button.disabled = false;
            }
        },
    }, fields, error, h('footer', { class: 'dialog-footer' },
        h('button', { type: 'button', class: 'button', onClick: () => dialog.close() }, 'Cancel'),
        button));
    const dialog = openDialog(title, form);
    form.querySelector('input:not([type=radio]), textarea')?.focus();
    return dialog;
}

export function field(label, control, hint) {
    return h('label', { class: 'field' }, h('span', { class: 'field-label' }, label), control,
        hint ? h('span', { class: 'field-hint' }, hint) : null);
}

export function createRoomDialog(chat) {
    const choice = (value, title, text, isChecked) => h('label', { class: 'choice' },
        h('input', { type: 'radio', name: 'visibility', value, checked: isChecked }),
        h('span', {}, h('strong', {}, title), h('span', { class: 'field-hint' }, text)));
    formDialog('Create a room', [
        field('Name', h('input', {
            name: 'title', class: 'input', required: true, maxlength: 80, autocomplete: 'off',
            placeholder: 'Design review',
        })),
        field('What is it for?', h('input', {
            name: 'purpose', class: 'input', maxlength: 250, autocomplete: 'off',
            placeholder: 'Optional',
        })),
        h('fieldset', { class: 'choices' },
            h('legend', { class: 'field-label' }, 'Who may see it?'),
            choice('public', 'Public', 'Everybody can find and join it.', true),
            choice('private', 'Private', 'Only those who are invited.', false)),
    ], 'Create', async (form) => {
        const title = form.get('title').trim();
        const name = slug(title) || `room-${Date.now().toString(36)}`;
        await chat.createRoom(`room:${name}`, {
            title, purpose: form.get('purpose').trim(), visibility: form.get('visibility'),
        });
    });
}

export function directMessageDialog(chat) {
    const input = h('input', {
        name: 'users', class: 'input', required: true, autocomplete: 'off', list: 'known-users',
        placeholder: 'bob',
    });
    const known = h('datalist', { id: 'known-users' },
        chat.knownUsers.map((user) => h('option', { value: user })));
    formDialog('Direct message', [
        field('To whom?', input, 'A user id; several, separated by commas, make a group.'), known,
    ], 'Open', async (form) => {
        const users = form.get('users').split(/[,\s]+/).map((user) => user.replace(/^@/, ''));
        await chat.openDirect(users.filter(Boolean));
    });
}

export function editRoomDialog(chat, room) {
    formDialog('Room settings', [
        field('Name', h('input', {
            name: 'title', class: 'input', required: true, maxlength: 80, value: room.title,
        })),
        field('What is it for?', h('input', {
            name: 'purpose', class: 'input', maxlength: 250, value: room.purpose,
        })),
    ], 'Save', (form) => chat.moderate(room, 'update', {
        title: form.get('title').trim(), purpose: form.get('purpose').trim(),
    }));
}

export function inviteDialog(chat, room) {
    formDialog(`Invite to ${room.name}`, [
        field('Whom?', h('input', {
            name: 'user', class: 'input', required: true, autocomplete: 'off', placeholder: 'bob',
        }), 'A user id.'),
    ], 'Invite', (form) => chat.moderate(room, 'invite', {
        userId: form.get('user').trim().replace(/^@/, ''),
    }));
}

/** All public rooms, to look at or join. */
export async function browseDialog(chat) {
    const list = h('div', { class: 'browse-list' }, h('p', { class: 'hint' }, 'Loading…'));
    const filter = h('input', {
        class: 'input', type: 'search', placeholder: 'Filter', 'aria-label': 'Filter rooms',
        onInput: () => draw(),
    });
    let rooms = [];
    const draw = () => {
        const wanted = filter.value.toLowerCase();
        const shown = rooms.filter((room) => `${room.title} ${room.roomId} ${room.purpose}`
            .toLowerCase().includes(wanted));
        fill(list, shown.map(row), shown.length === 0
            ? h('p', { class: 'hint' }, 'No such room. You can create it.') : null);
    };
    const row = (room) => h('button', {
        type: 'button', class: 'browse-row',
        onClick: () => { dialog.close(); chat.go(room.topic); },
    }, icon('hash'), h('span', { class: 'browse-text' },
        h('strong', {}, room.title || room.roomId),
        h('span', { class: 'hint' }, [plural(room.memberCount ?? 0, 'member'), room.purpose]
            .filter(Boolean).join(' · '))),
    chat.rooms.get(room.topic)?.isMember ? h('span', { class: 'tag' }, 'joined') : null);
    const dialog = openDialog('Public rooms', [filter, list,
        h('footer', { class: 'dialog-footer' }, h('button', {
            type: 'button', class: 'button',
            onClick: () => { dialog.close(); createRoomDialog(chat); },
        }, 'Create a room'))]);
    filter.focus();
    try {
        rooms = await chat.publicRooms();
        draw();
    } catch (error) {
        fill(list, h('p', { class: 'form-error' }, sentence(error)));
    }
}

/** Ctrl+K: rooms by a few letters. */
export function switcherDialog(chat) {
    const list = h('div', { class: 'switcher-list', role: 'listbox', id: 'switcher-list' });
    let chosen = 0;
    let shown = [];
    const open = (room) => { dialog.close(); chat.go(room.topic); };
    const draw = () => {
        const wanted = input.value.toLowerCase().trim();
        shown = chat.rooms.mine
            .filter((room) => `${room.name} ${room.roomId}`.toLowerCase().includes(wanted))
            .sort((left, right) => right.unread - left.unread).slice(0, 12);
        chosen = Math.max(0, Math.min(chosen, shown.length - 1));
        fill(list, shown.map((room, index) => h('div', {
            role: 'option', class: 'switcher-row', id: `switcher-${index}`,
            'aria-selected': String(index === chosen), onClick: () => open(room),
        }, room.isDirect ? avatar(room.partners[0] ?? room.name, { size: 'small' })
            : icon(room.visibility === 'private' ? 'lock' : 'hash'),
        h('span', {}, room.name),
        room.unread > 0 ? h('span', { class: 'badge' }, String(room.unread)) : null)),
        shown.length === 0 ? h('p', { class: 'hint' }, 'No such room among yours.') : null);
        input.setAttribute('aria-activedescendant', shown.length > 0 ? `switcher-${chosen}` : '');
    };
    const input = h('input', {
        class: 'input', type: 'search', placeholder: 'Go to…', role: 'combobox',
        'aria-label': 'Room', 'aria-controls': 'switcher-list', 'aria-expanded': 'true',
        autocomplete: 'off', onInput: () => { chosen = 0; draw(); },
        onKeydown: (event) => {
            if (event.key === 'ArrowDown') chosen += 1;
            else if (event.key === 'ArrowUp') chosen -= 1;
            else if (event.key === 'Enter' && shown[chosen]) open(shown[chosen]);
            else return;
            event.preventDefault();
            draw();
        },
    });
    const dialog = openDialog('Go to a room', [input, list], { className: 'dialog-switcher' });
    input.focus();
    draw();
}
