"""How long after its end a task is noticed, and how many questions that takes.

A simulation of the schedule the engine uses, on a clock that only exists here: tasks of
15 to 30 seconds, five or six of them in flight at any time, ten questions a second for
all of them. The optimum D* is what no schedule can beat on average: the questions spread
over each task's life in proportion to the root of its hazard, K/2Q * (∫√(fS))² / E[X].
Beside it stand fixed intervals and the waits of the vendor's own SDK, on the same tasks.
"""

import heapq
import itertools
import math
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot import schedule
from bot.schedule import Runtimes, Watched
from tests.benchmarks.result import Result

LOW, HIGH = 15.0, 30.0  # seconds a task takes, evenly spread
QUERIES_PER_SECOND = 10.0
TASKS = 12_000  # per setting; the mean is then good to about one in a hundred
LEARNING = 100  # tasks before the count begins
TARGET = 1.6  # times D*, at most


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured. Seconds, and questions per task."""

    mean: float
    p95: float
    queries: float

    def __str__(self) -> str:
        return f"mean {self.mean:.3f} s, p95 {self.p95:.3f} s, {self.queries:.1f} queries per job"


def run() -> list[Result]:
    """Simulate all schedules with five and with six tasks in flight."""
    return [_result(in_flight) for in_flight in (5, 6)]


def _result(in_flight: int) -> Result:
    best = optimum(in_flight)
    ours = by_index(in_flight)
    others = {
        "every 3 s": by_intervals(in_flight, lambda: itertools.repeat(3.0)),
        "every 5 s": by_intervals(in_flight, lambda: itertools.repeat(5.0)),
        "dashscope SDK": by_intervals(in_flight, sdk_waits),
    }
    return Result(
        f"noticing a task's end, {in_flight} in flight : optimum",
        f"{ours.mean / best:.2f} x",
        f"{TARGET} x",
        ours.mean <= TARGET * best,
        (
            f"optimum D* {best:.3f} s at {QUERIES_PER_SECOND:.0f} queries/s",
            f"this schedule: {ours}",
            *(f"{name}: {figures}" for name, figures in others.items()),
        ),
    )


def optimum(in_flight: int) -> float:
    """Return D* for evenly spread runtimes, where ∫√(fS) is 2/3 of the root of their width."""
    root = 2 / 3 * math.sqrt(HIGH - LOW)
    return in_flight / (2 * QUERIES_PER_SECOND) * root**2 / ((LOW + HIGH) / 2)


def sdk_waits() -> Iterator[float]:
    """Yield what dashscope 2.0 sleeps: it asks at once, then from 1 s on, doubled every third."""
    yield from (0.0, 1.0, 1.0, 2.0, 2.0, 2.0, 4.0, 4.0, 4.0)
    yield from itertools.repeat(5.0)


def _lives() -> Iterator[float]:
    dice = random.Random(20_260_710)  # noqa: S311  the same tasks for every schedule
    while True:
        yield dice.uniform(LOW, HIGH)


@dataclass(slots=True)
class _Task:
    watched: Watched
    ends_at: float
    queries: int = 0


def by_index(in_flight: int) -> Figures:
    """Ask as the engine does: one question after the other, always the most promising."""
    lives, runtimes, now = _lives(), Runtimes((LOW, HIGH)), 0.0
    begun = itertools.count()

    def begin(at: float) -> _Task:
        return _Task(Watched(next(begun), at, at, runtimes), at + next(lives))

    # Begun one after the other, so that they do not all end together.
    tasks = {task.watched.job_id: task for task in (begin(-3.7 * n) for n in range(in_flight))}
    seen: list[tuple[float, int]] = []
    while len(seen) < TASKS + LEARNING:
        watched = [task.watched for task in tasks.values()]
        chosen = schedule.whom_to_ask(watched, now)
        if chosen is None:
            now = max(schedule.when_to_ask(watched, now) or now, now + 0.001)
            continue
        task = tasks[chosen.job_id]
        task.queries += 1
        if now >= task.ends_at:
            seen.append((now - task.ends_at, task.queries))
            runtimes.learn((chosen.asked + now) / 2 - chosen.started)
            del tasks[chosen.job_id]
            fresh = begin(now)
            tasks[fresh.watched.job_id] = fresh
        else:
            task.watched = Watched(chosen.job_id, chosen.started, now, runtimes)
        now += 1 / QUERIES_PER_SECOND
    return _figures(seen[LEARNING:])


def by_intervals(in_flight: int, waits: Callable[[], Iterator[float]]) -> Figures:
    """Ask about each task after fixed waits, however many questions that makes."""
    lives = _lives()
    slots = [(-3.7 * n, n) for n in range(in_flight)]  # when each begins its next task
    seen: list[tuple[float, int]] = []
    while len(seen) < TASKS + LEARNING:
        began, slot = heapq.heappop(slots)
        ends_at, now, queries = began + next(lives), began, 0
        for queries, wait in enumerate(waits(), 1):  # noqa: B007  the last count is what is wanted
            now += wait
            if now >= ends_at:
                break
        seen.append((now - ends_at, queries))
        heapq.heappush(slots, (now, slot))
    return _figures(seen[LEARNING:])


def _figures(seen: list[tuple[float, int]]) -> Figures:
    delays = sorted(delay for delay, _ in seen)
    return Figures(
        mean=sum(delays) / len(delays),
        p95=delays[int(0.95 * len(delays))],
        queries=sum(queries for _, queries in seen) / len(seen),
    )
