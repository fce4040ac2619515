"""Submits whose answer is the picture, and submits nobody can find again."""

from collections.abc import AsyncIterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from bot.engine import cancelling
from bot.engine.cancelling import Cancelled, TooLate
from bot.messages import Edit, Send
from bot.orders import cost, cost_at_most
from providers.base import Refused, Stage, Unclear
from providers.causes import Cause, Problem
from providers.wishes import Wear
from storage import jobs, worklists
from storage.jobs import JobState
from tests.engine.calls import CALL_ORDER, CALLED, Caller, CallWorld, opened
from tests.engine.world import ORDER, photo

FORGETFUL_ORDER = replace(ORDER, model="forgetful")


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[CallWorld]:
    made = await opened(tmp_path)
    yield made
    await made.engine.stop(0)
    await made.db.close()


async def ask(world: CallWorld, job_id: int) -> object:
    async with world.db.transaction("ask") as tx:
        return await cancelling.ask(tx, job_id, world.clock.now())


async def progress(world: CallWorld, chat: int = 1) -> Edit:
    last = (await world.messages(chat))[-1]
    assert isinstance(last, Edit)
    return last


async def test_an_answer_that_is_the_picture_is_collected_and_paid_once(world: CallWorld) -> None:
    job_id = await world.order(order=CALL_ORDER)
    await world.advance(9)
    assert (await world.job(job_id)).state is JobState.SUBMITTING
    await world.advance(2)
    job = await world.job(job_id)
    assert job.state is JobState.DELIVERING
    assert (job.task_id, job.queries, job.attempts) == (None, 0, 1)
    assert job.ended_at is not None
    assert job.submitted_at is not None
    assert job.ended_at - job.submitted_at == pytest.approx(10)
    assert await world.entries(job_id) == ["hold", "commit"]
    assert len(world.caller.called) == 1
    sends = [each for each in await world.messages(1) if isinstance(each, Send)]
    assert len(sends) == 1
    assert world.caller.host.published == {}


async def test_while_the_call_lasts_the_person_reads_that_it_is_being_drawn(
    world: CallWorld,
) -> None:
    job_id = await world.order(order=CALL_ORDER)
    await world.advance(1)
    shown = await progress(world)
    assert "Being drawn" in shown.content.text
    assert shown.content.keyboard == ()  # there is nothing to cancel any more
    assert (await world.job(job_id)).stage == Stage.RUNNING
    async with world.db.reading() as tx:
        assert await worklists.drawn_in(tx, 10) == [(1, 0)]


async def test_a_call_that_takes_very_long_is_told_to(world: CallWorld) -> None:
    world.caller.takes = 200
    await world.order(order=CALL_ORDER)
    await world.advance(20)
    before = (await progress(world)).content.text
    await world.advance(60)
    assert (await progress(world)).content.text != before
    await world.advance(130)
    assert await world.states() == {JobState.DELIVERING: 1}


async def test_runtimes_are_learned_from_calls(world: CallWorld) -> None:
    world.caller.takes = 25
    for person in range(40):
        await world.order(person, CALL_ORDER)
    await world.advance(400)
    assert world.engine._tools.runtimes["caller"].mean > 20


async def test_several_calls_are_open_at_once_but_never_too_many_or_too_fast(
    world: CallWorld,
) -> None:
    for person in range(60):
        await world.order(person, CALL_ORDER)
    begun = world.clock.now()
    await world.advance(200)
    assert await world.states() == {JobState.DELIVERING: 60}
    assert world.caller.most == CALLED.in_progress
    assert all(b - a >= 0.5 - 1e-6 for a, b in pairwise(world.caller.called))
    last = world.caller.called[-1]
    worked = sum(min(world.caller.takes, last - at) for at in world.caller.called)
    filling = 1 + CALLED.in_progress / CALLED.submits_per_second  # until all slots are taken
    assert worked >= 0.97 * CALLED.in_progress * (last - begun - filling)


async def test_the_limits_of_calls_hold_across_restarts(world: CallWorld) -> None:
    for person in range(20):
        await world.order(person, CALL_ORDER)
    for _ in range(3):
        await world.advance(7)
        await world.engine.stop(0)
        await world.restarted().begin()
    await world.advance(100)
    assert all(b - a >= 0.5 - 1e-6 for a, b in pairwise(world.caller.called))
    assert world.caller.most <= CALLED.in_progress
    states = await world.states()
    assert set(states) == {JobState.DELIVERING, JobState.FAILED}
    assert states[JobState.FAILED] <= 3 * CALLED.in_progress
    assert len(world.caller.called) == 20  # nobody was drawn twice


async def test_a_lost_answer_gives_the_credits_back_and_is_not_repeated(world: CallWorld) -> None:
    world.caller.answers.append(Unclear("connection reset"))
    job_id = await world.order(order=CALL_ORDER)
    await world.advance(60)
    job = await world.job(job_id)
    assert (job.state, job.cause) == (JobState.FAILED, Cause.SUBMIT_UNCLEAR)
    assert await world.entries(job_id) == ["hold", "refund"]
    assert len(world.caller.called) == 1
    assert any("connection reset" in alert for alert in await world.alerts())


async def test_a_process_that_ends_meanwhile_gives_the_credits_back_and_says_so(
    world: CallWorld,
) -> None:
    job_id = await world.order(order=CALL_ORDER)
    await world.advance(3)
    await world.engine.stop(0)
    await world.restarted().begin()
    await world.advance(30)
    job = await world.job(job_id)
    assert (job.state, job.cause) == (JobState.FAILED, Cause.SUBMIT_UNCLEAR)
    assert await world.entries(job_id) == ["hold", "refund"]
    assert len(world.caller.called) == 1
    assert len(await world.alerts()) == 1


async def test_a_throttled_call_waits_in_line_again_and_is_then_drawn(world: CallWorld) -> None:
    world.caller.answers.append(Refused(Problem(Cause.THROTTLED), retry_after=4))
    job_id = await world.order(order=CALL_ORDER)
    await world.advance(2)
    assert (await world.job(job_id)).state is JobState.PREPARING
    assert "Being drawn" not in (await progress(world)).content.text
    assert (await progress(world)).content.keyboard  # and can be cancelled again
    await world.advance(20)
    assert (await world.job(job_id)).state is JobState.DELIVERING
    assert await world.entries(job_id) == ["hold", "commit"]
    assert (await world.job(job_id)).attempts == 1


async def test_a_failure_the_service_owns_up_to_is_tried_again(world: CallWorld) -> None:
    world.caller.answers.append(Refused(Problem(Cause.SERVICE_FAILED)))
    job_id = await world.order(order=CALL_ORDER)
    await world.advance(40)
    assert (await world.job(job_id)).state is JobState.DELIVERING
    assert (len(world.caller.called), world.caller.drawn) == (2, 1)


async def test_a_photo_that_is_refused_is_refunded_at_once(world: CallWorld) -> None:
    world.caller.answers.append(Refused(Problem(Cause.CONTENT_REFUSED)))
    job_id = await world.order(order=CALL_ORDER)
    await world.advance(1)
    assert (await world.job(job_id)).cause == Cause.CONTENT_REFUSED
    assert await world.entries(job_id) == ["hold", "refund"]
    assert await world.alerts() == []


async def test_a_call_can_be_cancelled_before_it_is_made_and_not_after(world: CallWorld) -> None:
    for person in range(7):
        await world.order(person, CALL_ORDER)
    await world.advance(4)
    async with world.db.reading() as tx:
        calling = await worklists.in_state(tx, JobState.SUBMITTING, world.clock.now(), limit=9)
        waiting = await worklists.waiting(tx, "caller", 9)
    assert (len(calling), len(waiting)) == (5, 2)
    assert await ask(world, calling[0].id) == TooLate()
    assert await ask(world, waiting[0].id) == Cancelled()
    await world.advance(40)
    assert await world.states() == {JobState.DELIVERING: 6, JobState.CANCELLED: 1}


async def test_what_an_order_costs_depends_on_its_photos() -> None:
    outfit = replace(CALL_ORDER, wear=Wear.OUTFIT, bottom=photo("skirt"))
    assert (cost(CALL_ORDER, CALLED), cost(outfit, CALLED)) == (220, 240)
    assert cost_at_most(CALLED) == 240


# --- tasks that are kept, but stand in no list --------------------------------------------


async def test_tasks_in_no_list_are_drawn_several_at_a_time(world: CallWorld) -> None:
    for person in range(9):
        await world.order(person, FORGETFUL_ORDER)
    await world.advance(2)
    assert len(world.forgetful.called) == 3
    assert all(b - a >= 0.25 - 1e-6 for a, b in pairwise(world.forgetful.called))
    await world.advance(80)
    assert await world.states() == {JobState.DELIVERING: 9}


async def test_a_lost_submit_in_no_list_is_not_repeated(world: CallWorld) -> None:
    world.forgetful.answers.append(Unclear("connection reset"))
    job_id = await world.order(order=FORGETFUL_ORDER)
    await world.advance(60)
    assert (await world.job(job_id)).cause == Cause.SUBMIT_UNCLEAR
    assert await world.entries(job_id) == ["hold", "refund"]
    assert len(world.forgetful.called) == 1


async def test_a_task_that_nobody_can_stop_is_not_offered_to_be(world: CallWorld) -> None:
    job_id = await world.order(order=FORGETFUL_ORDER)
    await world.advance(2)
    assert (await progress(world)).content.keyboard == ()
    assert await ask(world, job_id) == TooLate()
    await world.advance(30)
    assert (await world.job(job_id)).state is JobState.DELIVERING


async def test_a_wish_to_cancel_that_came_during_the_submit_is_answered(world: CallWorld) -> None:
    job_id = await world.order(order=FORGETFUL_ORDER)
    await world.advance(1)
    async with world.db.transaction("as if") as tx:
        await jobs.change(tx, job_id, JobState.RUNNING, cancel_asked=1)
    world.engine.wake()
    await world.advance(1)
    job = await world.job(job_id)
    assert (job.cancel_asked, job.stage) == (False, Stage.RUNNING)
    await world.advance(30)
    assert (await world.job(job_id)).state is JobState.DELIVERING


async def test_a_task_of_a_model_that_keeps_none_any_more_is_lost(world: CallWorld) -> None:
    job_id = await world.order(order=FORGETFUL_ORDER)
    await world.advance(2)
    other = Caller(world.clock, replace(CALLED, model="forgetful"))
    world.services["forgetful"] = other  # type: ignore[assignment]  # as in CallWorld
    world.restarted()
    await world.advance(30)
    assert (await world.job(job_id)).cause == Cause.TASK_LOST
    assert await world.entries(job_id) == ["hold", "refund"]
