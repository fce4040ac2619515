"""Submits whose answer was lost: found in the service's list, or made again, never both."""

from functools import partial

import pytest

from bot.engine import cancelling
from providers.base import Failed, KnownTask, Listing, NoAnswer, Unclear
from providers.causes import Cause, Problem
from providers.wishes import TryOnRequest, Wear
from storage.jobs import JobState
from tests.engine.world import START, World

REQUEST = TryOnRequest("https://p", "https://t", None, Wear.TOP)


def lost(world: World, *, accepted: bool, seen_after: float = 0.0) -> None:
    """Let the next submit's answer be lost, whether or not the task was accepted."""

    def answer() -> Unclear:
        if accepted:
            world.plus.accept(REQUEST, seen_after)
        return Unclear("connection reset")

    world.plus.submits.append(answer)


async def test_a_task_that_was_accepted_is_adopted_and_not_paid_again(world: World) -> None:
    lost(world, accepted=True)
    job_id = await world.order()
    await world.advance(1)
    job = await world.job(job_id)
    assert (job.state, job.task_id) == (JobState.RUNNING, "plus-1")
    await world.advance(25)
    assert await world.states() == {JobState.DELIVERING: 1}
    assert world.plus.count("submit") == 1
    assert await world.entries(job_id) == ["hold", "commit"]


async def test_a_task_that_shows_up_late_in_the_list_is_still_found(world: World) -> None:
    lost(world, accepted=True, seen_after=15)
    await world.order()
    await world.advance(14)
    assert await world.states() == {JobState.SUBMITTING: 1}
    await world.advance(25)
    assert await world.states() == {JobState.DELIVERING: 1}
    assert world.plus.count("submit") == 1


async def test_a_submit_that_never_arrived_is_made_again_once_the_grace_is_over(
    world: World,
) -> None:
    lost(world, accepted=False)
    await world.order()
    await world.advance(19)
    assert world.plus.count("submit") == 1
    await world.advance(28)
    assert world.plus.count("submit") == 2
    assert await world.states() == {JobState.DELIVERING: 1}


async def test_two_unknown_tasks_are_unclear_and_refunded_and_reported(world: World) -> None:
    lost(world, accepted=True)
    world.plus.accept(REQUEST)
    job_id = await world.order()
    await world.advance(3)
    assert (await world.job(job_id)).cause == Cause.SUBMIT_UNCLEAR
    assert await world.entries(job_id) == ["hold", "refund"]
    assert len(await world.alerts()) == 1


async def test_tasks_of_other_jobs_of_ours_are_no_orphans(world: World) -> None:
    await world.order(1)
    await world.advance(1)
    lost(world, accepted=True)
    second = await world.order(2)
    await world.advance(1)
    assert (await world.job(second)).task_id == "plus-2"


async def test_the_task_a_job_had_before_is_no_orphan(world: World) -> None:
    world.plus.takes = 3
    world.plus.ends.append(Failed(Problem(Cause.SERVICE_FAILED)))
    world.plus.submits.append(partial(world.plus.accept, REQUEST))
    lost(world, accepted=False)
    job_id = await world.order()
    await world.advance(14)
    job = await world.job(job_id)
    assert (job.state, job.attempts) == (JobState.SUBMITTING, 2)  # not the failed task again


async def test_tasks_from_before_the_submit_are_no_orphans(world: World) -> None:
    world.plus.accept(REQUEST)
    world.clock.advance(60)
    lost(world, accepted=True)
    job_id = await world.order()
    await world.advance(1)
    assert (await world.job(job_id)).task_id == "plus-2"


async def test_a_list_that_does_not_answer_proves_nothing(world: World) -> None:
    lost(world, accepted=False)
    world.plus.listings.extend([NoAnswer(Problem(Cause.SERVICE_FAILED))] * 6)
    await world.order()
    await world.advance(60)
    assert world.plus.count("submit") == 1
    await world.advance(60)
    assert world.plus.count("submit") == 2


async def test_a_list_that_never_answers_leaves_it_unclear(world: World) -> None:
    lost(world, accepted=False)
    world.plus.listings.extend([NoAnswer(Problem(Cause.SERVICE_FAILED))] * 99)
    job_id = await world.order()
    await world.advance(700)
    assert (await world.job(job_id)).cause == Cause.SUBMIT_UNCLEAR
    assert await world.entries(job_id) == ["hold", "refund"]


async def test_submits_that_keep_getting_lost_are_given_up(world: World) -> None:
    for _ in range(3):
        lost(world, accepted=False)
    job_id = await world.order()
    await world.advance(90)
    assert (await world.job(job_id)).cause == Cause.SUBMIT_UNCLEAR
    assert world.plus.count("submit") == 3


async def test_no_other_job_of_the_model_is_submitted_until_it_is_clear(world: World) -> None:
    lost(world, accepted=False)
    await world.order(1)
    await world.order(2)
    await world.advance(19)
    assert world.plus.count("submit") == 1
    await world.advance(8)
    assert world.plus.count("submit") == 3


async def test_an_orphan_of_a_dead_process_is_adopted_by_the_next(world: World) -> None:
    job_id = await world.order()
    await world.advance(1)
    async with world.db.transaction("crash") as tx:  # as if killed before the answer's commit
        await tx.run(
            "UPDATE jobs SET state = 'submitting', task_id = NULL, stage = NULL,"
            " submitted_at = NULL"
        )
    world.restarted()
    await world.advance(1)
    job = await world.job(job_id)
    assert (job.state, job.task_id) == (JobState.RUNNING, "plus-1")
    assert job.submitted_at == START


async def test_cancelling_a_lost_submit_that_never_arrived_ends_it(world: World) -> None:
    lost(world, accepted=False)
    job_id = await world.order()
    await world.advance(2)
    async with world.db.transaction("ask") as tx:
        outcome = await cancelling.ask(tx, job_id, world.clock.now())
    assert outcome == cancelling.Asked()
    await world.advance(25)
    assert (await world.job(job_id)).state is JobState.CANCELLED
    assert world.plus.count("submit") == 1
    assert await world.entries(job_id) == ["hold", "refund"]


@pytest.mark.parametrize("shift", [-10.0, 10.0])
async def test_clocks_that_disagree_do_not_hide_an_orphan(world: World, shift: float) -> None:
    lost(world, accepted=False)
    world.plus.listings.append(Listing((KnownTask("theirs", START + shift),)))
    world.plus.accept(REQUEST)
    world.plus.tasks["theirs"] = world.plus.tasks.pop("plus-1")
    job_id = await world.order()
    await world.advance(1)
    job = await world.job(job_id)
    assert (job.state, job.task_id) == (JobState.RUNNING, "theirs")
    assert job.submitted_at is not None
    assert START <= job.submitted_at <= world.clock.now()
