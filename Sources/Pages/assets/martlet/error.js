/** What a command is rejected with, and what a close code tells the client to do. */

/**
 * A refused or undeliverable command.
 *
 * `code` is one of the hub's codes, or one of ours: `disconnected` (the connection ended before the
 * reply), `timeout`, `closed` (the client was closed or may not come back), `outbox_full`,
 * `discarded`. `retry` says whether the same command may succeed later, `retryAfter` when, in
 * milliseconds.
 */
export class MartletError extends Error {
    constructor(code, message, { retry = false, retryAfter } = {}) {
        super(message || code);
        this.name = 'MartletError';
        this.code = code;
        this.retry = retry;
        this.retryAfter = retryAfter;
    }

    static of(refusal) {
        const { code = 'internal', message, retry, retryAfter } = refusal ?? {};
        return new MartletError(code, message, { retry: retry === true, retryAfter });
    }
}

const closeCodes = new Map([
    [1002, ['protocol_error', 'The connection broke the protocol.']],
    [1003, ['bad_data', 'The hub refused a binary message.']],
    [1007, ['bad_data', 'The hub refused text that is not UTF-8.']],
    [1009, ['too_large', 'A message was larger than the hub allows.']],
    [4501, ['revoked', 'The token or user was revoked.']],
    [4502, ['too_many_errors', 'The hub refused too many commands of this connection.']],
    [4503, ['connection_limit', 'Too many connections are open.']],
]);

/** An error when the close code forbids to come back, else null. */
export function finality(code) {
    const known = closeCodes.get(code);
    if (known) return new MartletError(...known);
    if (code >= 4500 && code <= 4999) return new MartletError('closed', `Closed with ${code}.`);
    return null;
}
