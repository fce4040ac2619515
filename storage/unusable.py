"""What is wrong with the database file, in words that say what to do about it.

SQLite's result codes are turned into one exception here; everything that is the
caller's own fault (a broken CHECK, wrong SQL) passes through untouched.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType


class DatabaseUnusable(Exception):  # noqa: N818 - a state of the file, worded for people
    """The database cannot be used now. The message says why and what to do."""


# SQLite's primary result codes, https://www.sqlite.org/rescode.html
_ADVICE: Mapping[int, str] = MappingProxyType(
    {
        sqlite3.SQLITE_BUSY: (
            "is locked by another program. Close whatever has it open (a second bot,"
            " a database browser, a backup), then start again."
        ),
        sqlite3.SQLITE_READONLY: (
            "cannot be written. Give the user that runs the bot write access to the file"
            " and to its folder."
        ),
        sqlite3.SQLITE_PERM: (
            "may not be used. Give the user that runs the bot access to the file and to its folder."
        ),
        sqlite3.SQLITE_CANTOPEN: (
            "cannot be opened. Check that DATABASE_PATH names a file, and that the user that"
            " runs the bot may write to its folder."
        ),
        sqlite3.SQLITE_NOTADB: (
            "is not a database of this bot. Point DATABASE_PATH somewhere else, or put a"
            " backup in its place."
        ),
        sqlite3.SQLITE_CORRUPT: (
            "is damaged. Keep a copy of it, put a backup in its place, or rescue what is left"
            " with `sqlite3 FILE .recover`."
        ),
        sqlite3.SQLITE_FULL: (
            "cannot grow: the disk is full. Free some space; nothing that was stored is lost."
        ),
        sqlite3.SQLITE_IOERR: (
            "cannot be read or written: the disk reports an error. Check the disk and that the"
            " folder is still there."
        ),
    }
)


def explained(error: sqlite3.Error, path: str) -> DatabaseUnusable | None:
    """Return what `error` says about the file, or None where it says nothing about it."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return None
    advice = _ADVICE.get(code & 0xFF)  # the low byte is the primary code
    if advice is None:
        return None
    return DatabaseUnusable(f"The database {path} {advice} (SQLite says: {error})")


@contextmanager
def explaining(path: str) -> Iterator[None]:
    """Turn errors about the file into `DatabaseUnusable`; let all others pass."""
    try:
        yield
    except sqlite3.Error as error:
        unusable = explained(error, path)
        if unusable is None:
            raise
        raise unusable from error
