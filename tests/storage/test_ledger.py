"""The ledger: balances are sums, never below zero; a hold ends once; nothing is rewritten."""

import asyncio
import sqlite3
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from storage import ledger
from storage.database import Database, Tx
from storage.ledger import Balance
from storage.together import Body

T = TypeVar("T")

NOW = 1_700_000_000.0
ANN = "person:7"
TODAY, TOMORROW = "2026-03-01", "2026-03-02"


async def new_job(tx: Tx, job_id: int) -> None:
    await tx.run(
        "INSERT INTO jobs (id, order_key, person_id, chat_id, topic_id, language, anchor,"
        " ordered, model, account, credits, cost, due_at, created_at)"
        " VALUES (?, ?, 7, 7, 0, 'en', 'p', '{}', 'm', 'a', 1, 200, 1.0, 1.0)",
        (job_id, f"key {job_id}"),
    )


async def prepare(db: Database, *, allowance: int = 5, extra: int = 0, jobs: int = 3) -> None:
    async with db.transaction("prepare") as tx:
        for job_id in range(1, jobs + 1):
            await new_job(tx, job_id)
        await ledger.open_day(tx, ANN, TODAY, allowance, NOW)
        if extra:
            await ledger.grant(tx, ANN, TODAY, extra, NOW, "gift")


async def test_the_allowance_of_a_day_is_given_once(db: Database) -> None:
    async with db.transaction("open") as tx:
        assert await ledger.balance(tx, ANN, TODAY) == Balance(0, 0)
        await ledger.open_day(tx, ANN, TODAY, 5, NOW)
        await ledger.open_day(tx, ANN, TODAY, 5, NOW)
        assert await ledger.balance(tx, ANN, TODAY) == Balance(5, 0)
        assert await ledger.balance(tx, ledger.of_group(7), TODAY) == Balance(0, 0)
        assert await tx.value("SELECT count(*) FROM ledger") == 1


@pytest.mark.parametrize(
    ("before", "spent", "after", "left"),
    [(5, 0, 9, 9), (5, 3, 9, 6), (5, 5, 9, 4), (5, 0, 2, 2), (5, 1, 2, 1), (5, 4, 2, 0)],
)
async def test_another_allowance_counts_from_the_same_day_on(
    db: Database, before: int, spent: int, after: int, left: int
) -> None:
    await prepare(db, allowance=before)
    async with db.transaction("change") as tx:
        assert await ledger.hold(tx, ANN, TODAY, 1, spent, 200, NOW)
        for _ in range(2):
            await ledger.open_day(tx, ANN, TODAY, after, NOW)
            assert await ledger.balance(tx, ANN, TODAY) == Balance(left, 0)


async def test_what_comes_back_after_the_allowance_was_lowered_does_not_exceed_it(
    db: Database,
) -> None:
    await prepare(db, allowance=5)
    async with db.transaction("change") as tx:
        assert await ledger.hold(tx, ANN, TODAY, 1, 4, 200, NOW)
        assert await ledger.hold(tx, ANN, TODAY, 2, 1, 200, NOW)
        await ledger.open_day(tx, ANN, TODAY, 2, NOW)
        await ledger.refund(tx, 1, NOW, "failed")
        await ledger.open_day(tx, ANN, TODAY, 2, NOW)
        assert await ledger.balance(tx, ANN, TODAY) == Balance(1, 0), "one of two is spent"


async def test_another_allowance_takes_no_credits_that_do_not_expire(db: Database) -> None:
    await prepare(db, allowance=5, extra=3)
    async with db.transaction("change") as tx:
        await ledger.open_day(tx, ANN, TODAY, 0, NOW)
        assert await ledger.balance(tx, ANN, TODAY) == Balance(0, 3)


async def test_midnight_takes_the_rest_of_the_allowance_and_leaves_the_extra(db: Database) -> None:
    await prepare(db, allowance=5, extra=2)
    async with db.transaction("open") as tx:
        await ledger.open_day(tx, ANN, TOMORROW, 5, NOW)
        assert await ledger.hold(tx, ANN, TODAY, 1, 3, 600, NOW)
        assert await ledger.balance(tx, ANN, TODAY) == Balance(2, 2)
        assert await ledger.balance(tx, ANN, TOMORROW) == Balance(5, 2)


async def test_todays_allowance_is_spent_before_the_extra(db: Database) -> None:
    await prepare(db, allowance=2, extra=5)
    async with db.transaction("hold") as tx:
        assert await ledger.hold(tx, ANN, TODAY, 1, 3, 600, NOW)
        assert await ledger.balance(tx, ANN, TODAY) == Balance(0, 4)


async def test_too_little_holds_nothing(db: Database) -> None:
    await prepare(db, allowance=1, extra=1)
    async with db.transaction("hold") as tx:
        assert not await ledger.hold(tx, ANN, TODAY, 1, 3, 600, NOW)
        assert await ledger.balance(tx, ANN, TODAY) == Balance(1, 1)
        assert await ledger.spent(tx, TODAY) == 0


async def test_a_refund_puts_everything_back_where_it_came_from(db: Database) -> None:
    await prepare(db, allowance=2, extra=5)
    async with db.transaction("refund") as tx:
        await ledger.hold(tx, ANN, TODAY, 1, 3, 600, NOW)
        assert await ledger.spent(tx, TODAY) == 600
        assert await ledger.refund(tx, 1, NOW, "cancelled")
        assert await ledger.balance(tx, ANN, TODAY) == Balance(2, 5)
        assert await ledger.spent(tx, TODAY) == 0


async def test_a_refund_after_midnight_belongs_to_the_day_of_the_hold(db: Database) -> None:
    await prepare(db, allowance=1)
    async with db.transaction("refund") as tx:
        await ledger.hold(tx, ANN, TODAY, 1, 1, 200, NOW)
        await ledger.open_day(tx, ANN, TOMORROW, 1, NOW)
        assert await ledger.refund(tx, 1, NOW, "failed")
        assert await ledger.balance(tx, ANN, TODAY) == Balance(1, 0)
        assert await ledger.balance(tx, ANN, TOMORROW) == Balance(1, 0)
        assert (await ledger.spent(tx, TODAY), await ledger.spent(tx, TOMORROW)) == (0, 0)


async def test_a_commit_keeps_the_price(db: Database) -> None:
    await prepare(db, allowance=2, extra=5)
    async with db.transaction("commit") as tx:
        await ledger.hold(tx, ANN, TODAY, 1, 4, 800, NOW)
        assert await ledger.commit(tx, 1, NOW)
        assert await ledger.balance(tx, ANN, TODAY) == Balance(0, 3)
        assert await ledger.spent(tx, TODAY) == 800


async def test_a_hold_ends_once_however_often_and_whichever_way_it_is_ended(db: Database) -> None:
    await prepare(db)
    async with db.transaction("ends") as tx:
        await ledger.hold(tx, ANN, TODAY, 1, 1, 200, NOW)
        await ledger.hold(tx, ANN, TODAY, 2, 1, 200, NOW)
        assert await ledger.commit(tx, 1, NOW)
        assert await ledger.refund(tx, 2, NOW, "failed")
        before = [tuple(row) for row in await tx.rows("SELECT * FROM ledger")]
        for job_id in (1, 2):
            assert not await ledger.commit(tx, job_id, NOW)
            assert not await ledger.refund(tx, job_id, NOW, "again")
        assert [tuple(row) for row in await tx.rows("SELECT * FROM ledger")] == before


async def test_what_was_never_held_cannot_end(db: Database) -> None:
    await prepare(db)
    async with db.transaction("ends") as tx:
        assert not await ledger.commit(tx, 1, NOW)
        assert not await ledger.refund(tx, 1, NOW, "why")


async def test_a_second_hold_for_a_job_is_an_error(db: Database) -> None:
    await prepare(db)
    async with db.transaction("hold") as tx:
        assert await ledger.hold(tx, ANN, TODAY, 1, 1, 200, NOW)
        with pytest.raises(sqlite3.IntegrityError):
            await ledger.hold(tx, ANN, TODAY, 1, 1, 200, NOW)


async def test_credits_can_be_taken_as_far_as_they_are_there(db: Database) -> None:
    await prepare(db, allowance=5, extra=3)
    async with db.transaction("grant") as tx:
        assert await ledger.grant(tx, ANN, TODAY, -2, NOW, "mistake")
        assert not await ledger.grant(tx, ANN, TODAY, -2, NOW, "mistake")
        assert await ledger.balance(tx, ANN, TODAY) == Balance(5, 1)


INTO = "INSERT INTO ledger (account, kind, day, daily, extra, at, job_id) VALUES "


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE ledger SET extra = 100",
        "DELETE FROM ledger",
        "INSERT INTO ledger (account, kind, day, daily, extra, at) VALUES ('a','hold','d',0,0,1)",
        INTO + "('a','hold','d',1,0,1,1)",
        INTO + "('a','refund','d',-1,0,1,1)",
        "INSERT INTO ledger (account, kind, day, daily, extra, at) VALUES ('a','gift','d',0,1,1)",
        INTO + "('a','hold','d',0,0,1,99)",
    ],
)
async def test_the_table_itself_refuses_what_must_not_happen(db: Database, sql: str) -> None:
    await prepare(db)
    async with db.transaction("wrong") as tx:
        with pytest.raises(sqlite3.IntegrityError):
            await tx.run(sql)


async def test_a_hundred_holds_at_once_with_one_credit_make_one(db: Database) -> None:
    await prepare(db, allowance=1, jobs=100)

    async def plain(job_id: int) -> bool:
        async with db.transaction("hold") as tx:
            return await ledger.hold(tx, ANN, TODAY, job_id, 1, 200, NOW)

    async def atomic(job_id: int) -> bool:
        return await db.atomically(
            "hold", lambda tx: ledger.hold(tx, ANN, TODAY, job_id, 1, 200, NOW)
        )

    ways = (plain, atomic)
    held = await asyncio.gather(*(ways[number % 2](number) for number in range(1, 101)))
    assert sum(held) == 1
    async with db.reading() as tx:
        assert await ledger.balance(tx, ANN, TODAY) == Balance(0, 0)


# --- any order of everything -----------------------------------------------------------


@dataclass
class Held:
    account: str
    day: str
    daily: int
    extra: int
    cost: int


@dataclass
class Model:
    """What the ledger should come to, kept the simple way."""

    given: dict[tuple[str, str], int] = field(default_factory=dict)
    daily: dict[tuple[str, str], int] = field(default_factory=dict)
    extra: dict[str, int] = field(default_factory=dict)
    spent: dict[str, int] = field(default_factory=dict)
    open: dict[int, Held] = field(default_factory=dict)
    ended: set[int] = field(default_factory=set)


accounts = st.sampled_from(["person:1", "person:2", "group:1"])
amounts = st.integers(0, 4)


class AnyOrder(RuleBasedStateMachine):
    """Days, holds, commits, refunds, grants, replays and midnights, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.db = self.loop.run_until_complete(Database.open(":memory:"))
        self.model = Model()
        self.day = 1
        self.jobs = 0

    @property
    def today(self) -> str:
        return f"2026-01-{self.day:02}"

    def teardown(self) -> None:
        self.loop.run_until_complete(self.db.close())
        self.loop.close()

    @rule()
    def midnight(self) -> None:
        self.day += 1

    @rule(account=accounts, allowance=amounts)
    def open_day(self, account: str, allowance: int) -> None:
        self.do(lambda tx: ledger.open_day(tx, account, self.today, allowance, NOW))
        place = (account, self.today)
        left = self.model.daily.get(place, 0)
        more = max(allowance - self.model.given.get(place, 0), -left)
        self.model.given[place] = self.model.given.get(place, 0) + more
        self.model.daily[place] = left + more

    @rule(account=accounts, extra=st.integers(-3, 4))
    def grant(self, account: str, extra: int) -> None:
        had = self.model.extra.get(account, 0)
        given = self.do(lambda tx: ledger.grant(tx, account, self.today, extra, NOW, "why"))
        assert given == (had + extra >= 0)
        if given:
            self.model.extra[account] = had + extra

    @rule(account=accounts, price=amounts, cost=amounts)
    def hold(self, account: str, price: int, cost: int) -> None:
        self.jobs += 1
        job_id, place = self.jobs, (account, self.today)
        daily = self.model.daily.get(place, 0)
        extra = self.model.extra.get(account, 0)
        self.do(lambda tx: new_job(tx, job_id))
        held = self.do(lambda tx: ledger.hold(tx, account, self.today, job_id, price, cost, NOW))
        assert held == (daily + extra >= price)
        if held:
            now = Held(account, self.today, min(daily, price), price - min(daily, price), cost)
            self.model.open[job_id] = now
            self.model.daily[place] = daily - now.daily
            self.model.extra[account] = extra - now.extra
            self.model.spent[now.day] = self.model.spent.get(now.day, 0) + cost

    @rule(data=st.data())
    def commit(self, data: st.DataObject) -> None:
        job_id = self.some_job(data)
        held = self.model.open.get(job_id)
        assert self.do(lambda tx: ledger.commit(tx, job_id, NOW)) == (held is not None)
        if held is not None:
            self.end(job_id, 0, 0, cost=0)

    @rule(data=st.data())
    def refund(self, data: st.DataObject) -> None:
        job_id = self.some_job(data)
        held = self.model.open.get(job_id)
        assert self.do(lambda tx: ledger.refund(tx, job_id, NOW, "why")) == (held is not None)
        if held is not None:
            self.end(job_id, held.daily, held.extra, held.cost)

    def some_job(self, data: st.DataObject) -> int:
        return data.draw(st.integers(1, self.jobs + 1), label="job")

    def end(self, job_id: int, daily: int, extra: int, cost: int) -> None:
        held = self.model.open.pop(job_id)
        self.model.ended.add(job_id)
        self.model.daily[held.account, held.day] = (
            self.model.daily.get((held.account, held.day), 0) + daily
        )
        self.model.extra[held.account] += extra
        self.model.spent[held.day] -= cost

    @invariant()
    def every_balance_is_the_sum_of_its_rows_and_never_below_zero(self) -> None:
        for account in ("person:1", "person:2", "group:1"):
            found = self.do(partial(ledger.balance, account=account, day=self.today))
            daily = self.model.daily.get((account, self.today), 0)
            assert found == Balance(daily, self.model.extra.get(account, 0))
            assert min(found.daily, found.extra) >= 0

    @invariant()
    def money_is_counted_on_the_day_of_its_hold(self) -> None:
        found = self.do(lambda tx: ledger.spent(tx, self.today))
        assert found == self.model.spent.get(self.today, 0) >= 0

    @invariant()
    def each_job_has_one_hold_and_at_most_one_end(self) -> None:
        rows = self.do(lambda tx: tx.rows("SELECT kind, job_id FROM ledger WHERE job_id NOTNULL"))
        holds = [job_id for kind, job_id in rows if kind == "hold"]
        ends = [job_id for kind, job_id in rows if kind != "hold"]
        assert sorted(holds) == sorted({*self.model.open, *self.model.ended})
        assert sorted(ends) == sorted(self.model.ended)

    def do(self, body: Body[T]) -> T:
        return self.loop.run_until_complete(self.db.atomically("any", body))


AnyOrder.TestCase.settings = settings(deadline=None, max_examples=25, stateful_step_count=40)
TestAnyOrder = AnyOrder.TestCase
