/** A joined topic that survives reconnects: every stored event once, in order, without a gap. */

/** `k3:41` as epoch and offset; null when it is not a position. */
export function parsePosition(text) {
    const match = /^([0-9a-z]+):(\d+)$/.exec(text ?? '');
    return match ? { epoch: match[1], offset: Number(match[2]) } : null;
}

/**
 * What `Martlet.join` answers: an `EventTarget`.
 *
 * Each event of the topic is dispatched twice, as `event` and under its own name (`message`,
 * `typing`, …), with the hub's frame as `detail`. Beside them: `joined` (the hub's reply, also
 * after each reconnect), `reset` (the log started anew: forget what you have), `gap` (records
 * that the hub itself no longer has) and `ended` (`{reason}`).
 */
export class Subscription extends EventTarget {
    /** The last position seen; null before the hub answered. */
    position = null;
    /** `joining`, `live`, `waiting` (for the connection) or `ended`. */
    state = 'joining';
    members = null;
    count = null;

    #since;
    /** What a join says instead of a position, asked for anew each time. */
    #fields;
    #presence;
    #conflate;
    /** What the join under way asks for. */
    #askedPresence = false;
    #repair;
    /** Frames of before a repair are dropped: they come again after its reply. */
    #repairing = false;
    #repairedFrom = null;
    #settle;

    /** `repair(subscription)` joins again from `position`. */
        if (this.#conflate) request.conflate = true;
        else if (since !== undefined && !this.#fields) request.since = since;
        if (this.#presence) request.presence = true;
        this.#askedPresence = this.#presence;
        return Object.assign(request, this.#fields?.());
    }

    /** Asks for presence from now on, or no longer. */
    setPresence(wanted) {
        if (wanted === this.#presence || this.state === 'ended') return;
        this.#presence = wanted;
        if (this.state === 'live') this.#startRepair();
    }

    /** The hub answered a join or resume. */
    joined(reply) {
        if (this.state === 'ended') return;
        this.#repairing = false;
        this.state = 'live';
        if (reply.reset) {
            this.position = origin(reply.position);
            this.#dispatch('reset', reply);
        } else if (this.position === null) {
            this.position = this.#since === '0' ? origin(reply.position)
                : this.#since ?? reply.position;
        }
        this.members = reply.members ?? null;
        this.count = reply.count ?? null;
        this.#settle.resolve(reply);
        this.#dispatch('joined', reply);
        if (this.#presence !== this.#askedPresence) this.#startRepair();
    }

    /** The connection is gone; what comes next comes after a resume. */
    interrupted() {
        this.#repairing = false;
        if (this.state === 'live') this.state = 'waiting';
    }

    end(reason, error) {
        if (this.state === 'ended') return;
        this.state = 'ended';
        this.#settle.reject(error ?? new Error(reason));
        this.#dispatch('ended', { reason, error });
    }

    /** An event arrived on some connection. */
    take(event) {
        if (this.state === 'ended') return;
        if (event.position === undefined) {
            this.#deliver(event);
            if (event.event === 'subscription_ended') this.end(event.data?.reason ?? 'ended');
            return;
        }
        if (this.#repairing) return;
        switch (this.#relation(event.position)) {
        case 'next':
            this.position = event.position;
            this.#deliver(event);
            break;
        case 'repeat':
            break;
        default:
            this.#takeBeyondGap(event);
        }
    }

    #takeBeyondGap(event) {
        if (this.#repairedFrom !== this.position) {
            this.#repairedFrom = this.position;
            this.#startRepair();
            return;
        }
        // The hub was asked for what is between, and this is what it has.
        this.#dispatch('gap', { from: this.position, to: event.position });
        this.position = event.position;
        this.#deliver(event);
    }

    #startRepair() {
        this.#repairing = true;
        this.#repair(this);
    }

    #relation(text) {
        const last = parsePosition(this.position);
        const next = parsePosition(text);
        if (last === null || next === null) return 'next';
        if (last.epoch !== next.epoch) return 'gap';
        if (next.offset <= last.offset) return 'repeat';
        return next.offset === last.offset + 1 ? 'next' : 'gap';
    }

    #deliver(event) {
        this.#dispatch('event', event);
        if (event.event !== 'event') this.#dispatch(event.event, event);
    }

    #dispatch(type, detail) {
        this.dispatchEvent(new CustomEvent(type, { detail }));
    }
}

function origin(position) {
    const parsed = parsePosition(position);
    return parsed ? `${parsed.epoch}:0` : null;
}
