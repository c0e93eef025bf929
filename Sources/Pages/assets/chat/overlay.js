/** Commands of the outbox laid over what the hub has told: the page answers at once. */

/** `{posts, edits, deletions, reactions}` of one room; posts are in the order of writing. */
export function overlayOf(outbox, topic) {
    const overlay = { posts: [], edits: new Map(), deletions: new Set(), reactions: new Map() };
    for (const entry of outbox.entries) {
        if (entry.topic !== topic) continue;
        const { action, data } = entry;
        if (action === 'post') overlay.posts.push(entry);
        if (entry.state === 'failed') continue;
        if (action === 'edit') overlay.edits.set(data.messageId, data.content);
        if (action === 'delete') overlay.deletions.add(data.messageId);
        if (action === 'react' || action === 'unreact') {
            const list = overlay.reactions.get(data.messageId) ?? [];
            list.push({ emoji: data.emoji, isAdded: action === 'react' });
            overlay.reactions.set(data.messageId, list);
        }
    }
    return overlay;
}

/** The message as it will be when the outbox has been sent. */
export function laidOver(message, overlay, me) {
    const edit = overlay.edits.get(message.id);
    const changes = overlay.reactions.get(message.id);
    const isDeleting = overlay.deletions.has(message.id);
    if (edit === undefined && !changes && !isDeleting) return message;
    const shown = { ...message, isPending: true };
    if (edit !== undefined) shown.content = edit;
    if (isDeleting) Object.assign(shown, { content: '', deletedAt: Date.now(), reactions: {} });
    for (const { emoji, isAdded } of changes ?? []) {
        const others = (shown.reactions?.[emoji] ?? []).filter((each) => each !== me);
        shown.reactions = { ...shown.reactions, [emoji]: isAdded ? [...others, me] : others };
        if (shown.reactions[emoji].length === 0) delete shown.reactions[emoji];
    }
    return shown;
}

/**
 * Posts whose message is not shown yet. After a lost reply the message may come back before the
 * acknowledgement: then it stands for its post.
 */
export function unseenPosts(overlay, messages, me, threadId) {
    const claimed = new Set();
    return overlay.posts.filter((entry) => {
        if ((entry.data.threadId ?? null) !== threadId) return false;
        if (entry.state === 'failed') return true;
        for (let index = messages.length - 1; index >= 0; index -= 1) {
            const message = messages[index];
            if (message.timestamp < entry.at - 60_000) break;
            const isSame = message.userId === me && message.content === entry.data.content
                && message.timestamp >= entry.at && !claimed.has(message.id);
            if (isSame) {
                claimed.add(message.id);
                return false;
            }
        }
        return true;
    });
}
