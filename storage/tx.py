"""The statements of one transaction, and what becomes of them in the database's thread.

Statements cross to the thread one by one; those whose outcome nobody waits for
(`Tx.later`) travel with the next one or with the commit, in the order written. When a
transaction begins and ends is `storage.database`'s business.
"""

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias, TypeVar

T = TypeVar("T")
Params: TypeAlias = Sequence[Any] | Mapping[str, Any]
Work: TypeAlias = Callable[[sqlite3.Connection], T]


class Hop(Protocol):
    """Runs a function in the database's thread and returns what it returned."""

    async def __call__(self, work: Work[T], /) -> T:
        """Run `work`, even if we are cancelled meanwhile."""


@dataclass(frozen=True, slots=True)
class Frame:
    """How a stretch of statements begins, and how it ends well or badly."""

    begin: str | None
    keep: str
    undo: tuple[str, ...]


# IMMEDIATE: a transaction that may write never has to wait for that in between.
TRANSACTION = Frame("BEGIN IMMEDIATE", "COMMIT", ("ROLLBACK",))
PART = Frame("SAVEPOINT part", "RELEASE part", ("ROLLBACK TO part", "RELEASE part"))
LOOK = Frame(None, "", ())


class Tx:
    """The statements of one transaction, of one part of it, or of a look without writing."""

    def __init__(self, hop: Hop, frame: Frame) -> None:
        self._hop = hop
        self._frame = frame
        self._begin = [] if frame.begin is None else [self._count, _statement(frame.begin)]
        self._waiting: list[Work[Any]] = []
        self._over = False
        self._broken: Exception | None = None
        self._counted = 0  # rows the connection has changed before
        self.changes = 0  # rows changed in here; known after the commit

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
        self._waiting.append(_statement(sql, params))

    async def _perform(self, work: Work[T]) -> T:
        self._check_usable()
        begin, self._begin = self._begin, []
        before, self._waiting = self._waiting, []
        try:
            return await self._hop(lambda connection: _in_order(connection, begin + before, work))
        except sqlite3.IntegrityError as error:
            if before:  # it may have been one of these, which nobody watches
                self._broken = error
            raise
        except Exception as error:
            self._broken = error
            raise

    async def commit(self) -> None:
        """Make it last. Only the database calls this, at the end of the block."""
        if self._broken is not None:
            await self.roll_back()
            raise self._broken
        self._over = True
        if self._begin and not self._waiting:
            return  # nothing was done
        todo = [*self._begin, *self._waiting, self._sum_up]
        await self._hop(lambda connection: _finish(connection, todo, self._frame))

    async def roll_back(self) -> None:
        """Undo it. Only the database calls this, when the block fails."""
        if self._over:
            return  # a commit that fails undoes everything itself
        self._over = True
        if not self._begin:
            await self._hop(lambda connection: _undo(connection, self._frame))

    def close(self) -> None:
        """End a look. Only the database calls this."""
        self._over = True

    def _count(self, connection: sqlite3.Connection) -> None:
        self._counted = connection.total_changes

    def _sum_up(self, connection: sqlite3.Connection) -> None:
        self.changes = connection.total_changes - self._counted

    def _check_usable(self) -> None:
        if self._over:
            msg = "This transaction is over: use it only inside its `async with`."
            raise RuntimeError(msg)
        if self._broken is not None:
            msg = "A statement of this transaction failed: leave its `async with`, begin anew."
            raise RuntimeError(msg) from self._broken


# --- what happens in the database's thread ---------------------------------------------


def without_writing(connection: sqlite3.Connection, work: Work[T]) -> T:
    """Run `work` and refuse every write in it."""
    connection.execute("PRAGMA query_only = ON")
    try:
        return work(connection)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_READONLY:
            raise
        msg = "This is only a look: use a transaction to change something."
        raise RuntimeError(msg) from error
    finally:
        connection.execute("PRAGMA query_only = OFF")


def _statement(sql: str, params: Params = ()) -> Work[Any]:
    return lambda connection: connection.execute(sql, params)


def _in_order(connection: sqlite3.Connection, before: list[Work[Any]], work: Work[T]) -> T:
    for earlier in before:
        earlier(connection)
    return work(connection)


def _finish(connection: sqlite3.Connection, before: list[Work[Any]], frame: Frame) -> None:
    try:
        _in_order(connection, before, _statement(frame.keep))
    except BaseException:
        _undo(connection, frame)
        raise


def _undo(connection: sqlite3.Connection, frame: Frame) -> None:
    if connection.in_transaction:  # SQLite itself gives up on a full disk, for one
        for sql in frame.undo:
            connection.execute(sql)
