/** A thread that is open beside its room: the root, its replies and who follows. */

import { MessageWindow } from './messages.js';

export class ThreadView {
    root = null;
    replies = new MessageWindow();
    followers = new Set();
    error = null;

    #topic;
    #martlet;

    constructor(topic, id, martlet) {
        this.id = id;
        this.#topic = topic;
        this.#martlet = martlet;
    }

    async load() {
        try {
            const reply = await this.#page({ limit: 100 });
            // What arrived meanwhile stays: the window sorts and merges.
            const meanwhile = this.replies.all;
            this.root = reply.root;
            this.followers = new Set(reply.followers ?? []);
            this.replies.show(reply);
            for (const message of meanwhile) this.replies.put(message);
        } catch (error) {
            this.error = error;
        }
    }

    async loadBefore() {
        const { first } = this.replies;
        if (first) this.replies.prepend(await this.#page({ limit: 100, before: first.id }));
    }

    get(id) {
        return this.root?.id === id ? this.root : this.replies.get(id);
    }

    put(reply) {
        if (reply.threadId === this.id) this.replies.put(reply);
    }

    followed({ threadId, userId }, isFollowing) {
        if (threadId !== this.id) return false;
        if (isFollowing) this.followers.add(userId);
        else this.followers.delete(userId);
        return true;
    }

    #page(where) {
        return this.#martlet.command('thread', {
            topic: this.#topic, threadId: this.id, ...where,
        });
    }
}
