/** Keys that work everywhere on the page. */

import { switcherDialog } from './dialogs.js';

export function listenToKeys(chat, roomView) {
    document.addEventListener('keydown', (event) => {
        if (event.defaultPrevented || document.querySelector('dialog[open]')) return;
        const isTyping = event.target.matches?.('input, textarea, select');
        if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
            event.preventDefault();
            switcherDialog(chat);
        } else if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
            event.preventDefault();
            chat.neighbour(event.key === 'ArrowUp' ? -1 : 1);
        } else if (event.key === '/' && !isTyping && chat.room) {
            event.preventDefault();
            if (chat.route.panel !== 'search') chat.openPanel('search');
            document.querySelector('.panel input[type=search]')?.focus();
        } else if (event.key === 'Escape' && !document.querySelector(':popover-open')) {
            if (chat.route.thread || chat.route.panel) chat.closePanel();
            else if (!isTyping) roomView.focusComposer();
        }
    });
}
