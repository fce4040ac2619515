"""The process dies at any point and another takes over: nothing is lost, nothing paid twice."""

import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from bot.engine import POINTS, cancelling
from bot.messages import Send
from providers.causes import Cause
from storage import pauses
from storage.jobs import JobState
from tests.engine.world import START, Crash, World, opened


class Fuse:
    """Raises `Crash` the first time a point of the list is reached, then the next one."""

    def __init__(self, *points: str) -> None:
        self.left = list(points)
        self.burnt = False
        self.seen: list[str] = []

    def __call__(self, point: str) -> None:
        self.seen.append(point)
        if self.burnt:
            raise Crash  # the process is dead: nothing else may go on either
        if self.left and point == self.left[0]:
            self.left.pop(0)
            self.burnt = True
            raise Crash


@asynccontextmanager
async def fused(path: Path, fuse: Fuse) -> AsyncIterator[World]:
    world = await opened(path, on_point=fuse)
    world.db._on_point = fuse
    world.dead = lambda: fuse.burnt
    try:
        yield world
    finally:
        fuse.burnt, fuse.left = False, []
        await world.engine.stop(0)
        await world.db.close()


async def live(world: World, fuse: Fuse, seconds: float) -> None:
    """Let the process live, and another take over whenever it dies."""
    until = world.clock.now() + seconds
    while world.clock.now() < until:
        with suppress(Crash):
            await world.advance(1)
        if fuse.burnt:
            await world.engine.stop(0)
            fuse.burnt = False
            world.restarted()
            world.clock.advance(0.3)
            await world.engine.begin()


async def paid_once_and_there(world: World, job_id: int) -> None:
    job = await world.job(job_id)
    assert job.state is JobState.DELIVERING
    assert await world.entries(job_id) == ["hold", "commit"]
    assert len(world.plus.tasks) == 1
    sends = [each for each in await world.messages(1) if isinstance(each, Send)]
    assert len(sends) == 1
    assert world.plus.host.published == {} or job.inputs is None  # at worst the host forgets it
    async with world.db.reading() as tx:
        assert await tx.value("SELECT count(*) FROM pictures") == 1


async def reached(path: Path, way: Callable[[World, Fuse], Awaitable[None]]) -> list[str]:
    fuse = Fuse()
    async with fused(path, fuse) as world:
        await way(world, fuse)
    return [point for point in POINTS if point in fuse.seen]


async def ordinary(world: World, fuse: Fuse) -> None:
    async with world.db.transaction("pause") as tx:  # so that there is a queue to tell of
        await pauses.pause(tx, "model:plus", Cause.THROTTLED, START + 1, START)
    job_id = await world.order()
    await live(world, fuse, 75)
    await paid_once_and_there(world, job_id)


ON_THE_WAY = (
    "engine.turn.before_commit",
    "engine.turn.after_commit",
    "engine.prepare.before",
    "engine.prepare.after",
    "engine.prepared.before_commit",
    "engine.prepared.after_commit",
    "engine.intent.before_commit",
    "engine.intent.after_commit",
    "engine.submit.before",
    "engine.submit.after",
    "engine.submitted.before_commit",
    "engine.submitted.after_commit",
    "engine.query.before",
    "engine.query.after",
    "engine.queried.before_commit",
    "engine.queried.after_commit",
    "engine.collect.before",
    "engine.collect.after",
    "engine.delivering.before_commit",
    "engine.delivering.after_commit",
    "engine.tell.before_commit",
    "engine.tell.after_commit",
    "engine.withdraw.before",
    "engine.withdraw.after",
    "engine.withdrawn.before_commit",
    "engine.withdrawn.after_commit",
)


async def test_the_points_on_an_orders_way_are_all_there(tmp_path: Path) -> None:
    assert await reached(tmp_path, ordinary) == list(ON_THE_WAY)


@pytest.mark.parametrize("point", ON_THE_WAY)
async def test_a_crash_at_any_point_loses_nothing_and_pays_nothing_twice(
    tmp_path: Path, point: str
) -> None:
    fuse = Fuse(point)
    async with fused(tmp_path, fuse) as world:
        await ordinary(world, fuse)
        assert fuse.left == []


_PAIRS = random.Random(1).sample([(a, b) for a in ON_THE_WAY for b in ON_THE_WAY], 40)  # noqa: S311  a sample for tests


@pytest.mark.parametrize(("first", "second"), _PAIRS)
async def test_two_crashes_in_a_row_lose_nothing_and_pay_nothing_twice(
    tmp_path: Path, first: str, second: str
) -> None:
    fuse = Fuse(first, second)
    async with fused(tmp_path, fuse) as world:
        await ordinary(world, fuse)


CANCELLING = (
    "engine.cancel.before",
    "engine.cancel.after",
    "engine.cancelled.before_commit",
    "engine.cancelled.after_commit",
)


@pytest.mark.parametrize("point", CANCELLING)
async def test_a_crash_while_cancelling_refunds_once(tmp_path: Path, point: str) -> None:
    fuse = Fuse(point)
    async with fused(tmp_path, fuse) as world:
        job_id = await world.order()
        await world.advance(1)
        async with world.db.transaction("ask") as tx:
            await cancelling.ask(tx, job_id, world.clock.now())
        await live(world, fuse, 10)
        assert (await world.job(job_id)).state is JobState.CANCELLED
        assert await world.entries(job_id) == ["hold", "refund"]
        assert fuse.left == []


LOOKING = (
    "engine.look.before",
    "engine.look.after",
    "engine.orphan.before_commit",
    "engine.orphan.after_commit",
)


@pytest.mark.parametrize("point", LOOKING)
async def test_a_crash_while_looking_for_an_orphan_pays_nothing_twice(
    tmp_path: Path, point: str
) -> None:
    fuse = Fuse("engine.submit.after", point)
    async with fused(tmp_path, fuse) as world:
        await ordinary(world, fuse)
        assert fuse.left == []


GIVING_UP = ("engine.too_late.before_commit", "engine.too_late.after_commit")


@pytest.mark.parametrize("point", GIVING_UP)
async def test_a_crash_at_the_deadline_refunds_once(tmp_path: Path, point: str) -> None:
    fuse = Fuse(point)
    async with fused(tmp_path, fuse) as world:
        world.plus.takes = 10_000
        job_id = await world.order()
        await world.advance(2)
        world.clock.advance(600)
        await live(world, fuse, 10)
        assert (await world.job(job_id)).state in {JobState.FAILED, JobState.CANCELLED}
        assert await world.entries(job_id) == ["hold", "refund"]
        assert fuse.left == []
