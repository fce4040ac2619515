"""People and their dialogues."""

import sqlite3

import pytest

from storage import people, sessions
from storage.database import Database
from storage.people import Person
from storage.sessions import SessionKey


async def test_somebody_new_has_agreed_to_nothing(db: Database) -> None:
    async with db.transaction("meet") as tx:
        assert await people.get(tx, 7) is None
        ann = await people.seen(tx, 7, "ann", "Ann", "en", 1.0)
        assert ann == await people.get(tx, 7) == Person(7, "ann", "Ann", "en", None, None, None)


async def test_what_telegram_says_is_renewed_and_what_they_chose_stays(db: Database) -> None:
    async with db.transaction("meet") as tx:
        await people.seen(tx, 7, "ann", "Ann", "en", 1.0)
        await people.set_language(tx, 7, "zh")
        await people.give_consent(tx, 7, 2.0)
        await people.set_blocked(tx, 7, 3.0)
        renamed = await people.seen(tx, 7, None, "Anna <b>'--", None, 4.0)
        assert renamed == Person(7, None, "Anna <b>'--", None, "zh", 2.0, 3.0)
        times = await tx.row("SELECT created_at, seen_at FROM people")
        assert times is not None
        assert tuple(times) == (1.0, 4.0)


async def test_consent_keeps_the_time_it_was_first_given(db: Database) -> None:
    async with db.transaction("meet") as tx:
        await people.seen(tx, 7, None, "Ann", None, 1.0)
        await people.give_consent(tx, 7, 2.0)
        await people.give_consent(tx, 7, 9.0)
        ann = await people.get(tx, 7)
    assert ann is not None
    assert ann.consented_at == 2.0


async def test_being_blocked_ends(db: Database) -> None:
    async with db.transaction("meet") as tx:
        await people.seen(tx, 7, None, "Ann", None, 1.0)
        await people.set_blocked(tx, 7, 2.0)
        await people.set_blocked(tx, 7, None)
        ann = await people.get(tx, 7)
    assert ann is not None
    assert ann.blocked_at is None


async def test_a_dialogue_is_found_only_where_it_is_held(db: Database) -> None:
    here = SessionKey(-100, 5, 7)
    async with db.transaction("step") as tx:
        await sessions.save(tx, here, '{"serial": 1}', 1.0)
        await sessions.save(tx, here, '{"serial": 2}', 2.0)
        assert await sessions.load(tx, here) == '{"serial": 2}'
        for elsewhere in (SessionKey(-101, 5, 7), SessionKey(-100, 6, 7), SessionKey(-100, 5, 8)):
            assert await sessions.load(tx, elsewhere) is None


async def test_a_dialogue_that_is_no_json_is_refused(db: Database) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        async with db.transaction("step") as tx:
            await sessions.save(tx, SessionKey(1, 0, 1), "{", 1.0)
