"""The one connection, taken in turns: every write is a named transaction.

On a shared connection one coroutine's rollback would erase another's statements, and
two BEGINs would collide. So there is one lock, BEGIN IMMEDIATE, and a commit or rollback
that a cancellation cannot interrupt. Nothing in here waits for a network, and nothing
that holds a transaction may.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, cast

from storage import together
from storage.connection import Connection, opened, problems
from storage.together import Body, Part
from storage.tx import LOOK, TRANSACTION, Tx, Work, without_writing
from storage.unusable import DatabaseUnusable, explaining

__all__ = ["Database", "DatabaseUnusable", "Tx", "ignore", "settled"]

LARGEST_GROUP = 32  # transactions in one commit: nobody waits long for the others

T = TypeVar("T")


def ignore(point: str) -> None:
    """Do nothing: the hook where nobody watches the points."""


@dataclass(slots=True)
class _Group:
    """Transactions that will share a commit, and when it is made."""

    parts: list[Part]
    committed: asyncio.Future[None]


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
        self._group: _Group | None = None

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
            tx = Tx(self._connection.hop, TRANSACTION)
            try:
                yield tx
                self._on_point(f"{name}.before_commit")
            except BaseException:
                await settled(tx.roll_back())
                raise
            await settled(tx.commit())
            self._on_point(f"{name}.after_commit")

    async def atomically(self, name: str, body: Body[T]) -> T:
        """Run `body(tx)` as one transaction, wholly in the database's thread.

        That is one hop, however many statements there are, and those that wait at the same
        time share the cost of the commit. The body may wait for nothing but its `tx`, should
        be quick, and must not touch the event loop (wake somebody, set an event): do that
        afterwards. `on_point` hears the same points, in the thread.
        """
        self._refuse_nesting()
        if self._group is None or len(self._group.parts) >= LARGEST_GROUP:
            parts: list[Part] = []
            self._group = _Group(parts, asyncio.ensure_future(self._run(parts)))
        part = Part(name, body)
        self._group.parts.append(part)
        await settled(self._group.committed)
        if part.error is not None:
            with explaining(self._connection.path):
                raise part.error
        return cast("T", part.result)

    async def _run(self, parts: list[Part]) -> None:
        async with self._turn():
            if self._group is not None and self._group.parts is parts:
                self._group = None  # who comes now is too late for this commit
            await settled(
                self._connection.hop(
                    lambda connection: together.run(connection, parts, self._on_point)
                )
            )

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Tx]:
        """Look at a state in which no transaction is open. Writing is refused."""
        async with self._turn():
            tx = Tx(self._look, LOOK)
            try:
                yield tx
            finally:
                tx.close()

    async def integrity(self) -> list[str]:
        """Return what SQLite's own check finds wrong; empty: nothing."""
        async with self._turn():
            return await self._connection.hop(problems)

    async def _look(self, work: Work[T]) -> T:
        return await self._connection.hop(lambda connection: without_writing(connection, work))

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        self._refuse_nesting()
        async with self._lock:
            self._holder = asyncio.current_task()
            try:
                yield
            finally:
                self._holder = None

    def _refuse_nesting(self) -> None:
        if self._holder is not None and self._holder is asyncio.current_task():
            msg = "A transaction is already open in this task: hand its `tx` on instead."
            raise RuntimeError(msg)


async def settled(work: Coroutine[Any, Any, T] | asyncio.Future[T]) -> T:
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
