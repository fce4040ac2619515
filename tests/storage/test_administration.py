"""The audit trail, bans, usernames and questions: what the tables themselves see to."""

import sqlite3

import pytest

from storage import audit, bans, handles, people, questions, sessions
from storage.audit import Change
from storage.database import Database
from storage.sessions import SessionKey

GRANT = Change(4, "grant", "0", "5", "birthday", person_id=7)


async def test_what_was_changed_can_neither_be_changed_nor_removed(db: Database) -> None:
    async with db.transaction("note") as tx:
        await audit.note(tx, GRANT, 1.0)
    for sql in ("UPDATE audit SET after = '6'", "DELETE FROM audit"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            async with db.transaction("forge") as tx:
                await tx.run(sql)
    async with db.reading() as tx:
        [entry] = await audit.latest(tx, None, 10)
    assert (entry.at, entry.change) == (1.0, GRANT)


async def test_a_job_is_made_good_once(db: Database) -> None:
    refund = Change(4, "refund", "0", "2", job_id=3)
    async with db.transaction("note") as tx:
        await audit.note(tx, refund, 1.0)
        await audit.note(tx, Change(4, "canceljob", "queued", "cancelled", job_id=3), 1.0)
    with pytest.raises(sqlite3.IntegrityError):
        async with db.transaction("note") as tx:
            await audit.note(tx, refund, 2.0)
    async with db.reading() as tx:
        assert [await audit.refunded(tx, job) for job in (3, 4)] == [True, False]


async def test_the_trail_of_somebody_is_by_them_and_about_them(db: Database) -> None:
    async with db.transaction("note") as tx:
        for operator, person in ((4, 7), (7, 8), (4, 8)):
            await audit.note(tx, Change(operator, "grant", "0", "1", person_id=person), 1.0)
        found = [entry.id for entry in await audit.latest(tx, 7, 10)]
        assert found == [2, 1]
        assert [entry.id for entry in await audit.latest(tx, None, 2)] == [3, 2]


async def test_usernames_are_remembered_whoever_has_them_now(db: Database) -> None:
    async with db.transaction("seen") as tx:
        await people.seen(tx, 1, "Ann", "Ann", "en", 1.0)
        await people.seen(tx, 1, "ann_lee", "Ann", "en", 2.0)
        await people.seen(tx, 2, "ANN", "Anny", "en", 3.0)
        await people.seen(tx, 3, None, "Nameless", "en", 4.0)
        found = [(one.person_id, one.current) for one in await handles.holders(tx, "aNN")]
        assert found == [(2, True), (1, False)]
        assert [one.person_id for one in await handles.holders(tx, "ANN_LEE")] == [1]
        await people.seen(tx, 1, None, "Ann", "en", 5.0)
        [former] = await handles.holders(tx, "ann_lee")
        assert (former.current, former.username, former.seen_at) == (False, None, 5.0)
        assert await handles.holders(tx, "nobody") == []


async def test_a_ban_begins_and_ends_once(db: Database) -> None:
    async with db.transaction("ban") as tx:
        assert [await bans.add(tx, 7, "rude", now) for now in (1.0, 2.0)] == [True, False]
        await bans.told(tx, 7, 3.0)
        assert await bans.get(tx, 7) == bans.Ban(7, "rude", 1.0, 3.0)
        assert [await bans.lift(tx, 7) for _ in range(2)] == [True, False]
        assert await bans.get(tx, 7) is None


async def test_a_question_is_answered_once_and_forgotten_in_the_end(db: Database) -> None:
    async with db.transaction("ask") as tx:
        number = await questions.ask(tx, 4, "[]", 1.0, 10.0)
        assert [await questions.answered(tx, number, 2.0) for _ in range(2)] == [True, False]
        assert await questions.prune(tx, 10.0) == 0
        assert await questions.prune(tx, 11.0) == 1
        assert await questions.get(tx, number) is None


async def test_who_has_a_dialogue_in_private(db: Database) -> None:
    async with db.transaction("talk") as tx:
        await sessions.save(tx, SessionKey(7, 0, 7), "{}", 1.0)
        await sessions.save(tx, SessionKey(-1, 0, 8), "{}", 1.0)
        assert [await sessions.in_private(tx, person) for person in (7, 8)] == [True, False]
