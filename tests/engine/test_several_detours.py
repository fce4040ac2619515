"""Orders of several pictures on another way: asked about once, answered once, counted right."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.engine import cancelling
from bot.engine.handing_over import NotAffordable
from bot.engine.questions import PATIENCE
from bot.messages import Send
from providers.causes import Cause
from storage import ledger, pauses
from storage.jobs import JobState
from tests.engine.detouring import (
    PAID,
    REFUNDED,
    balance,
    hold,
    lift,
    no,
    progress,
    questions,
    settled,
    yes,
)
from tests.engine.several import SEVERAL, SeveralWorld, opened
from tests.engine.world import DAY

EACH = SEVERAL.credits


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[SeveralWorld]:
    world = await opened(tmp_path)
    yield world
    await world.engine.stop(0)
    await world.db.close()


async def asked(house: SeveralWorld, outfits: int = 2, samples: int = 2) -> list[int]:
    """Order several pictures that only a dearer model could draw, and return their jobs."""
    del house.services["plus"]
    house.add_service("dear", credits=EACH + 1, cost=900, in_progress=9)
    await hold(house, "model:several", Cause.MODEL_GONE, 10 * PATIENCE)
    ids = await house.order_several(outfits, samples)
    await house.advance(1)
    return ids


async def states(house: SeveralWorld, ids: list[int]) -> list[JobState]:
    return [(await house.latest(one)).state for one in ids]


async def test_one_question_is_asked_for_all_pictures(house: SeveralWorld) -> None:
    ids = await asked(house)
    assert await states(house, ids) == [JobState.OFFERED] * 4
    [question] = await questions(house)
    said = question.content.text
    assert f"<b>{4 * EACH + 4} credits</b> instead of {4 * EACH} credits" in said
    assert "all 4 pictures" in said
    assert question.content.keyboard[0][0].data == f"j1:{ids[0]}:yes:1"
    before = len(await house.messages(1))
    await house.advance(3600)
    assert len(await house.messages(1)) == before
    assert "my question" in await progress(house)


async def test_a_yes_counts_for_all_of_them(house: SeveralWorld) -> None:
    ids = await asked(house)
    await yes(house, ids[0])
    await house.advance(1)
    card = await progress(house)
    assert f"All 4 pictures cost {4 * EACH + 4} credits instead of {4 * EACH} credits" in card
    await house.advance(90)
    assert await states(house, ids) == [JobState.DELIVERING] * 4
    after = [await house.latest(one) for one in ids]
    assert [await house.entries(job.id) for job in after] == [PAID] * 4
    assert [await house.entries(one) for one in ids] == [REFUNDED] * 4
    assert await balance(house) == 1000 - 4 * (EACH + 1)
    assert [text for text in await settled(house) if "thank you" in text] != []
    assert len(await settled(house)) == 1
    results = [one for one in await house.messages(1) if isinstance(one, Send) and one.job_id]
    numbers = {job.id: (job.outfit, job.sample) for job in after}
    for one in results:
        outfit, sample = numbers[one.job_id or 0]
        assert outfit is not None
        assert sample is not None
        title = f"outfit {outfit + 1} of 2, picture {sample + 1} of 2"
        assert title in one.content.text
    assert len(results) == 4
    assert "4 of 4 pictures are below" in await progress(house)


async def test_the_card_speaks_for_all_and_not_of_one_after_the_other(house: SeveralWorld) -> None:
    ids = await asked(house)
    await yes(house, ids[0])
    await house.advance(10)
    after = [await house.latest(one) for one in ids]
    shown = [job.shown for job in after]
    assert shown[1:] == ["together"] * 3
    assert shown[0] is not None
    assert shown[0].startswith("drawing")


async def test_a_no_gives_all_of_it_back(house: SeveralWorld) -> None:
    ids = await asked(house)
    await no(house, ids[0])
    assert await states(house, ids) == [JobState.CANCELLED] * 4
    assert [await house.entries(one) for one in ids] == [REFUNDED] * 4
    assert await balance(house) == 1000
    [said] = await settled(house)
    assert f"{4 * EACH} credits back" in said
    assert "Cancelled" in await progress(house)


async def test_the_cards_cancel_button_ends_the_question(house: SeveralWorld) -> None:
    ids = await asked(house)
    async with house.db.transaction("cancel") as tx:
        assert await cancelling.ask(tx, ids[0], house.clock.now()) == cancelling.Cancelled()
    assert await states(house, ids) == [JobState.CANCELLED] * 4
    assert len(await settled(house)) == 1


async def test_without_an_answer_all_of_it_comes_back(house: SeveralWorld) -> None:
    ids = await asked(house, outfits=3)
    await house.advance(PATIENCE + 1)
    assert await states(house, ids) == [JobState.CANCELLED] * 6
    assert [await house.entries(one) for one in ids] == [REFUNDED] * 6
    [said] = await settled(house)
    assert "no answer" in said
    assert f"{6 * EACH} credits back" in said


async def test_when_the_model_is_back_all_of_them_are_drawn_as_ordered(house: SeveralWorld) -> None:
    ids = await asked(house)
    await lift(house, "model:several")
    await house.advance(120)
    assert [(await house.job(one)).state for one in ids] == [JobState.DELIVERING] * 4
    assert len(await settled(house)) == 1
    assert "4 of 4 pictures are below" in await progress(house)


async def test_when_one_that_costs_no_more_is_back_all_of_them_move(house: SeveralWorld) -> None:
    house.add_service("other", account="elsewhere", credits=EACH, in_progress=9)
    await hold(house, "model:other", Cause.MODEL_GONE, 1800)
    ids = await asked(house)
    assert len(await questions(house)) == 1
    await lift(house, "model:other")
    await house.advance(90)
    assert {(await house.latest(one)).model for one in ids} == {"other"}
    assert await states(house, ids) == [JobState.DELIVERING] * 4
    assert len(await settled(house)) == 1


async def test_another_dearer_model_is_one_more_question(house: SeveralWorld) -> None:
    ids = await asked(house)
    house.add_service("dearer", credits=EACH + 2, in_progress=9)
    await hold(house, "model:dear", Cause.MODEL_GONE, 3600)
    await house.advance(1)
    assert len(await questions(house)) == 2
    await yes(house, ids[0])
    await house.advance(90)
    assert await states(house, ids) == [JobState.DELIVERING] * 4
    assert await balance(house) == 1000 - 4 * (EACH + 2)


async def test_when_nobody_else_can_draw_it_all_of_it_comes_back_at_once(
    house: SeveralWorld,
) -> None:
    ids = await asked(house)
    await hold(house, "model:dear", Cause.MODEL_GONE, 3600)
    await house.advance(1)
    assert await states(house, ids) == [JobState.FAILED] * 4
    assert await balance(house) == 1000
    assert f"{4 * EACH} credits" in await progress(house)


async def test_a_yes_that_cannot_be_paid_for_all_is_taken_for_none(house: SeveralWorld) -> None:
    ids = await asked(house)
    left = 3  # of the four credits that are needed
    async with house.db.transaction("poor") as tx:
        now = house.clock.now()
        await ledger.open_day(tx, "person:1", DAY, 4 * EACH + left, now)
    assert await balance(house) == left
    with pytest.raises(NotAffordable):
        await yes(house, ids[0])
    assert await states(house, ids) == [JobState.OFFERED] * 4
    assert [await house.entries(one) for one in ids] == [["hold"]] * 4


async def test_what_is_left_of_an_order_is_asked_about_alone(house: SeveralWorld) -> None:
    ids = await asked(house, outfits=1, samples=3)
    async with house.db.transaction("one is drawn") as tx:
        await tx.run("UPDATE jobs SET state = 'delivering', offer = NULL WHERE id = ?", (ids[2],))
    await yes(house, ids[0])
    await house.advance(60)
    assert await states(house, ids) == [JobState.DELIVERING] * 3
    assert (await house.job(ids[2])).model == "several"


async def test_who_follows_a_submit_in_flight_is_not_moved_away(house: SeveralWorld) -> None:
    ids = await house.order_several(1, 2)
    now = house.clock.now()
    async with house.db.transaction("in flight") as tx:
        await tx.run(
            "UPDATE jobs SET state = 'submitting', listed = 0, inputs = '{}' WHERE id = ?",
            (ids[0],),
        )
        await pauses.pause(tx, "model:several", Cause.MODEL_GONE, now + 3600, now)
    detouring = house.engine.rooms[0]
    await detouring.round()
    assert (await house.job(ids[1])).state is JobState.QUEUED
