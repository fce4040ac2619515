"""Days of orders in any order: nothing the ledger promises is ever broken.

The functions are those that handlers, the engine and operators use, on a real database file.
The clock lives where it changes: days have 23, 24 and 25 hours.
"""

import asyncio
import tempfile
from collections.abc import Coroutine
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bot.caps import Price
from bot.detours import Way
from bot.engine import handing_over
from bot.engine.handing_over import Move, NotAffordable
from bot.handlers import payers
from bot.handlers.desk import Rules
from storage import allowances, detours, groups, jobs, ledger
from storage.database import Database, Tx
from storage.groups import Choices, Group, Payer
from storage.jobs import CLOSED, Job, JobState, NewJob
from storage.ledger import Held
from storage.together import Body
from tests.engine.world import ORDER as TRY_ON
from tests.engine.world import SPEC

T = TypeVar("T")

PEOPLE, CHAT, SUPERGROUP = (1, 2), -5, -1005
ZONE = ZoneInfo("Europe/Berlin")
CAP = 1_500  # thousandths of a CNY
RULES = Rules(ZONE, "en", daily_credits=3, group_daily_credits=4, daily_budget=CAP, models={})
SPRING = datetime(2026, 3, 28, 22, tzinfo=ZONE).timestamp()  # the night before 23 hours

people, private = st.sampled_from(PEOPLE), st.booleans()
accounts = st.sampled_from([*PEOPLE, CHAT])
choices = st.builds(
    Choices, payer=st.sampled_from(Payer), member_limit=st.none() | st.integers(1, 4)
)


class Crash(Exception):  # noqa: N818  what happens, not an error of ours
    """The process dies before the commit."""


class AnyDay(RuleBasedStateMachine):
    """Orders, ends, operators, administrators, midnights and crashes, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.folder = tempfile.TemporaryDirectory()
        self.now = SPRING
        self.crash = False
        self.orders = self.placed = 0
        self.open()
        self.do("meet", lambda tx: groups.met(tx, CHAT, "Friends", self.now))

    def teardown(self) -> None:
        self.wait(self.db.close())
        self.loop.close()
        self.folder.cleanup()

    def open(self) -> None:
        path = Path(self.folder.name) / "test.db"
        self.db = self.wait(Database.open(path, on_point=self.on_point))

    def on_point(self, point: str) -> None:
        if self.crash and point == "step.before_commit":
            self.crash = False
            raise Crash

    # --- time ---------------------------------------------------------------------------

    @rule(hours=st.sampled_from([None, None, 1, 23, 24, 25, 24 * 9]))
    def time_passes(self, hours: int | None) -> None:
        """None: until midnight comes."""
        before = self.now
        self.now += RULES.renews_in(before) if hours is None else hours * 3600
        assert hours is not None or (
            RULES.day(self.now - 1) == RULES.day(before) < RULES.day(self.now)
        )

    @rule(clean=st.sampled_from([True, True, False]))
    def the_bot_restarts_or_is_about_to_crash(self, *, clean: bool) -> None:
        if clean:
            self.wait(self.db.close())
            self.open()
        else:
            self.crash = True

    # --- orders -------------------------------------------------------------------------

    @rule(
        who=people,
        alone=private,
        price=st.builds(Price, st.sampled_from([1, 1, 2, 3, 0]), st.sampled_from([0, 200, 600])),
        again=st.integers(0, 4),
    )
    def order(self, who: int, price: Price, again: int, *, alone: bool) -> None:
        """Press Go, now and then on a card of which an order was made."""
        self.orders += bool(again)
        key = f"k{self.orders}"

        async def deed(tx: Tx) -> None:
            group = None if alone else await self.group(tx)
            means = await payers.means(tx, who, group, RULES, self.now)
            assert means.used_here == (0 if alone else await self.used(tx, who))
            job_id = await jobs.create(tx, _order(key, who, price, group), self.now)
            if job_id is None:
                return
            affordable = self.affordable(means, price, await ledger.spent(tx, self.today))
            held = await payers.hold(tx, who, group, job_id, price, RULES, self.now)
            assert held == affordable
            if not held:
                raise Crash  # as the step does: undone as a whole
            self.placed += 1

        self.step(deed)

    async def used(self, tx: Tx, who: int) -> int:
        """Count what somebody's orders in the group have cost today, the simple way."""
        rows = await tx.rows(
            "SELECT job_id, daily + extra AS n FROM ledger WHERE day = ? AND job_id NOTNULL",
            (self.today,),
        )
        found = {job.id: job for job in await jobs.get_all(tx, {row["job_id"] for row in rows})}
        mine = [row for row in rows if found[row["job_id"]].person_id == who]
        return -sum(int(row["n"]) for row in mine if found[row["job_id"]].group_id is not None)

    @staticmethod
    def affordable(means: payers.Means, price: Price, spent: int) -> bool:
        within = means.limit is None or means.used_here + price.credits <= means.limit
        enough = means.daily + means.extra >= price.credits
        return within and enough and spent + price.cost <= CAP

    @rule(data=st.data(), end=st.sampled_from(["commit", "fail", "cancel"]))
    def an_order_ends(self, data: st.DataObject, end: str) -> None:
        job_id = self.some_job(data)

        async def deed(tx: Tx) -> None:
            job = await jobs.get(tx, job_id)
            if job is None or job.state in CLOSED:  # a replay
                return
            if end == "commit":
                await ledger.commit(tx, job_id, self.now)
            else:
                await ledger.refund(tx, job_id, self.now, end)
            await jobs.move(tx, job_id, job.state, JobState.CANCELLED, closed_at=self.now)

        self.step(deed)

    @rule(data=st.data(), end=st.sampled_from([ledger.commit, ledger.refund]))
    def an_end_is_replayed(self, data: st.DataObject, end: Any) -> None:  # noqa: ANN401  either
        job_id = self.some_job(data)
        why = ("again",) if end is ledger.refund else ()

        async def deed(tx: Tx) -> None:
            job = await jobs.get(tx, job_id)
            if job is None or job.state in CLOSED:
                assert not await end(tx, job_id, self.now, *why)

        self.step(deed)

    @rule(
        data=st.data(),
        more=st.integers(-1, 2),
        cost=st.sampled_from([0, 200, 600, 1_100]),
        asked=st.booleans(),
    )
    def an_order_goes_on_elsewhere(
        self, data: st.DataObject, more: int, cost: int, *, asked: bool
    ) -> None:
        """Move by itself, where that costs no more credits, or after a yes."""
        job_id = self.some_job(data)

        async def deed(tx: Tx) -> None:
            job = await jobs.get(tx, job_id)
            before = await ledger.held(tx, job_id)
            if job is None or before is None or job.state is not JobState.QUEUED:
                return
            price = Price(max(job.credits + more, 0), cost)
            moves = [Move(job, Way(TRY_ON, SPEC, price.credits, price.cost))]
            today = self.today if asked else None
            try:
                await handing_over.go_on(tx, moves, CAP, self.now, today)
            except NotAffordable as error:
                assert price.credits > job.credits or price.cost > job.cost
                raise Crash from error
            await self.stays_within_the_limit(tx, job, before)
            self.placed += 1

        self.step(deed)

    async def stays_within_the_limit(self, tx: Tx, job: Job, before: Held) -> None:
        """An administrator may have lowered it meanwhile: then nothing more may be used."""
        after = await detours.latest(tx, job.id)
        assert after is not None
        held = await ledger.held(tx, after.id)
        assert held is not None
        assert held.account == before.account
        limit = (await self.group(tx)).choices.member_limit
        if after.group_id is None or limit is None:
            return
        used = await ledger.used_in_group(tx, after.group_id, job.person_id, held.day)
        assert used <= limit or (held.day == before.day and after.credits <= job.credits)

    def some_job(self, data: st.DataObject) -> int:
        """Choose among the latest."""
        last = self.placed + 1
        return data.draw(st.integers(max(1, last - 4), last), label="job")

    # --- operators and administrators -----------------------------------------------------

    @rule(who=accounts, per_day=st.sampled_from([None, 0, 1, 2, 6]))
    def an_operator_sets_an_allowance(self, who: int, per_day: int | None) -> None:
        self.step(lambda tx: allowances.put(tx, _account(who), per_day, self.now))

    @rule(who=accounts, extra=st.integers(-3, 3))
    def an_operator_grants(self, who: int, extra: int) -> None:
        self.step(lambda tx: ledger.grant(tx, _account(who), self.today, extra, self.now, "why"))

    @rule(chosen=choices)
    def an_administrator_chooses(self, chosen: Choices) -> None:
        self.step(lambda tx: groups.choose(tx, CHAT, chosen))

    @rule()
    def the_group_migrates(self) -> None:
        self.step(lambda tx: groups.migrate(tx, CHAT, SUPERGROUP))

    # --- what always holds ----------------------------------------------------------------

    @invariant()
    def every_balance_is_the_sum_of_its_rows_and_not_below_zero(self) -> None:
        rows = self.look("SELECT account, day, daily, extra FROM ledger ORDER BY id")
        daily: dict[tuple[str, str], int] = {}
        extra: dict[str, int] = {}
        for account, day, of_day, kept in rows:
            daily[account, day] = daily.get((account, day), 0) + of_day
            extra[account] = extra.get(account, 0) + kept
            assert daily[account, day] >= 0, "at no time"
            assert extra[account] >= 0
        assert {*extra} <= {_account(who) for who in (*PEOPLE, CHAT)}
        for account, kept in extra.items():
            balance = self.do("check", partial(ledger.balance, account=account, day=self.today))
            assert balance == ledger.Balance(daily.get((account, self.today), 0), kept)

    @invariant()
    def each_job_has_one_hold_and_one_end_once_it_is_closed(self) -> None:
        for state, holds, ends in self.look(
            "SELECT state, sum(ledger.kind = 'hold'), sum(ledger.kind IN ('commit', 'refund'))"
            " FROM jobs LEFT JOIN ledger ON job_id = jobs.id GROUP BY jobs.id"
        ):
            assert (holds, ends) == (1, int(state in CLOSED))

    @invariant()
    def what_comes_back_comes_back_to_where_it_came_from(self) -> None:
        for kind, accounts, days, given, money in self.look(
            "SELECT max(kind), count(DISTINCT account), count(DISTINCT day),"
            " sum(daily + extra), sum(cost) FROM ledger WHERE job_id NOTNULL GROUP BY job_id"
        ):
            assert (accounts, days) == (1, 1)
            assert (given, money) == (0, 0) if kind == "refund" else given <= 0 <= money

    @invariant()
    def no_day_costs_more_than_the_cap(self) -> None:
        for (spent,) in self.look("SELECT sum(cost) FROM ledger GROUP BY day"):
            assert 0 <= spent <= CAP

    @invariant()
    def nobody_is_given_more_than_the_day_allows(self) -> None:
        """More than the allowance stays only while it is spent."""

        async def check(tx: Tx) -> None:
            for who in (*PEOPLE, CHAT):
                house = RULES.group_daily_credits if who == CHAT else RULES.daily_credits
                own = await allowances.get(tx, _account(who))
                allowed = house if own is None else own
                left = await allowances.open_day(tx, _account(who), self.today, house, self.now)
                assert left.daily <= allowed

        self.do("check", check)

    # --- how ------------------------------------------------------------------------------

    @property
    def today(self) -> str:
        return RULES.day(self.now)

    async def group(self, tx: Tx) -> Group:
        found = await groups.get(tx, CHAT)
        assert found is not None
        return found

    def step(self, body: Body[object]) -> None:
        with suppress(Crash):
            self.do("step", body)

    def do(self, name: str, body: Body[T]) -> T:
        return self.wait(self.db.atomically(name, body))

    def look(self, sql: str) -> list[tuple[Any, ...]]:
        async def rows() -> list[tuple[Any, ...]]:
            async with self.db.reading() as tx:
                return [tuple(row) for row in await tx.rows(sql)]

        return self.wait(rows())

    def wait(self, work: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(work)


def _account(who: int) -> str:
    return ledger.of_group(who) if who == CHAT else ledger.of_person(who)


def _order(key: str, who: int, price: Price, group: Group | None = None) -> NewJob:
    return NewJob(
        order_key=key,
        person_id=who,
        chat_id=who if group is None else group.chat_id,
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


AnyDay.TestCase.settings = settings(deadline=None, max_examples=30, stateful_step_count=60)
TestAnyDay = AnyDay.TestCase
