"""The process dies at any point of an order of several pictures: none is lost, none paid twice."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from bot.messages import Send
from providers.causes import Cause
from storage.jobs import JobState
from tests.engine.several import NOT_DRAWN, SeveralWorld, opened
from tests.engine.test_call_crashes import GIVING_BACK, UNKNOWN, WHOLE
from tests.engine.test_crashes import Fuse
from tests.engine.world import Crash

WATCHED = (
    "engine.query.before",
    "engine.query.after",
    "engine.queried.before_commit",
    "engine.queried.after_commit",
)

NOWHERE_NOTED = frozenset({"engine.prepare.after", "engine.prepared.before_commit"})
"""Photos just published there are known to nobody; the host itself sweeps them away."""


@asynccontextmanager
async def fused(path: Path, fuse: Fuse) -> AsyncIterator[SeveralWorld]:
    world = await opened(path, on_point=fuse)
    world.db._on_point = fuse
    world.dead = lambda: fuse.burnt
    try:
        yield world
    finally:
        fuse.burnt, fuse.left = False, []
        await world.engine.stop(0)
        await world.db.close()


async def ordered(world: SeveralWorld, fuse: Fuse) -> list[int]:
    """Order, and let another process take over whenever one dies."""
    world.several.ends[1] = NOT_DRAWN
    ids = await world.order_several(3, 2)
    until = world.clock.now() + 90
    while world.clock.now() < until:
        with suppress(Crash):
            await world.advance(1)
        if fuse.burnt:
            await world.engine.stop(0)
            fuse.burnt = False
            world.restarted()
            world.clock.advance(0.3)
            await world.engine.begin()
    assert fuse.left == [], "the point was reached"
    return ids


async def ends(world: SeveralWorld, ids: list[int]) -> list[tuple[JobState, str | None, str]]:
    found = [await world.job(one) for one in ids]
    return [(job.state, job.cause, (await world.entries(job.id))[-1]) for job in found]


@pytest.mark.parametrize("point", [*WHOLE, *WATCHED])
async def test_whoever_takes_over_goes_on(tmp_path: Path, point: str) -> None:
    fuse = Fuse(point)
    async with fused(tmp_path, fuse) as world:
        ids = await ordered(world, fuse)
        here = (JobState.DELIVERING, None, "commit")
        failed = (JobState.FAILED, Cause.NOT_DRAWN, "refund")
        assert await ends(world, ids) == [here, here, failed, failed, here, here]
        assert len(world.several.tasks) == 1
        if point not in NOWHERE_NOTED:
            assert world.several.host.published == {}
        messages = await world.messages(1)
        results = [one.job_id for one in messages if isinstance(one, Send) and one.job_id]
        assert sorted(results) == sorted({*ids[:2], *ids[4:]})


@pytest.mark.parametrize("point", [*UNKNOWN, *GIVING_BACK])
async def test_where_nobody_can_know_everything_is_given_back_and_nothing_repeated(
    tmp_path: Path, point: str
) -> None:
    fuse = Fuse(*(("engine.submit.before",) if point in GIVING_BACK else ()), point)
    async with fused(tmp_path, fuse) as world:
        ids = await ordered(world, fuse)
        lost = (JobState.FAILED, Cause.SUBMIT_UNCLEAR, "refund")
        assert await ends(world, ids) == [lost] * 6
        assert len(world.several.tasks) <= 1
        assert len(await world.alerts()) == 1
