"""Photos as files: whole or not there, for a time, across restarts."""

import os
import stat
from pathlib import Path

import pytest

from storage.shelf import FileShelf

NOW = 1_800_000_000.0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data" / "photos"


@pytest.fixture
def shelf(folder: Path) -> FileShelf:
    return FileShelf(folder)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


async def test_what_is_kept_is_found_until_its_time_is_over(shelf: FileShelf) -> None:
    await shelf.keep("a.jpg", b"photo", NOW + 60)

    assert await shelf.find("a.jpg", NOW) == b"photo"
    assert await shelf.find("a.jpg", NOW + 59) == b"photo"
    assert await shelf.find("a.jpg", NOW + 60) is None


async def test_it_survives_a_restart(shelf: FileShelf, folder: Path) -> None:
    await shelf.keep("a.jpg", b"photo", NOW + 60)

    assert await FileShelf(folder).find("a.jpg", NOW) == b"photo"
    assert await FileShelf(folder).find("a.jpg", NOW + 60) is None


async def test_what_was_taken_away_leaves_nothing_on_the_disk(
    shelf: FileShelf, folder: Path
) -> None:
    await shelf.keep("a.jpg", b"photo", NOW + 60)

    await shelf.remove("a.jpg")
    await shelf.remove("a.jpg")

    assert await shelf.find("a.jpg", NOW) is None
    assert names(folder) == []


async def test_an_empty_shelf_has_nothing_and_needs_no_folder(
    shelf: FileShelf, folder: Path
) -> None:
    assert await shelf.find("a.jpg", NOW) is None
    await shelf.remove("a.jpg")
    assert await shelf.sweep(NOW) == 0
    assert names(folder.parent) == []


async def test_only_what_is_over_is_swept_away(shelf: FileShelf, folder: Path) -> None:
    await shelf.keep("old.jpg", b"photo", NOW)
    await shelf.keep("new.jpg", b"photo", NOW + 1)
    (folder / "somebodys").mkdir()

    assert await shelf.sweep(NOW) == 1
    assert names(folder) == ["new.jpg", "somebodys"]


async def test_what_a_crash_left_half_written_is_swept_away_too(
    shelf: FileShelf, folder: Path
) -> None:
    await shelf.keep("new.jpg", b"photo", NOW + 3600)
    for name, written in (("1.part", NOW - 121), ("2.part", NOW - 1)):
        (folder / name).write_bytes(b"ph")
        os.utime(folder / name, (written, written))

    assert await shelf.sweep(NOW) == 1
    assert names(folder) == ["2.part", "new.jpg"]


async def test_a_disk_that_fails_leaves_nothing_half_written(
    shelf: FileShelf, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(OSError, match="No space left"):
        await shelf.keep("a.jpg", b"photo", NOW + 60)

    assert names(folder) == []


@pytest.mark.skipif(os.name != "posix", reason="other systems have other rights")
async def test_others_on_the_machine_cannot_look(shelf: FileShelf, folder: Path) -> None:
    await shelf.keep("a.jpg", b"photo", NOW + 60)

    assert mode(folder) == 0o700
    assert mode(folder / "a.jpg") == 0o600


@pytest.mark.parametrize("name", ["", ".", "..", "../a.jpg", "/a.jpg", "a/b.jpg", "a\\b.jpg"])
async def test_no_name_leads_out_of_the_folder(shelf: FileShelf, name: str) -> None:
    with pytest.raises(ValueError, match="plain file name"):
        await shelf.find(name, NOW)
    with pytest.raises(ValueError, match="plain file name"):
        await shelf.remove(name)
    with pytest.raises(ValueError, match="plain file name"):
        await shelf.keep(name, b"photo", NOW + 60)
