"""No order that goes on with another model passes a cap: the day's money, a member's limit."""

from dataclasses import replace

import pytest

from bot import budget
from bot.engine.handing_over import NotAffordable
from providers.causes import Cause
from storage import groups, ledger
from storage.groups import Choices
from storage.jobs import JobState
from tests.engine.detouring import (
    PAID,
    REFUNDED,
    asked,
    balance,
    hold,
    lift,
    progress,
    questions,
    yes,
)
from tests.engine.world import DAY, ORDER, World

CHAT = -5


async def cap(world: World, most: int) -> None:
    """Change the daily cap as an operator does."""
    async with world.db.transaction("cap") as tx:
        await budget.change(tx, most, world.clock.now())
    world.engine.wake()


async def spent(world: World) -> int:
    async with world.db.reading() as tx:
        return await ledger.spent(tx, DAY)


async def limited(world: World, job_id: int, limit: int) -> None:
    """Let an order be of a group that limits what each member may use there."""
    async with world.db.transaction("group") as tx:
        group = await groups.met(tx, CHAT, "Friends", world.clock.now())
        await groups.choose(tx, CHAT, replace(Choices(), member_limit=limit))
        await tx.run(
            "UPDATE jobs SET group_id = ?, chat_id = ? WHERE id = ?", (group.id, CHAT, job_id)
        )


async def test_where_the_money_allows_no_dearer_model_another_that_fits_draws_it(
    world: World,
) -> None:
    lavish = world.add_service("lavish", cost=900)
    world.add_service("thrifty", cost=600)
    await hold(world, "model:plus", Cause.MODEL_GONE, 3600)
    await cap(world, 700)
    job_id = await world.order()
    await world.advance(30)
    after = await world.latest(job_id)
    assert (after.model, after.state) == ("thrifty", JobState.DELIVERING)
    assert await spent(world) == 600
    assert lavish.calls == []


async def test_many_orders_go_on_as_long_as_the_money_lasts(world: World) -> None:
    world.add_service("lavish", cost=900)
    ids = [await world.order(person) for person in range(1, 5)]
    await cap(world, 3_000)
    await hold(world, "model:plus", Cause.MODEL_GONE, 3600)
    await world.advance(60)
    done, lost = JobState.DELIVERING, JobState.FAILED  # what the third gives back is enough
    assert [(await world.latest(one)).state for one in ids] == [done, done, lost, done]
    assert (await world.job(ids[2])).cause == Cause.OVER_BUDGET
    assert await world.entries(ids[2]) == REFUNDED
    assert await balance(world, 3) == 1000
    assert "tomorrow" in await progress(world, 3)
    assert await spent(world) == 2_700


async def test_who_can_hope_for_their_own_model_waits_where_the_money_allows_no_other(
    world: World,
) -> None:
    world.add_service("lavish", account="elsewhere", cost=900)
    await hold(world, "account:acme", Cause.ARREARS, 5 * 3600)
    await cap(world, 700)
    job_id = await world.order()
    await world.advance(3600)
    assert (await world.job(job_id)).state is JobState.QUEUED
    await cap(world, 900)  # an operator raises it: everybody is looked at again
    await world.advance(30)
    assert (await world.latest(job_id)).model == "lavish"
    assert await spent(world) == 900


async def test_what_costs_no_more_goes_on_under_a_cap_that_was_lowered(world: World) -> None:
    world.add_service("other", cost=500)
    job_id = await world.order()
    await cap(world, 0)
    await hold(world, "model:plus", Cause.MODEL_GONE, 3600)
    await world.advance(30)
    assert (await world.latest(job_id)).state is JobState.DELIVERING


async def test_a_yes_that_the_money_does_not_allow_changes_nothing(world: World) -> None:
    job_id = await asked(world)
    await cap(world, 800)
    with pytest.raises(NotAffordable):
        await yes(world, job_id)
    assert (await world.job(job_id)).state is JobState.OFFERED
    assert await world.entries(job_id) == ["hold"]
    await cap(world, 900)
    await yes(world, job_id)
    await world.advance(30)
    assert await world.entries((await world.latest(job_id)).id) == PAID
    assert await spent(world) == 900


async def test_a_yes_is_paid_from_today_where_the_cap_of_the_orders_day_is_reached(
    world: World,
) -> None:
    job_id, tomorrow = await asked(world), "2023-11-15"
    await cap(world, 900)
    world.add_service("cheap", cost=100, credits=1)
    other = await world.order(2, replace(ORDER, model="cheap"))
    async with world.db.transaction("morning") as tx:
        await ledger.open_day(tx, "person:1", tomorrow, 5, world.clock.now())
    await yes(world, job_id, tomorrow)
    async with world.db.reading() as tx:
        assert await ledger.spent(tx, tomorrow) == 900
    assert await spent(world) == (await world.job(other)).cost


async def test_a_members_limit_holds_for_a_dearer_model_too(world: World) -> None:
    world.add_service("dear", credits=3)
    job_id = await world.order()
    await limited(world, job_id, 2)
    await hold(world, "model:plus", Cause.MODEL_GONE, 3600)
    await world.advance(1)
    assert len(await questions(world, CHAT)) == 1
    with pytest.raises(NotAffordable):
        await yes(world, job_id)
    await limited(world, job_id, 3)
    await yes(world, job_id)
    assert (await world.latest(job_id)).credits == 3


async def test_a_dearer_model_within_the_limit_is_asked_about_first(world: World) -> None:
    world.add_service("dearest", credits=9)
    world.add_service("dear", credits=3)
    job_id = await world.order()
    await limited(world, job_id, 4)
    await hold(world, "model:plus", Cause.MODEL_GONE, 3600)
    await world.advance(1)
    assert (await world.job(job_id)).offer == "dear"
    await lift(world, "model:plus")
    await world.advance(30)
    assert (await world.job(job_id)).state is JobState.DELIVERING
