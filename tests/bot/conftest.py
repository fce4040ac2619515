"""A real database file, a clock that stands still, and an empty environment."""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.clock import Clock
from storage.database import Database
from tests.bot.dispatching import NOW, Handlers
from tests.bot.environment import Given
from tests.bot.hall import Hall


@pytest.fixture
def clock() -> Clock:
    return Clock(start=NOW, speed=0)


@pytest.fixture
async def db(tmp_path: Path) -> AsyncIterator[Database]:
    database = await Database.open(tmp_path / "test.db")
    yield database
    await database.close()


@pytest.fixture
def handlers(db: Database, clock: Clock) -> Handlers:
    return Handlers(db, clock)


@pytest.fixture
def hall(db: Database, clock: Clock) -> Hall:
    return Hall(db, clock)


@pytest.fixture
def empty_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in os.environ:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def given(empty_environment: None, monkeypatch: pytest.MonkeyPatch) -> Given:  # noqa: ARG001  comes first
    return Given(monkeypatch)
