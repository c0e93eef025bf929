"""What travels between the nodes of a cluster without being stored: `travel.py --binary PATH`.

Three hubs over one Redis. Who types, who is present, who is put out and whose token is revoked on
one of them must be seen on all, and what was only on a node that died must go with it.
"""

import argparse
import asyncio
import json
import pathlib
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

import websockets

from answers import each_node_knows
from processes import Hub, OneRedis, wait_until

EVENT_SECONDS_MAXIMUM = 10
# A dead node's members: its lease, the heartbeat that notices, and a moment of patience are 14 s.
# A machine that stands still for some seconds makes the nodes wait for one more lease.
DEATH_SECONDS_MAXIMUM = 40
TYPING_ROUNDS = 20


class Person:
    """A connection that notes what it is shown."""

    def __init__(self, hub, token):
        self.hub = hub
        self.token = token
        self.events = []
        self.answers = {}
        self.code = None
        self.number = 0

    async def come(self):
        self.socket = await websockets.connect(
            f"ws://127.0.0.1:{self.hub.port}/ws?token={self.token}", subprotocols=["martlet.v1"])
        self.reading = asyncio.create_task(self.read())
        return self

    async def read(self):
        try:
            async for text in self.socket:
                heard = json.loads(text)
                for each in heard if isinstance(heard, list) else [heard]:
                    if "event" in each:
                        self.events.append(each)
                    elif each.get("id") in self.answers:
                        self.answers[each["id"]].set_result(each)
        except websockets.ConnectionClosed as closed:
            self.code = closed.rcvd.code if closed.rcvd else 1006

    async def ask(self, action, topic, data=None, **fields):
        self.number += 1
        answer = self.answers[self.number] = asyncio.get_running_loop().create_future()
        command = {"id": self.number, "action": action, "topic": topic, **fields}
        await self.socket.send(json.dumps(command | ({"data": data} if data else {})))
        heard = await asyncio.wait_for(answer, EVENT_SECONDS_MAXIMUM)
        assert "ok" in heard, f"{action} of {topic}: {heard}"
        return heard["ok"]

    async def see(self, what, holds, seconds=EVENT_SECONDS_MAXIMUM):
        start = time.monotonic()
        while time.monotonic() < start + seconds:
            for event in self.events:
                if holds(event):
                    return time.monotonic() - start
            await asyncio.sleep(0.002)
        raise AssertionError(f"{what}: not seen within {seconds} s, but {self.events[-5:]}")


def typing(user, active):
    return lambda event: event["event"] == "typing" and event["data"] == {
        "userId": user, "active": active}


def came(user):
    return lambda event: event["event"] == "presence" and any(
        each["userId"] == user for each in event["data"]["joined"])


def left(user, reason):
    return lambda event: event["event"] == "presence" and any(
        each["userId"] == user and each.get("reason") == reason for each in event["data"]["left"])


def ended(reason):
    return lambda event: event["event"] == "subscription_ended" and event["data"] == {
        "reason": reason}


def state_of(client, is_there):
    return lambda event: event["event"] == "awareness" and any(
        each["clientId"] == client and (each["state"] is not None) == is_there
        for each in event["data"]["states"])


class Travel:
    def __init__(self, binary, folder):
        self.binary = binary
        self.secret = secrets.token_hex(32)
        self.redis = OneRedis(folder)
        self.folder = folder
        self.cluster_secret = secrets.token_hex(32)
        self.hubs = []
        for number in range(3):
            self.hub(number)
        for hub in self.hubs:
            wait_until(hub.is_ready, f"{hub.name} is ready")

    def hub(self, number):
        settings = [f"auth.secrets={self.secret}", "drain=1s"]
        name = f"node-{number}"
        self.hubs.append(Hub(self.binary, name, self.folder / name, self.redis.url,
                             self.cluster_secret, settings=settings))
        return self.hubs[-1]

    def close(self):
        for process in self.hubs:
            process.close()
        self.redis.close()

    def token(self, user, *grants, name=None):
        words = [self.binary, "token", "--set", f"auth.secrets={self.secret}", "--user", user]
        for grant in grants or ("*=*",):
            words += ["--grant", grant]
        if name:
            words += ["--id", name]
        return subprocess.run(words, check=True, capture_output=True, text=True).stdout.strip()

    async def person(self, user, number, name=None):
        return await Person(self.hubs[number], self.token(user, name=name)).come()

    def call(self, number, path, token, body=None, kind="application/json", method=None):
        request = urllib.request.Request(
            self.hubs[number].url + path, body,
            {"Authorization": f"Bearer {token}", "Content-Type": kind}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)

    async def members(self):
        """Whoever joins anywhere is told of all, and they of them."""
        self.ada, self.bob, self.eve = [
            await self.person(user, number) for number, user in enumerate(("ada", "bob", "eve"))]
        await self.ada.ask("create", "room:g", {"visibility": "public"})
        for person in (self.ada, self.bob):
            await person.ask("join", "room:g", presence=True)
        answer = await self.eve.ask("join", "room:g", presence=True)
        users = [each["userId"] for each in answer["members"]]
        # Nodes that have just met may tell of theirs a moment later.
        for user in {"ada", "bob"} - set(users):
            await self.eve.see(f"{user} is told of", came(user))
        await self.ada.see("eve comes", came("eve"))
        again = await self.person("ada", 2)
        answer = await again.ask("join", "room:g", presence=True)
        counts = {each["userId"]: each["connections"] for each in answer["members"]}
        assert counts == {"ada": 2, "bob": 1, "eve": 1}, counts
        await again.socket.close()

    async def typing(self):
        """Typing is seen once, and ends once."""
        delays = []
        for _ in range(TYPING_ROUNDS):
            for active in (True, False):
                for person in (self.ada, self.eve):
                    person.events.clear()
                await self.bob.ask("typing", "room:g", {"active": active})
                delays.append(await self.ada.see("typing", typing("bob", active)))
                await self.eve.see("typing", typing("bob", active))
        self.ada.events.clear()
        await self.bob.ask("typing", "room:g", {"active": True})
        await self.ada.see("the end of typing", typing("bob", False))
        await asyncio.sleep(1)
        ends = [event for event in self.ada.events if typing("bob", False)(event)]
        assert len(ends) == 1, ends
        delays.sort()
        print(f"  typing reaches another node {1000 * delays[len(delays) // 2]:.1f} ms after its "
              f"answer, {1000 * delays[-1]:.1f} ms at worst", flush=True)

    async def notices(self):
        """A mention reaches the user's own topic wherever it is joined."""
        await self.eve.ask("join", "user:eve")
        await self.ada.ask("post", "room:g", {"type": "text", "content": "hello @eve"})
        await self.eve.see("the mention", lambda event: event["event"] == "mentioned")

    async def exclusions(self):
        """Who loses a place by a command on one node loses it on the others; no node refuses what
        is in order by what another has just acknowledged."""
        await self.bob.ask("enter", "room:g")
        await self.ada.ask("kick", "room:g", {"userId": "bob"})
        await self.bob.see("the kick", ended("kicked"))
        await self.ada.ask("update", "room:g", {"visibility": "private"})
        await self.eve.see("the room's becoming private", ended("private"))
        await self.ada.ask("update", "room:g", {"visibility": "public"})
        for person in (self.bob, self.eve):
            await person.ask("join", "room:g", presence=True)

    async def answers(self):
        """What one node has acknowledged, the next one knows of."""
        root = self.token("root", "*=*", "item:*=manage", "product:*=manage")
        await asyncio.to_thread(each_node_knows, self.call, root, self.token("kim"))

    async def stock(self):
        """Who watches an item on one node sees what comes and goes on another."""
        root = self.token("root", "*=*", "item:*=manage")
        await self.eve.ask("join", "item:seen")
        for quantity in (7, 14):
            status, answer = await asyncio.to_thread(
                self.call, 0, "/api/items/seen/receive", root, b'{"quantity": 7}')
            assert status == 200, answer
            await self.eve.see(
                f"{quantity} in stock", lambda event: event["event"] == "inventory_updated"
                and event["data"]["newStock"] == quantity)

    async def awareness(self):
        """States of a document's clients are seen on all nodes, also by who comes later."""
        await self.ada.ask("create", "doc:d", {"title": "D"})
        for person in (self.ada, self.eve):
            await person.ask("join", "doc:d")
        await self.eve.ask("awareness", "doc:d", {
            "states": [{"clientId": 5, "clock": 1, "state": {"name": "eve"}}]})
        await self.ada.see("eve's state", state_of(5, True))
        late = await self.person("kim", 1)
        await late.ask("join", "doc:d")
        clients, end = [], time.monotonic() + EVENT_SECONDS_MAXIMUM
        # Nodes that answer late tell of theirs a moment later.
        while clients != [5] and time.monotonic() < end:
            answer = await late.ask("awareness", "doc:d")
            clients = [each["clientId"] for each in answer["states"]]
        assert clients == [5], answer

    async def death(self):
        """What was only on a node that died goes within the bound, and it is said why."""
        for person in (self.ada, self.bob):
            person.events.clear()
        start = time.monotonic()
        self.hubs[2].kill()
        # Each node notices by its own heartbeat.
        for person in (self.ada, self.bob):
            await person.see("eve leaves", left("eve", "node"),
                             start + DEATH_SECONDS_MAXIMUM - time.monotonic())
        took = time.monotonic() - start
        await self.ada.see("eve's state ends", state_of(5, False), DEATH_SECONDS_MAXIMUM)
        print(f"  a dead node's members leave after {took:.1f} s", flush=True)
        self.hubs[2].start()
        await asyncio.to_thread(wait_until, self.hubs[2].is_ready, "the node is ready again")
        self.eve = await self.person("eve", 2)
        await self.eve.ask("join", "room:g", presence=True)
        for person in (self.ada, self.bob):
            await person.see("eve is back", came("eve"))

    async def outage(self):
        """While Redis is away nobody leaves, and who came meanwhile is told of afterwards."""
        for person in (self.ada, self.bob):
            person.events.clear()
        self.redis.servers[0].kill()
        zoe = await self.person("zoe", 0)
        answer = await zoe.ask("join", "room:g", presence=True)
        users = [each["userId"] for each in answer["members"]]
        assert users == ["ada", "bob", "eve", "zoe"], users
        await asyncio.sleep(10)
        await asyncio.to_thread(self.redis.servers[0].start)
        await self.bob.see("zoe comes", came("zoe"), 30)
        await asyncio.sleep(5)
        gone = [event["data"]["left"] for person in (self.ada, self.bob) for event in person.events
                if event["event"] == "presence" and event["data"]["left"]]
        assert not gone, gone

    async def revocations(self):
        """A revoked token is no good anywhere, nor on a node that was away."""
        root = self.token("root", "hub=admin", "*=*")
        carl = await self.person("carl", 2, name="t-1")
        # The first command says who it is.
        await carl.ask("join", "room:g")
        self.call(0, "/api/revocations", root, b'{"tokenId": "t-1"}')
        start = time.monotonic()
        while carl.code is None and time.monotonic() < start + EVENT_SECONDS_MAXIMUM:
            await asyncio.sleep(0.002)
        assert carl.code == 4501, carl.code
        print(f"  a revoked session on another node ends after "
              f"{1000 * (time.monotonic() - start):.0f} ms", flush=True)
        late = self.token("kim", name="t-2")
        await asyncio.to_thread(self.hubs[1].stop)
        self.call(0, "/api/revocations", root, b'{"tokenId": "t-2"}')
        self.hubs[1].start()
        await asyncio.to_thread(wait_until, self.hubs[1].is_ready, "the node is ready again")
        status, answer = self.call(1, "/api/rooms", late)
        assert status == 401, answer

    async def samples(self):
        """What is pushed to any node is one series on all of them."""
        root = self.token("root", "hub=admin", "*=*")
        for number in range(3):
            text = f"temperature {number}\n".encode()
            status, answer = self.call(number, "/api/metrics", root, text, "text/plain")
            assert status == 200, answer
            await asyncio.sleep(0.05)
        query = urllib.parse.quote("count_over_time(temperature[1m])")
        for number in range(3):
            end = time.monotonic() + EVENT_SECONDS_MAXIMUM
            found = None
            while found != ["3"] and time.monotonic() < end:
                _, answer = self.call(number, f"/api/v1/query?query={query}", root)
                found = [each["value"][1] for each in answer["data"]["result"]]
                await asyncio.sleep(0.05)
            assert found == ["3"], f"{self.hubs[number].name} has {found}"

    async def versions(self):
        """A version outlives what it was made from, also on a node that comes later."""
        root = self.token("root", "hub=admin", "*=*")
        writer = await self.person("ada", 0)
        await writer.ask("create", "doc:v", {"title": "V"})

        async def write(text):
            await writer.ask("edit", "doc:v", {
                "operations": [{"op": "setText", "root": "content", "text": text}]})

        await write("as it was")
        saved = await writer.ask("saveVersion", "doc:v", {"name": "first"})
        for number in range(60):
            await write(f"{number} " * 2000)
        # What Redis had of it is gone: who comes now asks another node for its copy, of which the
        # document's first records have been forgotten.
        await asyncio.to_thread(self.redis.servers[0].ask, "FLUSHALL")
        late = self.hub(3)
        await asyncio.to_thread(wait_until, late.is_ready, "the new node is ready")
        path = f"/api/docs/v/versions/{saved['versionId']}?root=content&as=text"
        await asyncio.to_thread(
            wait_until, lambda: self.call(3, path, root)[1].get("content") == "as it was",
            "the new node has the version", EVENT_SECONDS_MAXIMUM)


async def play(binary):
    folder = pathlib.Path(tempfile.mkdtemp(prefix="martlet-travel-"))
    travel = await asyncio.to_thread(Travel, binary, folder)
    try:
        # In this order: each begins where the one before has ended.
        for step in (travel.members, travel.typing, travel.notices, travel.exclusions,
                     travel.answers, travel.stock, travel.awareness, travel.death,
                     travel.outage, travel.revocations, travel.samples, travel.versions):
            await step()
            print(f"ok {step.__name__}", flush=True)
        return 0
    except AssertionError as error:
        print(f"not ok\n  {error}", flush=True)
        return 1
    finally:
        travel.close()
        shutil.rmtree(folder, ignore_errors=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binary", required=True, help="the martlet to start")
    arguments = parser.parse_args()
    return asyncio.run(play(str(pathlib.Path(arguments.binary).resolve())))


if __name__ == "__main__":
    sys.exit(main())
