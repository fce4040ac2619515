"""Keeping the other half: a stage before the try-on, which the order survives in any case."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.engine.cancelling import ask
from bot.messages import Send
from providers.base import NoAnswer, NotWorn, Refused
from providers.causes import REMEDIES, Cause, Problem, Remedy
from providers.wishes import Wear
from storage.halves import Outcome
from storage.jobs import JobState
from tests.engine.halves import KEEPING, OWN_BOTTOM, HalfWorld, opened
from tests.engine.test_crashes import Fuse, live, paid_once_and_there
from tests.engine.world import ORDER, photo

OWN_TOP = replace(OWN_BOTTOM, wear=Wear.BOTTOM, top=None, bottom=photo("jeans"))
LOST = NoAnswer(Problem(Cause.SERVICE_FAILED, "answer_lost"))
CROP = "https://r/crop.png?sign=1%2B"


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[HalfWorld]:
    world = await opened(tmp_path)
    yield world
    await world.engine.stop(0)
    await world.db.close()


async def caption(world: HalfWorld) -> str:
    [result] = [each for each in await world.messages(1) if isinstance(each, Send)]
    return result.content.text


async def test_what_is_cut_out_is_sent_as_the_other_garment_exactly_as_it_came(
    world: HalfWorld,
) -> None:
    first, second = await world.order(1, OWN_BOTTOM), await world.order(2, OWN_TOP)
    await world.advance(60)
    top, bottom = world.requests()
    assert (top.bottom_url, bottom.top_url) == (CROP, CROP)
    assert None not in (top.top_url, bottom.bottom_url)
    assert [garment for _, _, garment in world.cutter.asked] == [Wear.BOTTOM, Wear.TOP]
    assert all(url.startswith("https://host/cutter/") for _, url, _ in world.cutter.asked)
    for job_id in (first, second):
        half = await world.half(job_id)
        assert half is not None
        assert half.outcome is Outcome.FOUND
    assert "model chose" not in await caption(world)
    assert world.plus.host.published == {}  # the helper's photo is withdrawn like the others


async def test_who_keeps_nothing_asks_nobody(world: HalfWorld) -> None:
    outfit = replace(OWN_BOTTOM, wear=Wear.OUTFIT, bottom=photo("jeans"))
    await world.order(1, ORDER)
    await world.order(2, outfit)
    await world.advance(60)
    assert world.cutter.asked == []
    assert await world.states() == {JobState.DELIVERING: 2}


@pytest.mark.parametrize(
    "answer", [NotWorn(), *(Refused(Problem(c)) for c in (Cause.PERSON_UNCLEAR, Cause.PHOTO_UNFIT))]
)
async def test_what_is_not_there_is_left_to_the_model_and_told(
    world: HalfWorld, answer: NotWorn | Refused
) -> None:
    world.cutter.answers.append(answer)
    job_id = await world.order(1, OWN_BOTTOM)
    await world.advance(60)
    [request] = world.requests()
    assert request.bottom_url is None
    assert "I found no trousers" in await caption(world)
    assert await world.entries(job_id) == ["hold", "commit"]
    assert await world.alerts() == []


SKIPPING = [
    cause
    for cause, remedy in REMEDIES.items()
    if remedy in {Remedy.REPORT, Remedy.HOLD_ACCOUNT, Remedy.DROP_MODEL}
]


@pytest.mark.parametrize("cause", SKIPPING)
async def test_a_helper_that_refuses_is_told_to_person_and_operator_and_the_order_goes_on(
    world: HalfWorld, cause: Cause
) -> None:
    world.cutter.answers.extend([Refused(Problem(cause, "CODE", "words"))] * 2)
    await world.order(1, OWN_BOTTOM)
    await world.order(2, OWN_BOTTOM)
    await world.advance(60)
    assert [request.bottom_url for request in world.requests()] == [None, None]
    assert "could not be cut out" in await caption(world)
    [alert] = await world.alerts()
    assert "CODE" in alert
    asked = 1 if REMEDIES[cause] is Remedy.DROP_MODEL else 2
    assert len(world.cutter.asked) == asked  # one that is gone is left alone for a while


async def test_a_helper_that_was_gone_is_asked_again_later(world: HalfWorld) -> None:
    world.cutter.answers.append(Refused(Problem(Cause.MODEL_GONE)))
    await world.order(1, OWN_BOTTOM)
    await world.advance(60)
    world.clock.advance(7 * 3600)
    await world.order(2, OWN_BOTTOM)
    await world.advance(60)
    assert len(world.cutter.asked) == 2
    assert [request.bottom_url for request in world.requests()] == [None, CROP]


async def test_a_photo_that_content_review_refuses_is_refunded(world: HalfWorld) -> None:
    world.cutter.answers.append(Refused(Problem(Cause.CONTENT_REFUSED)))
    job_id = await world.order(1, OWN_BOTTOM)
    await world.advance(10)
    job = await world.job(job_id)
    assert (job.state, job.cause) == (JobState.FAILED, Cause.CONTENT_REFUSED)
    assert await world.entries(job_id) == ["hold", "refund"]
    assert world.requests() == []


async def test_a_throttled_helper_is_waited_for(world: HalfWorld) -> None:
    throttled = Problem(Cause.THROTTLED)
    world.cutter.answers.extend([Refused(throttled, retry_after=7.0), *[Refused(throttled)] * 3])
    await world.order(1, OWN_BOTTOM)
    await world.advance(6)
    assert len(world.cutter.asked) == 1
    await world.advance(60)
    assert [request.bottom_url for request in world.requests()] == [CROP]
    assert await world.alerts() == []


async def test_a_lost_answer_is_asked_for_again_but_not_for_ever(world: HalfWorld) -> None:
    world.cutter.answers.extend([LOST, LOST])
    await world.order(1, OWN_BOTTOM)
    await world.advance(60)
    assert [request.bottom_url for request in world.requests()] == [CROP]
    world.cutter.answers.extend([LOST] * 3)
    await world.order(2, OWN_BOTTOM)
    await world.advance(60)
    assert [request.bottom_url for request in world.requests()] == [CROP, None]
    assert len(world.cutter.asked) == 6
    assert len(await world.alerts()) == 1


async def test_its_pace_holds_also_across_a_restart(world: HalfWorld) -> None:
    for person in range(1, 31):
        await world.order(person, OWN_BOTTOM)
    await world.advance(0.35)
    world.restarted()
    await world.advance(300)
    times = [at for at, _, _ in world.cutter.asked]
    assert len(times) == 30
    assert all(b - a > 0.999 for a, b in zip(times, times[10:], strict=False))


async def test_an_order_can_be_cancelled_while_its_helper_is_waited_for(world: HalfWorld) -> None:
    world.cutter.answers.append(Refused(Problem(Cause.THROTTLED), retry_after=30.0))
    job_id = await world.order(1, OWN_BOTTOM)
    await world.advance(5)
    async with world.db.transaction("ask") as tx:
        await ask(tx, job_id, world.clock.now())
    world.courier_woken = True  # the step that asks does it
    world.engine.wake()
    await world.advance(60)
    assert (await world.job(job_id)).state is JobState.CANCELLED
    assert len(world.cutter.asked) == 1
    assert world.plus.host.published == {}


async def test_photos_that_grew_old_are_cut_out_anew_unless_there_was_nothing(
    world: HalfWorld,
) -> None:
    busy = Refused(Problem(Cause.ARREARS), retry_after=3600.0)
    world.plus.submits.append(busy)
    await world.order(1, OWN_BOTTOM)
    await world.advance(4000)
    assert (len(world.cutter.asked), world.requests()[0].bottom_url) == (2, CROP)
    world.plus.submits.append(busy)
    world.cutter.answers.append(NotWorn())
    await world.order(2, OWN_BOTTOM)
    await world.advance(4000)
    assert (len(world.cutter.asked), world.requests()[1].bottom_url) == (3, None)


async def test_an_order_that_moves_to_a_model_without_a_helper_waits_for_none(
    world: HalfWorld,
) -> None:
    other = world.add_service("other", halves=KEEPING.halves)
    world.cutter.answers.append(Refused(Problem(Cause.THROTTLED), retry_after=30.0))
    job_id = await world.order(1, OWN_BOTTOM)
    await world.advance(1)
    del world.services["plus"]
    world.restarted()
    await world.advance(60)
    assert (await world.latest(job_id)).model == "other"
    assert len(other.tasks) == 1
    assert "model chose" not in await caption(world)


ON_THE_WAY = (
    "engine.asking.before_commit",
    "engine.asking.after_commit",
    "engine.cut.before",
    "engine.cut.after",
    "engine.halved.before_commit",
    "engine.halved.after_commit",
    "engine.prepared.after_commit",
    "engine.intent.before_commit",
    "engine.withdrawn.before_commit",
)


@pytest.mark.parametrize("point", ON_THE_WAY)
async def test_a_crash_at_any_point_of_the_stage_loses_and_doubles_nothing(
    tmp_path: Path, point: str
) -> None:
    fuse = Fuse(point)
    world = await opened(tmp_path, on_point=fuse)
    world.db._on_point = fuse
    world.dead = lambda: fuse.burnt
    try:
        job_id = await world.order(1, OWN_BOTTOM)
        await live(world, fuse, 75)
        await paid_once_and_there(world, job_id)
        assert fuse.left == []
        assert [request.bottom_url for request in world.requests()] == [CROP]
        assert 1 <= len(world.cutter.asked) <= 2  # at worst its few thousandths are paid twice
    finally:
        fuse.burnt, fuse.left = False, []
        await world.engine.stop(0)
        await world.db.close()
