"""What is said about the database: sound, damaged, too new, not there, and no room to grow."""

import errno
import os
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot.check.around import Around, free_bytes
from bot.check.database import database
from bot.check.findings import Bad, Doubtful, Good
from storage.database import Database
from tests.check.surroundings import Place, kinds, worst


@pytest.fixture
async def around(place: Place) -> Around:
    """Return surroundings with a database as a bot left it."""
    made = place.around()
    await (await Database.open(made.settings.database_path)).close()
    return made


def changed(path: Path, sql: str) -> None:
    connection = sqlite3.connect(path)
    connection.execute(sql)
    connection.commit()
    connection.close()


async def test_a_sound_database_is_said_to_be_sound(around: Around) -> None:
    found = await database(around)

    assert kinds(found) == {"file": Good, "schema": Good, "disk": Good}
    assert found[0].said.endswith(" MB, sound")
    assert found[1].said.endswith(", the newest")


async def test_looking_changes_nothing_and_needs_no_lock(around: Around) -> None:
    path = around.settings.database_path
    running = await Database.open(path)
    async with running.transaction("test") as tx:
        await tx.run("INSERT INTO alerts (cause, told_at) VALUES ('x', 1)")

        assert kinds(await database(around))["file"] is Good

    async with running.reading() as tx:
        assert await tx.value("SELECT count(*) FROM alerts") == 1
    await running.close()


async def test_a_database_that_is_not_there_is_made_by_the_bot(place: Place) -> None:
    found = await database(place.around())

    assert kinds(found) == {"file": Good, "disk": Good}
    assert "not there yet" in found[0].said
    assert _names(place.data.parent) == []


async def test_a_file_that_is_no_database_is_told(around: Around) -> None:
    _write(around.settings.database_path, b"no database at all, and this is long enough" * 100)

    found = worst(await database(around))

    assert isinstance(found, Bad)
    assert "is not a database of this bot" in found.said
    assert found.do.startswith("Point DATABASE_PATH somewhere else")


async def test_a_damaged_database_is_told(around: Around) -> None:
    path = around.settings.database_path
    size = _size(path)
    for place_ in range(4096 + 100, size, 4096):  # every page but the first
        _write_at(path, place_, b"\xff" * 200)

    found = worst(await database(around))

    assert isinstance(found, Bad)
    assert "is damaged" in found.said
    assert "backup" in found.do


async def test_an_older_schema_is_brought_up_at_start(around: Around) -> None:
    changed(around.settings.database_path, "PRAGMA user_version = 0")

    found = await database(around)

    assert kinds(found)["schema"] is Good
    assert found[1].said.startswith("version 0; the bot makes it ")


async def test_a_newer_schema_is_not_for_this_bot(around: Around) -> None:
    changed(around.settings.database_path, "PRAGMA user_version = 9999")

    found = worst(await database(around))

    assert isinstance(found, Bad)
    assert "newer bot" in found.said


@pytest.mark.parametrize(
    ("free", "kind"), [(10_000_000, Bad), (500_000_000, Doubtful), (5_000_000_000, Good)]
)
async def test_a_disk_that_fills_up_is_told_in_time(
    around: Around, free: int, kind: type[object]
) -> None:
    found = await database(replace(around, free=lambda _: free))

    assert kinds(found)["disk"] is kind
    assert f"{free // 1_000_000:,} MB free" in found[-1].said


async def test_a_disk_that_cannot_be_measured_is_doubtful(around: Around) -> None:
    def broken(_folder: Path) -> int:
        raise OSError(errno.EIO, "Input/output error")

    found = await database(replace(around, free=broken))

    assert found[-1].said == "cannot be measured (Input/output error)"
    assert isinstance(found[-1], Doubtful)


@pytest.mark.parametrize("exists", [True, False])
async def test_what_cannot_be_written_is_told(
    around: Around, monkeypatch: pytest.MonkeyPatch, *, exists: bool
) -> None:
    if not exists:
        _remove(around.settings.database_path)
    monkeypatch.setattr(os, "access", lambda _path, _mode: False)

    found = worst(await database(around))

    assert isinstance(found, Bad)
    assert "write access" in found.do


def test_the_free_space_is_that_of_the_real_disk(tmp_path: Path) -> None:
    assert free_bytes(tmp_path) > 0


def _names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def _write(path: Path, data: bytes) -> None:
    path.write_bytes(data)


def _write_at(path: Path, at: int, data: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(data)


def _size(path: Path) -> int:
    return path.stat().st_size


_remove: Callable[[Path], None] = Path.unlink
