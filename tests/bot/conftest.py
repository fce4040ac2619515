"""A real database file and a clock that stands still."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.clock import Clock
from storage.database import Database
from tests.bot.dispatching import NOW, Handlers


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
