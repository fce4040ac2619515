"""`python -m tests.benchmarks [NAME …]`: run the benchmarks and print figure, target, met.

Every other module of this package is one benchmark: `run()` returns its `Result`, or
several. Each runs in a process of its own, so that none measures what another left
behind. Exit code 1 where a target is missed.
"""

# ruff: noqa: T201  a command line prints its answer

import multiprocessing
import pkgutil
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from tests.benchmarks.result import Result, results_of, table

NOT_BENCHMARKS = {"__main__", "result"}


def names() -> list[str]:
    """Return the names of all benchmarks."""
    found = (module.name for module in pkgutil.iter_modules([str(Path(__file__).parent)]))
    return sorted(name for name in found if name not in NOT_BENCHMARKS)


def main(wanted: list[str]) -> int:
    """Run the benchmarks named, or all; print the table."""
    unknown = sorted(set(wanted) - set(names()))
    if unknown:
        print(f"No benchmark called {', '.join(unknown)}. There are: {', '.join(names())}.")
        return 2
    results: list[Result] = []
    for name in wanted or names():
        print(f"measuring {name} …", file=sys.stderr, flush=True)
        spawn = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(max_workers=1, mp_context=spawn) as process:
            results += process.submit(results_of, name).result()
    print(table(results))
    return 0 if all(result.met for result in results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
