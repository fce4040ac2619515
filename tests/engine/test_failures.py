"""Every remedy: who pays, who is told, and whether it is tried once more."""

from itertools import pairwise

import pytest

from providers.base import Collected, Failed, NoAnswer, Refused, Succeeded, Withdrawn
from providers.causes import REMEDIES, Cause, Problem, Remedy
from storage.jobs import JobState
from tests.engine.world import World

REFUNDED = ["hold", "refund"]
HOURS = 3600.0


def of(*remedies: Remedy) -> list[Cause]:
    return [cause for cause, remedy in REMEDIES.items() if remedy in remedies]


@pytest.mark.parametrize("cause", of(Remedy.REFUND, Remedy.REPORT))
async def test_a_failed_task_that_nothing_can_mend_is_refunded_with_its_reason(
    world: World, cause: Cause
) -> None:
    world.plus.ends.append(Failed(Problem(cause, "CODE", "words")))
    job_id = await world.order()
    await world.advance(25)
    job = await world.job(job_id)
    assert (job.state, job.cause) == (JobState.FAILED, cause)
    assert await world.entries(job_id) == REFUNDED
    assert len(world.plus.tasks) == 1
    told = await world.alerts()
    assert len(told) == (1 if REMEDIES[cause] is Remedy.REPORT else 0)
    assert all("CODE" in text for text in told)


@pytest.mark.parametrize("cause", of(Remedy.REFUND, Remedy.REPORT))
async def test_a_submit_that_nothing_can_mend_is_refunded_with_its_reason(
    world: World, cause: Cause
) -> None:
    world.plus.submits.append(Refused(Problem(cause)))
    job_id = await world.order()
    await world.advance(5)
    job = await world.job(job_id)
    assert (job.state, job.cause) == (JobState.FAILED, cause)
    assert await world.entries(job_id) == REFUNDED


async def test_a_service_that_failed_gets_one_more_chance(world: World) -> None:
    world.plus.ends.append(Failed(Problem(Cause.SERVICE_FAILED)))
    job_id = await world.order()
    await world.advance(50)
    assert (await world.job(job_id)).state is JobState.DELIVERING
    assert len(world.plus.tasks) == 2
    assert await world.entries(job_id) == ["hold", "commit"]


async def test_a_service_that_failed_twice_is_refunded(world: World) -> None:
    world.plus.ends.extend([Failed(Problem(Cause.SERVICE_FAILED))] * 2)
    job_id = await world.order()
    await world.advance(50)
    assert (await world.job(job_id)).cause == Cause.SERVICE_FAILED
    assert len(world.plus.tasks) == 2
    assert await world.entries(job_id) == REFUNDED


async def test_photos_the_service_could_not_fetch_are_published_again_once(world: World) -> None:
    world.plus.submits.append(Refused(Problem(Cause.PHOTO_UNREACHABLE)))
    job_id = await world.order()
    await world.advance(25)
    assert (await world.job(job_id)).state is JobState.DELIVERING
    assert world.plus.host.count == 4
    assert await world.alerts() == []


async def test_photos_that_stay_out_of_reach_are_refunded_and_reported(world: World) -> None:
    world.plus.submits.append(Refused(Problem(Cause.PHOTO_UNREACHABLE)))
    world.plus.ends.append(Failed(Problem(Cause.PHOTO_UNREACHABLE)))
    job_id = await world.order()
    await world.advance(30)
    assert (await world.job(job_id)).cause == Cause.PHOTO_UNREACHABLE
    assert await world.entries(job_id) == REFUNDED
    assert len(await world.alerts()) == 1


async def test_a_throttled_submit_waits_and_costs_nothing(world: World) -> None:
    world.plus.submits.extend(
        [Refused(Problem(Cause.THROTTLED), retry_after=7.0), Refused(Problem(Cause.THROTTLED))]
    )
    job_id = await world.order()
    await world.advance(6)
    assert world.plus.count("submit") == 1
    await world.advance(5)
    assert world.plus.count("submit") == 3
    job = await world.job(job_id)
    assert (job.state, job.attempts) == (JobState.RUNNING, 1)
    assert await world.alerts() == []


@pytest.mark.parametrize("cause", of(Remedy.HOLD_ACCOUNT))
async def test_a_held_account_keeps_its_jobs_and_goes_on_by_itself(
    world: World, cause: Cause
) -> None:
    world.plus.submits.append(Refused(Problem(cause)))
    first, second = await world.order(1), await world.order(2)
    await world.advance(60)
    assert world.plus.count("submit") == 1
    assert await world.states() == {JobState.PREPARING: 2}
    assert {(await world.job(i)).shown for i in (first, second)} == {"held"}
    assert len(await world.alerts()) == 1
    await world.advance(600)
    assert await world.states() == {JobState.DELIVERING: 2}


async def test_a_held_account_is_tried_again_after_a_restart(world: World) -> None:
    world.plus.submits.append(Refused(Problem(Cause.KEY_REFUSED)))
    await world.order()
    await world.advance(5)
    await world.restarted().begin()
    await world.advance(30)
    assert await world.states() == {JobState.DELIVERING: 1}


async def test_pauses_for_the_same_reason_grow(world: World) -> None:
    world.plus.submits.extend([Refused(Problem(Cause.ARREARS))] * 3)
    await world.order()
    await world.advance(1.5 * HOURS)
    times = [at for name, at in world.plus.calls if name == "submit"]
    gaps = [round(b - a, -1) for a, b in pairwise(times)]
    assert gaps == [600, 1200, 2400]


async def test_a_photo_that_is_gone_is_told_and_refunded(world: World) -> None:
    world.files.gone.add("top")
    job_id = await world.order()
    await world.advance(5)
    assert (await world.job(job_id)).cause == Cause.PHOTO_GONE
    assert await world.entries(job_id) == REFUNDED
    assert world.plus.host.published == {}


async def test_telegram_being_away_for_a_while_only_costs_time(world: World) -> None:
    world.files.away = 3
    await world.order()
    await world.advance(40)
    assert await world.states() == {JobState.DELIVERING: 1}


async def test_a_host_that_never_answers_is_given_up_and_refunded(world: World) -> None:
    world.plus.host.answers.extend([NoAnswer(Problem(Cause.SERVICE_FAILED))] * 40)
    job_id = await world.order()
    await world.advance(300)
    assert (await world.job(job_id)).cause == Cause.SERVICE_FAILED
    assert await world.entries(job_id) == REFUNDED


@pytest.mark.parametrize("cause", [Cause.KEY_REFUSED, Cause.THROTTLED])
async def test_a_host_that_refuses_everybody_is_not_asked_again_and_again(
    world: World, cause: Cause
) -> None:
    world.plus.host.answers.extend([Refused(Problem(cause))] * 10)
    ids = [await world.order(person) for person in range(3)]
    await world.advance(0.9)
    asked = 10 - len(world.plus.host.answers)
    assert asked == 6  # two photos of each of the three that were begun at once
    world.plus.host.answers.clear()
    await world.advance(700)
    assert await world.states() == {JobState.DELIVERING: 3}
    assert len(ids) == 3


async def test_a_host_that_refuses_a_photo_for_good_ends_that_job_only(world: World) -> None:
    world.plus.host.answers.append(Refused(Problem(Cause.PHOTO_UNFIT)))
    first = await world.order(1)
    await world.settle()
    second = await world.order(2)
    await world.advance(30)
    assert (await world.job(first)).cause == Cause.PHOTO_UNFIT
    assert (await world.job(second)).state is JobState.DELIVERING


@pytest.mark.parametrize(
    "found", [Collected(b"garbage"), Failed(Problem(Cause.RESULT_UNUSABLE, "host"))]
)
async def test_a_result_that_is_no_picture_is_refunded_and_not_ordered_again(
    world: World, found: Collected | Failed
) -> None:
    world.plus.collects.append(found)
    job_id = await world.order()
    await world.advance(60)
    assert (await world.job(job_id)).cause == Cause.RESULT_UNUSABLE
    assert len(world.plus.tasks) == 1
    assert await world.entries(job_id) == REFUNDED
    assert len(await world.alerts()) == 1


async def test_a_download_that_breaks_off_is_tried_again(world: World) -> None:
    world.plus.collects.extend([NoAnswer(Problem(Cause.SERVICE_FAILED))] * 3)
    await world.order()
    await world.advance(40)
    assert await world.states() == {JobState.DELIVERING: 1}
    assert world.plus.count("collect") == 4


async def test_success_without_a_picture_is_refunded_and_reported(world: World) -> None:
    world.plus.ends.append(Succeeded(()))
    job_id = await world.order()
    await world.advance(25)
    assert (await world.job(job_id)).cause == Cause.RESULT_UNUSABLE
    assert await world.entries(job_id) == REFUNDED


async def test_a_task_withdrawn_by_somebody_else_is_ordered_once_more(world: World) -> None:
    world.plus.ends.append(Withdrawn())
    await world.order()
    await world.advance(50)
    assert await world.states() == {JobState.DELIVERING: 1}
    assert len(world.plus.tasks) == 2


async def test_a_task_past_its_deadline_is_cancelled_and_refunded(world: World) -> None:
    world.plus.takes = 10_000
    job_id = await world.order()
    await world.advance(595)
    assert (await world.job(job_id)).state is JobState.RUNNING
    await world.advance(10)
    assert (await world.job(job_id)).cause == Cause.TOO_LATE
    assert await world.entries(job_id) == REFUNDED
    assert world.plus.count("cancel") == 1


async def test_a_picture_that_is_ready_at_the_deadline_is_not_thrown_away(world: World) -> None:
    await world.order()
    await world.advance(2)
    world.clock.advance(3000)  # nobody looked for a while
    world.restarted()
    await world.advance(5)
    assert await world.states() == {JobState.DELIVERING: 1}


async def test_tasks_outlive_the_deadline_while_the_key_is_refused(world: World) -> None:
    await world.order()
    await world.advance(5)
    world.plus.queries.extend([NoAnswer(Problem(Cause.KEY_REFUSED))] * 40)
    await world.advance(1200)
    assert await world.states() == {JobState.RUNNING: 1}
    assert len(await world.alerts()) == 1
    world.plus.queries.clear()
    await world.advance(120)
    assert await world.states() == {JobState.DELIVERING: 1}


async def test_a_throttled_question_makes_the_whole_account_pause(world: World) -> None:
    for person in range(5):
        await world.order(person)
    await world.advance(14)
    world.plus.queries.append(NoAnswer(Problem(Cause.THROTTLED), retry_after=4.0))
    world.plus.calls.clear()
    await world.advance(8)
    times = [at for name, at in world.plus.calls if name == "query"]
    assert max(b - a for a, b in pairwise(times)) >= 4.0


async def test_an_unforeseen_error_ends_the_job_alone_refunded_and_reported(world: World) -> None:
    broken = await world.order(1)
    async with world.db.transaction("break") as tx:
        await tx.run("UPDATE jobs SET ordered = '{}' WHERE id = ?", (broken,))
    fine = await world.order(2)
    await world.advance(30)
    assert (await world.job(broken)).cause == Cause.INTERNAL
    assert await world.entries(broken) == REFUNDED
    assert (await world.job(fine)).state is JobState.DELIVERING
    assert len(await world.alerts()) == 1


async def test_stale_photos_are_published_again_before_the_submit(world: World) -> None:
    world.plus.submits.append(Refused(Problem(Cause.ARREARS), retry_after=1900.0))
    await world.order()
    await world.advance(1960)
    assert await world.states() == {JobState.DELIVERING: 1}
    assert world.plus.host.count == 4
