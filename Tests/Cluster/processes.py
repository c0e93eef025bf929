"""The processes of a cluster: hubs, one Redis, or a Redis Cluster of six, each in its folder."""

import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request

START_SECONDS_MAXIMUM = 60
STOP_SECONDS_MAXIMUM = 40


def free_port():
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        return place.getsockname()[1]


def fake_clock():
    """The library that makes clocks wrong; None where it isn't installed."""
    found = sorted(pathlib.Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
    return str(found[0]) if found else None


class Process:
    """One process that can be killed, frozen and started again."""

    def __init__(self, name, folder, port):
        self.name = name
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.port = port
        self.process = None
        self.log = open(self.folder / "log", "ab")

    def spawn(self, command, environment=None):
        self.process = subprocess.Popen(
            command, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log,
            env=os.environ | (environment or {}))

    @property
    def is_running(self):
        return self.process is not None and self.process.poll() is None

    def kill(self):
        """As a power failure would."""
        if self.is_running:
            self.process.kill()
            self.process.wait()

    def freeze(self):
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self):
        self.process.send_signal(signal.SIGCONT)

    def ask_to_stop(self):
        if self.is_running:
            self.process.send_signal(signal.SIGTERM)

    def stop(self):
        self.ask_to_stop()
        try:
            self.process.wait(STOP_SECONDS_MAXIMUM)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError(f"{self.name} did not end within {STOP_SECONDS_MAXIMUM} s")

    def close(self):
        if self.is_running:
            self.process.send_signal(signal.SIGCONT)
        self.kill()
        self.log.close()


class Hub(Process):
    """One node: `martlet serve --redis … --node …`."""

    def __init__(self, binary, name, folder, redis, secret, settings=()):
        super().__init__(name, folder, free_port())
        self.command = [
            binary, "serve", "--port", str(self.port), "--data", str(self.folder / "data"),
            "--redis", redis, "--node", name, "--advertise", f"http://127.0.0.1:{self.port}",
            "--unlimited", *[word for each in settings for word in ("--set", each)],
        ]
        self.secret = secret
        self.environment = {"MARTLET_CLUSTER_SECRET": secret}
        self.start()

    def start_with_clock(self, minutes):
        """Its clock is off until it is started again; time passes as it does."""
        # By way of a shell, in which the library leaves its marks: made in the hub's own process,
        # they would hide its arguments from Swift, which looks for them beside the environment.
        self.spawn(["sh", "-c", 'exec "$@"', "sh", *self.command], self.environment | {
            "LD_PRELOAD": fake_clock(), "FAKETIME": f"{minutes:+d}m",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1"})

    def start(self):
        self.spawn(self.command, self.environment)

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    @property
    def database(self):
        return self.folder / "data" / "hub.sqlite"

    def get(self, path, timeout=3):
        """The status and the body of an answer; None and the reason where there is none."""
        request = urllib.request.Request(
            self.url + path, headers={"Authorization": f"Bearer {self.secret}"}
            if path.startswith("/cluster/") else {})
        try:
            with urllib.request.urlopen(request, timeout=timeout) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()
        except (urllib.error.URLError, OSError, TimeoutError) as error:
            return None, str(error).encode()

    def post(self, path, value, timeout=5):
        request = urllib.request.Request(
            self.url + path, json.dumps(value).encode(), {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=timeout) as answer:
            return json.load(answer)

    def is_ready(self):
        return self.get("/readyz")[0] == 200

    def log_text(self):
        return (self.folder / "log").read_text(errors="replace")

    def complaints(self):
        """What its log has that no fault may cause."""
        text = self.log_text()
        return re.findall(r".*(?:Fatal error|critical|Precondition failed|corrupt).*", text)[:5]


class RedisServer(Process):
    """Debian's `redis-server`."""

    def __init__(self, name, folder, *, flags=()):
        super().__init__(name, folder, free_port())
        self.command = [
            "redis-server", "--port", str(self.port), "--bind", "127.0.0.1",
            "--dir", str(self.folder), "--save", "", "--repl-diskless-sync-delay", "0", *flags,
        ]
        self.start()

    def start(self):
        self.spawn(self.command)
        wait_until(lambda: self.ask("PING") == "PONG", f"{self.name} answers")

    def ask(self, *words):
        """One command by redis-cli; its answer, or an empty text."""
        answer = subprocess.run(
            ["redis-cli", "-p", str(self.port), *words], capture_output=True, text=True, timeout=30)
        return answer.stdout.strip()

    def info(self):
        lines = (line.split(":", 1) for line in self.ask("INFO").splitlines() if ":" in line)
        return {name: value for name, value in lines}


class OneRedis:
    """A single server."""

    kind = "single"

    def __init__(self, folder):
        self.servers = [RedisServer("redis", folder / "redis")]

    @property
    def url(self):
        return f"redis://127.0.0.1:{self.servers[0].port}"

    def close(self):
        for server in self.servers:
            server.close()


class RedisCluster:
    """Three masters with a replica each."""

    kind = "cluster"

    def __init__(self, folder):
        self.servers = []
        for number in range(6):
            flags = [
                "--cluster-enabled", "yes", "--cluster-node-timeout", "2000",
                "--cluster-port", str(free_port()), "--cluster-replica-validity-factor", "0",
                "--appendonly", "yes",
            ]
            self.servers.append(RedisServer(f"redis-{number}", folder / f"redis-{number}",
                                            flags=flags))
        places = [f"127.0.0.1:{server.port}" for server in self.servers]
        made = subprocess.run(
            ["redis-cli", "--cluster", "create", *places, "--cluster-replicas", "1",
             "--cluster-yes"], capture_output=True, text=True, timeout=60)
        if made.returncode != 0:
            raise SystemExit(f"the Redis Cluster was not made:\n{made.stdout}{made.stderr}")
        servers = self.servers
        wait_until(lambda: all(self.is_whole(each) for each in servers), "slots are served")
        wait_until(lambda: all(self.is_linked(each) for each in servers), "replicas follow")

    @staticmethod
    def is_whole(server):
        return "cluster_state:ok" in server.ask("CLUSTER", "INFO")

    @staticmethod
    def is_linked(server):
        about = server.info()
        return about.get("role") == "master" or about.get("master_link_status") == "up"

    @property
    def url(self):
        return "redis://" + ",".join(f"127.0.0.1:{server.port}" for server in self.servers[:3])

    def masters(self):
        """The servers that are masters in the eyes of one that runs, with their ids and slots."""
        by_port = {server.port: server for server in self.servers}
        for server in self.servers:
            if not server.is_running:
                continue
            found = []
            for line in server.ask("CLUSTER", "NODES").splitlines():
                words = line.split()
                if "master" not in words[2] or "fail" in words[2] or len(words) < 9:
                    continue
                port = int(words[1].split("@")[0].rsplit(":", 1)[1])
                found.append((by_port[port], words[0], words[8:]))
            return found
        return []

    def close(self):
        for server in self.servers:
            server.close()


def wait_until(holds, what, seconds=START_SECONDS_MAXIMUM):
    """Asks again and again; a sentence about what didn't come true ends the test."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if holds():
            return
        time.sleep(0.05)
    raise AssertionError(f"{what}: not within {seconds} s")
