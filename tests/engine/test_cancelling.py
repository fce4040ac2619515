"""Changing one's mind at every state of a job."""

import pytest

from bot.engine import cancelling
from bot.engine.cancelling import Asked, Cancelled, Outcome, TooLate
from bot.messages import Edit
from bot.views import progress as words
from providers.base import NoAnswer, Refused, Succeeded, Withdrawn
from providers.base import TooLate as ServiceTooLate
from providers.causes import Cause, Problem
from storage import pauses
from storage.jobs import JobState
from tests.engine.world import World

REFUNDED = ["hold", "refund"]


async def ask(world: World, job_id: int) -> Outcome:
    async with world.db.transaction("ask") as tx:
        outcome = await cancelling.ask(tx, job_id, world.clock.now())
    world.engine.wake()
    world.courier_woken = True  # by the handler, as the engine
    return outcome


async def test_a_waiting_job_is_cancelled_at_once(world: World) -> None:
    job_id = await world.order()
    assert await ask(world, job_id) == Cancelled()
    await world.advance(5)
    assert (await world.job(job_id)).state is JobState.CANCELLED
    assert await world.entries(job_id) == REFUNDED
    assert await world.says(1) == words.cancelled("en", 2).text
    assert world.plus.calls == []


async def test_a_job_that_is_ready_is_cancelled_and_its_photos_withdrawn(world: World) -> None:
    world.plus.submits.append(Refused(Problem(Cause.THROTTLED), retry_after=30.0))
    job_id = await world.order()
    await world.advance(2)
    assert (await world.job(job_id)).state is JobState.PREPARING
    assert len(world.plus.host.published) == 2
    assert await ask(world, job_id) == Cancelled()
    await world.advance(1)
    assert world.plus.host.published == {}
    assert await world.entries(job_id) == REFUNDED


async def test_a_pending_task_is_cancelled_at_the_service(world: World) -> None:
    job_id = await world.order()
    await world.advance(1)
    assert await ask(world, job_id) == Asked()
    assert await world.says(1) == words.cancelling("en").text
    await world.advance(1)
    assert (await world.job(job_id)).state is JobState.CANCELLED
    assert world.plus.count("cancel") == 1
    assert await world.entries(job_id) == REFUNDED


async def test_a_task_that_has_begun_goes_on_and_its_person_is_told(world: World) -> None:
    job_id = await world.order()
    await world.advance(1)
    world.plus.cancels.append(ServiceTooLate())
    assert await ask(world, job_id) == Asked()
    await world.advance(1)
    job = await world.job(job_id)
    assert (job.state, job.cancel_asked) == (JobState.RUNNING, False)
    assert (await world.job(job_id)).shown == "drawing:running"
    assert await world.says(1) != words.cancelling("en").text
    await world.advance(25)
    assert await world.entries(job_id) == ["hold", "commit"]


async def test_a_task_known_to_have_begun_is_not_even_asked_about(world: World) -> None:
    job_id = await world.order()
    await world.advance(17)
    assert await ask(world, job_id) == TooLate()
    await world.advance(1)
    assert world.plus.count("cancel") == 0


async def test_asking_twice_asks_the_service_once(world: World) -> None:
    job_id = await world.order()
    await world.advance(1)
    assert await ask(world, job_id) == Asked()
    assert await ask(world, job_id) == Asked()
    await world.advance(1)
    assert world.plus.count("cancel") == 1
    assert await ask(world, job_id) == TooLate()
    assert await world.entries(job_id) == REFUNDED


async def test_a_lost_answer_to_the_cancelling_is_found_out_by_asking(world: World) -> None:
    job_id = await world.order()
    await world.advance(1)
    world.plus.cancels.append(NoAnswer(Problem(Cause.SERVICE_FAILED)))
    world.plus.queries.append(Withdrawn())
    await ask(world, job_id)
    await world.advance(5)
    assert (await world.job(job_id)).state is JobState.CANCELLED
    assert world.plus.count("cancel") == 1
    assert await world.entries(job_id) == REFUNDED


async def test_a_service_that_never_says_does_not_hold_up_the_picture(world: World) -> None:
    job_id = await world.order()
    await world.advance(1)
    world.plus.cancels.extend([NoAnswer(Problem(Cause.SERVICE_FAILED))] * 99)
    await ask(world, job_id)
    await world.advance(60)
    assert (await world.job(job_id)).state is JobState.DELIVERING
    assert await world.entries(job_id) == ["hold", "commit"]


async def test_a_picture_that_is_finished_first_comes(world: World) -> None:
    job_id = await world.order()
    await world.advance(1)
    world.plus.cancels.append(NoAnswer(Problem(Cause.SERVICE_FAILED)))
    world.plus.queries.append(Succeeded(("https://r/1",)))
    await ask(world, job_id)
    await world.advance(5)
    assert (await world.job(job_id)).state is JobState.DELIVERING
    assert await world.entries(job_id) == ["hold", "commit"]


@pytest.mark.parametrize("after", [25.0, 60.0])
async def test_a_finished_job_cannot_be_cancelled(world: World, after: float) -> None:
    job_id = await world.order()
    await world.advance(after)
    before = await world.messages(1)
    assert await ask(world, job_id) == TooLate()
    assert await world.messages(1) == before
    assert await world.entries(job_id) == ["hold", "commit"]


async def test_a_job_nobody_knows_cannot_be_cancelled(world: World) -> None:
    assert await ask(world, 999) == TooLate()


async def test_cancelling_a_held_job_gives_its_credits_back(world: World) -> None:
    async with world.db.transaction("hold") as tx:
        await pauses.pause(tx, "account:acme", Cause.ARREARS, None, world.clock.now())
    job_id = await world.order()
    await world.advance(2)
    (told,) = await world.messages(1)
    assert isinstance(told, Edit)
    assert told.content.keyboard  # it can still be cancelled
    assert await ask(world, job_id) == Cancelled()
    assert await world.entries(job_id) == REFUNDED
