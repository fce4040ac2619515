"""The webhook: only Telegram gets in, and 200 means it is in the file."""

import json
import sqlite3
from http import HTTPStatus
from pathlib import Path

import pytest

from bot.clock import Clock
from bot.intake import Webhook
from bot.intake.webhook import MAX_BODY
from storage import connection
from storage.database import Database
from tests.bot.dispatching import states

SECRET = "a-secret-of-this-test"
UPDATE = {"update_id": 1, "message": {"chat": {"id": 7}, "from": {"id": 7}, "text": "hello"}}
BODY = json.dumps(UPDATE).encode()


class Woken:
    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> None:
        self.times += 1


@pytest.fixture
def woken() -> Woken:
    return Woken()


@pytest.fixture
def webhook(db: Database, clock: Clock, woken: Woken) -> Webhook:
    return Webhook(db, clock, secret=SECRET, wake=woken)


async def test_an_update_is_in_the_file_when_200_is_answered(
    webhook: Webhook, db: Database, tmp_path: Path, woken: Woken
) -> None:
    assert await webhook.accept(SECRET, BODY) == HTTPStatus.OK
    other = sqlite3.connect(tmp_path / "test.db")
    rows = other.execute("SELECT update_id, queue, payload FROM inbox").fetchall()
    other.close()
    assert [(row[0], row[1], json.loads(row[2])) for row in rows] == [(1, 7, UPDATE)]
    assert woken.times == 1
    assert await states(db) == {"waiting": 1}


async def test_an_update_sent_again_is_accepted_and_stored_once(
    webhook: Webhook, db: Database
) -> None:
    for _ in range(3):
        assert await webhook.accept(SECRET, BODY) == HTTPStatus.OK
    assert await states(db) == {"waiting": 1}


@pytest.mark.parametrize(
    "given", [None, "", "wrong", SECRET + "x", SECRET[:-1], "sécret", "\ud800"]
)
async def test_without_the_secret_nothing_gets_in(
    webhook: Webhook, db: Database, woken: Woken, given: str | None
) -> None:
    assert await webhook.accept(given, BODY) == HTTPStatus.FORBIDDEN
    assert await states(db) == {}
    assert woken.times == 0


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"hello",
        b"null",
        b"[]",
        b"{}",
        b'{"update_id": "1"}',
        b'{"update_id": 1',
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"update_id": 99999999999999999999}',
    ],
)
async def test_what_is_no_update_is_refused(webhook: Webhook, db: Database, body: bytes) -> None:
    assert await webhook.accept(SECRET, body) == HTTPStatus.BAD_REQUEST
    assert await states(db) == {}


async def test_a_body_too_large_is_refused_unread(webhook: Webhook, db: Database) -> None:
    body = json.dumps({"update_id": 1, "x": "x" * MAX_BODY}).encode()
    assert await webhook.accept(SECRET, body) == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    assert await states(db) == {}


async def test_what_cannot_be_stored_is_not_acknowledged(
    clock: Clock, woken: Woken, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "BUSY_PATIENCE", 0.01)
    db = await Database.open(tmp_path / "shared.db")
    other = sqlite3.connect(tmp_path / "shared.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    webhook = Webhook(db, clock, secret=SECRET, wake=woken)
    assert await webhook.accept(SECRET, BODY) == HTTPStatus.SERVICE_UNAVAILABLE
    other.execute("ROLLBACK")
    other.close()
    assert await webhook.accept(SECRET, BODY) == HTTPStatus.OK
    assert woken.times == 1
    await db.close()
