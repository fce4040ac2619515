"""A process dies at any point of a synchronous order: drawn at most once, never in silence."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from bot.messages import Send
from providers.causes import Cause
from storage.jobs import JobState
from tests.engine.calls import CALL_ORDER, CallWorld, opened
from tests.engine.test_crashes import Fuse
from tests.engine.world import Crash

WHOLE = (
    "engine.turn.before_commit",
    "engine.turn.after_commit",
    "engine.prepare.before",
    "engine.prepare.after",
    "engine.prepared.before_commit",
    "engine.prepared.after_commit",
    "engine.intent.before_commit",
    "engine.submitted.after_commit",
    "engine.collect.before",
    "engine.collect.after",
    "engine.delivering.before_commit",
    "engine.delivering.after_commit",
    "engine.withdraw.before",
    "engine.withdraw.after",
    "engine.withdrawn.before_commit",
    "engine.withdrawn.after_commit",
)
"""Whoever takes over here goes on."""

UNKNOWN = (
    "engine.intent.after_commit",
    "engine.submit.before",
    "engine.submit.after",
    "engine.submitted.before_commit",
)
"""Whoever takes over here cannot know whether a picture was drawn, and is not told."""

GIVING_BACK = ("engine.orphan.before_commit", "engine.orphan.after_commit")


@asynccontextmanager
async def fused(path: Path, fuse: Fuse) -> AsyncIterator[CallWorld]:
    world = await opened(path, on_point=fuse)
    world.db._on_point = fuse
    world.dead = lambda: fuse.burnt
    try:
        yield world
    finally:
        fuse.burnt, fuse.left = False, []
        await world.engine.stop(0)
        await world.db.close()


async def ordered(world: CallWorld, fuse: Fuse) -> int:
    """Order, and let another process take over whenever one dies."""
    job_id = await world.order(order=CALL_ORDER)
    until = world.clock.now() + 60
    while world.clock.now() < until:
        with suppress(Crash):
            await world.advance(1)
        if fuse.burnt:
            await world.engine.stop(0)
            fuse.burnt = False
            world.restarted()
            world.clock.advance(0.3)
            await world.engine.begin()
    return job_id


async def sends(world: CallWorld) -> int:
    return sum(isinstance(each, Send) for each in await world.messages(1))


async def given_back(world: CallWorld, job_id: int) -> None:
    job = await world.job(job_id)
    assert (job.state, job.cause) == (JobState.FAILED, Cause.SUBMIT_UNCLEAR)
    assert await world.entries(job_id) == ["hold", "refund"]
    assert len(world.caller.called) <= 1
    assert await sends(world) == 0
    assert len(await world.alerts()) == 1


@pytest.mark.parametrize("point", WHOLE)
async def test_a_crash_before_or_after_the_call_loses_nothing(tmp_path: Path, point: str) -> None:
    fuse = Fuse(point)
    async with fused(tmp_path, fuse) as world:
        job_id = await ordered(world, fuse)
        assert fuse.left == []
        assert (await world.job(job_id)).state is JobState.DELIVERING
        assert await world.entries(job_id) == ["hold", "commit"]
        assert len(world.caller.called) == 1
        assert await sends(world) == 1


@pytest.mark.parametrize("point", UNKNOWN)
async def test_a_crash_during_the_call_refunds_once_and_draws_nothing_twice(
    tmp_path: Path, point: str
) -> None:
    fuse = Fuse(point)
    async with fused(tmp_path, fuse) as world:
        job_id = await ordered(world, fuse)
        assert fuse.left == []
        await given_back(world, job_id)


@pytest.mark.parametrize("second", GIVING_BACK)
@pytest.mark.parametrize("first", UNKNOWN)
async def test_a_crash_while_giving_back_refunds_once(
    tmp_path: Path, first: str, second: str
) -> None:
    fuse = Fuse(first, second)
    async with fused(tmp_path, fuse) as world:
        job_id = await ordered(world, fuse)
        assert fuse.left == []
        await given_back(world, job_id)
