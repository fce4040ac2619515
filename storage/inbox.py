"""The inbox: every update Telegram handed over, until it is handled or set aside.

Each row belongs to the queue of one person. A queue is handled strictly in order: what
is not yet due at its head holds the rest of it, and nobody else. The photos of an album
come as single updates without an end marker; they wait until the album has been quiet for
a moment and are then one batch.
"""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from storage.database import Tx

ALBUM_QUIET = 1.0  # seconds after the last item, albums arrive within a few hundred ms
ALBUM_CAP = 10.0  # seconds after the first item, however many still come
REDELIVERY = 24 * 3600.0  # seconds for which Telegram may send an update again
_BEFORE_ALL = -(2**63)  # less than the number of any queue


@dataclass(frozen=True, slots=True)
class Arrival:
    """An update as it came in. `album` names what it belongs to, if anything."""

    update_id: int
    queue: int
    payload: str
    album: str | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """An update that waits to be handled. `attempts` were made before."""

    update_id: int
    payload: str
    attempts: int


@dataclass(frozen=True, slots=True)
class Batch:
    """What is handled in one go: one update, or all that came of an album."""

    queue: int
    updates: tuple[Waiting, ...]

    @property
    def ids(self) -> tuple[int, ...]:
        """The ids of its updates."""
        return tuple(update.update_id for update in self.updates)


async def add(tx: Tx, arrivals: Iterable[Arrival], now: float) -> int:
    """Store updates and return how many are new; what was stored before stays as it is."""
    arrivals = list(arrivals)
    new = await tx.many(
        "INSERT INTO inbox (update_id, queue, album, payload, received_at, due_at)"
        " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (update_id) DO NOTHING",
        [(a.update_id, a.queue, a.album, a.payload, now, now) for a in arrivals],
    )
    albums = {arrival.album for arrival in arrivals if arrival.album is not None}
    if new and albums:
        tx.later(_WAIT_FOR_ALBUMS, (ALBUM_QUIET, ALBUM_CAP, json.dumps(sorted(albums))))
    return new


# Items that were tried and postponed keep their due time.
_WAIT_FOR_ALBUMS = """
UPDATE inbox SET due_at = (
    SELECT min(max(item.received_at) + ?, min(item.received_at) + ?)
    FROM inbox AS item WHERE item.album = inbox.album AND item.state = 'waiting'
)
WHERE album IN (SELECT value FROM json_each(?)) AND state = 'waiting' AND attempts = 0
"""


async def ready(
    tx: Tx, now: float, busy: Collection[int], limit: int, after: int | None = None
) -> list[Batch]:
    """Return at most one batch of each queue that is not busy and whose head is due.

    Where not all fit, queues take turns by number, beginning behind the queue `after`: pass
    the last one served, and everybody gets the same share, however much they have waiting.
    """
    found = await _ready(tx, now, busy, limit, (_BEFORE_ALL, None))
    if after is None or len(found) < limit:
        return found
    found = await _ready(tx, now, busy, limit, (after, None))
    if len(found) < limit:
        found += await _ready(tx, now, busy, limit - len(found), (_BEFORE_ALL, after))
    return found


async def _ready(
    tx: Tx, now: float, busy: Collection[int], limit: int, queues: tuple[int, int | None]
) -> list[Batch]:
    after, last = queues
    rows = await tx.rows(
        _READY, {"after": after, "last": last, "busy": _list(busy), "now": now, "limit": limit}
    )
    batches: dict[int, list[Waiting]] = {}
    for queue, update_id, payload, attempts in rows:
        batches.setdefault(queue, []).append(Waiting(update_id, payload, attempts))
    return [Batch(queue, tuple(updates)) for queue, updates in batches.items()]


# The recursion hops from one queue to the next in the index, so it costs a few lookups per
# queue however long the queues are, and stops when the limit is reached.
_HEADS = """
WITH RECURSIVE turns (queue) AS (
    SELECT (SELECT queue FROM inbox WHERE state = 'waiting' AND queue > :after
            ORDER BY queue LIMIT 1)
    UNION ALL
    SELECT (SELECT queue FROM inbox WHERE state = 'waiting' AND queue > turns.queue
            ORDER BY queue LIMIT 1)
    FROM turns WHERE turns.queue IS NOT NULL
),
heads AS (
    SELECT head.queue, head.update_id, head.album, head.due_at
    FROM turns CROSS JOIN inbox AS head ON head.update_id = (
        SELECT update_id FROM inbox WHERE state = 'waiting' AND queue = turns.queue
        ORDER BY update_id LIMIT 1
    )
    WHERE turns.queue NOT IN (SELECT value FROM json_each(:busy))
)
"""
_READY = f"""
{_HEADS},
due AS (
    SELECT * FROM heads
    WHERE due_at <= :now AND (:last IS NULL OR queue <= :last)
    LIMIT :limit
)
SELECT item.queue, item.update_id, item.payload, item.attempts
FROM due CROSS JOIN inbox AS item ON item.update_id = due.update_id
UNION ALL
SELECT item.queue, item.update_id, item.payload, item.attempts
FROM due CROSS JOIN inbox AS item
    ON item.album = due.album AND item.state = 'waiting'
    AND item.queue = due.queue AND item.update_id > due.update_id
ORDER BY 1, 2
"""  # noqa: S608 - put together from the constants above


async def next_due(tx: Tx, busy: Collection[int]) -> float | None:
    """Return when the next head of a queue that is not busy is due, or None."""
    found = await tx.value(
        f"{_HEADS} SELECT min(due_at) FROM heads",  # noqa: S608 - a constant
        {"after": _BEFORE_ALL, "busy": _list(busy)},
    )
    return None if found is None else float(found)


async def take(tx: Tx, update_ids: Sequence[int]) -> bool:
    """Tell whether all of these still wait; False: they were handled before."""
    waiting = await tx.value(
        "SELECT count(*) FROM inbox WHERE state = 'waiting'"
        " AND update_id IN (SELECT value FROM json_each(?))",
        (_list(update_ids),),
    )
    return bool(waiting == len(update_ids))


async def done(tx: Tx, update_ids: Sequence[int], now: float) -> None:
    """Mark updates as handled and forget what they said."""
    tx.later(
        "UPDATE inbox SET state = 'done', payload = NULL, done_at = ?"
        " WHERE state = 'waiting' AND update_id IN (SELECT value FROM json_each(?))",
        (now, _list(update_ids)),
    )


async def postpone(tx: Tx, update_ids: Sequence[int], until: float) -> None:
    """Let updates wait until a time, one attempt later."""
    tx.later(
        "UPDATE inbox SET due_at = ?, attempts = attempts + 1"
        " WHERE state = 'waiting' AND update_id IN (SELECT value FROM json_each(?))",
        (until, _list(update_ids)),
    )


async def set_aside(tx: Tx, update_ids: Sequence[int], reason: str, now: float) -> None:
    """Keep updates with the reason why they were not handled; the queue goes on."""
    tx.later(
        "UPDATE inbox SET state = 'set_aside', reason = ?, done_at = ?"
        " WHERE state = 'waiting' AND update_id IN (SELECT value FROM json_each(?))",
        (reason, now, _list(update_ids)),
    )


async def count(tx: Tx) -> dict[str, int]:
    """Return how many updates there are in each state."""
    rows = await tx.rows("SELECT state, count(*) FROM inbox GROUP BY state")
    return {str(state): int(number) for state, number in rows}


async def prune(tx: Tx, before: float) -> int:
    """Remove what was handled before a time, at least REDELIVERY ago, and return how many."""
    return await tx.run("DELETE FROM inbox WHERE state = 'done' AND done_at < ?", (before,))


def _list(ids: Collection[int]) -> str:
    return json.dumps(list(ids))
