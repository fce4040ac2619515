"""The process dies around a question: it is asked once, answered once, and nothing paid twice."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

import pytest

from bot.engine.questions import PATIENCE
from providers.causes import Cause
from storage.jobs import JobState
from tests.engine.detouring import PAID, REFUNDED, hold, no, questions, settled, yes
from tests.engine.several import SEVERAL, SeveralWorld
from tests.engine.test_crashes import Fuse, live
from tests.engine.test_several_crashes import fused
from tests.engine.world import Crash

BOTH_SIDES = ("before_commit", "after_commit")
DETOUR = tuple(f"engine.detour.{side}" for side in BOTH_SIDES)


async def ordered(world: SeveralWorld, fuse: Fuse) -> list[int]:
    """Order two pictures that only a dearer model could draw, and be asked."""
    del world.services["plus"]
    world.add_service("dear", credits=SEVERAL.credits + 1, cost=900)
    await hold(world, "model:several", Cause.MODEL_GONE, 10 * PATIENCE)
    ids = await world.order_several(1, 2)
    await live(world, fuse, 3)
    assert [(await world.job(one)).state for one in ids] == [JobState.OFFERED] * 2
    assert len(await questions(world)) == 1
    return ids


async def answered(
    world: SeveralWorld,
    fuse: Fuse,
    answer: Callable[[SeveralWorld, int], Awaitable[None]],
    job: int,
) -> None:
    """Answer, and once more after the process died: an update comes again until it is done."""
    with suppress(Crash):
        await answer(world, job)
    assert fuse.burnt
    fuse.burnt = False
    world.restarted()
    await world.engine.begin()
    await answer(world, job)
    await live(world, fuse, 60)
    assert fuse.left == []


async def ends(world: SeveralWorld, ids: list[int]) -> list[tuple[JobState, list[str]]]:
    found = [await world.latest(one) for one in ids]
    return [(job.state, await world.entries(job.id)) for job in found]


@pytest.mark.parametrize("point", DETOUR)
async def test_a_crash_while_asking_asks_once(tmp_path: Path, point: str) -> None:
    fuse = Fuse(point)
    async with fused(tmp_path, fuse) as world:
        ids = await ordered(world, fuse)
        assert fuse.left == []
        await yes(world, ids[0])
        await live(world, fuse, 60)
        assert await ends(world, ids) == [(JobState.DELIVERING, PAID)] * 2


@pytest.mark.parametrize("side", BOTH_SIDES)
async def test_a_crash_around_a_yes_moves_and_pays_once(tmp_path: Path, side: str) -> None:
    fuse = Fuse(f"yes.{side}")
    async with fused(tmp_path, fuse) as world:
        ids = await ordered(world, fuse)
        await answered(world, fuse, yes, ids[0])
        assert await ends(world, ids) == [(JobState.DELIVERING, PAID)] * 2
        assert [await world.entries(one) for one in ids] == [REFUNDED] * 2
        assert len(world.services["dear"].tasks) == 2
        assert len(await settled(world)) == 1


@pytest.mark.parametrize("side", BOTH_SIDES)
async def test_a_crash_around_a_no_refunds_once(tmp_path: Path, side: str) -> None:
    fuse = Fuse(f"no.{side}")
    async with fused(tmp_path, fuse) as world:
        ids = await ordered(world, fuse)
        await answered(world, fuse, no, ids[0])
        assert await ends(world, ids) == [(JobState.CANCELLED, REFUNDED)] * 2
        assert len(await settled(world)) == 1


@pytest.mark.parametrize("point", DETOUR)
async def test_a_crash_when_nobody_answered_refunds_once(tmp_path: Path, point: str) -> None:
    fuse = Fuse()
    async with fused(tmp_path, fuse) as world:
        ids = await ordered(world, fuse)
        world.clock.advance(PATIENCE)
        fuse.left = [point]
        await live(world, fuse, 10)
        assert fuse.left == []
        assert await ends(world, ids) == [(JobState.CANCELLED, REFUNDED)] * 2
        assert len(await settled(world)) == 1
