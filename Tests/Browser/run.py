"""The pages in a real browser: `run.py --url http://127.0.0.1:8080` or `run.py --binary PATH`.

Prints `ok NAME` or `not ok NAME` for each scenario and ends with 0 when all are ok.
"""

import argparse
import os
import sys
import threading
import time

from browser import Browser
from dashboard import DASHBOARD_NEEDS_RESTART, DASHBOARD_SCENARIOS
from documents import DOCUMENTS_NEED_RESTART, DOCUMENT_SCENARIOS
from hub import OwnHub, RunningHub
from scenarios import NEED_RESTART, SCENARIOS
from shop import SHOP_NEEDS_RESTART, SHOP_SCENARIOS
from world import World

PATIENCE = 480

PAGES = {
    "chat": SCENARIOS, "documents": DOCUMENT_SCENARIOS, "dashboard": DASHBOARD_SCENARIOS,
    "shop": SHOP_SCENARIOS,
}
NEED_OWN = NEED_RESTART | DOCUMENTS_NEED_RESTART | DASHBOARD_NEEDS_RESTART | SHOP_NEEDS_RESTART


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--url", help="a hub that runs, open to guests, with no data of others")
    source.add_argument("--binary", help="a martlet to start, kill and start again")
    parser.add_argument("--screenshots", help="a folder for pictures of what failed")
    parser.add_argument("--only", choices=list(PAGES), help="one of the pages")
    arguments = parser.parse_args()
    hub = OwnHub(arguments.binary) if arguments.binary else RunningHub(arguments.url)
    browser = Browser()

    def give_up():
        print("not ok the tests end in time", flush=True)
        browser.process.kill()
        hub.close()
        os._exit(2)

    watchdog = threading.Timer(PATIENCE, give_up)
    watchdog.daemon = True
    watchdog.start()
    try:
        failures = run(World(hub, browser), arguments.only, arguments.screenshots)
    finally:
        browser.close()
        hub.close()
    return 1 if failures else 0


def run(world, only, screenshots):
    failures = 0
    for scenario in [each for page in PAGES if only in (None, page) for each in PAGES[page]]:
        name = scenario.__name__.replace("_", " ")
        if scenario in NEED_OWN and not world.hub.can_restart:
            print(f"ok {name} # skipped: needs --binary", flush=True)
            continue
        start = time.monotonic()
        try:
            scenario(world)
            print(f"ok {name} # {time.monotonic() - start:.1f} s", flush=True)
        except Exception as error:
            failures += 1
            print(f"not ok {name}\n  {type(error).__name__}: {error}", flush=True)
            if screenshots:
                picture(world, screenshots, scenario.__name__)
    return failures


def picture(world, folder, name):
    os.makedirs(folder, exist_ok=True)
    for person in filter(None, world.people):
        person.page.screenshot(os.path.join(folder, f"{name}-{person.name}.png"))


if __name__ == "__main__":
    sys.exit(main())
