"""Compares what clients were told with what each node's SQLite has, record by record."""

import asyncio
import collections
import json
import sqlite3
import time

import websockets

from load import DOCUMENTS, ITEMS

CONVERGENCE_SECONDS_MAXIMUM = 60


class Copy:
    """One node's database as it is now."""

    def __init__(self, hub):
        self.name = hub.name
        connection = sqlite3.connect(f"file:{hub.database}?mode=ro", uri=True, timeout=10)
        try:
            connection.execute("BEGIN")
            self.bookmarks = connection.execute(
                "SELECT partition, epoch, sequence, entry FROM partitions ORDER BY partition"
            ).fetchall()
            self.records = {}
            rows = connection.execute(
                """SELECT topics.name, offset, records.id, at, author, type, key, payload
                FROM records JOIN topics ON topics.id = records.topic
                WHERE topics.name NOT LIKE 'stream:%' AND topics.name NOT LIKE 'doc:%'
                ORDER BY topics.name, offset""")
            for topic, *record in rows:
                self.records.setdefault(topic, []).append(tuple(record))
            self.epochs = {
                name: epoch for name, epoch in connection.execute("SELECT name, epoch FROM topics")
                if name in self.records}
            self.stock = dict(
                (sku, (on_hand, reserved)) for sku, on_hand, reserved in
                connection.execute("SELECT sku, on_hand, reserved FROM stock"))
        finally:
            connection.close()


def difference(one, other):
    """The first thing in which two copies differ, as a sentence; None when they are the same."""
    for topic in sorted(one.records.keys() | other.records.keys()):
        mine, theirs = one.records.get(topic, []), other.records.get(topic, [])
        for left, right in zip(mine, theirs):
            if left != right:
                return (f"{topic} at {left[0]}: {one.name} has {left[:6]}, "
                        f"{other.name} has {right[:6]}")
        if len(mine) != len(theirs):
            return (f"{topic}: {one.name} has {len(mine)} records, "
                    f"{other.name} has {len(theirs)}")
        if one.epochs.get(topic) != other.epochs.get(topic):
            return (f"{topic}: {one.name} is in epoch {one.epochs.get(topic)}, "
                    f"{other.name} in {other.epochs.get(topic)}")
    if one.stock != other.stock:
        return f"stock: {one.name} has {one.stock}, {other.name} has {other.stock}"
    return None


async def copies_that_agree(hubs, seconds=CONVERGENCE_SECONDS_MAXIMUM):
    """Waits until all nodes have the same; what they differ in is an error."""
    deadline = time.monotonic() + seconds
    while True:
        copies = [Copy(hub) for hub in hubs]
        found = next(filter(None, (difference(copies[0], each) for each in copies[1:])), None)
        unready = [hub.name for hub in hubs if not hub.is_ready()]
        if found is None and not unready:
            return copies
        if time.monotonic() > deadline:
            reasons = [f"{hub.name}: {hub.get('/readyz')[1].decode()}" for hub in hubs]
            raise AssertionError(f"the nodes don't agree: {found}\n  " + "\n  ".join(reasons))
        await asyncio.sleep(0.2)


def check_records(copy, notes):
    """No acknowledged record lost or doubled; offsets without a gap; stock as it was told."""
    problems = list(notes.oddities)
    keyed = {}
    for topic, records in copy.records.items():
        offsets = [record[0] for record in records]
        if offsets != list(range(offsets[0], offsets[0] + len(offsets))):
            problems.append(f"{topic} has gaps or repeats in its offsets")
        ids = [record[1] for record in records]
        if len(set(ids)) != len(ids):
            problems.append(f"{topic} has a record twice")
        for _, number, _, author, _, key, _ in records:
            if key is not None:
                keyed.setdefault((topic, author, key), []).append(number)
    for name, numbers in keyed.items():
        if len(numbers) > 1:
            problems.append(f"{name} was stored {len(numbers)} times")
    for name, number in notes.posted.items():
        stored = keyed.get(name, [])
        if str(number) not in map(str, stored):
            problems.append(f"{name} was acknowledged as {number}, and there is {stored}")
    problems += check_stock(copy, notes, keyed)
    if problems:
        more = len(problems) - 8
        raise AssertionError(
            "\n  ".join(problems[:8]) + (f"\n  and {more} more" if more > 0 else ""))


def check_stock(copy, notes, keyed):
    by_item = {}
    for (item, holder), _ in notes.reserved.items():
        by_item.setdefault(item, []).append(holder)
    known = {(topic, key) for topic, _, key in keyed}
    for item, total in ITEMS.items():
        told = by_item.get(item, [])
        on_hand, reserved = copy.stock.get(item, (None, None))
        if on_hand != total:
            yield f"{item}: {total} pieces were received, and {on_hand} are there"
        if len(told) > total:
            yield f"{item} was oversold: {len(told)} of {total}"
        # A hold whose client has not been told of it is one that nobody waits for any more.
        if reserved is not None and not len(told) <= reserved <= total:
            yield f"{item}: {len(told)} holds were acknowledged, and {reserved} are there"
        for holder in told:
            if (f"item:{item}", holder) not in known:
                yield f"{item}: {holder}'s hold was acknowledged and is lost"


async def until_none(problems, seconds):
    """Looks again and again; what is still wrong in the end fails the test."""
    deadline = time.monotonic() + seconds
    while found := await problems():
        if time.monotonic() > deadline:
            raise AssertionError("; ".join(found[:6]))
        await asyncio.sleep(0.2)


async def check_watchers(copy, watchers, seconds=CONVERGENCE_SECONDS_MAXIMUM):
    """Each has heard every message, once and in the log's order, without being told to."""
    messages = {
        topic: [record for record in records if record[4] == "message"]
        for topic, records in copy.records.items() if topic.startswith("room:")}
    expected = {
        topic: [str(record[1]) for record in records] for topic, records in messages.items()}
    keys = {record[5] for records in messages.values() for record in records}

    async def problems():
        return [
            tell(watcher, topic, expected)
            for watcher in watchers for topic, ids in expected.items()
            if without_replaced(watcher, topic, ids, keys) != ids]

    await until_none(problems, seconds)


def without_replaced(watcher, topic, ids, keys):
    """What it has heard, but for messages that nobody was told to be stored, and that were sent
    again, with their keys, before the only node that had them came back."""
    stored = set(ids)
    return [
        each for each in watcher.heard.get(topic, [])
        if each in stored or watcher.contents[each] not in keys]


def tell(watcher, topic, expected):
    heard, ids = watcher.heard[topic], expected[topic]
    lost, extra = len(set(ids) - set(heard)), len(set(heard) - set(ids))
    return (f"{watcher.name} heard {len(heard)} of {len(ids)} messages of {topic}: {lost} missed, "
            f"{extra} unknown, {len(heard) - len(set(heard))} twice, {len(watcher.resets)} resets, "
            f"since {watcher.since[topic]}, connected {watcher.socket is not None}")


async def check_documents(hubs, notes, seconds=CONVERGENCE_SECONDS_MAXIMUM):
    """The same on all nodes, with everything that was acknowledged in it, once."""

    async def problems():
        found = []
        for topic in DOCUMENTS:
            path = f"/api/docs/{topic.removeprefix('doc:')}/content?root=content&as=text"
            texts = [await asyncio.to_thread(content, hub, path) for hub in hubs]
            if len(set(texts)) > 1:
                found.append(f"{topic} differs: {[len(text) for text in texts]} characters")
            there = collections.Counter(texts[0].split(" "))
            for name, word in notes.written:
                if name == topic and there[word.strip()] != 1:
                    found.append(f"{topic} has {word}{there[word.strip()]} times")
        return found

    await until_none(problems, seconds)


def content(hub, path):
    status, body = hub.get(path)
    return json.loads(body)["content"] if status == 200 else f"answered with {status}"


async def members(hub, topic):
    """Who is there in the eyes of a node, and with how many connections."""
    async with websockets.connect(
            f"ws://127.0.0.1:{hub.port}/ws?name=counter", subprotocols=["martlet.v1"],
            open_timeout=5, ping_interval=None) as socket:
        await socket.send(json.dumps(
            {"id": 1, "action": "join", "topic": topic, "presence": True}))
        async with asyncio.timeout(8):
            while True:
                heard = json.loads(await socket.recv())
                for each in heard if isinstance(heard, list) else [heard]:
                    if each.get("id") == 1:
                        found = each.get("ok", {}).get("members", [])
                        return {one["userId"]: one["connections"] for one in found}


async def check_members(hubs, watchers, seconds=CONVERGENCE_SECONDS_MAXIMUM):
    """Whoever is connected is a member once, and nobody else is."""
    expected = {watcher.name: 1 for watcher in watchers}

    async def problems():
        seen = {}
        for hub in hubs:
            try:
                found = await members(hub, "room:r0")
            except (OSError, TimeoutError, websockets.WebSocketException) as error:
                found = {str(error): 0}
            found.pop("counter", None)
            seen[hub.name] = found
        if any(found != expected for found in seen.values()):
            return [f"the members should be {expected}, and are {seen}"]

    await until_none(problems, seconds)
