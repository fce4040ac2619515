"""The database: sound, of a version this program knows, and with room to grow."""

import os
from pathlib import Path

from bot.check.around import Around, FreeBytes
from bot.check.findings import Bad, Doubtful, Finding, Good
from storage.examine import Examination, Found, Missing, Unreadable, examine

MB = 1_000_000
LEAST_FREE = 50 * MB  # bytes; pictures of a few hours
PLENTY = 1000 * MB  # bytes; less is worth a look

_WRITABLE = "Give the user that runs the bot write access, or point DATABASE_PATH somewhere else."


async def database(around: Around) -> tuple[Finding, ...]:
    """Look at the file without touching it; a bot may be working with it."""
    path = around.settings.database_path
    return (*_file(path, await examine(path)), _disk(path, around.free))


def _file(path: Path, found: Examination) -> tuple[Finding, ...]:
    match found:
        case Missing():
            if _may_write(_existing(path.parent)):
                return (Good("file", f"{path} is not there yet; the bot makes it"),)
            return (Bad("file", f"{path} is not there and cannot be made", _WRITABLE),)
        case Unreadable(why):
            said, _, do = why.partition(". ")
            return (Bad("file", said, do),)
        case Found():
            return _sound(path, found), _schema(found)


def _sound(path: Path, found: Found) -> Finding:
    if found.problems:
        return Bad(
            "file",
            f"{path} is damaged: {found.problems[0]}",
            "Stop the bot, keep a copy, then put a backup in its place or rescue what is left"
            " with `sqlite3 FILE .recover`.",
        )
    if not (_may_write(path) and _may_write(path.parent)):
        return Bad("file", f"{path} or its folder cannot be written", _WRITABLE)
    return Good("file", f"{path}, {found.size / MB:.1f} MB, sound")


def _schema(found: Found) -> Finding:
    if found.version > found.newest:
        return Bad(
            "schema",
            f"version {found.version}, made by a newer bot; this one knows {found.newest}",
            "Update the bot, or put back the copy from before the update.",
        )
    if found.version < found.newest:
        return Good("schema", f"version {found.version}; the bot makes it {found.newest} at start")
    return Good("schema", f"version {found.version}, the newest")


def _disk(path: Path, free_bytes: FreeBytes) -> Finding:
    folder = _existing(path.parent)
    try:
        free = free_bytes(folder)
    except OSError as error:
        return Doubtful("disk", f"cannot be measured ({error.strerror})", f"Look at {folder}.")
    said = f"{free / MB:,.0f} MB free"
    if free < LEAST_FREE:
        return Bad("disk", said, f"Free some space where {folder} is.")
    if free < PLENTY:
        return Doubtful("disk", said, f"Free some space where {folder} is, before it runs out.")
    return Good("disk", said)


def _existing(folder: Path) -> Path:
    """Return the folder, or the nearest one above it that is there."""
    folder = folder.absolute()
    return next(one for one in (folder, *folder.parents) if one.exists())


def _may_write(path: Path) -> bool:
    return os.access(path, os.W_OK)
