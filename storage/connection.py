"""The one connection: opened, checked and brought up to date; one thread, one hop per call.

SQLite before 3.51.3 can damage a WAL file that two connections write to, and one shared
connection needs no busy-waiting, so the process has exactly one. Who may use it when is
decided in `storage.database`.
"""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import TypeVar, cast

import aiosqlite

from storage import exclusive, migrate
from storage.unusable import DatabaseUnusable, explaining

T = TypeVar("T")

MEMORY = ":memory:"
BUSY_PATIENCE = 5.0  # seconds to wait for another program that writes to the file
CACHED_STATEMENTS = 256  # more than the distinct statements of the bot
JOURNAL_LIMIT = 16 * 1024 * 1024  # bytes the WAL file may keep on disk once it is not needed


class Connection(aiosqlite.Connection):
    """An aiosqlite connection that runs a whole function in its thread.

    A hop to the thread and back costs more than most statements, so what belongs
    together crosses once.
    """

    def __init__(self, connector: Callable[[], sqlite3.Connection], path: str) -> None:
        super().__init__(connector, iter_chunk_size=64)
        self.path = path
        self._thread.daemon = True  # a crash elsewhere must not hang the exit of the process

    async def start(self) -> None:
        """Open the file."""
        try:
            with explaining(self.path):
                await self
        except BaseException:
            # The thread still reports its end to the loop, which must not be closed by then.
            await asyncio.to_thread(self._thread.join)
            raise

    async def hop(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Return `work(connection)`, run in the thread. It runs even if we are cancelled."""
        execute = cast("Callable[..., Awaitable[T]]", self._execute)
        with explaining(self.path):
            return await execute(work, self._conn)


async def opened(path: Path | str) -> tuple[Connection, Callable[[], None]]:
    """Return the ready connection, and what gives the lock on the file back."""
    if str(path) == MEMORY:
        return await _connected(MEMORY), _nothing
    path = Path(path)
    _make_folder(path)
    release = exclusive.hold(path)
    try:
        return await _connected(str(path)), release
    except BaseException:
        release()
        raise


async def _connected(path: str) -> Connection:
    connection = Connection(
        partial(
            sqlite3.connect,
            path,
            timeout=BUSY_PATIENCE,
            isolation_level=None,  # transactions begin and end where we say so
            cached_statements=CACHED_STATEMENTS,
        ),
        path,
    )
    await connection.start()
    try:
        await connection.hop(partial(_prepare, path))
    except BaseException:
        await connection.close()
        raise
    return connection


def _make_folder(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        msg = (
            f"The folder of the database {path} cannot be created ({error.strerror})."
            " Create it, or point DATABASE_PATH somewhere else."
        )
        raise DatabaseUnusable(msg) from error


def _prepare(path: str, connection: sqlite3.Connection) -> None:
    connection.row_factory = sqlite3.Row
    journal = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
    if journal != "wal" and path != MEMORY:
        msg = (
            f"The disk of the database {path} does not support write-ahead logging (network"
            " disks often do not). Point DATABASE_PATH to a local disk."
        )
        raise DatabaseUnusable(msg)
    connection.execute("PRAGMA synchronous = FULL")  # a commit survives a power loss
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute(f"PRAGMA journal_size_limit = {JOURNAL_LIMIT:d}")
    found = problems(connection)
    if found:
        msg = (
            f"The database {path} is damaged ({found[0]}). Keep a copy of it, put a backup in"
            " its place, or rescue what is left with `sqlite3 FILE .recover`."
        )
        raise DatabaseUnusable(msg)
    migrate.apply(connection)


def problems(connection: sqlite3.Connection) -> list[str]:
    """Return what SQLite's own check finds wrong with the file."""
    found = [str(row[0]) for row in connection.execute("PRAGMA quick_check")]
    return [] if found == ["ok"] else found


def _nothing() -> None:
    pass
