"""Jobs whose model takes none: who goes where, what they are told, what it costs."""

from dataclasses import replace

import pytest

from bot.engine.outlook import ACCOUNT_PATIENCE
from bot.orders import Restyle
from providers.base import Failed, Refused, Unclear
from providers.causes import REMEDIES, Cause, Problem, Remedy
from providers.styles import Style
from providers.wishes import Face, Size
from storage import ledger, pauses
from storage.jobs import JobState
from tests.engine.detouring import (
    PAID,
    REFUNDED,
    balance,
    hold,
    lift,
    progress,
    questions,
)
from tests.engine.world import DAY, ORDER, World, photo

LOST = [cause for cause, remedy in REMEDIES.items() if remedy is Remedy.DROP_MODEL]
GONE = Refused(Problem(Cause.MODEL_GONE))
BROKEN = Refused(Problem(Cause.SERVICE_FAILED))


# --- a model that is gone -----------------------------------------------------------------


@pytest.mark.parametrize("cause", LOST)
async def test_jobs_of_a_lost_model_go_on_with_the_next_that_does_the_same_for_no_more(
    world: World, cause: Cause
) -> None:
    world.add_service("dear", credits=9)
    world.add_service("plain", faces=(Face.NEW,))
    other = world.add_service("other", credits=1, cost=200)
    world.plus.submits.append(Refused(Problem(cause)))
    first, second = await world.order(1), await world.order(2)
    await world.advance(40)
    assert await world.states() == {JobState.MOVED: 2, JobState.DELIVERING: 2}
    for job_id in (first, second):
        after = await world.latest(job_id)
        assert (after.model, after.credits, after.cost) == ("other", 1, 200)
        assert await world.entries(job_id) == REFUNDED
        assert await world.entries(after.id) == PAID
    assert len(other.tasks) == 2
    assert world.plus.host.published == {}
    assert len(await world.alerts()) == 1
    assert [await balance(world, person) for person in (1, 2)] == [999, 999]
    async with world.db.reading() as tx:
        assert await ledger.spent(tx, DAY) == 400


async def test_people_read_what_changes_as_long_as_their_order_is_on_its_way(world: World) -> None:
    world.add_service("other", credits=1, sizes=(Size.ORIGINAL,), faces=(Face.KEEP,))
    await hold(world, "model:plus", Cause.MODEL_GONE, 3600)
    await world.order(order=replace(ORDER, size=Size.W576, face=Face.NEW))
    await world.advance(1)
    for _ in range(3):
        said = await progress(world)
        assert "“other”" in said
        assert "“plus”" in said
        assert "Without: a new face, the size 576 × 1024." in said  # noqa: RUF001  as people read it
        assert "1 credit instead of 2 credits" in said
        await world.advance(15)
    assert "Done" in await progress(world)


async def test_what_changes_nothing_but_the_model_says_no_more_than_that(world: World) -> None:
    world.add_service("other")
    await hold(world, "model:plus", Cause.MODEL_GONE, 3600)
    await world.order()
    await world.advance(1)
    said = await progress(world)
    assert "“other”" in said
    assert "Without" not in said
    assert "instead of" not in said


async def test_a_restyle_goes_where_its_style_is_painted(world: World) -> None:
    world.add_service("first", styles=tuple(Style))
    world.add_service("few", styles=(Style.OF_PICTURE,))
    second = world.add_service("second", styles=tuple(Style))
    await hold(world, "model:first", Cause.MODEL_GONE, 3600)
    order = Restyle(photo("person"), Style.OF_PICTURE, "first", photo("style"))
    style = next(style for style in Style if style is not Style.OF_PICTURE)
    await world.order(order=replace(order, style=style, style_of=None))
    await world.advance(2)
    assert len(second.tasks) == 1


async def test_a_model_that_failed_at_an_order_is_not_tried_again(world: World) -> None:
    second, third = world.add_service("second"), world.add_service("third")
    world.plus.submits.append(GONE)
    second.submits.append(GONE)
    job_id = await world.order()
    await world.advance(3)
    after = await world.latest(job_id)
    assert after.model == "third"
    assert (after.wished, after.wished_credits) == ((await world.job(job_id)).ordered, 2)
    assert len(third.tasks) == 1
    await hold(world, "model:third", Cause.MODEL_GONE, 3600)
    await lift(world, "model:plus")
    await lift(world, "model:second")
    third.submits.append(GONE)
    other = await world.order(2, order=replace(ORDER, model="third"))
    await world.advance(3)
    assert (await world.latest(other)).model == "plus"


async def test_what_nobody_else_can_draw_is_refunded(world: World) -> None:
    world.plus.submits.append(GONE)
    ids = [await world.order(person) for person in range(30)]
    await world.advance(10)
    assert await world.states() == {JobState.FAILED: 30}
    for job_id in ids:
        assert await world.entries(job_id) == REFUNDED
    assert len(await world.alerts()) == 1


async def test_hundreds_of_jobs_find_another_way_and_keep_their_order(world: World) -> None:
    other = world.add_service("other")
    await hold(world, "model:plus", Cause.MODEL_GONE, 3600)
    for person in range(50):
        await world.order(person)
    await world.advance(1)
    async with world.db.reading() as tx:
        rows = await tx.rows("SELECT person_id FROM jobs WHERE state = 'running' ORDER BY id")
    assert [row[0] for row in rows] == list(range(other.spec.in_progress))
    await world.advance(300)
    assert await world.states() == {JobState.MOVED: 50, JobState.DELIVERING: 50}


async def test_a_model_that_is_no_longer_configured_gives_its_jobs_back(world: World) -> None:
    lost = world.add_service("lost")
    running = await world.order(1, order=replace(ORDER, model="lost"))
    await world.advance(5)
    assert len(lost.tasks) == 1
    waiting = await world.order(2, order=replace(ORDER, model="lost"))
    del world.services["lost"]
    world.restarted()
    await world.advance(30)
    assert (await world.job(running)).cause == Cause.MODEL_GONE
    assert await world.entries(running) == REFUNDED
    after = await world.latest(waiting)
    assert (after.model, after.state) == ("plus", JobState.DELIVERING)


async def test_a_picture_on_its_way_of_a_model_no_longer_configured_keeps_nobody_awake(
    world: World,
) -> None:
    world.add_service("lost")
    job_id = await world.order(order=replace(ORDER, model="lost"))
    await world.advance(30)
    assert (await world.job(job_id)).state is JobState.DELIVERING
    del world.services["lost"]
    rounds = 0

    def count(_point: str) -> None:
        nonlocal rounds
        rounds += 1
        assert rounds < 50, "the rooms wake each other"

    world.on_point = count
    world.restarted()
    await world.settle()
    assert (await world.job(job_id)).state is JobState.DELIVERING


async def test_an_order_that_cannot_be_read_does_not_stop_the_others(world: World) -> None:
    world.add_service("other")
    await hold(world, "model:plus", Cause.MODEL_GONE, 3600)
    broken = await world.order(1)
    async with world.db.transaction("break") as tx:
        await tx.run("UPDATE jobs SET ordered = '{}' WHERE id = ?", (broken,))
    fine = await world.order(2)
    await world.advance(1)
    assert (await world.job(broken)).cause == Cause.INTERNAL
    assert await world.entries(broken) == REFUNDED
    assert (await world.latest(fine)).model == "other"


# --- an account that is held --------------------------------------------------------------


async def test_jobs_of_a_held_account_wait_before_another_account_draws_them(world: World) -> None:
    other = world.add_service("other", account="elsewhere")
    await hold(world, "account:acme", Cause.ARREARS, 100_000)
    job_id = await world.order()
    await world.advance(ACCOUNT_PATIENCE - 5)
    assert (await world.job(job_id)).state is JobState.QUEUED
    assert "break" in await progress(world)
    assert other.calls == []
    await world.advance(10)
    assert (await world.latest(job_id)).model == "other"
    assert len(other.tasks) == 1


async def test_jobs_of_a_model_that_an_operator_holds_back_wait_as_long(world: World) -> None:
    world.add_service("other")
    now = world.clock.now()
    async with world.db.transaction("hold") as tx:
        await pauses.pause(tx, pauses.by_operator("plus"), pauses.BY_OPERATOR, None, now)
    job_id = await world.order()
    await world.advance(ACCOUNT_PATIENCE - 5)
    assert (await world.job(job_id)).state is JobState.QUEUED
    await world.advance(10)
    assert (await world.latest(job_id)).model == "other"


async def test_jobs_of_a_held_account_that_nobody_else_can_draw_are_kept(world: World) -> None:
    await hold(world, "account:acme", Cause.KEY_REFUSED, 5 * 3600)
    job_id = await world.order()
    await world.advance(4 * 3600)
    assert (await world.job(job_id)).state is JobState.QUEUED
    await lift(world, "account:acme")
    await world.advance(30)
    assert (await world.job(job_id)).state is JobState.DELIVERING


# --- a service that fails again and again -------------------------------------------------


async def test_after_the_second_pause_in_a_row_the_next_model_draws_it(world: World) -> None:
    other = world.add_service("other")
    world.plus.submits.extend([BROKEN] * 9)
    first, second = await world.order(1), await world.order(2)
    await world.advance(30)
    assert world.plus.count("submit") == 2
    assert [(await world.latest(one)).model for one in (first, second)] == ["other"] * 2
    assert len(other.tasks) == 2
    assert await world.alerts() == []


async def test_a_service_that_stumbles_once_keeps_its_jobs(world: World) -> None:
    other = world.add_service("other")
    world.plus.submits.append(BROKEN)
    job_id = await world.order()
    await world.advance(30)
    assert (await world.job(job_id)).state is JobState.DELIVERING
    assert other.calls == []


async def test_nobody_is_asked_for_more_before_the_trouble_lasts(world: World) -> None:
    world.add_service("dear", credits=3)
    world.plus.submits.extend([BROKEN] * 4)
    job_id = await world.order()
    await world.advance(30)
    assert world.plus.count("submit") == 3
    assert await questions(world) == []
    await world.advance(10)
    assert world.plus.count("submit") == 4
    assert (await world.job(job_id)).state is JobState.OFFERED
    await world.advance(70)  # the pause is over: this very job tries it, as ordered
    assert (await world.job(job_id)).state is JobState.DELIVERING
    assert await world.entries(job_id) == PAID


async def test_submits_that_never_arrive_are_a_failing_service_too(world: World) -> None:
    other = world.add_service("other")
    world.plus.submits.extend([Unclear("HTTP 502")] * 9)
    job_id = await world.order()
    await world.advance(120)
    assert world.plus.count("submit") == 2
    assert (await world.latest(job_id)).model == "other"
    assert len(other.tasks) == 1
    assert world.plus.tasks == {}


async def test_a_task_that_fails_twice_is_refunded_where_nobody_else_can_draw_it(
    world: World,
) -> None:
    world.plus.ends.extend([Failed(Problem(Cause.SERVICE_FAILED))] * 2)
    job_id = await world.order()
    await world.advance(60)
    assert (await world.job(job_id)).cause == Cause.SERVICE_FAILED
