"""A look at a database file from outside: nothing is changed, nothing is locked.

So a file can be looked at while a bot works with it, and before one ever does. What to
make of it is the caller's business.
"""

import asyncio
import sqlite3
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias
from urllib.parse import quote

from storage import migrate
from storage.connection import problems
from storage.unusable import DatabaseUnusable, explaining

PATIENCE = 5.0  # seconds to wait for whoever is writing
STEPS = 10_000  # of SQLite's machine between two looks whether anybody still waits: about 1 ms


@dataclass(frozen=True, slots=True)
class Missing:
    """There is no such file."""


@dataclass(frozen=True, slots=True)
class Found:
    """The file can be read. `version` is its schema's, `newest` the one this program makes.

    `problems` is what SQLite's own check finds wrong with it. `size` in bytes.
    """

    version: int
    newest: int
    problems: tuple[str, ...]
    size: int


@dataclass(frozen=True, slots=True)
class Unreadable:
    """The file cannot be read as a database; `why` says in words what to do."""

    why: str


Examination: TypeAlias = Missing | Found | Unreadable


async def examine(path: Path) -> Examination:
    """Look at a file. A large one takes some seconds."""
    stop = threading.Event()
    try:
        return await asyncio.to_thread(_examine, path, stop)
    finally:
        stop.set()  # else the thread would go on after a cancellation, and keep the process alive


def _examine(path: Path, stop: threading.Event) -> Examination:
    if not path.exists():
        return Missing()
    if path.is_dir():
        return Unreadable(f"The database {path} is a folder. Point DATABASE_PATH to a file in it.")
    try:
        with explaining(str(path)):
            return _looked_into(path, stop)
    except DatabaseUnusable as error:
        return Unreadable(str(error))


def _looked_into(path: Path, stop: threading.Event) -> Found:
    address = f"file:{quote(str(path.absolute()))}?mode=ro"
    connection = sqlite3.connect(address, uri=True, timeout=PATIENCE)
    try:
        connection.set_progress_handler(stop.is_set, STEPS)
        version: int = connection.execute("PRAGMA user_version").fetchone()[0]
        return Found(
            version=version,
            newest=len(migrate.scripts()),
            problems=tuple(problems(connection)),
            size=path.stat().st_size,
        )
    finally:
        connection.close()
