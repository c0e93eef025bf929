"""A cluster of real processes, broken on purpose: `run.py --binary PATH [--all] [--only NAME…]`.

Prints `ok NAME` or `not ok NAME` for each fault and ends with 0 when all are ok. What happens when
follows from the seed that it prints: `--seed` does the same again.
"""

import os
import argparse
import asyncio
import random
import sys
import time

from faults import SCENARIOS
from stage import Stage


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binary", required=True, help="the martlet to start")
    parser.add_argument("--all", action="store_true", help="the long ones too")
    parser.add_argument("--only", nargs="*", default=[], choices=list(SCENARIOS), metavar="NAME",
                        help="these: " + ", ".join(SCENARIOS))
    parser.add_argument("--seed", type=int, help="of a run that is to be done again")
    parser.add_argument("--keep", action="store_true", help="leave logs and data of what failed")
    arguments = parser.parse_args()
    chosen = [
        each for each in SCENARIOS.values()
        if (each.name in arguments.only if arguments.only else arguments.all or each.short)]
    seed = arguments.seed if arguments.seed is not None else random.randrange(1 << 32)
    print(f"seed {seed}", flush=True)
    return asyncio.run(play(arguments, chosen, seed))


async def play(arguments, chosen, seed):
    failures = 0
    stage = None
    for scenario in sorted(chosen, key=lambda each: each.scene):
        start = time.monotonic()
        try:
            if stage and stage.scene != scenario.scene:
                await stage.close()
                stage = None
            if stage is None:
                stage = Stage(os.path.abspath(arguments.binary), scenario.scene, seed)
                await stage.open()
            # A scenario alone does what it does among the others.
            stage.random = random.Random(f"{seed} {scenario.name}")
            await stage.run(scenario.function)
            print(f"ok {scenario.name} # {time.monotonic() - start:.1f} s", flush=True)
        except (AssertionError, OSError) as error:
            failures += 1
            print(f"not ok {scenario.name} # seed {seed}\n  {error or type(error)}", flush=True)
            await stage.close(keep=arguments.keep)
            stage = None
    if stage:
        await stage.close()
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
