/** The client against a scripted hub: `node --test Tests/Browser`. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Martlet, ulid } from '../../Sources/Pages/assets/martlet.js';
import { ManualClock, scripted, settle } from './scripted.mjs';

async function client(options = {}) {
    const clock = new ManualClock();
    const script = scripted();
    const martlet = Martlet.connect('ws://hub/ws', { clock, ...script, ...options });
    await settle();
    return { martlet, clock, ...script, ...options };
}

async function online(options = {}, session = {}) {
    const parts = await client(options);
    await parts.sockets[0].signIn(session);
    return parts;
}

function recorded(subscription) {
    const seen = [];
    subscription.addEventListener('event', ({ detail }) => seen.push(detail.position));
    return seen;
}

function message(offset, epoch = 'k3') {
    return { topic: 'room:a', event: 'message', position: `${epoch}:${offset}`, data: {} };
}

test('A command is answered by the reply with its id', async () => {
    const { martlet, sockets: [socket] } = await online();
    const reply = martlet.command('room', { topic: 'room:a' });
    await settle();
    await socket.receive([{ id: 999, ok: 'another' }]);
    await socket.receive([{ id: socket.last('room').id, ok: { room: { title: 'A' } } }]);
    assert.deepEqual(await reply, { room: { title: 'A' } });
});

test('A refusal carries code, retry and retryAfter', async () => {
    const { martlet, sockets: [socket] } = await online();
    const refused = assert.rejects(
        martlet.command('post', { topic: 'room:a' }),
        { code: 'busy', retry: true, retryAfter: 250 },
    );
    await settle();
    await socket.refuse('post', { code: 'busy', message: 'm', retry: true, retryAfter: 250 });
    await refused;
});

test('A command given before the connection waits for it, but not for ever', async () => {
    const { martlet, clock, sockets } = await client();
    const served = martlet.command('rooms');
    const late = assert.rejects(
        martlet.command('rooms', {}, { patience: 100 }), { code: 'disconnected' },
    );
    await clock.advance(100);
    await late;
    await sockets[0].signIn();
    await sockets[0].answer('rooms', { rooms: [] });
    assert.deepEqual(await served, { rooms: [] });
});

test('Pauses grow with full jitter up to the cap and start anew after stability', async () => {
    const { martlet, clock, sockets } = await client();
    const bounds = [];
    for (let attempt = 0; attempt < 8; attempt += 1) {
        await sockets.at(-1).drop();
        assert.equal(martlet.state, 'waiting');
        bounds.push((martlet.retryAt - clock.now()) * 2);
        await clock.advance(martlet.retryAt - clock.now());
    }
    assert.deepEqual(bounds, [500, 1000, 2000, 4000, 8000, 16000, 20000, 20000]);
    await sockets.at(-1).signIn();
    await clock.advance(10_000);
    await sockets.at(-1).drop();
    assert.equal((martlet.retryAt - clock.now()) * 2, 500);
});

test('A connection lost at once does not reset the pauses', async () => {
    const { martlet, clock, sockets } = await client();
    await sockets[0].drop();
    await clock.advance(250);
    await sockets[1].signIn();
    await clock.advance(1_000);
    await sockets[1].drop();
    assert.equal((martlet.retryAt - clock.now()) * 2, 1000);
});

for (const code of [1002, 1003, 1007, 1009, 4500, 4501, 4777]) {
    test(`Close code ${code} ends it for good`, async () => {
        const { martlet, clock, sockets } = await online();
        await sockets[0].drop(code);
        await clock.advance(100_000);
        assert.equal(martlet.state, 'closed');
        assert.ok(martlet.error.code);
        assert.equal(sockets.length, 1);
        await assert.rejects(martlet.command('rooms'), { code: martlet.error.code });
    });
}

for (const code of [1000, 1001, 1006, 1011, 4000, 4002, 4003, 4004]) {
    test(`Close code ${code} means come back`, async () => {
        const { clock, sockets } = await online();
        await sockets[0].drop(code);
        await clock.advance(500);
        assert.equal(sockets.length, 2);
    });
}

test('A token that the hub refuses ends it; getToken is asked again after 4001', async () => {
    const { martlet, sockets } = await client({ token: 'bad' });
    await sockets[0].open();
    await sockets[0].refuse('hello', { code: 'unauthorized', message: 'no', retry: false });
    assert.equal(martlet.state, 'closed');

    let count = 0;
    const other = await online({ getToken: async () => `t${(count += 1)}` });
    await other.sockets[0].drop(4001);
    await other.clock.advance(1);
    await other.sockets[1].open();
    assert.equal(other.sockets[1].last('hello').token, 't2');
});

test('A token is renewed before it expires', async () => {
    const clock = new ManualClock();
    let count = 0;
    const { sockets: [socket] } = await online(
        { clock, getToken: () => `t${(count += 1)}` },
        { expires: clock.now() + 600_000, ping: 1e9 },
    );
    await clock.advance(530_000);
    assert.equal(socket.last('refresh'), undefined);
    await clock.advance(15_000);
    assert.equal(socket.last('refresh').token, 't2');
});

test('Subscriptions resume from their last position, in the hello', async () => {
    const { martlet, clock, sockets } = await online();
    const room = martlet.join('room:a', { presence: true });
    const seen = recorded(room);
    await sockets[0].answer('join', { position: 'k3:7' });
    await sockets[0].receive(message(8));
    await sockets[0].drop();
    await clock.advance(500);
    await sockets[1].open();
    assert.deepEqual(sockets[1].last('hello').resume, [
        { topic: 'room:a', since: 'k3:8', presence: true },
    ]);
    await sockets[1].answer('hello', {
        user: 'ada', resumed: [{ topic: 'room:a', position: 'k3:10' }],
    });
    await sockets[1].receive([message(9), message(10)]);
    assert.deepEqual(seen, ['k3:8', 'k3:9', 'k3:10']);
    assert.equal(sockets[1].last('join'), undefined);
});

test('A conflated state is joined anew after a reconnect, and told whole', async () => {
    const { martlet, clock, sockets } = await online();
    const stock = martlet.join('item:mug', { conflate: true });
    const told = [];
    stock.addEventListener('joined', ({ detail }) => told.push(detail.state));
    await settle();
    assert.deepEqual(sockets[0].last('join'),
        { id: sockets[0].last('join').id, action: 'join', topic: 'item:mug', conflate: true });
    await sockets[0].answer('join', { position: 'k3:7', state: { available: 3 } });
    await sockets[0].drop();
    await clock.advance(500);
    await sockets[1].signIn();
    assert.equal(sockets[1].last('hello').resume, undefined);
    assert.equal(sockets[1].last('join').conflate, true);
    assert.equal('since' in sockets[1].last('join'), false);
    await sockets[1].answer('join', { position: 'k3:9', state: { available: 1 } });
    assert.deepEqual(told, [{ available: 3 }, { available: 1 }]);
});

test('A subscription whose resume is refused ends', async () => {
    const { martlet, clock, sockets } = await online();
    const room = martlet.join('room:a');
    await sockets[0].answer('join', { position: 'k3:7' });
    let ended = null;
    room.addEventListener('ended', ({ detail }) => { ended = detail.reason; });
    await sockets[0].drop();
    await clock.advance(500);
    const error = { code: 'banned', message: 'no', retry: false };
    await sockets[1].signIn({ resumed: [{ topic: 'room:a', error }] });
    assert.equal(ended, 'banned');
});

test('What came already is dropped', async () => {
    const { martlet, sockets: [socket] } = await online();
    const seen = recorded(martlet.join('room:a'));
    await socket.answer('join', { position: 'k3:7' });
    for (const offset of [8, 8, 7, 9]) await socket.receive(message(offset));
    assert.deepEqual(seen, ['k3:8', 'k3:9']);
});

test('Behind a gap nothing is shown before it is filled', async () => {
    const { martlet, sockets: [socket] } = await online();
    const seen = recorded(martlet.join('room:a'));
    await socket.answer('join', { position: 'k3:7' });
    await socket.receive(message(8));
    await socket.receive(message(10));
    await socket.receive(message(11));
    assert.deepEqual(seen, ['k3:8']);
    assert.equal(socket.last('join').since, 'k3:8');
    await socket.answer('join', { position: 'k3:11' });
    for (const offset of [9, 10, 11]) await socket.receive(message(offset));
    assert.deepEqual(seen, ['k3:8', 'k3:9', 'k3:10', 'k3:11']);
});

test('A gap that the hub cannot fill is reported, once, and passed', async () => {
    const { martlet, sockets: [socket] } = await online();
    const room = martlet.join('room:a');
    const seen = recorded(room);
    const gaps = [];
    room.addEventListener('gap', ({ detail }) => gaps.push(detail));
    await socket.answer('join', { position: 'k3:7' });
    await socket.receive(message(10));
    await socket.answer('join', { position: 'k3:10' });
    await socket.receive(message(10));
    await socket.receive(message(11));
    assert.deepEqual(gaps, [{ from: 'k3:7', to: 'k3:10' }]);
    assert.deepEqual(seen, ['k3:10', 'k3:11']);
});

test('Another epoch resets the subscription and starts at its beginning', async () => {
    const { martlet, sockets: [socket] } = await online();
    const room = martlet.join('room:a');
    const seen = recorded(room);
    let resets = 0;
    room.addEventListener('reset', () => { resets += 1; });
    await socket.answer('join', { position: 'k3:7' });
    await socket.receive(message(4, 'k4'));
    assert.equal(socket.last('join').since, 'k3:7');
    await socket.answer('join', { position: 'k4:2', reset: true });
    await socket.receive([message(1, 'k4'), message(2, 'k4')]);
    assert.equal(resets, 1);
    assert.deepEqual(seen, ['k4:1', 'k4:2']);
});

test('Events without a position pass, and subscription_ended ends', async () => {
    const { martlet, sockets: [socket] } = await online();
    const typing = [];
    const room = martlet.join('room:a', { onTyping: (event) => typing.push(event.data.userId) });
    await socket.answer('join', { position: 'k3:7' });
    await socket.receive({ topic: 'room:a', event: 'typing', data: { userId: 'bob' } });
    await socket.receive({
        topic: 'room:a', event: 'subscription_ended', data: { reason: 'kicked' },
    });
    assert.deepEqual(typing, ['bob']);
    assert.equal(room.state, 'ended');
});

test('The outbox sends in order, one at a time, and repeats with the same key', async () => {
    const { martlet, clock, sockets } = await online();
    const first = martlet.post('room:a', { content: '1' });
    const second = martlet.post('room:a', { content: '2' });
    await settle();
    const keys = sockets[0].sent.filter((each) => each.key).map((each) => each.key);
    assert.deepEqual(keys, [first.key]);
    await sockets[0].drop();
    assert.equal(first.state, 'pending');
    await clock.advance(500);
    await sockets[1].signIn();
    assert.equal(sockets[1].last('post').key, first.key);
    await sockets[1].answer('post', { messageId: '1' });
    assert.equal(sockets[1].last('post').key, second.key);
    await sockets[1].answer('post', { messageId: '2' });
    assert.deepEqual([(await first.done).messageId, (await second.done).messageId], ['1', '2']);
    assert.equal(martlet.outbox.entries.length, 0);
});

test('A retryable refusal holds back its topic, a final one does not', async () => {
    const { martlet, clock, sockets: [socket] } = await online();
    const first = martlet.post('room:a', { content: '1' });
    const second = martlet.post('room:a', { content: '2' });
    await settle();
    const busy = { code: 'rate_limited', message: '', retry: true, retryAfter: 3_000 };
    await socket.refuse('post', busy);
    await clock.advance(2_900);
    assert.equal(socket.sent.filter((each) => each.action === 'post').length, 1);
    await clock.advance(200);
    assert.equal(socket.last('post').key, first.key);
    await socket.refuse('post', { code: 'muted', message: 'no', retry: false });
    assert.equal(first.state, 'failed');
    assert.equal(socket.last('post').key, second.key);
    await socket.answer('post', { messageId: '2' });
    martlet.outbox.retry(first.key);
    await settle();
    assert.equal(socket.last('post').key, first.key);
});

test('What a closed page left is adopted by the next, but never by another user', async () => {
    const { martlet, storage, sockets } = await online();
    await sockets[0].drop();
    const entry = martlet.post('room:a', { content: 'kept' });
    martlet.close();

    const stranger = scripted();
    Martlet.connect('ws://hub/ws', { ...stranger, storage, clock: new ManualClock() });
    await settle();
    await stranger.sockets[0].signIn({ user: 'bob' });
    assert.equal(stranger.sockets[0].last('post'), undefined);

    const successor = scripted();
    Martlet.connect('ws://hub/ws', { ...successor, storage, clock: new ManualClock() });
    await settle();
    await successor.sockets[0].signIn();
    assert.equal(successor.sockets[0].last('post').key, entry.key);
    await successor.sockets[0].answer('post', { messageId: '1' });
    assert.deepEqual([...storage.items.values()], []);
});

test('The outbox is bounded, and a message over the cap of the hub fails here', async () => {
    const { martlet, sockets: [socket] } = await online({}, { limits: { messageBytes: 500 } });
    const entry = martlet.post('room:a', { content: 'x'.repeat(600) });
    await assert.rejects(entry.done, { code: 'too_large' });
    await socket.drop();
    assert.throws(() => {
        for (let index = 0; index < 300; index += 1) martlet.post('room:a', { content: 'x' });
    }, { code: 'outbox_full' });
});

test('Silence is answered by a ping, and silence after that by a new connection', async () => {
    const { martlet, clock, sockets } = await online();
    await clock.advance(34_000);
    assert.equal(sockets[0].last('ping'), undefined);
    await clock.advance(2_000);
    await sockets[0].answer('ping', { at: 1 });
    assert.equal(martlet.state, 'online');
    await clock.advance(47_000);
    assert.notEqual(martlet.state, 'online');
    await clock.advance(1_000);
    assert.equal(sockets.length, 2);
});

test('A draining hub is left before its deadline, without a moment offline', async () => {
    const { martlet, clock, sockets } = await online();
    const states = [];
    martlet.addEventListener('state', () => states.push(martlet.state));
    const seen = recorded(martlet.join('room:a'));
    await sockets[0].answer('join', { position: 'k3:7' });
    await sockets[0].receive({ event: 'draining', data: { after: 10_000 } });
    await clock.advance(7_000);
    assert.equal(sockets.length, 2);
    await sockets[0].receive(message(8));
    await sockets[1].open();
    await sockets[0].receive(message(9));
    await sockets[1].answer('hello', {
        user: 'ada', resumed: [{ topic: 'room:a', position: 'k3:9' }],
    });
    await sockets[1].receive([message(9), message(10)]);
    assert.deepEqual(seen, ['k3:8', 'k3:9', 'k3:10']);
    assert.equal(sockets[0].readyState, 3);
    assert.deepEqual(states, []);
});

test('Keys rise, also within one millisecond', () => {
    const keys = Array.from({ length: 1_000 }, () => ulid(1_795_400_000_123));
    assert.deepEqual(keys, [...keys].sort());
    assert.equal(new Set(keys).size, 1_000);
    assert.match(keys[0], /^[0-9A-HJKMNP-TV-Z]{26}$/);
});

test('Presence that is wanted while a join is under way is asked for after it', async () => {
    const { martlet, sockets: [socket] } = await online();
    const room = martlet.join('room:a');
    await settle();
    room.setPresence(true);
    await socket.answer('join', { position: 'k3:7' });
    const { since, presence } = socket.last('join');
    assert.deepEqual({ since, presence }, { since: 'k3:7', presence: true });
});

test('More topics than a resume may have are joined one by one', async () => {
    const { martlet, clock, sockets } = await online();
    for (let index = 0; index < 130; index += 1) martlet.join(`room:${index}`, { since: 'k3:1' });
    await sockets[0].drop();
    await clock.advance(500);
    await sockets[1].open();
    assert.equal(sockets[1].last('hello').resume.length, 128);
    await sockets[1].answer('hello', { user: 'ada', resumed: [] });
    const joined = sockets[1].sent.filter((frame) => frame.action === 'join');
    assert.deepEqual(joined.map((frame) => frame.topic), ['room:128', 'room:129']);
});
