"""A cluster with clients on it, and what can be done to it."""

import asyncio
import pathlib
import random
import secrets
import shutil
import tempfile
import time

from checker import (
    check_documents, check_members, check_records, check_watchers, copies_that_agree)
from load import ITEMS, Load
from network import Balancer, Cable
from processes import Hub, OneRedis, RedisCluster, wait_until


class Stage:
    """Hubs, their Redis, a balancer and clients. `random` is the scenario's own: it replays."""

    def __init__(self, binary, scene, seed, hubs=3):
        self.random = random.Random(seed)
        self.seed = seed
        self.binary = binary
        self.scene = scene
        self.kind, self.cabled, settings = scene
        self.count = hubs
        self.settings = ["drain=2s", *settings]
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="martlet-cluster-"))
        self.hubs = []
        self.cable = None
        self.load = None
        self.started = time.monotonic()

    async def open(self):
        make = OneRedis if self.kind == "single" else RedisCluster
        self.redis = await asyncio.to_thread(make, self.folder)
        url = self.redis.url
        secret = secrets.token_hex(32)
        if self.cabled:
            self.cable = Cable(self.redis.servers[0].port)
            await self.cable.start()
        for number in range(self.count):
            # The first is the one whose way to Redis can be cut.
            way = f"redis://127.0.0.1:{self.cable.port}" if self.cable and number == 0 else url
            self.hubs.append(
                Hub(self.binary, f"node-{number}", self.folder / f"node-{number}", way, secret,
                    settings=self.settings))
        await self.until(lambda: all(hub.is_ready() for hub in self.hubs), "all hubs are ready")
        self.balancer = Balancer([hub.port for hub in self.hubs])
        await self.balancer.start()
        for item, count in ITEMS.items():
            await asyncio.to_thread(
                self.hubs[0].post, f"/api/items/{item}/receive", {"quantity": count})
        self.load = Load(self.hubs, self.balancer.port, self.seed)
        await self.load.watch()

    async def until(self, holds, what, seconds=60):
        await asyncio.to_thread(wait_until, holds, what, seconds)

    async def pause(self, least, most):
        await asyncio.sleep(self.random.uniform(least, most))

    def say(self, text):
        print(f"  {time.monotonic() - self.started:6.1f} s  {text}", flush=True)

    async def flowing(self, seconds=30):
        """Until commands are acknowledged again; answers how long that took."""
        before = len(self.load.notes.posted) + len(self.load.notes.reserved)
        start = time.monotonic()
        while len(self.load.notes.posted) + len(self.load.notes.reserved) < before + 20:
            assert time.monotonic() < start + seconds, f"nothing is acknowledged for {seconds} s"
            await asyncio.sleep(0.02)
        return time.monotonic() - start

    async def run(self, fault):
        """A fault under load, and whether everything is as the clients were told."""
        await self.load.begin()
        await self.pause(0.8, 1.5)
        await fault(self)
        await self.pause(0.8, 1.5)
        await self.flowing()
        await self.load.pause()
        await self.check()

    async def check(self):
        copies = await copies_that_agree(self.hubs)
        for copy in copies:
            check_records(copy, self.load.notes)
        await check_watchers(copies[0], self.load.watchers)
        await check_documents(self.hubs, self.load.notes)
        await check_members(self.hubs, self.load.watchers)
        for hub in self.hubs:
            complaints = hub.complaints()
            assert not complaints, f"{hub.name}: {complaints}"
        notes = self.load.notes
        self.say(f"{len(notes.posted)} posts, {len(notes.reserved)} holds, "
                 f"{len(notes.written)} edits, "
                 f"{notes.longest_silence:.1f} s the longest silence, refused {notes.refused}, "
                 f"{sum(each.repeats for each in self.load.watchers)} repeats, "
                 f"resets {[each.resets for each in self.load.watchers if each.resets]}")

    async def close(self, keep=False):
        if self.load:
            await self.load.end()
        for process in self.hubs:
            process.close()
        if hasattr(self, "redis"):
            self.redis.close()
        if self.cable:
            self.cable.close()
        if hasattr(self, "balancer"):
            self.balancer.close()
        if keep:
            print(f"  logs and data are in {self.folder}", flush=True)
        else:
            shutil.rmtree(self.folder, ignore_errors=True)
