/**
 * y-websocket's own provider under Node, one editor in a process: commands come as lines of JSON
 * on standard input, `{id, action, …}`, and each is answered by a line `{id, value}`.
 *
 *     NODE_PATH=/usr/share/nodejs node yjs_client.cjs ws://127.0.0.1:8000/yjs notes '{"name":"ada"}'
 */

'use strict';

const readline = require('node:readline');
const encoding = require('lib0/encoding');
const decoding = require('lib0/decoding');
const WebSocket = require('ws');
const { WebsocketProvider } = require('y-websocket');
const Y = require('yjs');

const saved = 102;
const [, , url, name, params] = process.argv;

// What the provider warns of is expected here: tests ask for it.
const warnings = [];
console.warn = (text) => warnings.push(String(text));

const doc = new Y.Doc();
const text = doc.getText('content');
const provider = new WebsocketProvider(url, name, doc, {
    WebSocketPolyfill: WebSocket, disableBc: true, params: JSON.parse(params), maxBackoffTime: 400,
});
const closes = [];
let acknowledged = 0;
provider.on('connection-close', (event) => closes.push(event.code));
provider.messageHandlers[saved] = (_, decoder) => {
    acknowledged = Math.max(acknowledged, decoding.readVarUint(decoder));
};

/** Asks the hub to say so when everything up to here is on its disk. */
function askSaved(number) {
    if (!provider.wsconnected) return;
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, saved);
    encoding.writeVarUint(encoder, number);
    provider.ws.send(encoding.toUint8Array(encoder));
}

let typing = null;
let typed = 0;

/** Types `prefix1;prefix2;…`, one each few milliseconds, and asks about each. */
function type({ prefix, every, count }) {
    clearInterval(typing);
    typed = 0;
    typing = setInterval(() => {
        typed += 1;
        text.insert(text.length, `${prefix}${typed};`);
        if (provider.synced) askSaved(typed);
        if (typed >= count) clearInterval(typing);
    }, every);
}

const actions = {
    insert: ({ index, content }) => text.insert(Math.min(index, text.length), content),
    remove: ({ index, length }) => text.delete(index, length),
    format: ({ index, length, attributes }) => text.format(index, length, attributes),
    set: ({ root, key, value }) => doc.getMap(root).set(key, value),
    text: () => text.toString(),
    delta: () => text.toDelta(),
    map: ({ root }) => doc.getMap(root).toJSON(),
    status: () => ({
        synced: provider.synced, connected: provider.wsconnected, closes, warnings, typed,
        acknowledged, clientId: doc.clientID,
    }),
    type,
    stopTyping: () => clearInterval(typing),
    present: ({ state }) => provider.awareness.setLocalState(state),
    people: () => [...provider.awareness.getStates().values()],
    token: ({ token }) => { provider.url = `${url}/${name}?token=${token}`; },
    askSaved: ({ number }) => askSaved(number),
    disconnect: () => provider.disconnect(),
    connect: () => provider.connect(),
};

readline.createInterface({ input: process.stdin }).on('line', (line) => {
    const { id, action, ...fields } = JSON.parse(line);
    const value = actions[action](fields) ?? null;
    process.stdout.write(`${JSON.stringify({ id, value })}\n`);
}).on('close', () => process.exit(0));
