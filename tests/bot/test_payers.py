"""Who pays in private and in groups, and what a hold refuses whatever the dialogue thinks."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.caps import Price
from bot.handlers import payers
from bot.handlers.desk import Rules
from bot.handlers.payers import Means
from storage import groups, jobs, ledger
from storage.database import Database, Tx
from storage.groups import Choices, Group, Payer
from storage.jobs import NewJob

ANN, BEN, CHAT = 7, 8, -5
NOW = datetime(2026, 3, 14, 9, tzinfo=UTC).timestamp()
RULES = Rules(ZoneInfo("UTC"), "en", daily_credits=5, group_daily_credits=20, daily_budget=5_000,
              models={})  # fmt: skip
ONE = Price(1, 200)
POOL = Choices()
MEMBERS = Choices(payer=Payer.MEMBERS)


@pytest.fixture
async def db(tmp_path: Path) -> AsyncIterator[Database]:
    database = await Database.open(tmp_path / "test.db")
    yield database
    await database.close()


async def friends(tx: Tx, choices: Choices) -> Group:
    group = await groups.met(tx, CHAT, "Friends", NOW)
    await groups.choose(tx, group.id, choices)
    return replace(group, choices=choices)


async def order(
    tx: Tx, person_id: int, group: Group | None, price: Price = ONE, rules: Rules = RULES
) -> bool:
    """Place an order as a step does."""
    number = await tx.value("SELECT count(*) FROM jobs")
    new = NewJob(
        order_key=f"k{number}",
        person_id=person_id,
        chat_id=person_id if group is None else group.chat_id,
        topic_id=0,
        language="en",
        anchor="a",
        ordered="{}",
        model="m",
        account="a",
        credits=price.credits,
        cost=price.cost,
        group_id=None if group is None else group.id,
    )
    job_id = await jobs.create(tx, new, NOW)
    assert job_id is not None
    await payers.means(tx, person_id, group, rules, NOW)
    return await payers.hold(tx, person_id, group, job_id, price, rules, NOW)


async def test_in_private_people_pay_themselves(db: Database) -> None:
    async with db.transaction("t") as tx:
        assert await order(tx, ANN, None)
        assert await payers.means(tx, ANN, None, RULES, NOW) == Means(4, 0)
        assert await payers.means(tx, BEN, None, RULES, NOW) == Means(5, 0)


async def test_in_a_group_its_pool_pays_for_everybody(db: Database) -> None:
    async with db.transaction("t") as tx:
        group = await friends(tx, POOL)
        assert await order(tx, ANN, group)
        assert await order(tx, BEN, group, Price(2, 500))
        seen = Means(17, 0, pool=True, used_here=1)
        assert await payers.means(tx, ANN, group, RULES, NOW) == seen
        assert await payers.means(tx, ANN, None, RULES, NOW) == Means(5, 0), "their own are left"


async def test_or_its_members_do(db: Database) -> None:
    async with db.transaction("t") as tx:
        group = await friends(tx, MEMBERS)
        assert await order(tx, ANN, group)
        assert await payers.means(tx, ANN, group, RULES, NOW) == Means(4, 0, used_here=1)
        assert await payers.means(tx, BEN, group, RULES, NOW) == Means(5, 0)


@pytest.mark.parametrize("choices", [POOL, MEMBERS])
async def test_a_member_uses_no_more_in_a_group_than_its_limit(
    db: Database, choices: Choices
) -> None:
    async with db.transaction("t") as tx:
        group = await friends(tx, replace(choices, member_limit=2))
        assert await order(tx, ANN, group)
        assert not await order(tx, ANN, group, Price(2, 500))
        assert await order(tx, ANN, group)
        assert not await order(tx, ANN, group)
        assert await order(tx, BEN, group, Price(2, 500)), "each has their own"
        assert await order(tx, ANN, None), "in private it does not count"


async def test_the_limit_counts_what_was_used_whoever_paid_then(db: Database) -> None:
    async with db.transaction("t") as tx:
        assert await order(tx, ANN, await friends(tx, POOL))
        assert await order(tx, ANN, await friends(tx, MEMBERS), Price(2, 500))
        means = await payers.means(tx, ANN, await friends(tx, POOL), RULES, NOW)
        assert means.used_here == 3


async def test_what_failed_does_not_count_and_the_next_day_begins_at_nothing(
    db: Database,
) -> None:
    async with db.transaction("t") as tx:
        group = await friends(tx, Choices(member_limit=1))
        assert await order(tx, ANN, group)
        await ledger.refund(tx, 1, NOW, "failed")
        assert await order(tx, ANN, group)
        assert (await payers.means(tx, ANN, group, RULES, NOW)).used_here == 1
        assert (await payers.means(tx, ANN, group, RULES, NOW + 86_400)).used_here == 0


async def test_a_refund_goes_to_whom_paid_whatever_was_chosen_since(db: Database) -> None:
    async with db.transaction("t") as tx:
        assert await order(tx, ANN, await friends(tx, POOL), Price(3, 500))
        group = await friends(tx, MEMBERS)
        await ledger.refund(tx, 1, NOW, "failed")
        assert await payers.means(tx, ANN, group, RULES, NOW) == Means(5, 0)
        assert (await payers.means(tx, ANN, await friends(tx, POOL), RULES, NOW)).daily == 20


async def test_the_money_cap_may_be_reached_and_not_passed(db: Database) -> None:
    rules = replace(RULES, daily_budget=500)
    async with db.transaction("t") as tx:
        assert await order(tx, ANN, None, rules=rules)
        assert not await order(tx, BEN, None, Price(1, 301), rules)
        assert await order(tx, BEN, None, Price(1, 300), rules)
        assert not await order(tx, BEN, None, Price(1, 1), rules)


async def test_a_hundred_orders_at_once_with_one_credit_left_make_one(db: Database) -> None:
    rules = replace(RULES, group_daily_credits=1)
    async with db.transaction("t") as tx:
        group = await friends(tx, POOL)

    async def tap(number: int) -> bool:
        return await db.atomically("tap", lambda tx: order(tx, number, group, rules=rules))

    assert sum(await asyncio.gather(*map(tap, range(1, 101)))) == 1
    async with db.reading() as tx:
        assert await ledger.balance(tx, group.account, rules.day(NOW)) == ledger.Balance(0, 0)
