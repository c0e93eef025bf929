#!/usr/bin/env python3
"""A target with PyPI `prometheus_client` that moves one step with each scrape.

    exporter.py --prefix app --seed 1

Prints its port. The values follow from the seed and the number of scrapes alone.
"""

import argparse
import random
import threading

from prometheus_client import CollectorRegistry, Counter, Enum, Gauge, Histogram, Summary
from prometheus_client import start_http_server

ROUTES = ["/", "/items", "/items/{id}", "/büro", 'a"b\\c\nd']
# The step after which a counter begins anew, as that of a process does that was restarted.
RESET_STEP = 7


class SteppingRegistry(CollectorRegistry):
    """Moves whatever it has before it is read."""

    def __init__(self, prefix, seed):
        super().__init__()
        self.random = random.Random(seed)
        self.steps = 0
        self.lock = threading.Lock()
        self.requests = Counter(
            f"{prefix}_requests", "Requests.", ["method", "code"], registry=self)
        self.bytes = Counter(f"{prefix}_bytes", "Bytes, not whole.", ["route"], registry=self)
        self.latency = Histogram(f"{prefix}_latency_seconds", "Time.", ["route"], registry=self)
        self.size = Summary(f"{prefix}_size_bytes", "Sizes.", ["route"], registry=self)
        self.temperature = Gauge(f"{prefix}_temperature", "A walk.", ["room"], registry=self)
        self.odd = Gauge(f"{prefix}_odd", "Numbers at the edge.", ["kind"], registry=self)
        self.sessions = Gauge(f"{prefix}_session", "Comes and goes.", ["user"], registry=self)
        self.constant = Gauge(f"{prefix}_constant", "Does not move.", registry=self)
        self.mood = Enum(
            f"{prefix}_mood", "One of some.", states=["calm", "busy", "lost"], registry=self)
        for kind, value in {
            "nan": "nan", "up": "inf", "down": "-inf", "least": 5e-324, "most": 1.7e308,
            "tenth": 0.1, "negative zero": "-0",
        }.items():
            self.odd.labels(kind).set(float(value))
        self.constant.set(42)
        self.walks = {f"room-{number}": 20.0 for number in range(6)}

    def collect(self):
        with self.lock:
            self.step()
            yield from super().collect()

    def step(self):
        self.steps += 1
        chance = self.random
        for method in ["get", "put", "post"]:
            for code in ["200", "404", "500"]:
                self.requests.labels(method, code).inc(chance.randrange(0, 50))
        if self.steps % RESET_STEP == 0:
            self.requests.labels("get", "200").reset()
        for route in ROUTES:
            self.bytes.labels(route).inc(chance.random() * 1e5)
            for _ in range(chance.randrange(0, 8)):
                self.latency.labels(route).observe(chance.expovariate(5))
                self.size.labels(route).observe(chance.randrange(1, 100_000))
        for room in self.walks:
            self.walks[room] = round(self.walks[room] + chance.uniform(-1, 1), 2)
            self.temperature.labels(room).set(self.walks[room])
        # Four steps there, two steps away: a series ends and begins again.
        for user in range(4):
            if (self.steps + user) % 6 < 4:
                self.sessions.labels(f"u{user}").set(self.steps)
            elif self.steps > 6:
                self.sessions.remove_by_labels({"user": f"u{user}"})
        self.mood.state(chance.choice(["calm", "busy", "lost"]))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--prefix", default="app")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    registry = SteppingRegistry(arguments.prefix, arguments.seed)
    server, thread = start_http_server(0, addr="127.0.0.1", registry=registry)
    print(server.server_port, flush=True)
    thread.join()


if __name__ == "__main__":
    main()
