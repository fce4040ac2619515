"""Refining a picture: an order of its own kind, made of the photos and the picture of another."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.messages import Send
from bot.orders import Refine
from providers.base import NotWorn, Refused
from providers.causes import Cause, Problem
from providers.wishes import Gender, OtherHalf, RefineRequest
from storage import pauses, pictures
from storage.jobs import JobState
from tests.engine.halves import HELPER, OWN_BOTTOM, HalfWorld, Keeping, opened
from tests.engine.test_crashes import Fuse, live
from tests.engine.world import ORDER, SPEC, START, photo

HD = replace(
    SPEC,
    model="hd",
    wears=frozenset(),
    faces=(),
    sizes=(),
    credits=1,
    cost=300,
    refines=True,
    keeps_with=HELPER,
)


def refiner(world: HalfWorld) -> Keeping:
    """Add a model that refines what the first one draws."""
    service = world.services["hd"] = Keeping(world.clock, HD)
    world.plus.spec = replace(world.plus.spec, refines_with="hd")
    world.restarted()
    return service


async def kept(world: HalfWorld) -> Refine:
    """Return the order to refine a picture that is kept."""
    async with world.db.transaction("keep") as tx:
        picture = await pictures.put(tx, b"coarse", "image/jpeg", 600, 800, world.clock.now())
    return Refine(ORDER, picture, photo("shown"), Gender.WOMAN, "hd")


def asked(service: Keeping) -> list[RefineRequest]:
    found = [task.request for task in service.tasks.values()]
    return [each for each in found if isinstance(each, RefineRequest)]


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[HalfWorld]:
    world = await opened(tmp_path)
    yield world
    await world.engine.stop(0)
    await world.db.close()


async def test_the_photos_of_then_and_the_kept_picture_are_sent(world: HalfWorld) -> None:
    hd = refiner(world)
    job_id = await world.order(1, await kept(world))
    await world.advance(60)
    [request] = asked(hd)
    assert hd.host.seen == ["person", "top", "coarse like person"]
    assert request.gender is Gender.WOMAN
    assert request.bottom_url is None
    assert len({request.person_url, request.top_url, request.coarse_url}) == 3
    assert (await world.job(job_id)).state is JobState.DELIVERING
    assert await world.entries(job_id) == ["hold", "commit"]
    assert hd.host.published == {}
    [result] = [each for each in await world.messages(1) if isinstance(each, Send)]
    assert "HD" in result.content.text


async def test_what_was_kept_on_is_cut_out_again(world: HalfWorld) -> None:
    hd = refiner(world)
    hd.segmenter.answers.extend([])
    order = replace(await kept(world), of=OWN_BOTTOM, keeps=True)
    await world.order(1, order)
    await world.advance(60)
    assert asked(hd)[0].bottom_url == "https://r/crop.png?sign=1%2B"
    hd.segmenter.answers.append(NotWorn())
    await world.order(2, order)
    await world.advance(60)
    assert asked(hd)[1].bottom_url is None
    left_out = replace(await kept(world), of=replace(ORDER, half=OtherHalf.KEEP))
    await world.order(3, left_out)  # nothing was found in the first stage
    await world.advance(60)
    assert len(hd.segmenter.asked) == 2


async def test_a_picture_that_is_gone_is_refunded_kindly(world: HalfWorld) -> None:
    hd = refiner(world)
    order = await kept(world)
    async with world.db.transaction("forget") as tx:
        await pictures.remove(tx, order.picture_id)
    job_id = await world.order(1, order)
    await world.advance(10)
    job = await world.job(job_id)
    assert (job.state, job.cause) == (JobState.FAILED, Cause.PHOTO_GONE)
    assert "24 hours" in await world.says(1)
    assert await world.entries(job_id) == ["hold", "refund"]
    assert asked(hd) == []


async def test_nobody_else_takes_it_over(world: HalfWorld) -> None:
    hd = refiner(world)
    hd.submits.append(Refused(Problem(Cause.MODEL_GONE)))
    job_id = await world.order(1, await kept(world))
    await world.advance(30)
    assert (await world.job(job_id)).cause == Cause.MODEL_GONE
    assert "no longer offered" in await world.says(1)
    assert await world.entries(job_id) == ["hold", "refund"]


async def names_under_the_picture(world: HalfWorld) -> list[str]:
    await world.order(1, ORDER)
    await world.advance(60)
    [result] = [each for each in await world.messages(1) if isinstance(each, Send)]
    return [button.text for row in result.content.keyboard for button in row]


async def test_the_button_stands_where_somebody_refines(world: HalfWorld) -> None:
    refiner(world)
    assert "🔍 Refine (HD)" in await names_under_the_picture(world)


async def test_without_a_refiner_there_is_no_button(world: HalfWorld) -> None:
    assert "🔍 Refine (HD)" not in await names_under_the_picture(world)


async def test_nor_while_it_is_held(world: HalfWorld) -> None:
    refiner(world)
    async with world.db.transaction("hold") as tx:
        until = START + 3600
        await pauses.pause(tx, pauses.of_model("hd"), Cause.MODEL_GONE, until, START)
    assert "🔍 Refine (HD)" not in await names_under_the_picture(world)


POINTS = (
    "engine.prepare.after",
    "engine.prepared.after_commit",
    "engine.submit.before",
    "engine.submit.after",
    "engine.collect.after",
    "engine.delivering.after_commit",
)


@pytest.mark.parametrize("point", POINTS)
async def test_a_crash_loses_nothing_and_pays_nothing_twice(tmp_path: Path, point: str) -> None:
    fuse = Fuse(point)
    world = await opened(tmp_path, on_point=fuse)
    world.db._on_point = fuse
    world.dead = lambda: fuse.burnt
    hd = refiner(world)
    try:
        job_id = await world.order(1, await kept(world))
        await live(world, fuse, 75)
        assert (await world.job(job_id)).state is JobState.DELIVERING
        assert await world.entries(job_id) == ["hold", "commit"]
        assert len(hd.tasks) == 1
        assert fuse.left == []
    finally:
        fuse.burnt, fuse.left = False, []
        await world.engine.stop(0)
        await world.db.close()
