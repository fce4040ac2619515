"""The schema's history: numbered SQL files, applied in order, each in one transaction.

`PRAGMA user_version` says how far a file has come. Scripts are append-only: what was
once released is never edited, a change is a new script with the next number.
"""

import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources

from storage.unusable import DatabaseUnusable

_NAME = re.compile(r"(\d{4})_\w+\.sql")


@dataclass(frozen=True, slots=True)
class Script:
    """One step of the schema: what brings version `number - 1` to `number`."""

    number: int
    name: str
    sql: str


def scripts() -> tuple[Script, ...]:
    """Return the scripts that ship with the bot, in order and without a gap."""
    found = sorted(
        (
            Script(int(match[1]), file.name, file.read_text("utf-8"))
            for file in (resources.files("storage") / "migrations").iterdir()
            if (match := _NAME.fullmatch(file.name))
        ),
        key=lambda script: script.number,
    )
    if [script.number for script in found] != list(range(1, len(found) + 1)):
        names = ", ".join(script.name for script in found)
        msg = f"The migrations must be numbered 0001, 0002, … without gaps: {names}"
        raise ValueError(msg)
    return tuple(found)


def apply(connection: sqlite3.Connection, steps: Sequence[Script] | None = None) -> int:
    """Bring the database up to date and return its version. Runs in the database's thread.

    The connection must be in autocommit mode (`isolation_level=None`).
    """
    steps = scripts() if steps is None else steps
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > len(steps):
        msg = (
            f"The database was written by a newer version of the bot (its schema is {version},"
            f" this version knows {len(steps)}). Update the bot, or put back the copy of the"
            " database from before the update."
        )
        raise DatabaseUnusable(msg)
    # Rebuilding a table breaks references for a moment; they are checked before each commit.
    connection.execute("PRAGMA foreign_keys = OFF")
    try:
        for step in steps[version:]:
            _apply_one(connection, step)
    finally:
        connection.execute("PRAGMA foreign_keys = ON")
    return len(steps)


def _apply_one(connection: sqlite3.Connection, step: Script) -> None:
    try:
        connection.executescript("BEGIN IMMEDIATE;\n" + step.sql)
        _check_references(connection, step)
        connection.execute(f"PRAGMA user_version = {step.number:d}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _check_references(connection: sqlite3.Connection, step: Script) -> None:
    broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    if broken:
        tables = ", ".join(sorted({row[0] for row in broken}))
        msg = (
            f"The database could not be brought up to date: {step.name} would leave broken"
            f" references in {tables}. Nothing was changed; please report this."
        )
        raise DatabaseUnusable(msg)
