"""Transactions: one at a time, wholly or not at all, whoever is cancelled when."""

# ruff: noqa: PT012  a transaction is a block

import asyncio
import sqlite3
from collections.abc import Awaitable
from functools import partial
from pathlib import Path

import pytest

from storage import people
from storage.database import Database, Tx
from storage.together import Body

Cancelled = asyncio.CancelledError


async def met(tx: Tx, person_id: int) -> None:
    await people.seen(tx, person_id, None, f"Person {person_id}", "en", 1.0)


def meeting(person_id: int) -> Body[None]:
    return lambda tx: met(tx, person_id)


async def known(db: Database) -> list[int]:
    async with db.reading() as tx:
        return [row[0] for row in await tx.rows("SELECT id FROM people ORDER BY id")]


async def test_a_transaction_that_ends_well_is_committed(db: Database, points: list[str]) -> None:
    async with db.transaction("meet") as tx:
        await met(tx, 1)
    assert await known(db) == [1]
    assert points == ["meet.before_commit", "meet.after_commit"]


async def test_what_is_committed_is_in_the_file_for_everybody(db: Database, path: Path) -> None:
    async with db.transaction("meet") as tx:
        await met(tx, 1)
    with sqlite3.connect(path) as other:
        assert other.execute("SELECT id FROM people").fetchall() == [(1,)]
    other.close()


async def test_a_transaction_that_fails_is_undone(db: Database, points: list[str]) -> None:
    with pytest.raises(ZeroDivisionError):
        async with db.transaction("meet") as tx:
            await met(tx, 1)
            1 / 0  # noqa: B018 - it is there to fail
    assert await known(db) == []
    assert points == []


async def test_a_watcher_that_fails_before_the_commit_undoes_it(path: Path) -> None:
    def fail(point: str) -> None:
        if point == "meet.before_commit":
            raise ZeroDivisionError

    db = await Database.open(path, on_point=fail)
    with pytest.raises(ZeroDivisionError):
        async with db.transaction("meet") as tx:
            await met(tx, 1)
    assert await known(db) == []
    await db.close()


async def test_a_rollback_takes_nothing_of_other_coroutines_along(db: Database) -> None:
    async def one(person_id: int) -> None:
        async with db.transaction("meet") as tx:
            await met(tx, person_id)
            await asyncio.sleep(0)
            if person_id % 3 == 0:
                raise ZeroDivisionError

    await asyncio.gather(*(one(number) for number in range(30)), return_exceptions=True)
    assert await known(db) == [number for number in range(30) if number % 3]


async def test_statements_written_for_later_run_in_the_order_written(db: Database) -> None:
    async with db.transaction("meet") as tx:
        tx.later("INSERT INTO alerts (cause, told_at) VALUES ('a', 1)")
        tx.later("UPDATE alerts SET told_at = told_at + 1")
        assert await tx.value("SELECT told_at FROM alerts") == 2.0
        tx.later("UPDATE alerts SET told_at = told_at + 1")
    async with db.reading() as tx:
        assert await tx.value("SELECT told_at FROM alerts") == 3.0


async def test_a_statement_for_later_that_fails_undoes_the_whole_transaction(db: Database) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        async with db.transaction("meet") as tx:
            await met(tx, 1)
            tx.later("INSERT INTO alerts (cause, told_at) VALUES (NULL, 1)")
    assert await known(db) == []


async def test_nobody_can_go_on_after_a_statement_for_later_failed(db: Database) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        async with db.transaction("meet") as tx:
            tx.later("INSERT INTO alerts (cause, told_at) VALUES (NULL, 1)")
            with pytest.raises(sqlite3.IntegrityError):
                await met(tx, 1)
            with pytest.raises(RuntimeError, match="begin anew"):
                await met(tx, 2)
    assert await known(db) == []


async def test_a_broken_rule_may_be_caught_and_the_rest_goes_on(db: Database) -> None:
    async with db.transaction("meet") as tx:
        await met(tx, 1)
        with pytest.raises(sqlite3.IntegrityError):
            await tx.run("INSERT INTO people (id) VALUES (2)")
        await met(tx, 3)
    assert await known(db) == [1, 3]


async def test_looking_cannot_write(db: Database) -> None:
    async with db.reading() as tx:
        with pytest.raises(RuntimeError, match="use a transaction to change something"):
            await met(tx, 1)
    async with db.transaction("meet") as tx:
        await met(tx, 2)
    assert await known(db) == [2]


async def test_a_tx_is_useless_after_its_end(db: Database) -> None:
    async with db.transaction("meet") as tx:
        pass
    with pytest.raises(RuntimeError, match="over"):
        await met(tx, 1)
    async with db.reading() as look:
        pass
    with pytest.raises(RuntimeError, match="over"):
        await look.rows("SELECT 1")


async def test_a_transaction_inside_a_transaction_is_refused_instead_of_waiting_forever(
    db: Database,
) -> None:
    async with db.transaction("outer"):
        with pytest.raises(RuntimeError, match="already open"):
            async with db.transaction("inner"):
                pass
        with pytest.raises(RuntimeError, match="already open"):
            await db.atomically("inner", meeting(1))
    async with db.transaction("after") as tx:
        await met(tx, 1)


# --- cancellation ----------------------------------------------------------------------


async def several_statements(tx: Tx) -> None:
    for number in range(1, 4):
        await met(tx, number)
        tx.later("UPDATE people SET seen_at = 2")


@pytest.mark.parametrize("steps", range(40))
async def test_a_cancellation_at_any_moment_leaves_all_or_nothing_and_nobody_waiting(
    db: Database, points: list[str], steps: int
) -> None:
    async def work() -> None:
        async with db.transaction("work") as tx:
            await several_statements(tx)

    await cancelled_after(steps, work(), db)
    assert await known(db) in ([], [1, 2, 3])
    if "work.after_commit" in points:
        assert await known(db) == [1, 2, 3]


@pytest.mark.parametrize("steps", range(12))
async def test_a_cancelled_atomic_transaction_is_still_wholly_done_or_not_at_all(
    db: Database, points: list[str], steps: int
) -> None:
    await cancelled_after(steps, db.atomically("work", several_statements), db)
    assert await known(db) in ([], [1, 2, 3])
    assert ("work.after_commit" in points) == (await known(db) == [1, 2, 3])


async def cancelled_after(steps: int, work: Awaitable[object], db: Database) -> None:
    """Cancel `work` when the loop has gone round `steps` times; others must be able to go on."""
    task = asyncio.ensure_future(work)
    for _ in range(steps):
        await asyncio.sleep(0)
        if steps % 2:  # with and without time for the database's thread to answer
            await db.integrity()
    task.cancel()
    await asyncio.wait((task,))
    async with db.transaction("other") as tx:
        await tx.run("UPDATE people SET seen_at = seen_at")


async def test_a_cancellation_during_the_commit_comes_after_it(path: Path) -> None:
    """The point before the commit is the last moment; from then on it is committed."""
    tasks: list[asyncio.Task[None]] = []

    def cancel(_point: str) -> None:
        tasks[0].cancel()

    db = await Database.open(path, on_point=cancel)

    async def work() -> None:
        async with db.transaction("work") as tx:
            await met(tx, 1)

    tasks.append(asyncio.create_task(work()))
    with pytest.raises(Cancelled):
        await tasks[0]
    assert await known(db) == [1]
    await db.close()


async def test_being_cancelled_again_and_again_does_not_interrupt_a_commit(path: Path) -> None:
    reached = asyncio.Event()
    db = await Database.open(path, on_point=lambda _point: reached.set())

    async def work() -> None:
        async with db.transaction("work") as tx:
            await met(tx, 1)

    task = asyncio.create_task(work())
    await reached.wait()
    while not task.done():
        task.cancel()
        await asyncio.sleep(0)
    assert await known(db) == [1]
    await db.close()


# --- transactions that share a commit --------------------------------------------------


async def test_atomic_transactions_that_wait_together_share_a_commit(
    db: Database, points: list[str]
) -> None:
    await asyncio.gather(*(db.atomically(f"n{n}", meeting(n)) for n in range(3)))
    assert await known(db) == [0, 1, 2]
    before = [f"n{n}.before_commit" for n in range(3)]
    after = [f"n{n}.after_commit" for n in range(3)]
    assert points == before + after


async def test_one_that_fails_among_them_is_undone_alone(db: Database) -> None:
    async def maybe(tx: Tx, number: int) -> int:
        await met(tx, number)
        tx.later("INSERT INTO alerts (cause, told_at) VALUES (?, 1)", (str(number),))
        if number == 1:
            msg = "not this one"
            raise ValueError(msg)
        if number == 2:
            tx.later("INSERT INTO alerts (cause, told_at) VALUES (NULL, 1)")
        return number

    results = await asyncio.gather(
        *(db.atomically("work", partial(maybe, number=n)) for n in range(5)),
        return_exceptions=True,
    )
    assert [results[0], *results[3:]] == [0, 3, 4]
    assert [type(result) for result in results[1:3]] == [ValueError, sqlite3.IntegrityError]
    assert await known(db) == [0, 3, 4]


async def test_more_than_fit_into_one_commit_are_all_done(db: Database) -> None:
    await asyncio.gather(*(db.atomically("work", meeting(n)) for n in range(100)))
    assert await known(db) == list(range(100))


async def test_a_body_that_waits_for_something_else_is_refused(db: Database) -> None:
    async def dawdling(tx: Tx) -> None:
        await met(tx, 1)
        await asyncio.sleep(0)

    with pytest.raises(RuntimeError, match="waited for something else"):
        await db.atomically("work", dawdling)
    assert await known(db) == []


async def test_a_watcher_that_fails_in_the_thread_fails_only_that_transaction(path: Path) -> None:
    def fail(point: str) -> None:
        if point.startswith("bad"):
            raise ZeroDivisionError

    db = await Database.open(path, on_point=fail)
    results = await asyncio.gather(
        db.atomically("bad", meeting(1)),
        db.atomically("good", meeting(2)),
        return_exceptions=True,
    )
    assert isinstance(results[0], ZeroDivisionError)
    assert await known(db) == [2]
    await db.close()


async def test_both_kinds_of_transaction_take_turns(db: Database) -> None:
    async def plain(number: int) -> None:
        async with db.transaction("plain") as tx:
            await met(tx, number)
            await asyncio.sleep(0)
            await met(tx, number + 100)

    await asyncio.gather(
        *(plain(n) for n in range(20)),
        *(db.atomically("atomic", meeting(n)) for n in range(20, 40)),
    )
    assert await known(db) == [*range(40), *range(100, 120)]


async def test_if_sqlite_gives_the_commit_up_everybody_in_it_is_told(db: Database) -> None:
    async def give_up(tx: Tx) -> None:
        await tx.run("ROLLBACK")  # as SQLite does on some errors of the disk
        raise ZeroDivisionError

    results = await asyncio.gather(
        db.atomically("one", meeting(1)),
        db.atomically("two", give_up),
        db.atomically("three", meeting(3)),
        return_exceptions=True,
    )
    assert [type(result) for result in results] == [ZeroDivisionError] * 3
    assert await known(db) == []
    await db.atomically("four", meeting(4))
    assert await known(db) == [4]
