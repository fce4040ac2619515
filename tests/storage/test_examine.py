"""A look at a database from outside, as far as other rooms' tests do not show it."""

import asyncio
import sqlite3
import threading
from pathlib import Path

import pytest

from storage import examine as room
from storage.examine import Unreadable, examine

ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT max(x) FROM n"


async def test_who_no_longer_waits_stops_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, stopped = threading.Event(), threading.Event()

    def endless(connection: sqlite3.Connection) -> list[str]:
        begun.set()
        try:
            connection.execute(ENDLESS).fetchone()
        except sqlite3.OperationalError:
            stopped.set()
            raise
        return []

    monkeypatch.setattr(room, "problems", endless)
    sqlite3.connect(tmp_path / "bot.db").close()
    looking = asyncio.create_task(examine(tmp_path / "bot.db"))
    assert await asyncio.to_thread(begun.wait, 10)

    looking.cancel()

    assert await asyncio.to_thread(stopped.wait, 10)
    with pytest.raises(asyncio.CancelledError):
        await looking


async def test_a_folder_is_no_database(tmp_path: Path) -> None:
    found = await examine(tmp_path)

    assert isinstance(found, Unreadable)
    assert found.why.endswith("is a folder. Point DATABASE_PATH to a file in it.")
