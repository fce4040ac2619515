"""A real database file, fresh for every test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.database import Database


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "test.db"


@pytest.fixture
def points() -> list[str]:
    return []


@pytest.fixture
async def db(path: Path, points: list[str]) -> AsyncIterator[Database]:
    database = await Database.open(path, on_point=points.append)
    yield database
    await database.close()
