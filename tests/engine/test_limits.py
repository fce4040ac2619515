"""Limits of the services, on a virtual clock: never exceeded, hardly ever unused."""

import asyncio
import random
from bisect import bisect_left
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from providers.base import Submission
from providers.spec import ModelSpec
from providers.wishes import Request
from storage.jobs import JobState
from tests.engine.world import SPEC, START, FakeService, World, opened


class Counting(FakeService):
    """A service that notices when it is asked too much."""

    rng = random.Random(7)  # noqa: S311  runtimes for tests
    most = 0

    async def submit(self, request: Request) -> Submission:
        self.takes = self.rng.uniform(*self.spec.typical_seconds)
        answer = await super().submit(request)
        self.most = max(self.most, self.under_way())
        return answer

    def times(self, *calls: str) -> list[float]:
        return [at for name, at in self.calls if name in calls]


def most_in_a_second(times: list[float]) -> int:
    """Return the most calls that any second held, the borders counted once."""
    ordered = sorted(times)
    return max((bisect_left(ordered, at + 1 - 1e-6) - i for i, at in enumerate(ordered)), default=0)


async def crowd(path: Path, spec: ModelSpec, people: int) -> World:
    world = await opened(path)
    world.services = {spec.model: Counting(world.clock, spec)}
    world.plus = world.services[spec.model]
    world.restarted()
    for person in range(people):
        await world.order(person)
    return world


async def test_no_limit_is_exceeded_and_no_slot_idle_also_across_restarts(tmp_path: Path) -> None:
    world = await crowd(tmp_path, SPEC, 120)
    service = world.plus
    assert isinstance(service, Counting)
    for _ in range(6):
        await world.advance(70)
        await world.engine.stop(0)
        await world.restarted().begin()
    await world.advance(180)
    assert await world.states() == {JobState.DELIVERING: 120}
    assert service.most <= SPEC.in_progress
    assert most_in_a_second(service.times("submit")) <= SPEC.submits_per_second
    assert most_in_a_second(service.times("query", "cancel")) <= SPEC.queries_per_second
    worked = sum(task.ends_at - task.created_at for task in service.tasks.values())
    last_begun = max(task.created_at for task in service.tasks.values())
    done_by_then = sum(min(t.ends_at, last_begun) - t.created_at for t in service.tasks.values())
    assert worked > 0
    assert done_by_then >= 0.97 * SPEC.in_progress * (last_begun - START - 1)
    await world.db.close()


@settings(deadline=None, max_examples=8)
@given(
    rate=st.sampled_from([0.5, 2.0, 10.0]),
    slots=st.integers(1, 6),
    people=st.integers(1, 12),
    restarts=st.lists(st.floats(0.5, 20), max_size=3),
)
def test_whatever_the_limits_are_they_hold(
    tmp_path_factory: pytest.TempPathFactory,
    rate: float,
    slots: int,
    people: int,
    restarts: list[float],
) -> None:
    spec = replace(
        SPEC,
        submits_per_second=rate,
        in_progress=slots,
        queries_per_second=4,
        typical_seconds=(3.0, 6.0),
    )

    async def live() -> Counting:
        world = await crowd(tmp_path_factory.mktemp("limits"), spec, people)
        for seconds in restarts:
            await world.advance(seconds)
            await world.engine.stop(0)
            await world.restarted().begin()
        await world.advance(100)
        assert await world.states() == {JobState.DELIVERING: people}
        await world.db.close()
        assert isinstance(world.plus, Counting)
        return world.plus

    service = asyncio.run(live())
    assert service.most <= slots
    submits = service.times("submit")
    assert all(b - a >= 1 / rate - 1e-6 for a, b in pairwise(submits))
    assert most_in_a_second(service.times("query")) <= 4


async def test_nobody_starves_behind_somebody_with_many_orders(tmp_path: Path) -> None:
    world = await opened(tmp_path)
    eager = [await world.order(1) for _ in range(30)]
    await world.advance(2)
    modest = [await world.order(person) for person in (2, 3, 4)]
    await world.advance(45)
    states = [(await world.job(job_id)).state for job_id in modest]
    assert states == [JobState.DELIVERING] * 3
    assert (await world.job(eager[-1])).state is JobState.QUEUED
    await world.db.close()
