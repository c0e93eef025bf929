#!/usr/bin/env python3
"""A stock Prometheus beside the hub: it writes there, and both are asked the same.

    run.py --binary .build/debug/martlet
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile
import time
import traceback
import urllib.request

from answers import ask, difference, instant, over, samples
from expressions import ALL
from processes import Exporter, Prometheus

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "Conformance"))
from hub_process import HubProcess  # noqa: E402

# How long each part of the life of the samples lasts, in seconds.
BEFORE_THE_KILL, DEAD, AFTER_THE_KILL = 10, 2, 9
PATIENCE = 30
APP = '{job="app"}'
checks = []


def check(sentence):
    """Registers a check under a sentence that says what it proves."""

    def register(function):
        checks.append((sentence, function))
        return function

    return register


def until(what, condition):
    """Waits for a condition; returns what it found."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if found := condition():
            return found
        time.sleep(0.1)
    raise AssertionError(f"in {PATIENCE} s: {what}")


def promtool(*arguments, text=None):
    """What `promtool` prints; it must be content."""
    run = subprocess.run(
        ["promtool", *arguments], input=text, capture_output=True, text=True, timeout=30)
    assert run.returncode == 0, (arguments, run.stdout[-500:], run.stderr[-500:])
    return run.stdout


class World:
    """The hub, a Prometheus that scrapes one target and writes there, and a target of the hub's."""

    def __init__(self, binary):
        self.app, self.direct = Exporter("app", seed=1), Exporter("direct", seed=2)
        self.settings = tempfile.NamedTemporaryFile("w", suffix=".json")
        json.dump({"metrics": {"collect": False, "scrape": [{
            "url": f"http://127.0.0.1:{self.direct.port}/metrics", "job": "direct",
            "interval": "1s", "labels": {"zone": "here"},
        }]}}, self.settings)
        self.settings.flush()
        self.hub = HubProcess(binary, ["--unlimited", "--config", self.settings.name])
        self.url = f"http://127.0.0.1:{self.hub.port}"
        self.prometheus = Prometheus(self.app.port, self.hub.port)
        self.start = time.time()
        self.end = None

    def live(self):
        """Lets samples come, kills the hub in between, and ends where both have all of them."""
        time.sleep(BEFORE_THE_KILL)
        until("samples reach the hub", lambda: self.newest(self.url))
        self.hub.kill()
        self.killed_at = time.time()
        time.sleep(DEAD)
        self.hub.start()
        time.sleep(AFTER_THE_KILL)
        self.end = self.newest(self.prometheus.url)
        self.catch_up(self.end)

    def newest(self, url):
        """The time of the newest complete scrape: the last sample of it is one of these."""
        found = ask(url, "query", {"query": f"timestamp(scrape_series_added{APP})"})
        assert not isinstance(found, str), found
        return max((float(series["value"][1]) for series in found["result"]), default=0)

    def catch_up(self, end):
        """Waits until the hub has as many samples up to that time as its peer."""

        def is_even():
            ours, theirs = (
                sum(len(series["values"]) for series in instant(url, f"{APP}[5m]", end)["result"])
                for url in (self.url, self.prometheus.url))
            return ours == theirs > 0

        until("the hub has all samples", is_even)

    def compare(self, what, path, parameters):
        ours, theirs = (ask(url, path, parameters) for url in (self.url, self.prometheus.url))
        assert ours == theirs, (what, ours, theirs)
        assert ours, (what, "both have nothing")

    def close(self):
        for process in (self.prometheus, self.app, self.direct):
            process.close()
        status = self.hub.stop()
        self.settings.close()
        return status


@check("samples written over a kill -9 are all there, once, with the times and bits they had")
def _(world):
    world.live()
    window = f"{APP}[{round(world.end - world.start) + 5}s]"
    ours, theirs = (instant(url, window, world.end) for url in (world.url, world.prometheus.url))
    assert (fault := difference(ours, theirs)) is None, fault
    for labels, values in samples(theirs).items():
        # What equals zero is left out of a message: Prometheus sends -0 as 0.
        sent = [[at, "0" if value == "-0" else value] for at, value in values]
        assert samples(ours)[labels] == sent, (labels, samples(ours)[labels], sent)
    times = [at for at, _ in next(
        series["values"] for series in ours["result"] if series["metric"]["__name__"] == "up")]
    assert any(at < world.killed_at for at in times), "nothing from before the kill"
    assert any(at > world.killed_at + DEAD for at in times), "nothing from after the kill"
    print(f"        {sum(len(series['values']) for series in ours['result'])} samples "
          f"of {len(ours['result'])} series")


@check("instants have the same values")
def _(world):
    moments = [world.end, world.end - 3.5, world.killed_at + 1.001, world.start + 4.25]
    faults, asked = [], 0
    for expression in ALL:
        for at in moments:
            asked += 1
            answers = (instant(url, expression, at) for url in (world.url, world.prometheus.url))
            if fault := difference(*answers):
                faults.append(f"{expression} at {at:.3f}: {fault}")
    assert not faults, "\n".join([f"{len(faults)} of {asked} differ", *faults[:12]])
    print(f"        {len(ALL)} expressions at {len(moments)} moments")


@check("ranges have the same values at every step")
def _(world):
    faults = []
    # On whole seconds, off them, and with steps wider than the lookback of no window. None ends
    # later than what both are known to have: new samples are on their way all the time.
    grids = [(world.start + 1, world.end, "1s"), (int(world.start), world.end, "700ms"),
             (world.start - 10, world.end, "4s")]
    for expression in ALL:
        for start, end, step in grids:
            answers = (over(url, expression, start, end, step)
                       for url in (world.url, world.prometheus.url))
            if fault := difference(*answers):
                faults.append(f"{expression} by {step}: {fault}")
    assert not faults, "\n".join([f"{len(faults)} differ", *faults[:12]])
    print(f"        {len(ALL)} expressions on {len(grids)} grids")


@check("a wrong expression is refused by both, with the same status and type")
def _(world):
    for wrong in ["rate(app_temperature)", "sum(", "app{", "nope(app)", "app[5m", "1 +", "",
                  "app_temperature + on (job) group_left app_requests_total", '{a=~"("}', "{}",
                  f"count_over_time({APP}[1m])"]:
        ours, theirs = (instant(url, wrong, world.end) for url in (world.url, world.prometheus.url))
        kinds = [str(answer)[:3] for answer in (ours, theirs)]
        assert kinds[0] == kinds[1] and kinds[0] in ("400", "422"), (wrong, ours, theirs)
        types = [json.loads(answer[4:])["errorType"] for answer in (ours, theirs)]
        assert types[0] == types[1], (wrong, types)


@check("labels, their values, series and metadata are the same")
def _(world):
    span = {"match[]": APP, "start": f"{world.start:.3f}", "end": f"{world.end:.3f}"}
    world.compare("labels", "labels", span)
    for name in ["__name__", "method", "route", "le", "room", "user", "nothing_of_that"]:
        if name != "nothing_of_that":
            world.compare(name, f"label/{name}/values", span)
    selectors = ['app_odd{kind=~"n.*"}', 'app_requests_total{method="get"}']
    ours, theirs = (
        sorted(ask(url, "series", span | {"match[]": selectors}), key=json.dumps)
        for url in (world.url, world.prometheus.url))
    assert ours == theirs and len(ours) == 5, (ours, theirs)

    def is_described():
        ours, theirs = (ask(url, "metadata") for url in (world.url, world.prometheus.url))
        return all(ours.get(name) == theirs[name] for name in theirs
                   if name.startswith("app_")) and theirs

    until("the hub knows what Prometheus knows of the metrics", is_described)


@check("promtool's queries print the same of both")
def _(world):
    end, start = f"{world.end:.3f}", f"{world.start + 2:.3f}"
    for arguments in [
        ("instant", "--time", end, "sum by (method) (app_requests_total)"),
        ("instant", "--time", end, 'app_requests_total{method="get",code="404"}'),
        ("range", "--start", start, "--end", end, "--step", "2s", "app_constant"),
        ("range", "--start", start, "--end", end, "--step", "1s", "sum(app_requests_total)"),
        ("series", "--match", 'app_temperature{room="room-2"}', "--start", start, "--end", end),
        ("labels", "--start", start, "--end", end, "room"),
        ("labels", "--start", start, "--end", end, "method"),
    ]:
        kind, *rest = arguments
        # promtool takes the server as the first of what is no flag.
        flags, words = [], []
        while rest:
            word = rest.pop(0)
            flags += [word, rest.pop(0)] if word.startswith("--") else []
            words += [] if word.startswith("--") else [word]
        ours, theirs = (promtool("query", kind, *flags, url, *words)
                        for url in (world.url, world.prometheus.url))
        assert sorted(ours.splitlines()) == sorted(theirs.splitlines()), (arguments, ours, theirs)
        assert ours.strip(), (arguments, "nothing")


@check("promtool finds nothing wrong with /metrics")
def _(world):
    with urllib.request.urlopen(f"{world.url}/metrics", timeout=10) as answer:
        text = answer.read().decode()
    assert "martlet_" in text
    assert promtool("check", "metrics", text=text) == ""


@check("a target of the hub's own is up, and what it says is kept")
def _(world):
    for expression, wanted in {
        'up{job="direct",zone="here"}': 1, 'direct_constant{job="direct",zone="here"}': 42,
        'count(direct_temperature{job="direct"})': 6,
        'min(resets(direct_bytes_total{job="direct"}[1m]))': 0,
    }.items():
        # A scrape that was late leaves a gap of a second.
        until(f"{expression} is {wanted}", lambda: [wanted] == [
            float(series["value"][1])
            for series in instant(world.url, expression, time.time())["result"]])
    until("negative zero stays one", lambda: ["-0"] == [
        series["value"][1] for series in instant(
            world.url, 'direct_odd{kind="negative zero"}', time.time())["result"]])
    until("all five counters rise", lambda: 5 == len(instant(
        world.url, 'rate(direct_bytes_total{job="direct"}[20s]) > 0', time.time())["result"]))


@check("when targets die their series end at once, for both in the same places")
def _(world):
    world.app.close()
    world.direct.close()

    def is_down(url, job):
        found = ask(url, "query", {"query": f'up{{job="{job}"}} == 0'})
        return found["result"]

    until("Prometheus sees that its target died", lambda: is_down(world.prometheus.url, "app"))
    until("the hub is told", lambda: is_down(world.url, "app"))
    until("the hub sees that its own target died", lambda: is_down(world.url, "direct"))
    time.sleep(1.5)
    world.died = world.newest(world.prometheus.url)
    world.catch_up(world.died)
    faults = []
    for expression in ALL:
        for ours, theirs in [
            [instant(url, expression, world.died) for url in (world.url, world.prometheus.url)],
            [over(url, expression, world.end - 3, world.died + 2, "500ms")
             for url in (world.url, world.prometheus.url)],
        ]:
            if fault := difference(ours, theirs):
                faults.append(f"{expression}: {fault}")
    assert not faults, "\n".join([f"{len(faults)} differ", *faults[:12]])
    for selector in ['{__name__=~"app_.*",job="app"}', '{__name__=~"direct_.*"}']:
        assert instant(world.url, selector, time.time())["result"] == [], selector
        history = instant(world.url, f"{selector}[5m]", time.time())
        assert history["result"], (selector, "the past is gone, too")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--binary", default=".build/debug/martlet")
    arguments = parser.parse_args()
    world = World(arguments.binary)
    failed = 0
    try:
        for sentence, function in checks:
            try:
                function(world)
                print(f"ok      {sentence}", flush=True)
            except Exception:  # A check may fail in any way: all are shown, and counted.
                failed += 1
                print(f"FAILED  {sentence}\n{traceback.format_exc()}", flush=True)
                if world.end is None:
                    break
        if not world.hub.is_running():
            failed += 1
            print(f"FAILED  the hub died\n{world.hub.errors()}")
    finally:
        status = world.close()
    if status != 0:
        failed += 1
        print(f"FAILED  the hub ended with {status} after SIGTERM")
    print(f"{max(0, len(checks) - failed)} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
