/** Which expressions are plain selectors, and the topics on which their samples come. */

const selector = /^\s*([a-zA-Z_:][\w:]*)?\s*(\{[^{}]*\})?\s*$/;
const topicBytesMaximum = 255;
const plain = /[A-Za-z0-9._\-:/@]/;

export function isSelector(expr) {
    const match = selector.exec(expr);
    return match !== null && (match[1] !== undefined || /\{[^{}]*\w[^{}]*\}/.test(expr));
}

/** `stream:` and the selector, escaped; null where that is too long, or no selector. */
export function topicOf(expr) {
    if (!isSelector(expr)) return null;
    let topic = 'stream:';
    for (const byte of new TextEncoder().encode(expr.trim())) {
        const character = String.fromCharCode(byte);
        topic += byte < 128 && plain.test(character) ? character
            : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    }
    return topic.length <= topicBytesMaximum ? topic : null;
}
