"""Clients that go on whatever happens, and note everything that was acknowledged to them."""

import asyncio
import json
import random
import time

import websockets

ANSWER_SECONDS_MAXIMUM = 8
ROOM_COUNT = 6
DOCUMENTS = ("doc:d0", "doc:d1")
ITEMS = {"hot": 4000, "warm": 4000, "scarce": 60}


class Notes:
    """What the clients were told."""

    def __init__(self):
        # (topic, author, key) → the id of its record.
        self.posted = {}
        # (item, holder) → the reservation's id.
        self.reserved = {}
        # (document, what was written there once).
        self.written = []
        self.refused = {}
        self.sold_out = 0
        # What the clients can't explain: the checker shows it.
        self.oddities = []
        self.last_acknowledgement = time.monotonic()
        self.longest_silence = 0.0

    def acknowledge(self):
        now = time.monotonic()
        self.longest_silence = max(self.longest_silence, now - self.last_acknowledgement)
        self.last_acknowledgement = now


class Client:
    """A connection that is made anew, and asks again with the same key until it is answered."""

    def __init__(self, name, ports, notes, seed):
        self.name = name
        self.ports = ports
        self.notes = notes
        self.dice = random.Random(seed)
        self.socket = None
        self.number = 0

    async def ask(self, command):
        """The `ok` or the `error` of an answer; None when the connection was lost."""
        try:
            if self.socket is None:
                port = self.dice.choice(self.ports)
                self.socket = await websockets.connect(
                    f"ws://127.0.0.1:{port}/ws?name={self.name}", subprotocols=["martlet.v1"],
                    open_timeout=5, ping_interval=None, max_queue=None, compression=None)
            self.number += 1
            await self.socket.send(json.dumps(command | {"id": self.number}))
            async with asyncio.timeout(ANSWER_SECONDS_MAXIMUM):
                while True:
                    heard = json.loads(await self.socket.recv())
                    for each in heard if isinstance(heard, list) else [heard]:
                        if each.get("id") == self.number:
                            return each
        except (OSError, TimeoutError, websockets.WebSocketException):
            await self.hang_up()
            return None

    async def hang_up(self):
        if self.socket is not None:
            self.socket.transport.abort()
            self.socket = None

    async def insist(self, command):
        """Until there is an answer that another attempt would not change."""
        attempts = 0
        while True:
            attempts += 1
            if attempts % 16 == 0:
                # It may be this hub alone that is away from Redis.
                await self.hang_up()
            answer = await self.ask(command)
            if answer is not None:
                if "ok" in answer:
                    self.notes.acknowledge()
                    return answer["ok"], None
                error = answer["error"]
                self.notes.refused[error["code"]] = self.notes.refused.get(error["code"], 0) + 1
                if not error.get("retry"):
                    return None, error
            await asyncio.sleep(0.05 + 0.2 * self.dice.random())


class Poster(Client):
    async def run(self, going):
        count = 0
        while going.is_set():
            count += 1
            topic = f"room:r{self.dice.randrange(ROOM_COUNT)}"
            key = f"{self.name}-{self.dice.getrandbits(32):08x}-{count}"
            ok, error = await self.insist({
                "action": "post", "topic": topic, "key": key, "data": {"content": key}})
            if error is not None:
                self.notes.oddities.append(f"a post was refused: {error}")
                continue
            self.notes.posted[topic, self.name, key] = ok["messageId"]
            # Now and then it is sent again, to whichever hub: the first answer must come back.
            if self.dice.random() < 0.02:
                await self.hang_up()
                again, error = await self.insist({
                    "action": "post", "topic": topic, "key": key, "data": {"content": key}})
                if error or again["messageId"] != ok["messageId"]:
                    self.differ(topic, key, ok, again, error)
            await asyncio.sleep(self.dice.random() * 0.04)
        await self.hang_up()

    def differ(self, topic, key, first, again, error):
        """In a new epoch that was begun while the only node that had it was away, a command that is
        sent again is carried out again, and its first record stays out of the log."""
        if again and again["position"].split(":")[0] != first["position"].split(":")[0]:
            self.notes.posted[topic, self.name, key] = again["messageId"]
        else:
            self.notes.oddities.append(f"{key} was answered {first}, then {error or again}")


class Author(Client):
    """Writes into documents, each time something that is nowhere else."""

    async def run(self, going):
        count = 0
        while going.is_set():
            count += 1
            topic = self.dice.choice(DOCUMENTS)
            word = f"{self.name}-{self.dice.getrandbits(32):08x}-{count} "
            ok, error = await self.insist({
                "action": "edit", "topic": topic, "key": word, "data": {"operations": [
                    {"op": "insert", "root": "content", "index": 0, "text": word}]}})
            if ok is not None:
                self.notes.written.append((topic, word))
            else:
                self.notes.oddities.append(f"an edit was refused: {error}")
            await asyncio.sleep(self.dice.random() * 0.1)
        await self.hang_up()


class Buyer(Client):
    async def run(self, going):
        count = 0
        while going.is_set():
            count += 1
            item = self.dice.choice(["hot", "hot", "hot", "warm", "scarce"])
            holder = f"{self.name}-{self.dice.getrandbits(32):08x}-{count}"
            ok, error = await self.insist({
                "action": "reserve", "topic": f"item:{item}", "key": holder,
                "data": {"quantity": 1, "ttlSeconds": 86400, "holder": holder}})
            if ok is not None:
                self.notes.reserved[item, holder] = ok["reservationId"]
            elif error["code"] == "insufficient_stock":
                self.notes.sold_out += 1
            else:
                self.notes.oddities.append(f"a reservation was refused: {error}")
            await asyncio.sleep(self.dice.random() * 0.04)
        await self.hang_up()


class Watcher(Client):
    """A member of all rooms that comes back to any hub with its positions."""

    def __init__(self, name, ports, notes, seed):
        super().__init__(name, ports, notes, seed)
        self.since = {f"room:r{number}": "0" for number in range(ROOM_COUNT)}
        # topic → the message ids, as they came.
        self.heard = {topic: [] for topic in self.since}
        self.resets = []
        # (topic, message id) → the epoch in which it came. In another one it may come again: the
        # log went back, and what was behind has other numbers.
        self.epochs = {}
        self.repeats = 0
        # message id → what it says, which is its key and nobody else's.
        self.contents = {}
        self.longest_gap = 0.0
        self.isDone = False

    async def run(self, going):
        while going.is_set():
            try:
                port = self.dice.choice(self.ports)
                self.socket = await websockets.connect(
                    f"ws://127.0.0.1:{port}/ws?name={self.name}", subprotocols=["martlet.v1"],
                    open_timeout=5, ping_interval=5, ping_timeout=10, max_queue=None,
                    compression=None)
                resume = [
                    {"topic": topic, "since": since, "presence": True}
                    for topic, since in self.since.items()]
                await self.socket.send(
                    json.dumps({"id": 1, "action": "hello", "resume": resume}))
                while True:
                    heard = json.loads(await self.socket.recv())
                    for each in heard if isinstance(heard, list) else [heard]:
                        self.hear(each)
            except (OSError, TimeoutError, EOFError, websockets.WebSocketException):
                await asyncio.sleep(0.05 + 0.2 * self.dice.random())
            finally:
                await self.hang_up()

    def hear(self, frame):
        if frame.get("id") == 1:
            for topic in frame.get("ok", {}).get("resumed", []):
                if topic.get("error"):
                    raise EOFError(str(topic))
                if topic.get("reset"):
                    self.resets.append(f"{self.since[topic['topic']]} at {topic['position']}")
                    self.heard[topic["topic"]] = []
                    self.epochs = {
                        name: epoch for name, epoch in self.epochs.items()
                        if name[0] != topic["topic"]}
            if "error" in frame:
                raise EOFError(str(frame))
            return
        if frame.get("event") == "draining":
            raise EOFError("the hub drains")
        topic = frame.get("topic")
        if "position" not in frame or topic not in self.since:
            return
        if frame.get("event") == "message":
            number, epoch = frame["data"]["id"], frame["position"].split(":")[0]
            if self.epochs.setdefault((topic, number), epoch) != epoch:
                # It has another place now.
                self.repeats += 1
                self.epochs[topic, number] = epoch
                self.heard[topic].remove(number)
            self.heard[topic].append(number)
            self.contents[number] = frame["data"]["content"]
        self.since[topic] = frame["position"]


class Load:
    """All clients together."""

    def __init__(self, hubs, balancer_port, seed, posters=6, buyers=6, authors=3, watchers=4):
        self.notes = Notes()
        ports = [hub.port for hub in hubs]
        by_balancer = [balancer_port]
        self.workers = [
            Poster(f"poster{n}", ports if n % 2 else by_balancer, self.notes, f"{seed} p{n}")
            for n in range(posters)
        ] + [
            Buyer(f"buyer{n}", ports if n % 2 else by_balancer, self.notes, f"{seed} b{n}")
            for n in range(buyers)
        ] + [
            Author(f"author{n}", ports if n % 2 else by_balancer, self.notes, f"{seed} a{n}")
            for n in range(authors)
        ]
        self.watchers = [
            Watcher(f"watcher{n}", by_balancer if n % 2 else ports, self.notes, f"{seed} w{n}")
            for n in range(watchers)
        ]
        self.working = asyncio.Event()
        self.watching = asyncio.Event()
        self.tasks = []
        self.watch_tasks = []

    async def watch(self):
        self.watching.set()
        self.watch_tasks = [asyncio.create_task(each.run(self.watching)) for each in self.watchers]

    async def begin(self):
        self.working.set()
        self.notes.last_acknowledgement = time.monotonic()
        self.tasks = [asyncio.create_task(each.run(self.working)) for each in self.workers]

    async def pause(self, seconds=40):
        """Ends when all that is under way is answered."""
        self.working.clear()
        _, late = await asyncio.wait(self.tasks, timeout=seconds)
        for task in late:
            task.cancel()
        if late:
            raise AssertionError(f"{len(late)} clients still have no answer after {seconds} s")
        for task in self.tasks:
            task.result()

    async def end(self):
        self.working.clear()
        self.watching.clear()
        for task in self.tasks + self.watch_tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, *self.watch_tasks, return_exceptions=True)
