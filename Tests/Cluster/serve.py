"""Three hubs on a Redis Cluster of six, behind a balancer, for trying: Ctrl-C ends it."""

import argparse
import asyncio
import contextlib
import pathlib
import secrets
import shutil
import signal
import tempfile

from network import Balancer
from processes import Hub, OneRedis, RedisCluster, wait_until


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binary", required=True, help="the martlet to start")
    parser.add_argument("--port", type=int, default=8000, help="of the balancer")
    parser.add_argument("--hubs", type=int, default=3)
    parser.add_argument("--single", action="store_true", help="one Redis instead of a cluster")
    parser.add_argument("--data", help="where to keep everything; else it is thrown away")
    arguments = parser.parse_args()
    folder = pathlib.Path(arguments.data or tempfile.mkdtemp(prefix="martlet-cluster-"))
    folder = folder.absolute()
    try:
        asyncio.run(serve(arguments, folder))
    finally:
        if not arguments.data:
            shutil.rmtree(folder, ignore_errors=True)


async def serve(arguments, folder):
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    with contextlib.ExitStack() as stack:
        print("starting Redis …", flush=True)
        make = OneRedis if arguments.single else RedisCluster
        redis = await asyncio.to_thread(make, folder)
        stack.callback(redis.close)
        secret = secrets.token_hex(32)
        hubs = []
        for number in range(1, arguments.hubs + 1):
            hub = Hub(arguments.binary, f"node-{number}", folder / f"node-{number}", redis.url,
                      secret, settings=["drain=2s"])
            stack.callback(hub.close)
            hubs.append(hub)
        await asyncio.to_thread(
            wait_until, lambda: all(hub.is_ready() for hub in hubs), "all hubs are ready")
        balancer = Balancer([hub.port for hub in hubs], arguments.port)
        await balancer.start()
        stack.callback(balancer.close)
        print(f"\n  http://127.0.0.1:{balancer.port}   goes to one hub after the other\n")
        for hub in hubs:
            print(f"  {hub.url}   {hub.name}, process {hub.process.pid}, log {hub.folder}/log")
        for server in redis.servers:
            print(f"  redis://127.0.0.1:{server.port}   {server.name}, process "
                  f"{server.process.pid}")
        print(f"\n  {arguments.binary} cluster status --url {hubs[0].url}\n\nCtrl-C ends it.",
              flush=True)
        await stopped.wait()
        print("stopping …", flush=True)
        for hub in hubs:
            hub.ask_to_stop()
        await asyncio.gather(*(asyncio.to_thread(hub.stop) for hub in hubs))


if __name__ == "__main__":
    main()
