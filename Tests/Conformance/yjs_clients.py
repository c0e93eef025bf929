#!/usr/bin/env python3
"""Stock clients of Yjs against the hub: y-websocket under Node, and pycrdt, in one document.

    yjs_clients.py --binary .build/debug/martlet
"""

import argparse
import asyncio
import base64
import hashlib
import hmac
import json
import random
import secrets
import sys
import time
import traceback

from pycrdt import Doc, Text
from websockets.exceptions import ConnectionClosed

from hub_process import HubProcess
from yjs_editors import NodeEditor, PythonEditor, agree, until

CHECK_SECONDS_MAXIMUM = 40
SECRET = secrets.token_hex(32)
SEED = 20251122
# Not to come back, and to come back with another token.
FORBIDDEN, BAD_TOKEN, TOKEN_EXPIRED = 4504, 4500, 4001
checks = []


def check(sentence):
    """Registers a check under a sentence that says what it proves."""

    def register(function):
        checks.append((sentence, function))
        return function

    return register


def token(user, grants, lifetime=600):
    """A JSON Web Token, HS256."""

    def part(value):
        return base64.urlsafe_b64encode(value).rstrip(b"=")

    now = time.time()
    claims = {"sub": user, "exp": now + lifetime, "iat": int(now), "grants": grants}
    text = part(b'{"alg":"HS256","typ":"JWT"}') + b"." + part(json.dumps(claims).encode())
    signature = hmac.new(SECRET.encode(), text, hashlib.sha256).digest()
    return (text + b"." + part(signature)).decode()


def writer(user="ada"):
    return token(user, {"doc:*": ["join", "update", "awareness"]})


class Group:
    """The editors of a check, ended with it."""

    def __init__(self, hub):
        self.hub = hub
        self.editors = []

    async def node(self, name, **params):
        editor = await NodeEditor.open(self.hub, name, **params)
        self.editors.append(editor)
        return editor

    async def python(self, name, **params):
        editor = PythonEditor()
        self.editors.append(editor)
        return await editor.open(self.hub, name, **params)

    async def close(self):
        for editor in self.editors:
            await editor.close()


@check("two editors under Node and one under Python that type at once end with the same text")
async def _(group):
    name = "team/converge"
    nodes = [await group.node(name, token=writer(user)) for user in ("ada", "bob")]
    for node in nodes:
        await node.synced()
    python = await group.python(name, token=writer("eve"))
    source = random.Random(SEED)
    for turn in range(60):
        for number, node in enumerate(nodes):
            place = source.choice([0, 1_000_000])
            await node.ask("insert", index=place, content=f"<{number}.{turn}😀>")
        python.content.insert(0, f"<py.{turn}>")
        if turn % 7 == 6:
            await nodes[0].ask("remove", index=0, length=1)
        await asyncio.sleep(0)
    # One that comes later has it all from the hub.
    late = await (await group.node(name, token=writer("late"))).synced()
    text = await agree([*nodes, python, late])
    # What was removed is a letter at the head, eight times.
    assert text.count("😀") == 120 and text.count("py.") >= 52, text
    await nodes[0].saved(1)


@check("formats and maps that Node writes are what Python reads, and the other way round")
async def _(group):
    name = "rich"
    node = await (await group.node(name, token=writer())).synced()
    python = await group.python(name, token=writer("eve"))
    await node.ask("insert", index=0, content="bold and plain")
    await node.ask("format", index=0, length=4, attributes={"bold": True})
    await node.ask("set", root="meta", key="title", value={"text": "A title", "n": [1, 2.5, None]})
    await agree([node, python])
    python.content.format(9, 14, {"link": "https://example.org"})
    wanted = [
        {"insert": "bold", "attributes": {"bold": True}}, {"insert": " and "},
        {"insert": "plain", "attributes": {"link": "https://example.org"}},
    ]

    async def has_format():
        return await node.ask("delta") == wanted

    await until(has_format, "Python's format to arrive")
    assert [(text, style) for text, style in python.content.diff()] == [
        (each["insert"], each.get("attributes")) for each in wanted]


@check("awareness is seen by all, renewed, and ended with the connection")
async def _(group):
    name = "aware"
    ada = await (await group.node(name, token=writer())).synced()
    await ada.ask("present", state={"user": {"name": "ada"}})
    eve = await group.python(name, token=writer("eve"))
    await until(lambda: {"user": {"name": "ada"}} in eve.people(), "Python to see ada")
    await eve.present({"user": {"name": "eve"}})

    async def sees_eve():
        return {"user": {"name": "eve"}} in await ada.ask("people")

    async def sees_only_ada():
        return await ada.ask("people") == [{"user": {"name": "ada"}}]

    await until(sees_eve, "Node to see eve")
    await eve.close()
    await until(sees_only_ada, "eve's cursor to leave with her connection")
    ada.end()
    fay = await group.python(name, token=writer("fay"))
    await until(lambda: not fay.people(), "ada's cursor to leave")


@check("nothing that was said to be saved is lost when the hub is killed amid typing")
async def _(group):
    name, hub = "crash", group.hub
    typist = await (await group.node(name, token=writer())).synced()
    steady = await (await group.node(name, token=writer("bob"))).synced()
    await typist.ask("type", prefix="t", every=3, count=100_000)
    await steady.ask("type", prefix="s", every=5, count=400)

    async def acknowledged():
        return (await typist.ask("status"))["acknowledged"]

    async def is_going():
        return await acknowledged() >= 60

    await until(is_going, "the typing to be under way")
    hub.kill()
    promised = await acknowledged()
    # Whoever still has the text must not be the one who brings it back.
    typist.end()
    steady_promise = (await steady.ask("status"))["acknowledged"]
    await steady.ask("disconnect")
    hub.start()
    reader = await group.python(name, token=writer("eve"))
    kept = str(reader.content)
    lost = [n for n in range(1, promised + 1) if f"t{n};" not in kept]
    lost += [n for n in range(1, steady_promise + 1) if f"s{n};" not in kept]
    assert promised >= 60 and not lost, (promised, lost[:10])
    # The one that goes on comes back, and what it typed meanwhile comes with it.
    await steady.ask("connect")

    async def has_typed_all():
        return (await steady.ask("status"))["typed"] == 400

    await until(has_typed_all, "the other to end")
    await steady.synced()
    text = await agree([steady, reader])
    assert all(text.count(f"s{n};") >= 1 for n in range(1, 401))


@check("an editor that was away comes back with what it wrote, and gets what it missed")
async def _(group):
    name = "offline"
    away = await (await group.node(name, token=writer())).synced()
    here = await group.python(name, token=writer("eve"))
    await away.ask("insert", index=0, content="common ")
    await agree([away, here])
    await away.ask("disconnect")
    for number in range(50):
        await away.ask("insert", index=0, content=f"a{number} ")
        here.content.insert(0, f"h{number} ")
    await away.ask("connect")
    await away.synced()
    text = await agree([away, here])
    assert all(f"a{n} " in text and f"h{n} " in text for n in range(50))


@check("who may only read gets all and changes nothing, and is told so")
async def _(group):
    name = "readonly"
    ada = await (await group.node(name, token=writer())).synced()
    await ada.ask("insert", index=0, content="For your eyes only")
    grants = {"doc:*": ["join", "awareness"]}
    reader = await (await group.node(name, token=token("bob", grants))).synced()
    await agree([ada, reader])
    await reader.ask("insert", index=0, content="scribble ")

    async def was_told():
        return any("only read" in each for each in (await reader.ask("status"))["warnings"])

    await until(was_told, "the reader to be told")
    python = await group.python(name, token=token("eve", grants))
    python.content.insert(0, "scrawl ")
    # What comes after it has passed the same way.
    await python.present({"user": {"name": "eve"}})

    async def sees_eve():
        return {"user": {"name": "eve"}} in await ada.ask("people")

    await until(sees_eve, "the reader's cursor")
    assert await ada.text() == "For your eyes only"
    fresh = await group.python(name, token=writer("fay"))
    assert await fresh.text() == "For your eyes only"


@check("a token that expires closes the connection, and a fresh one brings it back")
async def _(group):
    name = "expiry"
    rights = {"doc:*": ["join", "update"]}
    ada = await group.node(name, token=token("ada", rights, lifetime=10))
    await ada.synced()
    await ada.ask("insert", index=0, content="before ")

    async def is_closed():
        return TOKEN_EXPIRED in (await ada.ask("status"))["closes"]

    await until(is_closed, "the token to expire", 30)
    await ada.ask("insert", index=0, content="meanwhile ")
    await ada.ask("token", token=token("ada", rights))
    await ada.synced()
    reader = await group.python(name, token=writer("eve"))
    assert await agree([ada, reader]) == "meanwhile before "


@check("who may not join, or has a bad token, is refused with a code that says not to come back")
async def _(group):
    for bearer, code in (
        (token("bob", {"doc:other": ["join"]}), FORBIDDEN), ("not.a.token", BAD_TOKEN),
    ):
        editor = PythonEditor()
        group.editors.append(editor)
        try:
            await asyncio.wait_for(editor.open(group.hub, "private", token=bearer), 15)
            raise AssertionError("it was let in")
        except (TimeoutError, ConnectionClosed):
            await until(lambda: editor.socket.close_code, "the hub to close")
        assert editor.socket.close_code == code, editor.socket.close_code


@check("what the hub keeps survives it, and is one state whoever reads it")
async def _(group):
    name = "kept"
    ada = await (await group.node(name, token=writer())).synced()
    for number in range(200):
        await ada.ask("insert", index=0, content=f"{number} ")
    await ada.saved(1)
    text = await ada.text()
    ada.end()
    group.hub.kill()
    group.hub.start()
    reader = await group.python(name, token=writer("eve"))
    assert await reader.text() == text
    copy = Doc()
    copy.apply_update(reader.doc.get_update())
    assert str(copy.get("content", type=Text)) == text


async def run_all(hub):
    failed = 0
    for sentence, function in checks:
        group = Group(hub)
        started = time.monotonic()
        try:
            await asyncio.wait_for(function(group), CHECK_SECONDS_MAXIMUM)
            print(f"ok      {sentence} ({time.monotonic() - started:.1f} s)", flush=True)
        except Exception:
            failed += 1
            print(f"FAILED  {sentence}", flush=True)
            traceback.print_exc()
        finally:
            await group.close()
    return failed


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binary", default=".build/debug/martlet")
    arguments = parser.parse_args()
    hub = HubProcess(arguments.binary, ["--unlimited"], {
        "MARTLET_AUTH_SECRETS": SECRET, "MARTLET_AUTH_LEEWAY": "0",
    })
    try:
        failed = asyncio.run(run_all(hub))
        if not hub.is_running():
            failed += 1
            print(f"FAILED  the hub died\n{hub.errors()}")
    finally:
        status = hub.stop()
    if status != 0:
        failed += 1
        print(f"FAILED  the hub ended with {status} after SIGTERM")
    print(f"{max(0, len(checks) - failed)} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
