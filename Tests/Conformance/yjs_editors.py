"""Two stock editors for the tests: y-websocket's provider in a Node process, and pycrdt's."""

import asyncio
import json
import os
import pathlib
import time

from pycrdt import Awareness, Doc, Provider, Text, YMessageType, create_awareness_message
from pycrdt import read_message
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

PATIENCE = 15.0
SCRIPT = pathlib.Path(__file__).parent / "yjs_client.cjs"
# Debian's packages lie there, where Node from elsewhere doesn't look.
MODULES = os.environ.get("NODE_PATH", "/usr/share/nodejs")


async def until(condition, what, patience=PATIENCE):
    """Waits for a condition, which may be a coroutine function, and returns what it found."""
    end = time.monotonic() + patience
    while True:
        found = condition()
        if asyncio.iscoroutine(found):
            found = await found
        if found:
            return found
        assert time.monotonic() < end, f"waited for {what}"
        await asyncio.sleep(0.02)


class NodeEditor:
    """Debian's y-websocket, in a process of its own."""

    def __init__(self, process):
        self.process = process
        self.next_id = 0

    @classmethod
    async def open(cls, hub, name, **params):
        process = await asyncio.create_subprocess_exec(
            "node", str(SCRIPT), hub.websocket_url("/yjs"), name, json.dumps(params),
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, limit=1 << 24,
            env=os.environ | {"NODE_PATH": MODULES})
        return cls(process)

    async def ask(self, action, **fields):
        self.next_id += 1
        line = json.dumps({"id": self.next_id, "action": action, **fields}) + "\n"
        self.process.stdin.write(line.encode())
        answer = await asyncio.wait_for(self.process.stdout.readline(), PATIENCE)
        assert answer, "the Node client ended"
        reply = json.loads(answer)
        assert reply["id"] == self.next_id
        return reply["value"]

    async def synced(self):
        await until(self._is_synced, "y-websocket to be synchronised")
        return self

    async def _is_synced(self):
        return (await self.ask("status"))["synced"]

    async def text(self):
        return await self.ask("text")

    async def saved(self, number):
        """Waits until the hub says that everything written up to now is on its disk."""
        await self.ask("askSaved", number=number)

        async def is_there():
            return (await self.ask("status"))["acknowledged"] >= number

        await until(is_there, "the hub to say that it is saved")

    def end(self):
        """At once, as if the machine were switched off."""
        if self.process.returncode is None:
            self.process.kill()

    async def close(self):
        self.end()
        await self.process.wait()


class SocketChannel:
    """A WebSocket as pycrdt's provider wants it; awareness, which that ignores, goes aside."""

    def __init__(self, socket, path, awareness):
        self.socket = socket
        self.path = path
        self.awareness = awareness
        self.received = []

    def __aiter__(self):
        return self

    async def __anext__(self):
        try:
            return await self.recv()
        except ConnectionClosed:
            raise StopAsyncIteration from None

    async def recv(self):
        while True:
            message = await self.socket.recv()
            if message[0] == YMessageType.AWARENESS:
                update = read_message(message[1:])
                self.awareness.apply_awareness_update(update, self)
            elif message[0] == YMessageType.SYNC:
                return message
            else:
                self.received.append(message)

    async def send(self, message):
        await self.socket.send(message)


class PythonEditor:
    """pycrdt (yrs), with its own provider. It does not come back by itself: `open` does."""

    def __init__(self):
        self.doc = Doc()
        self.content = self.doc.get("content", type=Text)
        self.awareness = Awareness(self.doc)
        self.socket = self.provider = self.task = None

    async def open(self, hub, name, **params):
        query = "&".join(f"{key}={value}" for key, value in params.items())
        path = f"/yjs/{name}?{query}"
        self.socket = await connect(hub.websocket_url(path), max_size=None, compression=None)
        self.channel = SocketChannel(self.socket, path, self.awareness)
        self.provider = Provider(self.doc, self.channel)
        self.task = asyncio.create_task(self.provider.start())
        await asyncio.wait_for(self.provider.synced.wait(), PATIENCE)
        return self

    async def text(self):
        return str(self.content)

    async def present(self, state):
        self.awareness.set_local_state(state)
        update = self.awareness.encode_awareness_update([self.doc.client_id])
        await self.socket.send(create_awareness_message(update))

    def people(self):
        return [state for state in self.awareness.states.values() if state]

    async def close(self):
        if self.socket:
            await self.socket.close()
        if self.task:
            self.task.cancel()
            await asyncio.gather(self.task, return_exceptions=True)


async def agree(editors, what="the editors to agree"):
    """Waits until all read the same, and returns it."""

    async def same():
        texts = [await editor.text() for editor in editors]
        return [texts[0]] if all(text == texts[0] for text in texts) else None

    return (await until(same, what))[0]
