"""yrs, by way of pycrdt, at the same work: `python engine.py FOLDER`, then one word a line on
standard input. Each is answered by nanoseconds of wall time and a number of bytes."""

import ctypes
import gc
import struct
import sys
import time
from pathlib import Path

from pycrdt import Doc, Text

folder = Path(sys.argv[1])
text = (folder / "text").read_text(encoding="utf8")
state = (folder / "state-v1").read_bytes()


class Heap(ctypes.Structure):
    """What glibc says of its heap: struct mallinfo2."""

    _fields_ = [
        (name, ctypes.c_size_t)
        for name in "arena ordblks smblks hblks hblkhd usmblks fsmblks used free keepcost".split()
    ]


libc = ctypes.CDLL(None)
libc.mallinfo2.restype = Heap


def used():
    gc.collect()
    heap = libc.mallinfo2()
    return heap.used + heap.hblkhd


def load(update):
    doc = Doc()
    doc.apply_update(update)
    return doc


def check(doc):
    if str(doc.get("text", type=Text)) != text:
        raise ValueError("the text is another one")


def split(updates):
    at = 0
    while at < len(updates):
        (length,) = struct.unpack_from("<I", updates, at)
        yield updates[at + 4 : at + 4 + length]
        at += 4 + length


def apply_all(updates):
    """In yrs' own fastest way: a transaction each, but without the wrapper's."""
    doc = Doc()
    inner = doc._doc
    for update in updates:
        transaction = inner.create_transaction()
        inner.apply_update(transaction, update)
        transaction.drop()
    check(doc)


def timed(work):
    gc.collect()
    start = time.perf_counter_ns()
    result = work()
    nanoseconds = time.perf_counter_ns() - start
    return nanoseconds, len(result) if isinstance(result, bytes) else 0


def memory():
    before = used()
    doc = load((folder / "state-v1").read_bytes())
    after = used()
    del doc
    return 0, max(after - before, 0)


whole = load(state)
updates = []


def apply():
    if not updates:
        updates.extend(split((folder / "updates").read_bytes()))
    return timed(lambda: apply_all(updates))


TASKS = {
    "load": lambda: timed(lambda: check(load(state))),
    "apply": apply,
    "encode1": lambda: timed(whole.get_update),
    "encode2": lambda: (0, 0),
    "memory": memory,
}

for line in sys.stdin:
    print(*TASKS[line.strip()](), flush=True)
