"""Whom the bot has met: how to address them, and what they agreed to."""

import sqlite3
from dataclasses import dataclass

from storage.database import Tx


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who wrote to the bot. Times are Unix seconds."""

    id: int
    username: str | None
    first_name: str
    client_language: str | None  # what their client says
    language: str | None  # what they chose
    consented_at: float | None
    blocked_at: float | None  # since when the bot cannot write to them
    gender: str | None = None  # who is on their pictures, as they said last


_COLUMNS = "id, username, first_name, client_language, language, consented_at, blocked_at, gender"
_SEEN = f"""
INSERT INTO people (id, username, first_name, client_language, created_at, seen_at)
VALUES (:id, :username, :first_name, :client_language, :now, :now)
ON CONFLICT (id) DO UPDATE SET username = excluded.username, first_name = excluded.first_name,
    client_language = excluded.client_language, seen_at = excluded.seen_at
RETURNING {_COLUMNS}
"""  # noqa: S608 - put together from the constant above
_GET = f"SELECT {_COLUMNS} FROM people WHERE id = ?"  # noqa: S608 - the same


async def seen(
    tx: Tx,
    person_id: int,
    username: str | None,
    first_name: str,
    client_language: str | None,
    now: float,
) -> Person:
    """Remember what Telegram says about somebody now, and return all that is known."""
    rows = await tx.rows(
        _SEEN,
        {
            "id": person_id,
            "username": username,
            "first_name": first_name,
            "client_language": client_language,
            "now": now,
        },
    )
    return _person(rows[0])


async def get(tx: Tx, person_id: int) -> Person | None:
    """Return what is known about somebody, or None."""
    row = await tx.row(_GET, (person_id,))
    return None if row is None else _person(row)


async def set_language(tx: Tx, person_id: int, language: str | None) -> None:
    """Remember the language somebody chose; None: whatever their client says."""
    tx.later("UPDATE people SET language = ? WHERE id = ?", (language, person_id))


async def set_gender(tx: Tx, person_id: int, gender: str) -> None:
    """Remember who somebody says is on their pictures."""
    tx.later("UPDATE people SET gender = ? WHERE id = ?", (gender, person_id))


async def give_consent(tx: Tx, person_id: int, now: float) -> None:
    """Remember when somebody first agreed to how photos are used."""
    tx.later(
        "UPDATE people SET consented_at = coalesce(consented_at, ?) WHERE id = ?", (now, person_id)
    )


async def set_blocked(tx: Tx, person_id: int, at: float | None) -> None:
    """Remember since when the bot cannot write to somebody; None: it can again."""
    tx.later("UPDATE people SET blocked_at = ? WHERE id = ?", (at, person_id))


def _person(row: sqlite3.Row) -> Person:
    return Person(*row)
