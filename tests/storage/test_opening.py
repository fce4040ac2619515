"""Opening a file: what is wrong with it is said in words, with what to do about it."""

# ruff: noqa: ASYNC240, PT012  nothing else runs here; a transaction is a block

import asyncio
import os
import sqlite3
from functools import partial
from pathlib import Path

import pytest

from storage import connection, people
from storage.database import Database, DatabaseUnusable, Tx
from storage.unusable import explained


async def refused(path: Path) -> str:
    with pytest.raises(DatabaseUnusable) as caught:
        await Database.open(path)
    return str(caught.value)


async def test_the_folder_is_made_if_it_is_not_there(tmp_path: Path) -> None:
    db = await Database.open(tmp_path / "new" / "folder" / "test.db")
    await db.close()
    assert (tmp_path / "new" / "folder" / "test.db").exists()


async def test_a_commit_is_as_durable_as_sqlite_can_make_it(db: Database) -> None:
    async with db.reading() as tx:
        assert await tx.value("PRAGMA journal_mode") == "wal"
        assert await tx.value("PRAGMA synchronous") == 2  # FULL
        assert await tx.value("PRAGMA foreign_keys") == 1
    assert await db.integrity() == []


async def test_what_was_stored_is_there_after_the_next_start(path: Path) -> None:
    db = await Database.open(path)
    async with db.transaction("meet") as tx:
        await people.seen(tx, 7, "ann", "Ann", "en", 1.0)
    await db.close()
    db = await Database.open(path)
    async with db.reading() as tx:
        assert await people.get(tx, 7) == people.Person(7, "ann", "Ann", "en", None, None, None)
    await db.close()


async def test_a_second_bot_on_the_same_file_is_refused_at_once(db: Database, path: Path) -> None:
    assert "in use by another bot. Stop that one first" in await refused(path)
    await db.close()
    await (await Database.open(path)).close()


async def test_a_file_locked_by_another_program_says_to_close_it(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "BUSY_PATIENCE", 0.01)
    await (await Database.open(path)).close()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    assert "locked by another program. Close whatever has it open" in await refused(path)
    other.close()
    await (await Database.open(path)).close()


async def test_another_program_that_writes_for_long_fails_a_transaction_and_not_the_next(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "BUSY_PATIENCE", 0.01)
    db = await Database.open(path)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseUnusable, match="locked by another program"):
        async with db.transaction("meet") as tx:
            await people.seen(tx, 1, None, "Ann", None, 1.0)
    with pytest.raises(DatabaseUnusable, match="locked by another program"):
        await db.atomically("meet", lambda tx: people.seen(tx, 1, None, "Ann", None, 1.0))
    other.execute("ROLLBACK")
    other.close()
    async with db.transaction("meet") as tx:
        await people.seen(tx, 1, None, "Ann", None, 1.0)
    await db.close()


async def test_a_file_that_is_no_database_is_left_alone(path: Path) -> None:
    path.write_bytes(b"These are my holiday notes. " * 100)
    assert "is not a database of this bot" in await refused(path)
    assert path.read_bytes().startswith(b"These are my holiday notes.")


async def test_a_damaged_file_says_how_to_rescue_it(path: Path) -> None:
    await _with_many_people(path)
    content = bytearray(path.read_bytes())
    content[4096 * 3 : 4096 * 40] = os.urandom(4096 * 37)
    path.write_bytes(content)
    said = await refused(path)
    assert "is damaged" in said
    assert ".recover" in said


async def _with_many_people(path: Path) -> None:
    db = await Database.open(path)
    async with db.transaction("meet") as tx:
        for number in range(2000):
            await people.seen(tx, number, None, "Somebody with a name" * 5, None, 1.0)
    await db.close()


async def test_a_folder_in_the_place_of_the_file_says_what_to_check(path: Path) -> None:
    path.mkdir()
    assert "Check that DATABASE_PATH names a file" in await refused(path)


async def test_a_file_in_the_place_of_the_folder_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert "point DATABASE_PATH somewhere else" in await refused(tmp_path / "file" / "test.db")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
async def test_a_folder_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert "write access" in await refused(tmp_path / "test.db")


async def test_a_read_only_file_says_to_allow_writing(path: Path) -> None:
    await (await Database.open(path)).close()
    read_only = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    with pytest.raises(sqlite3.OperationalError) as caught:
        read_only.execute("INSERT INTO alerts (cause, told_at) VALUES ('a', 1)")
    read_only.close()
    assert "write access" in str(explained(caught.value, str(path)))


def test_errors_of_the_caller_are_not_blamed_on_the_file() -> None:
    memory = sqlite3.connect(":memory:")
    with pytest.raises(sqlite3.OperationalError) as caught:
        memory.execute("SELECT nonsense")
    memory.close()
    assert explained(caught.value, "x") is None
    assert explained(sqlite3.ProgrammingError("You made a mistake"), "x") is None


async def _meet(tx: Tx, number: int) -> int:
    await people.seen(tx, number, None, "N" * 3000, None, 1.0)
    return number


async def test_a_full_disk_fails_what_did_not_fit_and_keeps_the_rest(db: Database) -> None:
    async with db.transaction("limit") as tx:
        pages = await tx.value("PRAGMA page_count")
        await tx.rows(f"PRAGMA max_page_count = {pages + 5}")
    results = await asyncio.gather(
        *(db.atomically("meet", partial(_meet, number=number)) for number in range(20)),
        return_exceptions=True,
    )
    kept = [result for result in results if isinstance(result, int)]
    lost = [result for result in results if not isinstance(result, int)]
    assert kept
    assert lost
    assert {type(error) for error in lost} == {DatabaseUnusable}
    assert "the disk is full" in str(lost[0])
    with pytest.raises(DatabaseUnusable, match="the disk is full"):
        async with db.transaction("meet") as tx:
            for number in range(100, 120):
                await _meet(tx, number)
    async with db.reading() as look:
        rows = await look.rows("SELECT id FROM people ORDER BY id")
        assert [row[0] for row in rows] == kept


async def test_a_database_in_memory_needs_no_file() -> None:
    db = await Database.open(":memory:")
    async with db.transaction("meet") as tx:
        await people.seen(tx, 1, None, "Ann", None, 1.0)
    await db.close()
