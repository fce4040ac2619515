"""Several transactions that share one commit.

Making a commit durable costs more than everything else in a transaction. Those that wait
at the same time therefore become parts of one: each in a savepoint of its own, so that
one that fails is undone alone, and all are told that they are done only after the commit.
Their bodies run wholly in the database's thread, one after the other.
"""

import sqlite3
from collections.abc import Callable, Coroutine, Sequence
from contextvars import Context, copy_context
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeAlias, TypeVar, cast

from storage.tx import PART, TRANSACTION, Tx, Work

T = TypeVar("T")
Body: TypeAlias = Callable[[Tx], Coroutine[Any, Any, T]]
OnPoint: TypeAlias = Callable[[str], None]


@dataclass(slots=True)
class Part:
    """One transaction that waits for its turn, and afterwards what came of it."""

    name: str
    body: Body[Any]
    context: Context = field(default_factory=copy_context)
    result: Any = None
    error: BaseException | None = None


def run(connection: sqlite3.Connection, parts: Sequence[Part], on_point: OnPoint) -> None:
    """Run all parts and commit. Raises only what concerns all of them."""
    connection.execute(str(TRANSACTION.begin))
    try:
        for part in parts:
            _run_part(connection, part, on_point)
        connection.execute(TRANSACTION.keep)
    except BaseException:
        if connection.in_transaction:
            connection.execute(*TRANSACTION.undo)
        raise
    for part in parts:
        if part.error is None:
            _note(part, on_point, "after_commit")


def _run_part(connection: sqlite3.Connection, part: Part, on_point: OnPoint) -> None:
    tx = Tx(partial(_at_once, connection), PART)
    try:
        part.result = part.context.run(_driven, part.body(tx))
        on_point(f"{part.name}.before_commit")
        _driven(tx.commit())
    except BaseException as error:
        part.error = error
        _driven(tx.roll_back())
        if not connection.in_transaction:  # SQLite gave everything up: the disk is full, …
            raise


def _note(part: Part, on_point: OnPoint, point: str) -> None:
    try:
        on_point(f"{part.name}.{point}")
    except BaseException as error:  # noqa: BLE001 - handed to whoever waits for the part
        part.error = error


async def _at_once(connection: sqlite3.Connection, work: Work[T]) -> T:
    return work(connection)


def _driven(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine that never has to wait."""
    try:
        coroutine.send(None)
    except StopIteration as stop:
        return cast("T", stop.value)
    coroutine.close()
    msg = "A transaction waited for something else than its tx: do that before or after."
    raise RuntimeError(msg)
