"""What is done to a cluster. Each scenario leaves it whole: nothing is stopped when it ends."""

import asyncio
import json
import shutil
import time

from processes import fake_clock

SCENARIOS = {}


def scenario(kind, *, short=False, cabled=False, settings=()):
    """Registers a fault for one Redis or for a Redis Cluster."""

    def register(function):
        name = function.__name__.replace("_", "-")
        SCENARIOS[name] = Scenario(name, function, kind, short, cabled, settings)
        return function

    return register


class Scenario:
    def __init__(self, name, function, kind, short, cabled, settings):
        self.name = name
        self.function = function
        self.short = short
        # Those of one scene share it, one after the other.
        self.scene = (kind, cabled, settings)


@scenario("single", short=True, cabled=True)
async def a_hub_is_killed(stage):
    """kill -9 of a hub under load; it comes back and catches up."""
    hub = stage.random.choice(stage.hubs)
    stage.say(f"kill -9 {hub.name}")
    hub.kill()
    await stage.pause(0.5, 2)
    hub.start()
    await stage.until(hub.is_ready, f"{hub.name} is ready again")


@scenario("single", short=True, cabled=True)
async def a_rolling_restart(stage):
    """SIGTERM to one hub after another."""
    for hub in stage.hubs:
        stage.say(f"restarting {hub.name}")
        await asyncio.to_thread(hub.stop)
        hub.start()
        await stage.until(hub.is_ready, f"{hub.name} is ready again")


@scenario("single", short=True, cabled=True)
async def redis_is_flushed(stage):
    """FLUSHALL: the log is made anew from the nodes' copies."""
    stage.say("FLUSHALL")
    await asyncio.to_thread(stage.redis.servers[0].ask, "FLUSHALL")
    stage.say(f"acknowledged again after {await stage.flowing():.1f} s")


@scenario("single", cabled=True)
async def redis_is_flushed_again_and_again(stage):
    for _ in range(5):
        await redis_is_flushed(stage)
        await stage.pause(0, 1.5)


async def without_redis(stage, seconds):
    server = stage.redis.servers[0]
    stage.say(f"Redis is killed for {seconds} s")
    server.kill()
    await asyncio.sleep(seconds - 3)
    for hub in stage.hubs:
        status, _ = await asyncio.to_thread(hub.get, "/healthz")
        assert status == 200, f"{hub.name} does not live without Redis"
        await stage.until(
            lambda hub=hub: not hub.is_ready(), f"{hub.name} says that it is not ready", 10)
        # What was decided when Redis died is in doubt for a moment.
        await stage.until(
            lambda hub=hub: hub.get("/api/items/hot")[0] == 200,
            f"{hub.name} is read without Redis", 10)
    await asyncio.sleep(3)
    await asyncio.to_thread(server.start)
    stage.say(f"acknowledged again after {await stage.flowing():.1f} s")


@scenario("single", cabled=True)
async def redis_is_away_for_20_seconds(stage):
    """Redis is killed, loses everything, and comes back empty."""
    await without_redis(stage, 20)


@scenario("single", short=True, cabled=True)
async def redis_is_away_for_9_seconds(stage):
    await without_redis(stage, 9)


@scenario("single", cabled=True)
async def redis_is_away_for_60_seconds(stage):
    await without_redis(stage, 60)


@scenario("single", cabled=True)
async def redis_is_frozen(stage):
    """SIGSTOP for longer than commands wait."""
    server = stage.redis.servers[0]
    stage.say("SIGSTOP of Redis")
    server.freeze()
    await stage.pause(7, 9)
    server.thaw()
    stage.say(f"acknowledged again after {await stage.flowing():.1f} s")


@scenario("single", short=True, cabled=True)
async def one_hub_loses_its_way_to_redis(stage):
    """Cut, silent, deaf, slow, half closed: one after the other."""
    modes = ["refuse", "silent", "deaf", "slow"]
    stage.random.shuffle(modes)
    for mode in modes:
        stage.say(f"the way of {stage.hubs[0].name} to Redis: {mode}")
        await stage.cable.turn(mode, delay=stage.random.uniform(0.02, 0.3))
        await stage.pause(1, 5 if mode in ("silent", "deaf") else 2)
        await stage.cable.turn("open")
        await stage.pause(0.2, 1)
    stage.say("half closed")
    await stage.cable.half_close()
    await stage.until(stage.hubs[0].is_ready, "the hub has found its way again", 30)


@scenario("single", cabled=True)
async def one_hub_is_cut_off_while_redis_is_flushed(stage):
    """The one that is away comes back into an epoch that it doesn't know."""
    await stage.cable.turn("refuse")
    await stage.pause(0.5, 2)
    await redis_is_flushed(stage)
    await stage.pause(0.5, 1.5)
    await stage.cable.turn("open")
    await stage.until(stage.hubs[0].is_ready, "the hub has found its way again", 30)


@scenario("single", cabled=True)
async def hubs_are_killed_and_redis_is_flushed(stage):
    """All but one hub die, Redis loses everything, and they come back one by one."""
    survivor = stage.random.choice(stage.hubs)
    others = [hub for hub in stage.hubs if hub is not survivor]
    stage.say(f"only {survivor.name} survives")
    for hub in others:
        hub.kill()
    await asyncio.to_thread(stage.redis.servers[0].ask, "FLUSHALL")
    await stage.flowing()
    for hub in others:
        hub.start()
        await stage.pause(0, 2)
    await stage.until(lambda: all(hub.is_ready() for hub in others), "all hubs are back")


@scenario("single", cabled=True)
async def everything_is_killed(stage):
    """A power failure: all hubs and Redis at once."""
    stage.say("kill -9 of everything")
    for process in stage.hubs + stage.redis.servers:
        process.kill()
    await asyncio.to_thread(stage.redis.servers[0].start)
    for hub in stage.hubs:
        hub.start()
        await stage.pause(0, 1)
    await stage.until(lambda: all(hub.is_ready() for hub in stage.hubs), "all hubs are back")


async def new_master(stage, ids):
    def is_whole():
        masters = stage.redis.masters()
        return len(masters) == 3 and not any(name in ids for _, name, _ in masters)

    start = time.monotonic()
    await stage.until(is_whole, "Redis has a new master")
    return time.monotonic() - start


@scenario("cluster", short=True)
async def a_redis_master_is_killed(stage):
    """kill -9 of a master; its replica takes over."""
    server, name, _ = stage.random.choice(stage.redis.masters())
    stage.say(f"kill -9 {server.name}")
    server.kill()
    took = await new_master(stage, {name})
    flowed = await stage.flowing()
    stage.say(f"a new master after {took:.1f} s, acknowledged {flowed:.2f} s later")
    await asyncio.to_thread(server.start)
    await stage.until(lambda: stage.redis.is_linked(server), f"{server.name} follows")


@scenario("cluster")
async def a_redis_master_is_frozen(stage):
    """SIGSTOP of a master: it is replaced, and wakes up believing that it is one."""
    server, name, _ = stage.random.choice(stage.redis.masters())
    stage.say(f"SIGSTOP {server.name}")
    server.freeze()
    took = await new_master(stage, {name})
    flowed = await stage.flowing()
    stage.say(f"a new master after {took:.1f} s, acknowledged {flowed:.2f} s later")
    await stage.pause(0, 2)
    server.thaw()
    await stage.until(lambda: stage.redis.is_linked(server), f"{server.name} follows")


@scenario("cluster")
async def slots_are_moved(stage):
    """Resharding under load."""
    masters = stage.redis.masters()
    stage.random.shuffle(masters)
    (source, source_id, _), (_, target_id, _) = masters[:2]
    count = stage.random.randrange(800, 2500)
    stage.say(f"{count} slots move from {source.name}")
    process = await asyncio.create_subprocess_exec(
        "redis-cli", "--cluster", "reshard", f"127.0.0.1:{source.port}", "--cluster-from",
        source_id, "--cluster-to", target_id, "--cluster-slots", str(count), "--cluster-yes",
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL)
    assert await asyncio.wait_for(process.wait(), 120) == 0, "the slots were not moved"


@scenario("cluster")
async def all_of_redis_is_restarted(stage):
    """Every server is killed at once, and comes back with what its append-only file has."""
    stage.say("kill -9 of all six")
    for server in stage.redis.servers:
        server.kill()
    await stage.pause(2, 6)
    for server in stage.redis.servers:
        await asyncio.to_thread(server.start)
    await stage.until(
        lambda: all(stage.redis.is_whole(server) for server in stage.redis.servers),
        "Redis is whole again")
    stage.say(f"acknowledged again after {await stage.flowing():.1f} s")


@scenario("single", cabled=True)
async def clocks_are_off_by_minutes(stage):
    """Two hubs whose clocks are minutes apart: holds last as long as they should on all of them."""
    if fake_clock() is None:
        stage.say("skipped: libfaketime is not installed")
        return
    fast, slow = stage.random.sample(stage.hubs, 2)
    for hub, minutes in ((fast, 7), (slow, -11)):
        stage.say(f"the clock of {hub.name} is {minutes:+d} minutes off")
        hub.kill()
        hub.start_with_clock(minutes)
    await stage.until(lambda: fast.is_ready() and slow.is_ready(), "the hubs are ready")
    await asyncio.to_thread(stage.hubs[0].post, "/api/items/timed/receive", {"quantity": 1})
    hold = await asyncio.to_thread(
        slow.post, "/api/items/timed/reservations", {"quantity": 1, "ttlSeconds": 3})
    assert abs(hold["expiresAt"] - time.time() * 1000) < 30_000, "it does not tell Redis's time"
    await asyncio.sleep(1)
    for hub in stage.hubs:
        assert available(hub) == 0, f"{hub.name} ended a hold too early"
    await stage.until(
        lambda: all(available(hub) == 1 for hub in stage.hubs), "the hold has ended", 15)
    for hub in (fast, slow):
        hub.kill()
        hub.start()
    await stage.until(lambda: fast.is_ready() and slow.is_ready(), "the hubs are ready")


def available(hub):
    return json.loads(hub.get("/api/items/timed")[1])["available"]


SHORT_LOG = ("cluster.kept=16",)


@scenario("single", short=True, settings=SHORT_LOG)
async def a_hub_misses_more_than_the_log_keeps(stage):
    """What it lacks is in no log any more: the other hubs give it."""
    hub = stage.random.choice(stage.hubs)
    stage.say(f"kill -9 {hub.name}, until the log has forgotten what it lacks")
    hub.kill()
    await asyncio.sleep(8)
    hub.start()
    start = time.monotonic()
    await stage.until(hub.is_ready, f"{hub.name} is ready again")
    completed = hub.log_text().count("A partition was completed from another node")
    stage.say(f"{completed} partitions completed, ready after {time.monotonic() - start:.1f} s")
    assert completed > 0, "nothing was missing"


@scenario("single", short=True, settings=SHORT_LOG)
async def a_hub_loses_its_disk(stage):
    """It begins with nothing, and gets everything from the others."""
    hub = stage.random.choice(stage.hubs)
    stage.say(f"{hub.name} loses its disk")
    hub.kill()
    shutil.rmtree(hub.folder / "data")
    hub.start()
    await stage.until(hub.is_ready, f"{hub.name} is ready again")


async def at_random(stage, faults, seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        fault = stage.random.choice(faults)
        stage.say(f"next: {fault.__name__.replace('_', ' ')}")
        await fault(stage)
        await stage.pause(0, 3)


@scenario("single", cabled=True)
async def all_kinds_at_random(stage):
    """Five minutes of whatever comes."""
    await at_random(stage, [
        a_hub_is_killed, redis_is_flushed, redis_is_away_for_9_seconds, redis_is_frozen,
        one_hub_loses_its_way_to_redis, one_hub_is_cut_off_while_redis_is_flushed,
        hubs_are_killed_and_redis_is_flushed, everything_is_killed,
    ], 300)


@scenario("cluster")
async def all_kinds_at_random_on_a_redis_cluster(stage):
    await at_random(stage, [
        a_hub_is_killed, a_redis_master_is_killed, a_redis_master_is_frozen, slots_are_moved,
        all_of_redis_is_restarted, a_rolling_restart,
    ], 300)
