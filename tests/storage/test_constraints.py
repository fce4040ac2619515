"""What must never be stored is refused by the tables themselves, whoever writes it."""

import sqlite3
from collections.abc import Iterator

import pytest

from storage.migrate import apply

JOB = (
    "INSERT INTO jobs (order_key, person_id, chat_id, topic_id, language, anchor, ordered, model,"
    " account, credits, cost, due_at, created_at, state, task_id, cause, closed_at)"
    " VALUES ('{key}', 7, 7, 0, 'en', 'p', '{{}}', 'm', 'a', {credits}, 200, 1.0, 1.0, {rest})"
)
INBOX = "INSERT INTO inbox (update_id, queue, payload, state, reason, received_at, due_at) VALUES "
OUTBOX = "INSERT INTO outbox (chat_id, payload, edits, state, due_at, created_at) VALUES "


def job(rest: str, key: str = "k", credits: int = 1) -> str:  # noqa: A002 - the column's name
    """Return a job's row; `rest` is state, task, cause and time of closing."""
    return JOB.format(key=key, rest=rest, credits=credits)


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    memory = sqlite3.connect(":memory:", isolation_level=None)
    apply(memory)
    yield memory
    memory.close()


@pytest.mark.parametrize(
    "sql",
    [
        INBOX + "(1, 7, '{}', 'lost', NULL, 1.0, 1.0)",
        INBOX + "(1, 7, '{}', 'set_aside', NULL, 1.0, 1.0)",
        INBOX + "(1, 7, '{}', 'waiting', 'why', 1.0, 1.0)",
        INBOX + "('one', 7, '{}', 'waiting', NULL, 1.0, 1.0)",
        OUTBOX + "(7, 'no json', NULL, 'waiting', 1.0, 1.0)",
        OUTBOX + "(7, '{}', NULL, 'lost', 1.0, 1.0)",
        OUTBOX.replace("created_at", "created_at, job_id")
        + "(7, '{}', NULL, 'waiting', 1.0, 1.0, 99)",
        OUTBOX.replace("created_at", "created_at, rank")
        + "(7, '{}', NULL, 'waiting', 1.0, 1.0, 3)",
        "INSERT INTO sessions VALUES (7, 0, 7, 'no json', 1.0)",
        "INSERT INTO pictures VALUES ('x', x'00', 'image/png', 0, 5, 1.0)",
        "INSERT INTO people (id, first_name, created_at, seen_at) VALUES (7, NULL, 1.0, 1.0)",
        job("'asleep', NULL, NULL, NULL"),
        job("'queued', NULL, NULL, NULL", credits=-1),
        job("'running', NULL, NULL, NULL"),
        job("'failed', NULL, NULL, 1.0"),
        job("'queued', NULL, 'internal', NULL"),
        job("'done', NULL, NULL, NULL"),
        job("'queued', NULL, NULL, 1.0"),
    ],
)
def test_a_row_that_makes_no_sense_is_refused(connection: sqlite3.Connection, sql: str) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        connection.execute(sql)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (INBOX + "(1, 7, '{}', 'waiting', NULL, 1.0, 1.0)",) * 2,
        (OUTBOX + "(7, '{}', 'p:1', 'waiting', 1.0, 1.0)",) * 2,
        (job("'queued', NULL, NULL, NULL"), job("'done', NULL, NULL, 1.0")),
        (job("'submitting', NULL, NULL, NULL"), job("'submitting', NULL, NULL, NULL", key="l")),
        (job("'running', 't', NULL, NULL"), job("'done', 't', NULL, 1.0", key="l")),
    ],
)
def test_what_may_be_there_once_is_not_stored_twice(
    connection: sqlite3.Connection, first: str, second: str
) -> None:
    connection.execute(first)
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        connection.execute(second)


def test_submits_that_no_list_would_show_may_be_several(connection: sqlite3.Connection) -> None:
    connection.execute(job("'preparing', NULL, NULL, NULL"))
    connection.execute(job("'preparing', NULL, NULL, NULL", key="l"))
    connection.execute("UPDATE jobs SET state = 'submitting', listed = 0")
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        connection.execute("UPDATE jobs SET listed = 1")
