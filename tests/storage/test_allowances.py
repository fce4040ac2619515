"""Allowances of one's own: they take the place of the house's, from the same day on."""

import sqlite3

import pytest

from storage import allowances, ledger
from storage.database import Database
from storage.ledger import Balance

ANN, POOL = ledger.of_person(7), ledger.of_group(-5)
TODAY, TOMORROW = "2026-03-01", "2026-03-02"
HOUSE = 5  # credits per day


async def test_who_has_none_of_their_own_is_given_what_the_house_gives(db: Database) -> None:
    async with db.transaction("t") as tx:
        assert await allowances.get(tx, ANN) is None
        assert await allowances.open_day(tx, ANN, TODAY, HOUSE, 1.0) == Balance(5, 0)


async def test_one_of_their_own_counts_at_once_and_on_every_day_that_follows(db: Database) -> None:
    async with db.transaction("t") as tx:
        await allowances.open_day(tx, ANN, TODAY, HOUSE, 1.0)
        await allowances.put(tx, ANN, 8, 2.0)
        assert await allowances.get(tx, ANN) == 8
        assert await allowances.open_day(tx, ANN, TODAY, HOUSE, 2.0) == Balance(8, 0)
        assert await allowances.open_day(tx, ANN, TOMORROW, HOUSE, 3.0) == Balance(8, 0)
        assert await allowances.open_day(tx, POOL, TODAY, 20, 3.0) == Balance(20, 0)


async def test_the_last_one_counts_and_it_can_be_taken_back(db: Database) -> None:
    async with db.transaction("t") as tx:
        for per_day in (8, 0, 3):
            await allowances.put(tx, POOL, per_day, 2.0)
            assert await allowances.open_day(tx, POOL, TODAY, 20, 2.0) == Balance(per_day, 0)
        await allowances.put(tx, POOL, None, 3.0)
        assert await allowances.get(tx, POOL) is None
        assert await allowances.open_day(tx, POOL, TODAY, 20, 3.0) == Balance(20, 0)


async def test_less_than_nothing_is_refused(db: Database) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        async with db.transaction("t") as tx:
            await allowances.put(tx, ANN, -1, 1.0)
