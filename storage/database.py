"""The one connection, taken in turns: every write is a named transaction.

On a shared connection one coroutine's rollback would erase another's statements, and
two BEGINs would collide. So there is one lock, BEGIN IMMEDIATE, and a commit or rollback
that a cancellation cannot interrupt. Nothing in here waits for a network, and nothing
that holds a transaction may.

Statements cross to the database's thread one by one; those whose outcome nobody waits
for (`Tx.later`) travel with the next one or with the commit, in the order written.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Protocol, TypeAlias, TypeVar

from storage.connection import Connection, opened, problems
from storage.unusable import DatabaseUnusable

__all__ = ["Database", "DatabaseUnusable", "Tx", "ignore", "settled"]

T = TypeVar("T")
Params: TypeAlias = Sequence[Any] | Mapping[str, Any]
Work: TypeAlias = Callable[[sqlite3.Connection], T]


class Hop(Protocol):
    """Runs a function in the database's thread and returns what it returned."""

    async def __call__(self, work: Work[T], /) -> T:
        """Run `work`, even if we are cancelled meanwhile."""


def ignore(point: str) -> None:
    """Do nothing: the hook where nobody watches the points."""


class Tx:
    """The statements of one transaction, or of one look without writing."""

    def __init__(self, hop: Hop, *first: Work[Any]) -> None:
        self._hop = hop
        self._waiting = list(first)
        self._begun = False
        self._over = False
        self._broken: Exception | None = None

    async def run(self, sql: str, params: Params = ()) -> int:
        """Run a statement and return how many rows it changed."""
        return await self._perform(lambda connection: connection.execute(sql, params).rowcount)

    async def insert(self, sql: str, params: Params = ()) -> int:
        """Insert one row and return its id."""
        return await self._perform(
            lambda connection: connection.execute(sql, params).lastrowid or 0
        )

    async def many(self, sql: str, rows: Iterable[Params]) -> int:
        """Run a statement once per row and return how many rows were changed in all."""
        listed = list(rows)
        if not listed:
            return 0
        return await self._perform(lambda connection: connection.executemany(sql, listed).rowcount)

    async def row(self, sql: str, params: Params = ()) -> sqlite3.Row | None:
        """Return the first row, or None."""
        found = await self.rows(sql, params)
        return found[0] if found else None

    async def rows(self, sql: str, params: Params = ()) -> list[sqlite3.Row]:
        """Return all rows."""
        return await self._perform(lambda connection: connection.execute(sql, params).fetchall())

    async def value(self, sql: str, params: Params = ()) -> Any:  # noqa: ANN401 - any cell
        """Return the first cell of the first row, or None."""
        found = await self.row(sql, params)
        return None if found is None else found[0]

    def later(self, sql: str, params: Params = ()) -> None:
        """Run a statement before the next one, at the latest at the commit.

        For writes whose outcome nobody needs. If it fails, the whole transaction does.
        """
        self._check_usable()
        self._waiting.append(lambda connection: connection.execute(sql, params))

    async def _perform(self, work: Work[T]) -> T:
        self._check_usable()
        before, self._waiting, self._begun = self._waiting, [], True
        try:
            return await self._hop(lambda connection: _in_order(connection, before, work))
        except sqlite3.IntegrityError as error:
            if any(work is not _begin for work in before):  # it may have been one of these
                self._broken = error
            raise
        except Exception as error:
            self._broken = error
            raise

    async def _commit(self) -> None:
        self._over = True
        if self._broken is not None:
            await self._roll_back()
            raise self._broken
        if self._begun or len(self._waiting) > 1:  # more than the BEGIN
            before = self._waiting
            await self._hop(lambda connection: _commit(connection, before))

    async def _roll_back(self) -> None:
        self._over = True
        if self._begun:
            await self._hop(_roll_back)

    def _check_usable(self) -> None:
        if self._over:
            msg = "This transaction is over: use it only inside its `async with`."
            raise RuntimeError(msg)
        if self._broken is not None:
            msg = "A statement of this transaction failed: leave its `async with`, begin anew."
            raise RuntimeError(msg) from self._broken


class Database:
    """The database file: `transaction` to change something, `reading` to look."""

    def __init__(
        self, connection: Connection, release: Callable[[], None], on_point: Callable[[str], None]
    ) -> None:
        self._connection = connection
        self._release = release
        self._on_point = on_point
        self._lock = asyncio.Lock()
        self._holder: asyncio.Task[Any] | None = None

    @classmethod
    async def open(
        cls, path: Path | str, *, on_point: Callable[[str], None] = ignore
    ) -> "Database":
        """Open, check and migrate the file; raise DatabaseUnusable where that fails."""
        connection, release = await opened(path)
        return cls(connection, release, on_point)

    async def close(self) -> None:
        """Finish what is running and close the file."""
        async with self._turn():
            try:
                await settled(self._connection.close())
            finally:
                self._release()

    @asynccontextmanager
    async def transaction(self, name: str) -> AsyncIterator[Tx]:
        """Begin a transaction, commit it at the end of the block, roll it back on any exception.

        `on_point` hears `{name}.before_commit` and `{name}.after_commit`.
        """
        async with self._turn():
            tx = Tx(self._connection.hop, _begin)
            try:
                yield tx
                self._on_point(f"{name}.before_commit")
            except BaseException:
                await settled(tx._roll_back())  # noqa: SLF001 - only the database ends a Tx
                raise
            await settled(tx._commit())  # noqa: SLF001 - the same
            self._on_point(f"{name}.after_commit")

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Tx]:
        """Look at a state in which no transaction is open. Writing is refused."""
        async with self._turn():
            tx = Tx(self._look)
            try:
                yield tx
            finally:
                tx._over = True  # noqa: SLF001 - only the database ends a Tx

    async def integrity(self) -> list[str]:
        """Return what SQLite's own check finds wrong; empty: nothing."""
        async with self._turn():
            return await self._connection.hop(problems)

    async def _look(self, work: Work[T]) -> T:
        return await self._connection.hop(lambda connection: _without_writing(connection, work))

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        task = asyncio.current_task()
        if self._holder is not None and self._holder is task:
            msg = "A transaction is already open in this task: hand its `tx` on instead."
            raise RuntimeError(msg)
        async with self._lock:
            self._holder = task
            try:
                yield
            finally:
                self._holder = None


async def settled(work: Coroutine[Any, Any, T]) -> T:
    """Wait for `work` to its end, even if we are cancelled; the cancellation follows after."""
    task = asyncio.ensure_future(work)
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.wait((task,))
        except asyncio.CancelledError as error:
            cancelled = error
    if cancelled is not None:
        raise cancelled from task.exception()
    return task.result()


# --- what happens in the database's thread ---------------------------------------------


def _begin(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")


def _in_order(connection: sqlite3.Connection, before: list[Work[Any]], work: Work[T]) -> T:
    for earlier in before:
        earlier(connection)
    return work(connection)


def _commit(connection: sqlite3.Connection, before: list[Work[Any]]) -> None:
    try:
        _in_order(connection, before, lambda inside: inside.execute("COMMIT"))
    except BaseException:
        _roll_back(connection)
        raise


def _roll_back(connection: sqlite3.Connection) -> None:
    if connection.in_transaction:  # SQLite itself gives up on a full disk, for one
        connection.execute("ROLLBACK")


def _without_writing(connection: sqlite3.Connection, work: Work[T]) -> T:
    connection.execute("PRAGMA query_only = ON")
    try:
        return work(connection)
    finally:
        connection.execute("PRAGMA query_only = OFF")
