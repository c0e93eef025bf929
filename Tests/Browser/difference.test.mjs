/** What the editor makes of typing and of others' changes: `node --test Tests/Browser`. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
    applied, difference, moved,
} from '../../Sources/Pages/assets/editor/difference.js';

test('In a run of equal letters the caret tells where it was typed', () => {
    assert.deepEqual(difference('aaa', 'aaaa', 2), { index: 1, removed: 0, inserted: 'a' });
    assert.deepEqual(difference('aaa', 'aaaa', 4), { index: 3, removed: 0, inserted: 'a' });
    assert.deepEqual(difference('abab', 'ab', 0), { index: 0, removed: 2, inserted: '' });
});

test('A character of two units is replaced as a whole', () => {
    assert.deepEqual(difference('x😀y', 'x😁y', 3), { index: 1, removed: 2, inserted: '😁' });
    // The trailing units are equal, the leading ones are not.
    assert.deepEqual(difference('🐀', '😀', 2), { index: 0, removed: 2, inserted: '😀' });
});

test('An edit made from any two texts leads from one to the other', () => {
    let seed = 7;
    const random = (below) => {
        seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
        return (seed >>> 8) % below;
    };
    const letters = ['a', 'b', '\n', '😀', '😁'];
    const text = () => Array.from({ length: random(8) }, () => letters[random(5)]).join('');
    for (let round = 0; round < 3_000; round += 1) {
        const [before, after] = [text(), text()];
        const edit = difference(before, after, random(after.length + 1));
        const made = before.slice(0, edit.index) + edit.inserted
            + before.slice(edit.index + edit.removed);
        assert.equal(made, after, JSON.stringify([before, after, edit]));
        assert.ok(edit.removed >= 0);
        for (const part of [edit.inserted, before.slice(edit.index, edit.index + edit.removed)]) {
            assert.ok(part.isWellFormed(), JSON.stringify([before, after, edit]));
        }
    }
});

test('A place moves with what is written and deleted before it, and stays where it is', () => {
    assert.equal(moved(3, [{ insert: 'ab' }]), 5);
    assert.equal(moved(3, [{ retain: 3 }, { insert: 'ab' }]), 3);
    assert.equal(moved(3, [{ retain: 3 }, { insert: 'ab' }], { holds: true }), 5);
    assert.equal(moved(3, [{ retain: 4 }, { insert: 'ab' }], { holds: true }), 3);
    assert.equal(moved(3, [{ retain: 1 }, { delete: 5 }]), 1);
    assert.equal(moved(3, [{ delete: 2 }, { insert: { image: 1 } }]), 2);
    assert.equal(moved(3, [{ retain: 2 }, { delete: 1 }, { insert: 'x' }]), 2);
});

test('What a text field would change is shown as something of the same length', () => {
    assert.equal(applied('', [{ insert: 'a\r\nb' }, { insert: { image: 1 } }]), 'a \nb\ufffc');
    assert.equal(applied('hello', [{ retain: 1 }, { delete: 3 }, { insert: 'ipp' }]), 'hippo');
});
