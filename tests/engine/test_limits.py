"""Limits of the services, on a virtual clock: never exceeded, hardly ever unused."""

import asyncio
import random
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import replace
from heapq import heappop, heappush
from itertools import accumulate, pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from providers.base import Submission
from providers.catalogue import SPECS
from providers.parsing import SPEC as PARSING
from providers.spec import ModelSpec
from providers.wishes import Request
from storage.jobs import JobState
from tests.engine.market import Market, Service, Span
from tests.engine.market import opened as open_market
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


def most_at_once(spans: Iterable[Span]) -> int:
    """Return how many spans lie over each other at most; what ends makes room at once."""
    moves = sorted(move for begin, end in spans for move in ((begin, 1), (end, -1)))
    return max(accumulate((step for _, step in moves), initial=0))


def at_best(service: Service) -> float:
    """Return when the last order would have begun if nobody ever had to ask what has ended."""
    spec = service.spec
    free, begin = [START] * spec.in_progress, START - 1
    for begun, ended in sorted(service.spans):
        begin = max(heappop(free), begin + 1 / spec.submits_per_second)
        heappush(free, begin + ended - begun)
    return begin


def used(*services: Service) -> float:
    """Return how much models did of what their slots and pace allow, while there was work."""
    could = sum(each.spec.in_progress * (at_best(each) - START) for each in services)
    took = sum(each.spec.in_progress * (max(each.spans)[0] - START) for each in services)
    return could / took


async def keep_busy(world: Market, models: Iterable[str], seconds: float, restarts: int) -> None:
    """Give models work for about so many seconds, and let the process die meanwhile."""
    for model in models:
        spec = world.market[model].spec
        usual = sum(spec.typical_seconds) / 2
        await world.crowd(model, round(spec.in_progress * seconds / usual))
    for _ in range(restarts):
        await world.advance(seconds / restarts)
        await world.reborn()
    await world.advance(200)


async def test_no_documented_limit_is_exceeded_and_no_slot_idle_also_across_restarts(
    tmp_path: Path,
) -> None:
    """All models at once, some 400 pictures; those of an account share its rate of questions."""
    async with open_market(tmp_path) as world:
        services = world.market.values()
        await keep_busy(world, world.market, 120, restarts=5)
        lost = {job.model for job in await world.failed()}
    for service in services:
        spec, begun = service.spec, sorted(begin for begin, _ in service.spans)
        assert most_at_once(service.spans) <= spec.in_progress
        assert all(b - a >= 1 / spec.submits_per_second - 1e-6 for a, b in pairwise(begun))
        assert used(service) >= 0.94  # FASHN and DAMO answer few questions
    assert used(*services) >= 0.97
    for account in {spec.account for spec in SPECS}:
        theirs = [each for each in services if each.spec.account == account]
        asked = sorted(at for each in theirs for at in each.questions)
        pace = min(each.spec.queries_per_second for each in theirs)
        assert all(b - a >= 1 / pace - 1e-6 for a, b in pairwise(asked))
    cut = [at for at, _, _ in world.cutter.asked]
    assert all(b - a >= 1 / PARSING.calls_per_second - 1e-6 for a, b in pairwise(cut))
    assert lost <= {each.spec.model for each in world.callers}  # their answers died with us


@pytest.mark.parametrize("model", ["aitryon", "wanx-style-repaint-v1"])
async def test_a_quick_model_with_its_account_for_itself_has_no_idle_slot(
    tmp_path: Path, model: str
) -> None:
    async with open_market(tmp_path) as world:
        await keep_busy(world, [model], 80, restarts=2)
    assert used(world.market[model]) >= 0.97


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
