"""Groups: met, left, changed by their administrators, and gone on under another id."""

import sqlite3
from dataclasses import replace

import pytest

from storage import detours, groups, jobs, ledger, outbox, sessions
from storage.database import Database, Tx
from storage.groups import Choices, Group, Payer, Results
from storage.jobs import JobState, NewJob
from storage.outbox import Busy, NewRow
from storage.sessions import SessionKey

OLD, NEW, OTHER = -5, -1005, -6
ORDER = NewJob(
    "k1", 7, OLD, 3, "en", "p:-5:3:7:1", "{}", "aitryon", "a", 1, 200, group_id=OLD, results_to=7
)


async def test_a_group_that_was_just_met_has_the_choices_everybody_begins_with(
    db: Database,
) -> None:
    async with db.transaction("t") as tx:
        assert await groups.get(tx, OLD) is None
        friends = await groups.met(tx, OLD, "Friends", 1.0)
        assert friends == await groups.get(tx, OLD)
        assert friends == Group(OLD, OLD, "Friends", None, None, Choices())
        assert friends.account == ledger.of_group(OLD)


async def test_meeting_again_renews_the_title_alone(db: Database) -> None:
    chosen = Choices(
        enabled=False,
        try_on=False,
        restyle=False,
        payer=Payer.MEMBERS,
        member_limit=3,
        results=Results.PRIVATE,
        language="zh",
    )
    async with db.transaction("t") as tx:
        friends = await groups.met(tx, OLD, "Friends", 1.0)
        await groups.set_introduced(tx, friends.id, 2.0)
        await groups.set_gone(tx, friends.id, 3.0)
        await groups.choose(tx, friends.id, chosen)
        again = await groups.met(tx, OLD, "Best Friends", 4.0)
        assert again == await groups.get(tx, OLD)
        assert again == Group(OLD, OLD, "Best Friends", 2.0, 3.0, chosen)
        await groups.set_gone(tx, friends.id, None)
        await groups.met(tx, OTHER, "Others", 4.0)
        assert await groups.get(tx, OLD) == replace(again, gone_since=None)


@pytest.mark.parametrize("column", ["payer = 'me'", "results = 'there'", "member_limit = 0"])
async def test_the_table_refuses_what_nobody_can_choose(db: Database, column: str) -> None:
    async with db.transaction("t") as tx:
        await groups.met(tx, OLD, "Friends", 1.0)
        with pytest.raises(sqlite3.IntegrityError):
            await tx.run(f"UPDATE groups SET {column}")  # noqa: S608 - the test's own


async def test_a_group_that_migrates_takes_everything_along(db: Database) -> None:
    async with db.transaction("t") as tx:
        friends = await groups.met(tx, OLD, "Friends", 1.0)
        await groups.choose(tx, OLD, Choices(member_limit=2))
        await ledger.open_day(tx, friends.account, "2026-03-01", 20, 1.0)
        job_id = await jobs.create(tx, ORDER, 1.0)
        assert job_id is not None
        await sessions.save(tx, SessionKey(OLD, 3, 7), '{"serial": 1}', 1.0)
        await outbox.add(tx, [NewRow(OLD, "{}"), NewRow(OTHER, "{}")], 1.0)
        await groups.migrate(tx, OLD, NEW)

        moved = replace(friends, chat_id=NEW, choices=Choices(member_limit=2))
        assert await groups.get(tx, NEW) == await groups.get(tx, OLD) == moved
        assert await groups.met(tx, NEW, "Friends", 2.0) == moved
        assert (await ledger.balance(tx, moved.account, "2026-03-01")).daily == 20
        job = await jobs.get(tx, job_id)
        assert job is not None
        assert (job.chat_id, job.group_id, job.results_to) == (NEW, friends.id, 7)
        assert await sessions.load(tx, SessionKey(NEW, 3, 7)) == '{"serial": 1}'
        assert await sessions.load(tx, SessionKey(OLD, 3, 7)) is None
        assert {row.chat_id for row in await outbox.ready(tx, 2.0, Busy(), 9)} == {NEW, OTHER}


async def test_the_news_of_a_migration_may_come_twice_late_or_of_a_group_never_met(
    db: Database,
) -> None:
    async with db.transaction("t") as tx:
        await groups.migrate(tx, OTHER, -1006)
        assert await groups.get(tx, -1006) is None
        friends = await groups.met(tx, OLD, "Friends", 1.0)
        await _ordered_already(tx, NEW)
        for _ in range(2):
            await groups.migrate(tx, OLD, NEW)
        assert await groups.met(tx, OLD, "Friends", 3.0) == replace(friends, chat_id=NEW)
        assert await tx.value("SELECT count(*) FROM groups") == 1
        assert await tx.value("SELECT group_id FROM jobs") == friends.id
        assert await sessions.load(tx, SessionKey(NEW, 0, 7)) == '{"newer": 1}'


async def _ordered_already(tx: Tx, new: int) -> None:
    """Let a member have ordered under the new id before the news of it came."""
    await groups.met(tx, new, "Friends", 2.0)
    await jobs.create(tx, replace(ORDER, chat_id=new, group_id=new), 2.0)
    await sessions.save(tx, SessionKey(OLD, 0, 7), '{"older": 1}', 1.0)
    await sessions.save(tx, SessionKey(new, 0, 7), '{"newer": 1}', 2.0)


async def test_a_job_that_goes_on_in_place_of_another_belongs_to_the_same_group(
    db: Database,
) -> None:
    async with db.transaction("t") as tx:
        await groups.met(tx, OLD, "Friends", 1.0)
        first = await jobs.get(tx, await jobs.create(tx, ORDER, 1.0) or 0)
        assert first is not None
        successor = replace(ORDER, order_key="k2", group_id=None, results_to=None)
        second = await jobs.get(tx, await detours.hand_over(tx, first, successor, 2.0) or 0)
        assert second is not None
        assert second.state is JobState.QUEUED
        assert (second.group_id, second.results_to) == (OLD, 7)
