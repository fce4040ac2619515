"""How a paused model comes back: one job tries, and the others wait for what becomes of it."""

from dataclasses import replace
from itertools import pairwise

import pytest

from bot.engine.outlook import ACCOUNT_PATIENCE
from providers.base import NoAnswer, Refused, Unclear
from providers.causes import Cause, Problem
from storage import pauses
from storage.jobs import JobState
from tests.engine.world import ORDER, START, World

HOURS = 3600.0


async def pause(world: World, scope: str, cause: Cause, seconds: float) -> None:
    async with world.db.transaction("pause") as tx:
        await pauses.pause(tx, scope, cause, START + seconds, START)


async def known(world: World, scope: str) -> pauses.Pause | None:
    async with world.db.reading() as tx:
        return await pauses.get(tx, scope)


@pytest.mark.parametrize(
    ("scope", "cause"),
    [("account:acme", Cause.ARREARS), ("model:plus", Cause.SERVICE_FAILED)],
)
async def test_one_job_tries_and_if_it_is_refused_everybody_waits_longer(
    world: World, scope: str, cause: Cause
) -> None:
    await pause(world, scope, cause, 100)
    world.plus.submits.append(Refused(Problem(cause)))
    for person in range(6):
        await world.order(person)
    await world.advance(102)
    assert world.plus.count("submit") == 1
    assert world.plus.host.count == 2  # only one job's two photos were published
    after = await known(world, scope)
    assert after is not None
    assert after.count == 2
    assert JobState.FAILED not in await world.states()
    await world.advance((after.until or 0) - world.clock.now() + 60)
    assert await known(world, scope) is None
    assert await world.states() == {JobState.DELIVERING: 6}


async def test_who_cannot_try_yet_keeps_nobody_else_from_it(world: World) -> None:
    await pause(world, "account:acme", Cause.ARREARS, 100)
    world.plus.host.answers.extend([NoAnswer(Problem(Cause.SERVICE_FAILED), 20.0)] * 2)
    first = await world.order(1)
    await world.order(2)
    await world.order(3)
    await world.advance(101)
    assert (await world.job(first)).retries == 1
    assert world.plus.count("submit") == 2  # the first waits for its host: the second tries
    await world.advance(60)
    assert await world.states() == {JobState.DELIVERING: 3}


async def test_a_lost_answer_of_the_one_that_tries_lets_nobody_else_try(world: World) -> None:
    await pause(world, "account:acme", Cause.ARREARS, 100)
    world.add_service("other")
    world.plus.submits.append(Unclear("the line broke"))
    await world.order(1)
    await world.order(2)
    await world.order(3, order=replace(ORDER, model="other"))
    await world.advance(118)
    assert world.plus.count("submit") == 1
    assert world.services["other"].calls == []
    await world.advance(90)
    assert await world.states() == {JobState.DELIVERING: 3}


async def test_pauses_of_a_failing_service_grow_while_nobody_else_can_draw(world: World) -> None:
    world.plus.submits.extend([Refused(Problem(Cause.SERVICE_FAILED))] * 5)
    for person in range(3):
        await world.order(person)
    await world.advance(200)
    times = [at for name, at in world.plus.calls if name == "submit"]
    gaps = [round(b - a) for a, b in pairwise(times)]
    assert gaps[:5] == [5, 10, 20, 40, 80]
    assert await world.states() == {JobState.DELIVERING: 3}


async def test_a_lost_model_is_tried_by_the_next_order_and_comes_back(world: World) -> None:
    other = world.add_service("other")
    world.plus.submits.extend([Refused(Problem(Cause.MODEL_GONE))] * 2)
    await world.order(1)
    await world.advance(30)
    assert len(other.tasks) == 1
    await world.advance(6 * HOURS)
    tried = await world.order(2)  # is refused as well, and loses nothing
    await world.advance(30)
    assert (await world.latest(tried)).model == "other"
    assert len(other.tasks) == 2
    after = await known(world, "model:plus")
    assert after is not None
    assert (after.until or 0) - world.clock.now() > 11 * HOURS
    await world.advance(12 * HOURS)
    back = await world.order(3)
    await world.advance(30)
    assert (await world.job(back)).state is JobState.DELIVERING
    assert await known(world, "model:plus") is None


async def test_of_those_who_were_asked_one_tries_when_the_model_may_be_back(world: World) -> None:
    world.add_service("dear", credits=3)
    await pause(world, "model:plus", Cause.MODEL_GONE, 2 * HOURS)
    ids = [await world.order(person) for person in range(4)]
    await world.advance(1)
    assert await world.states() == {JobState.OFFERED: 4}
    world.plus.submits.append(Refused(Problem(Cause.MODEL_GONE)))
    await world.advance(2 * HOURS)
    assert world.plus.count("submit") == 1
    assert await world.states() == {JobState.OFFERED: 4}
    assert sorted([(await world.job(one)).offers for one in ids]) == [1, 1, 1, 2]
    await world.advance(12 * HOURS + 60)
    assert await world.states() == {JobState.DELIVERING: 4}


async def test_an_account_that_is_refused_again_keeps_the_patience_it_had(world: World) -> None:
    other = world.add_service("other", account="elsewhere")
    world.plus.submits.extend([Refused(Problem(Cause.ARREARS))] * 9)
    first, second = await world.order(1), await world.order(2)
    await world.advance(ACCOUNT_PATIENCE - 60)
    assert world.plus.count("submit") == 2
    assert other.calls == []
    await world.advance(120)
    assert [(await world.latest(one)).model for one in (first, second)] == ["other"] * 2
