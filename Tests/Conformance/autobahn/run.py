#!/usr/bin/env python3
"""Runs Autobahn|Testsuite (`wstest -m fuzzingclient`) against an echo endpoint.

Starts `martlet serve --echo` on a free port, or takes a running server with --url. The cases are
cut into jobs which run two at a time, because the Python 2.7 client is the slow side. Prints a
table of behaviours per group; exits 1 when a case FAILED, went missing, or the server died.

    run.py [--binary PATH | --url ws://…] [--cases "1.* 9.1.*"] [--work DIR]
"""

import argparse
import collections
import concurrent.futures
import fnmatch
import json
import pathlib
import re
import shutil
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from hub_process import HubProcess  # noqa: E402

CASES_IN_ALL = 517
BEHAVIOURS = ["OK", "NON-STRICT", "INFORMATIONAL", "UNIMPLEMENTED", "FAILED"]
PASSING = BEHAVIOURS[:4]
# Heavy groups are jobs of their own, heaviest first, so that two workers end together.
JOBS = (
    [[f"13.{i}.*"] for i in range(1, 8)]
    + [[f"12.{i}.*"] for i in range(1, 6)]
    + [["9.*"], ["1.*", "2.*", "3.*", "4.*", "5.*", "10.*"], ["6.*"], ["7.*"]]
)
JOB_SECONDS_MAXIMUM = 1_200


def python27(work):
    """The Python 2.7 with wstest, made in `work` when it is not there yet."""
    wstest = work / "py27/bin/wstest"
    if wstest.exists():
        return wstest
    interpreter = find_python27()
    shutil.rmtree(work / "py27", ignore_errors=True)
    subprocess.run([sys.executable, "-m", "venv", work / "boot"], check=True)
    subprocess.run([work / "boot/bin/pip", "install", "-q", "virtualenv==20.21.1"], check=True)
    subprocess.run(
        [work / "boot/bin/virtualenv", "-q", "-p", interpreter, work / "py27"], check=True
    )
    pip = [work / "py27/bin/python", "-W", "ignore", "-m", "pip", "--no-python-version-warning"]
    subprocess.run([*pip, "install", "-q", "-r", HERE / "requirements.txt"], check=True)
    return wstest


def find_python27():
    candidates = [shutil.which("python2.7") or ""]
    candidates += sorted(map(str, pathlib.Path.home().glob(".pyenv/versions/2.7.*/bin/python2.7")))
    # A pyenv shim may stand on the PATH without a version behind it: ask each candidate.
    for candidate in reversed([c for c in candidates if c]):
        probe = subprocess.run([candidate, "--version"], capture_output=True, text=True)
        if "2.7" in probe.stdout + probe.stderr and probe.returncode == 0:
            return candidate
    sys.exit(
        "conformance: Autobahn|Testsuite imports only under Python 2.7, and none was found.\n"
        "Install one (for example `pyenv install 2.7.18`) and put python2.7 on the PATH."
    )


def jobs_for(patterns):
    """The jobs narrowed to `patterns`, so that every case is asked for once."""
    if not patterns:
        return JOBS
    jobs = []
    for pattern in patterns:
        broad = [g for job in JOBS for g in job if fnmatch.fnmatchcase(g, pattern)]
        jobs += [[group] for group in broad] or [[pattern]]
    return [list(job) for job in dict.fromkeys(map(tuple, jobs))]


def run_job(wstest, url, work, job):
    """Runs one wstest process; returns {case: result}."""
    name = re.sub(r"[^0-9]+", "_", " ".join(job)).strip("_")
    out = work / "reports" / name
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    spec = out / "spec.json"
    spec.write_text(
        json.dumps(
            {
                "outdir": str(out),
                "servers": [{"agent": "martlet", "url": url}],
                "cases": job,
                "exclude-cases": [],
                "exclude-agent-cases": {},
            }
        )
    )
    started = time.monotonic()
    with open(out / "wstest.log", "wb") as log:
        process = subprocess.Popen(
            [wstest, "-m", "fuzzingclient", "-s", spec], stdout=log, stderr=log, cwd=out
        )
        try:
            process.wait(timeout=JOB_SECONDS_MAXIMUM)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    index = out / "index.json"
    results = json.loads(index.read_text()).get("martlet", {}) if index.exists() else {}
    seconds = time.monotonic() - started
    print(f"  {' '.join(job):40} {len(results):4} cases {seconds:6.1f} s", flush=True)
    return results


def print_table(results):
    """One line a group, one column a behaviour; then each case that is not simply OK."""
    groups = collections.defaultdict(collections.Counter)
    for case, result in results.items():
        groups[int(case.split(".")[0])][result["behavior"]] += 1
    print("\n| group |" + "".join(f" {b} |" for b in BEHAVIOURS) + "\n|---:|" + "---:|" * 5)
    for group, counts in sorted(groups.items()):
        print(f"| {group}.* |" + "".join(f" {counts[b] or ''} |" for b in BEHAVIOURS))
    totals = sum(groups.values(), collections.Counter())
    print("| all |" + "".join(f" {totals[b]} |" for b in BEHAVIOURS), flush=True)


def failures_of(results):
    return sorted(
        (f"{case}: {r['behavior']}, close {r['behaviorClose']}" for case, r in results.items()
         if r["behavior"] not in PASSING or r["behaviorClose"] not in PASSING),
        key=lambda line: [int(n) for n in line.split(":")[0].split(".")],
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--binary", default=".build/release/martlet")
    parser.add_argument("--url", help="an echo endpoint that runs already")
    parser.add_argument("--cases", default="", help='patterns, for example "1.* 2.*"')
    parser.add_argument("--work", default=".build-conformance", type=pathlib.Path)
    parser.add_argument("--workers", default=2, type=int)
    arguments = parser.parse_args()
    work = arguments.work.resolve()
    work.mkdir(exist_ok=True, parents=True)
    wstest = python27(work)
    patterns = arguments.cases.split()
    hub = None if arguments.url else HubProcess(arguments.binary, ["--echo", "--unlimited"])
    started = time.monotonic()
    results = {}
    try:
        url = arguments.url or hub.websocket_url("/echo")
        print(f"Autobahn against {url}", flush=True)
        with concurrent.futures.ThreadPoolExecutor(arguments.workers) as pool:
            jobs = [pool.submit(run_job, wstest, url, work, j) for j in jobs_for(patterns)]
            for job in jobs:
                results.update(job.result())
        died = hub is not None and not hub.is_running()
    finally:
        if hub:
            hub.stop()
    print_table(results)
    failures = failures_of(results)
    if not patterns and len(results) != CASES_IN_ALL:
        failures.append(f"{len(results)} cases ran, not {CASES_IN_ALL}")
    if not results:
        failures.append("no case ran")
    if died:
        failures.append("the hub died")
    for failure in failures:
        print(f"FAILED {failure}")
    seconds = time.monotonic() - started
    print(f"{len(results)} cases in {seconds:.0f} s; reports in {arguments.work}/reports")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
