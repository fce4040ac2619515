"""Migrations: from nothing, from the first schema with rows in it, and never half."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage import inbox, jobs, ledger, outbox, people, sessions
from storage.database import Database, DatabaseUnusable
from storage.jobs import NewJob
from storage.migrate import Script, apply, scripts
from storage.outbox import Busy
from storage.sessions import SessionKey

FIRST_ROWS = """
INSERT INTO people VALUES (7, 'ann', 'Ann', 'en', 'zh', 5.0, NULL, 1.0, 2.0);
INSERT INTO inbox (update_id, queue, payload, received_at, due_at) VALUES (1, 7, '{}', 1.0, 1.0);
INSERT INTO sessions VALUES (7, 0, 7, '{"v": 1}', 2.0);
INSERT INTO jobs (id, order_key, person_id, chat_id, topic_id, language, anchor, ordered, model,
    account, credits, cost, due_at, created_at)
    VALUES (3, 'k', 7, 7, 0, 'en', 'p:7:0:7:1', '{}', 'aitryon', 'dashscope', 1, 200, 1.0, 1.0);
INSERT INTO outbox (id, chat_id, payload, due_at, created_at) VALUES (9, 7, '{}', 1.0, 1.0);
INSERT INTO ledger (account, kind, day, daily, extra, at)
    VALUES ('person:7', 'allowance', '2026-01-01', 5, 0, 1.0);
INSERT INTO ledger (account, kind, day, daily, extra, cost, job_id, at)
    VALUES ('person:7', 'hold', '2026-01-01', -1, 0, 200, 3, 1.0);
"""


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    memory = sqlite3.connect(":memory:", isolation_level=None)
    yield memory
    memory.close()


@pytest.fixture
def first_schema(path: Path) -> Path:
    """A file as the first version of the bot left it, with rows in it."""
    file = sqlite3.connect(path, isolation_level=None)
    apply(file, scripts()[:1])
    file.executescript(FIRST_ROWS)
    file.close()
    return path


def schema(connection: sqlite3.Connection) -> set[tuple[str, ...]]:
    return set(connection.execute("SELECT type, name, sql FROM sqlite_master"))


def version(connection: sqlite3.Connection) -> int:
    found: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return found


def test_an_empty_file_gets_the_newest_schema(connection: sqlite3.Connection) -> None:
    assert apply(connection) == len(scripts()) == version(connection)
    assert {"people", "inbox", "outbox", "jobs", "ledger"} <= {
        name for _, name, _ in schema(connection)
    }


def test_nothing_happens_to_a_file_that_is_up_to_date(connection: sqlite3.Connection) -> None:
    apply(connection)
    before = schema(connection)
    apply(connection)
    assert schema(connection) == before


async def test_everything_stored_under_the_first_schema_is_still_there(first_schema: Path) -> None:
    db = await Database.open(first_schema)
    async with db.reading() as tx:
        assert await people.get(tx, 7) == people.Person(7, "ann", "Ann", "en", "zh", 5.0, None)
        assert await sessions.load(tx, SessionKey(7, 0, 7)) == '{"v": 1}'
        assert [batch.ids for batch in await inbox.ready(tx, 2.0, (), 10)] == [(1,)]
        assert [row.id for row in await outbox.ready(tx, 2.0, Busy(), 10)] == [9]
        assert await ledger.balance(tx, "person:7", "2026-01-01") == ledger.Balance(4, 0)
        assert await tx.value("SELECT state FROM jobs WHERE id = 3") == "queued"
    await db.close()


async def test_a_job_of_the_first_schema_goes_on_and_its_id_is_never_given_again(
    first_schema: Path,
) -> None:
    file = sqlite3.connect(first_schema, isolation_level=None)
    file.execute("UPDATE sqlite_sequence SET seq = 41 WHERE name = 'jobs'")
    file.close()
    db = await Database.open(first_schema)
    async with db.transaction("t") as tx:
        job = await jobs.get(tx, 3)
        assert job is not None
        assert (job.model, job.credits, job.cost, job.offers, job.tried) == (
            "aitryon",
            1,
            200,
            0,
            "[]",
        )
        assert await jobs.position(tx, 3) == 1
        new = NewJob("k2", 7, 7, 0, "en", "p:7:0:7:2", "{}", "aitryon", "dashscope", 1, 200)
        assert await jobs.create(tx, new, 2.0) == 42
        assert await ledger.refund(tx, 3, 2.0, "test")  # what refers to it still does
    await db.close()


def test_the_way_from_the_first_schema_ends_where_the_way_from_nothing_does(
    connection: sqlite3.Connection, first_schema: Path
) -> None:
    apply(connection)
    old = sqlite3.connect(first_schema, isolation_level=None)
    apply(old)
    assert schema(old) == schema(connection)
    old.close()


async def test_a_file_of_a_newer_version_is_refused_and_left_alone(path: Path) -> None:
    newer = sqlite3.connect(path)
    newer.execute("PRAGMA user_version = 999")
    newer.close()
    with pytest.raises(
        DatabaseUnusable, match=r"newer version .* 999.*Update the bot, or put back"
    ):
        await Database.open(path)
    unchanged = sqlite3.connect(path)
    assert version(unchanged) == 999
    assert schema(unchanged) == set()
    unchanged.close()


def test_a_step_that_fails_is_undone_and_the_steps_before_it_stay(
    connection: sqlite3.Connection,
) -> None:
    steps = [
        Script(1, "0001_a.sql", "CREATE TABLE a (x); INSERT INTO a VALUES (1);"),
        Script(
            2, "0002_b.sql", "CREATE TABLE b (x); DELETE FROM a; INSERT INTO nowhere VALUES (1);"
        ),
    ]
    with pytest.raises(sqlite3.OperationalError, match="nowhere"):
        apply(connection, steps)
    assert version(connection) == 1
    assert connection.execute("SELECT x FROM a").fetchall() == [(1,)]
    assert not connection.in_transaction


def test_a_table_can_be_rebuilt_under_references_to_it(connection: sqlite3.Connection) -> None:
    rebuild = (
        "CREATE TABLE new (id INTEGER PRIMARY KEY, name TEXT);"
        "INSERT INTO new (id) SELECT id FROM parent; DROP TABLE parent;"
        "ALTER TABLE new RENAME TO parent;"
    )
    apply(connection, [PARENTS, Script(2, "0002_rebuild.sql", rebuild)])
    assert connection.execute("SELECT id, name FROM parent").fetchall() == [(1, None)]
    assert connection.execute("PRAGMA foreign_keys").fetchone() == (1,)


def test_a_step_that_would_leave_broken_references_is_undone(
    connection: sqlite3.Connection,
) -> None:
    with pytest.raises(DatabaseUnusable, match=r"0002_drop.sql .* broken references in child"):
        apply(connection, [PARENTS, Script(2, "0002_drop.sql", "DELETE FROM parent;")])
    assert version(connection) == 1
    assert connection.execute("SELECT id FROM parent").fetchall() == [(1,)]


PARENTS = Script(
    1,
    "0001_parents.sql",
    "CREATE TABLE parent (id INTEGER PRIMARY KEY); INSERT INTO parent VALUES (1);"
    "CREATE TABLE child (of INTEGER REFERENCES parent (id)); INSERT INTO child VALUES (1);",
)
