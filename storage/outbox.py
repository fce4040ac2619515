"""The outbox: what is to be said, in order per chat, until it was sent or cannot be.

A message that will be edited later has an anchor, a name that is bound to Telegram's
message id once it was sent. How a row is sent, and how often a chat may be written to,
is the courier's business.
"""

import json
import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import IntEnum

from storage.database import Tx


class Rank(IntEnum):
    """What comes first in a group. Within a rank, and in private chats, the older comes first."""

    PICTURE = 0
    TALK = 1
    PROGRESS = 2


@dataclass(frozen=True, slots=True)
class NewRow:
    """Something to say. `edits` is the anchor it edits, `job_id` the job it delivers."""

    chat_id: int
    payload: str
    edits: str | None = None
    urgent: bool = False
    job_id: int | None = None
    due_at: float | None = None  # None: now
    rank: Rank = Rank.TALK


@dataclass(frozen=True, slots=True)
class Row:
    """Something that waits to be said."""

    id: int
    chat_id: int
    payload: str
    edits: str | None
    urgent: bool
    job_id: int | None
    attempts: int
    created_at: float
    rank: Rank = Rank.TALK


@dataclass(frozen=True, slots=True)
class Anchor:
    """A message of ours that can be edited. `picture` is what it shows; None: only text."""

    name: str
    chat_id: int
    message_id: int
    picture: str | None


async def add(tx: Tx, rows: Iterable[NewRow], now: float) -> None:
    """Queue rows in this order. A new edit takes the place of one that still waits.

    The older edit is removed rather than changed: it may be on its way just now, and then
    the newer one still has to follow. It may wait under the id its group has by now.
    """
    for row in rows:
        if row.edits is not None:
            tx.later("DELETE FROM outbox WHERE edits = ? AND state = 'waiting'", (row.edits,))
            tx.later(
                "DELETE FROM outbox WHERE edits = ? AND chat_id = ? AND state = 'parked'",
                (row.edits, row.chat_id),
            )
        tx.later(
            "INSERT INTO outbox (chat_id, payload, edits, urgent, job_id, due_at, created_at, rank)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                row.chat_id,
                row.payload,
                row.edits,
                row.urgent,
                row.job_id,
                now if row.due_at is None else row.due_at,
                now,
                row.rank,
            ),
        )


@dataclass(frozen=True, slots=True)
class Busy:
    """The chats that may not be written to now: at all, or from a rank on."""

    chats: Collection[int] = ()
    talk: Collection[int] = ()
    progress: Collection[int] = ()

    def lists(self) -> dict[str, str]:
        """Return what the queries ask for."""
        return {
            "busy": _list(self.chats),
            "no_talk": _list(self.talk),
            "no_progress": _list(self.progress),
        }


# A chat's rows leave in order, so only its first can go; urgent rows wait for nobody. In a
# group (whose id is negative) the first is the oldest of the best rank.
_NEXT = """
state = 'waiting' AND id NOT IN (SELECT value FROM json_each(:taken)) AND (
    urgent = 1 OR (
        chat_id NOT IN (SELECT value FROM json_each(:busy))
        AND (rank < 1 OR chat_id NOT IN (SELECT value FROM json_each(:no_talk)))
        AND (rank < 2 OR chat_id NOT IN (SELECT value FROM json_each(:no_progress)))
        AND NOT EXISTS (
            SELECT 1 FROM outbox AS earlier
            WHERE earlier.chat_id = outbox.chat_id AND earlier.state = 'waiting'
            AND earlier.urgent = 0 AND earlier.id < outbox.id
            AND (outbox.chat_id > 0 OR earlier.rank <= outbox.rank)
        ) AND (
            chat_id > 0 OR NOT EXISTS (
                SELECT 1 FROM outbox AS better
                WHERE better.chat_id = outbox.chat_id AND better.state = 'waiting'
                AND better.urgent = 0 AND better.rank < outbox.rank
            )
        )
    )
)
"""
_COLUMNS = "id, chat_id, payload, edits, urgent, job_id, attempts, created_at, rank"
_READY = f"""
SELECT {_COLUMNS} FROM outbox
WHERE due_at <= :now AND {_NEXT} ORDER BY due_at, id LIMIT :limit
"""  # noqa: S608 - put together from the constants above
_NEXT_DUE = f"SELECT due_at FROM outbox WHERE {_NEXT} ORDER BY due_at, id LIMIT 1"  # noqa: S608 - the same


async def ready(
    tx: Tx, now: float, busy: Busy, limit: int, taken: Collection[int] = ()
) -> list[Row]:
    """Return rows that may leave now: urgent ones, and the first of each chat that is not busy.

    Urgent rows are returned for busy chats too; `taken` leaves out the ids of rows that are
    already on their way.
    """
    rows = await tx.rows(
        _READY, {"now": now, "limit": limit, "taken": _list(taken), **busy.lists()}
    )
    return [_row(row) for row in rows]


async def next_due(tx: Tx, busy: Busy, taken: Collection[int] = ()) -> float | None:
    """Return when the next row that `ready` would return is due, or None."""
    found = await tx.value(_NEXT_DUE, {"taken": _list(taken), **busy.lists()})
    return None if found is None else float(found)


async def sent(tx: Tx, row_id: int, now: float) -> None:
    """Mark a row as sent."""
    tx.later(
        "UPDATE outbox SET state = 'sent', done_at = ? WHERE id = ? AND state = 'waiting'",
        (now, row_id),
    )


async def postpone(tx: Tx, row_id: int, until: float, reason: str) -> None:
    """Let a row wait until a time, one attempt later. The rest of its chat waits behind it."""
    tx.later(
        "UPDATE outbox SET due_at = ?, attempts = attempts + 1, reason = ?"
        " WHERE id = ? AND state = 'waiting'",
        (until, reason, row_id),
    )


async def fail(tx: Tx, row_id: int, reason: str, now: float) -> None:
    """Give a row up."""
    tx.later(
        "UPDATE outbox SET state = 'failed', reason = ?, done_at = ?"
        " WHERE id = ? AND state = 'waiting'",
        (reason, now, row_id),
    )


async def park(tx: Tx, chat_id: int, reason: str) -> None:
    """Keep everything for a chat that cannot be written to. Answers to presses are given up."""
    tx.later(
        "UPDATE outbox SET reason = ?, state = iif(urgent = 1, 'failed', 'parked'),"
        " done_at = iif(urgent = 1, due_at, NULL) WHERE chat_id = ? AND state = 'waiting'",
        (reason, chat_id),
    )


async def unpark(tx: Tx, chat_id: int, now: float) -> int:
    """Let what was parked for a chat go on, in its old order, and return how much it is."""
    return await tx.run(
        "UPDATE outbox SET state = 'waiting', reason = NULL, due_at = ?"
        " WHERE chat_id = ? AND state = 'parked'",
        (now, chat_id),
    )


async def pictures_for(tx: Tx, chat_id: int) -> list[Row]:
    """Return what waits, or is parked, to bring a job's picture to a chat."""
    return [row for row in await waiting_for(tx, chat_id) if row.job_id is not None]


async def waiting_for(tx: Tx, chat_id: int) -> list[Row]:
    """Return all that waits, or is parked, for a chat."""
    rows = await tx.rows(
        f"SELECT {_COLUMNS} FROM outbox WHERE chat_id = ?"  # noqa: S608 - a constant
        " AND state IN ('waiting', 'parked') ORDER BY id",
        (chat_id,),
    )
    return [_row(row) for row in rows]


async def withdraw(tx: Tx, chat_id: int, anchor: str) -> None:
    """Take back the message that would be sent under an anchor, if it still waits."""
    tx.later(
        "DELETE FROM outbox WHERE chat_id = ? AND state = 'waiting'"
        " AND json_extract(payload, '$.body.anchor') = ? AND edits IS NULL",
        (chat_id, anchor),
    )


async def redirect(tx: Tx, row_id: int, chat_id: int, payload: str, now: float) -> None:
    """Say something in another chat instead, with other words."""
    tx.later(
        "UPDATE outbox SET chat_id = ?, payload = ?, state = 'waiting', due_at = ?"
        " WHERE id = ? AND state IN ('waiting', 'parked')",
        (chat_id, payload, now, row_id),
    )


async def drop(tx: Tx, chat_id: int, reason: str, now: float) -> None:
    """Give everything up that waits for a chat."""
    tx.later(
        "UPDATE outbox SET state = 'failed', reason = ?, done_at = ?"
        " WHERE chat_id = ? AND state IN ('waiting', 'parked')",
        (reason, now, chat_id),
    )


async def rewrite(tx: Tx, row_id: int, payload: str, reason: str) -> None:
    """Say it otherwise, one attempt later."""
    tx.later(
        "UPDATE outbox SET payload = ?, attempts = attempts + 1, reason = ?"
        " WHERE id = ? AND state = 'waiting'",
        (payload, reason, row_id),
    )


async def sent_since(tx: Tx, since: float) -> list[tuple[int, float]]:
    """Return what was sent lately, oldest first: to which chat, and when."""
    rows = await tx.rows(
        "SELECT chat_id, done_at FROM outbox WHERE state IN ('sent', 'failed')"
        " AND done_at >= ? AND state = 'sent' ORDER BY done_at",
        (since,),
    )
    return [(int(chat_id), float(at)) for chat_id, at in rows]


_SPOKE_LATELY = """
SELECT EXISTS (SELECT 1 FROM outbox WHERE chat_id = :chat AND state = 'waiting')
    OR EXISTS (SELECT 1 FROM outbox WHERE chat_id = :chat AND state = 'parked')
    OR EXISTS (SELECT 1 FROM outbox WHERE chat_id = :chat AND state IN ('sent', 'failed')
        AND done_at >= :since)
"""


async def spoke_lately(tx: Tx, chat_id: int, since: float) -> bool:
    """Tell whether something was said in a chat since a time, or still waits to be."""
    return bool(await tx.value(_SPOKE_LATELY, {"chat": chat_id, "since": since}))


async def move_chat(tx: Tx, old: int, new: int) -> None:
    """Send what waits for a chat to the id it has now.

    The messages it has seen stay behind: in the new chat their numbers name others, so
    nothing may edit them or reply to them any more.
    """
    tx.later("UPDATE outbox SET chat_id = ? WHERE chat_id = ? AND done_at IS NULL", (new, old))
    tx.later("DELETE FROM anchors WHERE chat_id = ?", (old,))


async def count(tx: Tx) -> dict[str, int]:
    """Return how many rows there are in each state."""
    rows = await tx.rows("SELECT state, count(*) FROM outbox GROUP BY state")
    return {str(state): int(number) for state, number in rows}


async def prune(tx: Tx, before: float) -> int:
    """Remove what was finished before a time."""
    return await tx.run(
        "DELETE FROM outbox WHERE state IN ('sent', 'failed') AND done_at < ?", (before,)
    )


async def bind(
    tx: Tx, anchor: str, chat_id: int, message_id: int, picture: str | None, now: float
) -> None:
    """Remember which message an anchor names, and which picture it shows."""
    tx.later(
        "INSERT INTO anchors (name, chat_id, message_id, picture, created_at)"
        " VALUES (?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE"
        " SET chat_id = excluded.chat_id, message_id = excluded.message_id,"
        " picture = excluded.picture",
        (anchor, chat_id, message_id, picture, now),
    )


async def anchor(tx: Tx, name: str) -> Anchor | None:
    """Return the message an anchor names, or None if it was never sent."""
    row = await tx.row(
        "SELECT name, chat_id, message_id, picture FROM anchors WHERE name = ?", (name,)
    )
    return None if row is None else Anchor(*row)


def _row(row: sqlite3.Row) -> Row:
    id_, chat_id, payload, edits, urgent, job_id, attempts, created_at, rank = row
    return Row(id_, chat_id, payload, edits, bool(urgent), job_id, attempts, created_at, Rank(rank))


def _list(ids: Collection[int]) -> str:
    return json.dumps(list(ids))
