/** Menus and the emoji picker: popovers that close by themselves and give the focus back. */

import { h, icon } from './dom.js';

const gap = 6;

/** Opens a popover beside an anchor; answers a function that closes it. */
export function openPopover(anchor, content, { label, role = 'dialog', className = '' } = {}) {
    const element = h('div', {
        class: `popover ${className}`.trim(), popover: 'auto', role, 'aria-label': label,
    }, content);
    const before = document.activeElement;
    document.body.append(element);
    element.addEventListener('toggle', (event) => {
        if (event.newState !== 'closed') return;
        const hadFocus = element.contains(document.activeElement)
            || document.activeElement === document.body;
        element.remove();
        if (hadFocus && before?.isConnected) before.focus();
    });
    element.showPopover();
    place(element, anchor.getBoundingClientRect());
    return () => { if (element.isConnected) element.hidePopover(); };
}

function place(element, anchor) {
    const { width, height } = element.getBoundingClientRect();
    const fitsBelow = anchor.bottom + gap + height < innerHeight;
    const top = fitsBelow ? anchor.bottom + gap : Math.max(gap, anchor.top - gap - height);
    const left = Math.min(Math.max(gap, anchor.right - width), innerWidth - width - gap);
    element.style.setProperty('top', `${top}px`);
    element.style.setProperty('left', `${Math.max(gap, left)}px`);
}

/** Items are `{label, icon, run, isDanger}`; null ones are left out, `'-'` draws a line. */
export function openMenu(anchor, label, items) {
    let close = () => {};
    const rows = items.filter(Boolean).map((item) => {
        if (item === '-') return h('hr');
        const style = item.isDanger ? 'menu-item danger' : 'menu-item';
        return h('button', {
            type: 'button', role: 'menuitem', class: style,
            onClick: () => { close(); item.run(); },
        }, item.icon ? icon(item.icon) : null, h('span', {}, item.label));
    });
    const menu = h('div', { class: 'menu', onKeydown: arrows('[role=menuitem]', 1) }, rows);
    close = openPopover(anchor, menu, { label, role: 'menu' });
    menu.querySelector('[role=menuitem]')?.focus();
}

const emoji = [
    ['👍', 'thumbs up'], ['❤️', 'heart'], ['😂', 'tears of joy'], ['🎉', 'party'],
    ['😮', 'surprise'], ['😢', 'sad'], ['🙏', 'thanks'], ['👀', 'eyes'], ['✅', 'done'],
    ['👎', 'thumbs down'], ['😀', 'grin'], ['😄', 'laugh'], ['😅', 'sweat'], ['😉', 'wink'],
    ['😊', 'blush'], ['😍', 'in love'], ['😎', 'cool'], ['🤔', 'thinking'], ['🤷', 'shrug'],
    ['🙄', 'rolling eyes'], ['😴', 'asleep'], ['😭', 'crying'], ['😡', 'angry'], ['🤯', 'mind blown'],
    ['👏', 'clapping'], ['🙌', 'hooray'], ['💪', 'strong'], ['👋', 'wave'], ['🤝', 'handshake'],
    ['✌️', 'victory'], ['🔥', 'fire'], ['⭐', 'star'], ['💡', 'idea'], ['🚀', 'rocket'],
    ['🐛', 'bug'], ['🔧', 'wrench'], ['📌', 'pin'], ['📎', 'clip'], ['⏰', 'alarm'], ['☕', 'coffee'],
    ['🍕', 'pizza'], ['🌱', 'seedling'], ['🐦', 'bird'], ['❓', 'question'], ['❗', 'exclamation'],
    ['💯', 'hundred'], ['➕', 'plus'], ['❌', 'no'],
];

export const quickEmoji = emoji.slice(0, 3);

export function openEmojiPicker(anchor, onPick) {
    let close = () => {};
    const grid = h('div', { class: 'emoji-grid', onKeydown: arrows('button', 8) },
        emoji.map(([character, name]) => h('button', {
            type: 'button', class: 'emoji', title: name, 'aria-label': name,
            onClick: () => { close(); onPick(character); },
        }, character)));
    close = openPopover(anchor, grid, { label: 'Emoji', className: 'popover-emoji' });
    grid.querySelector('button').focus();
}

/** Arrow keys move among the elements of a list or grid. */
function arrows(selector, columns) {
    return (event) => {
        const steps = {
            ArrowDown: columns, ArrowUp: -columns, ArrowRight: 1, ArrowLeft: -1,
            Home: -Infinity, End: Infinity,
        };
        const step = steps[event.key];
        if (step === undefined) return;
        event.preventDefault();
        const all = [...event.currentTarget.querySelectorAll(selector)];
        const next = all.indexOf(document.activeElement) + step;
        all[Math.min(all.length - 1, Math.max(0, next))]?.focus();
    };
}
