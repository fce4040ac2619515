"""Whoever would have to pay more is asked: every way a question can come to its end."""

from dataclasses import replace

from bot.engine import cancelling
from bot.engine.questions import PATIENCE
from bot.messages import Button
from providers.base import Refused
from providers.causes import Cause, Problem
from storage import ledger
from storage.jobs import JobState
from tests.engine.detouring import (
    PAID,
    REFUNDED,
    asked,
    balance,
    hold,
    lift,
    no,
    progress,
    questions,
    settled,
    yes,
)
from tests.engine.world import ORDER, World


async def test_a_model_that_did_not_draw_is_named_no_more_once_its_person_is_asked(
    world: World,
) -> None:
    cheap = world.add_service("cheap", credits=1)
    world.add_service("dear", credits=3, cost=900)
    cheap.submits.append(Refused(Problem(Cause.MODEL_GONE)))
    await hold(world, "model:plus", Cause.MODEL_GONE, 3600)
    job_id = await world.order()
    await world.advance(1)
    job = await world.latest(job_id)
    assert (job.model, job.state) == ("cheap", JobState.OFFERED)
    assert "“cheap”" not in await progress(world)
    await no(world, job.id)
    await world.advance(1)
    assert "Cancelled" in await progress(world)
    assert "“cheap”" not in await progress(world)


async def test_who_has_to_pay_more_is_asked_first(world: World) -> None:
    job_id = await asked(world)
    [question] = await questions(world)
    assert question.reply_to == (await world.job(job_id)).anchor
    assert "3 credits" in question.content.text
    assert "2 credits" in question.content.text
    assert [[button.data for button in row] for row in question.content.keyboard] == [
        [f"j1:{job_id}:yes:1"],
        [f"j1:{job_id}:no:1"],
    ]
    assert "my question" in await progress(world)
    assert await world.entries(job_id) == ["hold"]
    await world.advance(3600 - 10)
    assert len(await questions(world)) == 1
    assert world.services["dear"].calls == []


async def test_after_a_yes_the_dearer_model_draws_it_at_its_price(world: World) -> None:
    job_id = await asked(world)
    await yes(world, job_id)
    await world.advance(40)
    after = await world.latest(job_id)
    assert (after.model, after.credits, after.state) == ("dear", 3, JobState.DELIVERING)
    assert await world.entries(job_id) == REFUNDED
    assert await world.entries(after.id) == PAID
    assert await balance(world) == 997
    assert ["thank you" in text for text in await settled(world)] == [True]
    await yes(world, job_id)  # once more: nothing is left to answer
    assert await world.states() == {JobState.MOVED: 1, JobState.DELIVERING: 1}


async def test_after_a_no_everything_is_given_back(world: World) -> None:
    job_id = await asked(world)
    await no(world, job_id)
    await world.advance(1)
    assert (await world.job(job_id)).state is JobState.CANCELLED
    assert await world.entries(job_id) == REFUNDED
    assert await balance(world) == 1000
    assert ["2 credits back" in text for text in await settled(world)] == [True]
    assert "Cancelled" in await progress(world)
    await no(world, job_id)
    assert await world.entries(job_id) == REFUNDED


async def test_who_cancels_instead_of_answering_is_asked_no_longer(world: World) -> None:
    job_id = await asked(world)
    async with world.db.transaction("cancel") as tx:
        assert await cancelling.ask(tx, job_id, world.clock.now()) == cancelling.Cancelled()
    assert await world.entries(job_id) == REFUNDED
    assert len(await settled(world)) == 1


async def test_without_an_answer_the_credits_come_back_after_a_day(world: World) -> None:
    await hold(world, "model:plus", Cause.MODEL_GONE, 10 * PATIENCE)
    world.add_service("dear", credits=3)
    job_id = await world.order()
    await world.advance(PATIENCE - 10)
    assert (await world.job(job_id)).state is JobState.OFFERED
    await world.advance(20)
    assert (await world.job(job_id)).state is JobState.CANCELLED
    assert await world.entries(job_id) == REFUNDED
    assert ["no answer" in text for text in await settled(world)] == [True]


async def test_the_time_to_answer_is_not_lengthened_by_a_restart(world: World) -> None:
    await hold(world, "model:plus", Cause.MODEL_GONE, 10 * PATIENCE)
    world.add_service("dear", credits=3)
    job_id = await world.order()
    await world.advance(PATIENCE - 10)
    world.restarted()
    await world.engine.begin()
    await world.advance(20)
    assert (await world.job(job_id)).state is JobState.CANCELLED
    assert len(await questions(world)) == 1


async def test_when_the_model_is_back_it_goes_on_as_it_was_ordered(world: World) -> None:
    job_id = await asked(world)
    await lift(world, "model:plus")
    await world.advance(30)
    job = await world.job(job_id)
    assert (job.model, job.state) == ("plus", JobState.DELIVERING)
    assert await world.entries(job_id) == PAID
    assert await balance(world) == 998
    assert ["available again" in text for text in await settled(world)] == [True]


async def test_when_one_that_costs_no_more_is_back_nobody_has_to_answer(world: World) -> None:
    world.add_service("other", account="elsewhere", credits=2)
    await hold(world, "model:other", Cause.MODEL_GONE, 1800)
    job_id = await asked(world)
    await lift(world, "model:other")
    await world.advance(30)
    assert (await world.latest(job_id)).model == "other"
    assert ["no more" in text for text in await settled(world)] == [True]


async def test_another_dearer_model_is_another_question_with_its_own_number(world: World) -> None:
    job_id = await asked(world)
    world.add_service("dearer", credits=4)
    await hold(world, "model:dear", Cause.MODEL_GONE, 3600)
    await world.advance(1)
    first, second = await questions(world)
    assert first.content.keyboard[0] == (Button("✓ Yes, for 3 credits", f"j1:{job_id}:yes:1"),)
    assert second.content.keyboard[0] == (Button("✓ Yes, for 4 credits", f"j1:{job_id}:yes:2"),)
    assert len(await settled(world)) == 1
    await yes(world, job_id)
    await world.advance(30)
    assert (await world.latest(job_id)).credits == 4
    assert await balance(world) == 996


async def test_when_the_dearer_one_is_gone_too_the_credits_come_back(world: World) -> None:
    job_id = await asked(world)
    await hold(world, "model:dear", Cause.MODEL_GONE, 3600)
    await world.advance(1)
    assert (await world.job(job_id)).cause == Cause.MODEL_GONE
    assert await world.entries(job_id) == REFUNDED
    assert len(await settled(world)) == 1


async def test_a_yes_is_paid_from_today_where_the_day_of_the_order_has_too_little(
    world: World,
) -> None:
    job_id = await asked(world)
    world.add_service("lavish", credits=998)
    await world.order(order=replace(ORDER, model="lavish"))
    async with world.db.transaction("morning") as tx:
        await ledger.open_day(tx, "person:1", "2023-11-15", 5, world.clock.now())
    await yes(world, job_id, "2023-11-15")
    after = await world.latest(job_id)
    async with world.db.reading() as tx:
        held = await ledger.held(tx, after.id)
        assert held == ledger.Held("person:1", "2023-11-15", 3, 0, 900)
