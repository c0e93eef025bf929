#!/usr/bin/env python3
"""Talks to the hub's `/echo` with PyPI `websockets`, an implementation that shares no code with it.

    websockets_client.py --binary .build/debug/martlet
    websockets_client.py --url ws://127.0.0.1:8000/echo
"""

import argparse
import asyncio
import itertools
import os
import random
import socket
import struct
import sys
import traceback
import urllib.parse

from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, ConnectionClosedOK, InvalidStatus
from websockets.extensions.permessage_deflate import ClientPerMessageDeflateFactory

from hub_process import HubProcess

CHECK_SECONDS_MAXIMUM = 60
LENGTHS = [0, 1, 125, 126, 127, 128, 65_535, 65_536, 65_537, 1 << 20]
SEED = int(os.environ.get("SEED", "20251101"))
checks = []


def check(sentence):
    """Registers a check under a sentence that says what it proves."""

    def register(function):
        checks.append((sentence, function))
        return function

    return register


def opened(url, **options):
    options.setdefault("compression", None)
    return connect(url, max_size=64 << 20, ping_interval=None, open_timeout=20, **options)


def frame(opcode, payload=b"", fin=True, reserved=0, mask=b"\x12\x34\x56\x78"):
    """A client's frame made by hand, so that it may be wrong; `mask=None` leaves it unmasked."""
    first = (0x80 if fin else 0) | reserved << 4 | opcode
    masked = 0x80 if mask else 0
    if len(payload) < 126:
        head = struct.pack("!BB", first, masked | len(payload))
    else:
        head = struct.pack("!BBH", first, masked | 126, len(payload))
    if not mask:
        return head + payload
    return head + mask + bytes(b ^ m for b, m in zip(payload, itertools.cycle(mask)))


async def closed_with(ws):
    """Reads until the hub closes; returns its close code."""
    try:
        while True:
            await ws.recv()
    except ConnectionClosed as closed:
        return closed.rcvd.code if closed.rcvd else None


@check("text of every length class comes back as it was")
async def _(url):
    async with opened(url) as ws:
        for length in LENGTHS:
            await ws.send("x" * length)
            assert await ws.recv() == "x" * length, length
        for text in ["κόσμε", "🦜🦜", "\u0000", "a\u0301", "\U0010ffff"]:
            await ws.send(text)
            assert await ws.recv() == text


@check("binary of every length class comes back as it was")
async def _(url):
    source = random.Random(SEED)
    async with opened(url) as ws:
        for length in LENGTHS:
            payload = source.randbytes(length)
            await ws.send(payload)
            assert await ws.recv() == payload, length


@check("a message in fragments comes back whole")
async def _(url):
    async with opened(url) as ws:
        await ws.send(["frag", "", "men", "ted"])
        assert await ws.recv() == "fragmented"
        # The parrot's four bytes are cut in the middle: only the whole has to be UTF-8.
        parrot = "🦜".encode()
        ws.transport.write(frame(1, parrot[:2], fin=False) + frame(0, parrot[2:]))
        assert await ws.recv() == "🦜"
        chunks = [bytes([i]) * 1_000 for i in range(200)]
        await ws.send(chunks)
        assert await ws.recv() == b"".join(chunks)


@check("a ping between fragments is answered before the message ends")
async def _(url):
    async with opened(url) as ws:
        ws.transport.write(frame(1, b"first ", fin=False))
        await asyncio.wait_for(await ws.ping(b"between"), 20)
        ws.transport.write(frame(0, b"last"))
        assert await ws.recv() == "first last"


@check("a message of 16 MiB comes back")
async def _(url):
    payload = random.Random(SEED).randbytes(1 << 20) * 16
    async with opened(url) as ws:
        await ws.send(payload)
        assert await ws.recv() == payload


@check("frames that arrive one byte at a time are understood")
async def _(url):
    async with opened(url) as ws:
        ws.transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for byte in frame(1, b"dribble " * 20):
            ws.transport.write(bytes([byte]))
            await asyncio.sleep(0)
        assert await ws.recv() == "dribble " * 20


@check("a thousand messages sent at once come back in order")
async def _(url):
    async with opened(url) as ws:
        ws.transport.write(b"".join(frame(1, b"%d" % i) for i in range(1_000)))
        for i in range(1_000):
            assert await ws.recv() == str(i)


@check("a client that writes 32 MiB while it reads gets all of it")
async def _(url):
    async with opened(url) as ws:
        async def write():
            for i in range(32):
                await ws.send(bytes([i]) * (1 << 20))

        writer = asyncio.create_task(write())
        for i in range(32):
            assert await ws.recv() == bytes([i]) * (1 << 20)
        await writer


@check("each ping gets its pong, and a pong that nobody asked for is ignored")
async def _(url):
    async with opened(url) as ws:
        for payload in [b"", b"x", b"y" * 125, bytes(range(100))]:
            await asyncio.wait_for(await ws.ping(payload), 20)
        await ws.pong(b"unsolicited")
        await ws.send("still there")
        assert await ws.recv() == "still there"


@check("a close is answered with the same code")
async def _(url):
    for code in [1000, 1001, 1011, 3000, 3999, 4000, 4999]:
        async with opened(url) as ws:
            await ws.close(code, "bye")
            assert ws.protocol.close_rcvd.code == code, (code, ws.protocol.close_rcvd)
    async with opened(url) as ws:
        ws.transport.write(frame(8))
        assert await closed_with(ws) in (1000, 1005)


VIOLATIONS = [
    ("text that is not UTF-8", 1007, frame(1, b"\xff\xfe")),
    ("text that ends inside a character", 1007, frame(1, b"\xf0\x9f")),
    ("a surrogate in text", 1007, frame(1, b"\xed\xa0\x80")),
    ("a frame without mask", 1002, frame(1, b"bare", mask=None)),
    ("a reserved bit", 1002, frame(1, b"x", reserved=2)),
    ("RSV1 where no compression was agreed", 1002, frame(1, b"x", reserved=4)),
    ("a reserved data opcode", 1002, frame(3, b"x")),
    ("a reserved control opcode", 1002, frame(11, b"x")),
    ("a ping in fragments", 1002, frame(9, b"x", fin=False)),
    ("a ping of 126 bytes", 1002, frame(9, b"x" * 126)),
    ("a continuation of nothing", 1002, frame(0, b"x")),
    ("a message inside another", 1002, frame(1, b"a", fin=False) + frame(1, b"b")),
    ("a close of one byte", 1002, frame(8, b"\x03")),
    ("close code 1005 on the wire", 1002, frame(8, struct.pack("!H", 1005))),
    ("close code 999", 1002, frame(8, struct.pack("!H", 999))),
    ("a close reason that is not UTF-8", 1007, frame(8, struct.pack("!H", 1000) + b"\xff")),
]


@check("a violation is closed with the code that RFC 6455 gives it")
async def _(url):
    for what, code, wrong in VIOLATIONS:
        async with opened(url) as ws:
            ws.transport.write(wrong)
            received = await asyncio.wait_for(closed_with(ws), 20)
            assert received == code, f"{what}: {received}, not {code}"


@check("compression is agreed on, and compressed messages come back")
async def _(url):
    source = random.Random(SEED)
    async with opened(url, compression="deflate") as ws:
        assert [e.name for e in ws.protocol.extensions] == ["permessage-deflate"]
        for length in LENGTHS:
            for payload in [b"abcd" * (length // 4), source.randbytes(length)]:
                await ws.send(payload)
                assert await ws.recv() == payload
        await ws.send(["compressed ", "in ", "fragments"])
        assert await ws.recv() == "compressed in fragments"


@check("without an offer nothing is compressed")
async def _(url):
    async with opened(url) as ws:
        assert not ws.protocol.extensions
        await ws.send("plain " * 1_000)
        assert await ws.recv() == "plain " * 1_000


def deflate_variants():
    """Every combination of the four parameters of RFC 7692, with some of the window sizes."""
    for server_fresh, client_fresh in itertools.product([False, True], repeat=2):
        for server_bits, client_bits in itertools.product([None, 9, 12, 15], [None, True, 9, 15]):
            yield {
                "server_no_context_takeover": server_fresh,
                "client_no_context_takeover": client_fresh,
                "server_max_window_bits": server_bits,
                "client_max_window_bits": client_bits,
            }


@check("each combination of the parameters of permessage-deflate is honoured")
async def _(url):
    # A distance of 20,000 bytes lies inside the default window and outside the small ones.
    block = random.Random(SEED).randbytes(20_000)
    for asked in deflate_variants():
        extension = ClientPerMessageDeflateFactory(**asked)
        async with opened(url, extensions=[extension]) as ws:
            assert ws.protocol.extensions, f"declined: {asked}"
            agreed = ws.protocol.extensions[0]
            if asked["server_no_context_takeover"]:
                assert agreed.remote_no_context_takeover, asked
            if asked["client_no_context_takeover"]:
                assert agreed.local_no_context_takeover, asked
            if asked["server_max_window_bits"]:
                assert agreed.remote_max_window_bits <= asked["server_max_window_bits"], asked
            for payload in [block + block, b"again " * 50, b"again " * 50]:
                await ws.send(payload)
                assert await ws.recv() == payload, asked


@check("bytes that are no deflate stream close the connection")
async def _(url):
    async with opened(url, compression="deflate") as ws:
        ws.transport.write(frame(1, b"\xff" * 40, reserved=4))
        assert await asyncio.wait_for(closed_with(ws), 20) in (1002, 1003, 1007)


@check("a connection that breaks in the middle of a frame hurts nobody else")
async def _(url):
    async with opened(url) as witness:
        for _ in range(50):
            broken = await opened(url)
            broken.transport.write(frame(1, b"never complete")[:7])
            broken.transport.abort()
        await witness.send("alive")
        assert await witness.recv() == "alive"


@check("two hundred clients at once get each their own messages, in order")
async def _(url):
    async def one(number):
        compression = "deflate" if number % 2 else None
        async with opened(url, compression=compression) as ws:
            for i in range(25):
                await ws.send(f"{number}:{i}:" + "·" * (i * 37 % 500))
            for i in range(25):
                assert (await ws.recv()).startswith(f"{number}:{i}:")

    await asyncio.gather(*(one(number) for number in range(200)))


async def answer_to(url, head, more=b""):
    """Sends a request head made by hand; returns all bytes up to the end of the answer's head."""
    where = urllib.parse.urlsplit(url)
    reader, writer = await asyncio.open_connection(where.hostname, where.port)
    lines = [f"GET {where.path} HTTP/1.1", f"Host: {where.netloc}", *head]
    writer.write("\r\n".join([*lines, "", ""]).encode() + more)
    answer = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 20)
    return answer, reader, writer


UPGRADE = ["Upgrade: websocket", "Connection: keep-alive, Upgrade"]
KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="


@check("the key is answered as in RFC 6455, and a frame sent with the request is not lost")
async def _(url):
    head = [*UPGRADE, KEY, "Sec-WebSocket-Version: 13"]
    answer, reader, writer = await answer_to(url, head, more=frame(1, b"early"))
    assert answer.startswith(b"HTTP/1.1 101"), answer
    assert b"s3pPLMBiTxaQ9kYGzzhZRbK+xOo=" in answer
    assert await asyncio.wait_for(reader.readexactly(7), 20) == b"\x81\x05early"
    writer.close()


@check("an upgrade with another version, or without a good key, is refused")
async def _(url):
    answer, _, writer = await answer_to(url, [*UPGRADE, KEY, "Sec-WebSocket-Version: 12"])
    writer.close()
    assert answer.startswith(b"HTTP/1.1 426"), answer
    assert b"sec-websocket-version: 13" in answer.lower()
    for key in ["X-No-Key: 1", "Sec-WebSocket-Key: c2hvcnQ=", "Sec-WebSocket-Key: %%%"]:
        answer, _, writer = await answer_to(url, [*UPGRADE, key, "Sec-WebSocket-Version: 13"])
        writer.close()
        assert answer.startswith(b"HTTP/1.1 400"), (key, answer)


@check("a path where no WebSocket is spoken does not upgrade")
async def _(url):
    try:
        async with opened(urllib.parse.urljoin(url, "/no-such-path")):
            raise AssertionError("it upgraded")
    except InvalidStatus as refused:
        assert 400 <= refused.response.status_code < 500


@check("after all that the hub still echoes")
async def _(url):
    async with opened(url) as ws:
        await ws.send("last")
        assert await ws.recv() == "last"
        await ws.close()
        try:
            await ws.recv()
        except ConnectionClosedOK:
            return
    raise AssertionError("the connection did not close cleanly")


async def run_all(url):
    """Runs the checks one after the other; returns how many failed."""
    failed = 0
    for sentence, function in checks:
        try:
            await asyncio.wait_for(function(url), CHECK_SECONDS_MAXIMUM)
            print(f"ok      {sentence}", flush=True)
        except Exception:  # A check may fail in any way: all of them are shown, and counted.
            failed += 1
            print(f"FAILED  {sentence}\n{traceback.format_exc()}", flush=True)
    return failed


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--binary", default=".build/debug/martlet")
    parser.add_argument("--url", help="an echo endpoint that runs already")
    arguments = parser.parse_args()
    hub = None if arguments.url else HubProcess(arguments.binary, ["--echo", "--unlimited"])
    try:
        failed = asyncio.run(run_all(arguments.url or hub.websocket_url("/echo")))
        if hub and not hub.is_running():
            failed += 1
            print(f"FAILED  the hub died\n{hub.errors()}")
    finally:
        status = hub.stop() if hub else 0
    if status != 0:
        failed += 1
        print(f"FAILED  the hub ended with {status} after SIGTERM")
    print(f"{max(0, len(checks) - failed)} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
