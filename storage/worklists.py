"""The lists the engine works off: which jobs are due in a state, and whose turn it is.

Every list is short or limited, so thousands of waiting jobs stay in the table. Nothing
here changes a job; that is `storage.jobs`.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass

from storage.database import Tx
from storage.jobs import Job, JobState, being_prepared, job_of


@dataclass(frozen=True, slots=True)
class Load:
    """How many jobs of a model stand where."""

    queued: int = 0
    preparing: int = 0
    submitting: int = 0
    running: int = 0

    @property
    def waiting(self) -> int:
        """The jobs that were not submitted yet."""
        return self.queued + self.preparing

    @property
    def in_progress(self) -> int:
        """The tasks the service may be working on for us."""
        return self.submitting + self.running


@dataclass(frozen=True, slots=True)
class Placed:
    """A waiting job and its place in the queue, 1 = next."""

    job_id: int
    place: int


async def loads(tx: Tx) -> dict[str, Load]:
    """Return the load of every model that has open jobs; what is submitted together is one."""
    rows = await tx.rows(
        "SELECT model, state, count(DISTINCT ifnull(follows, id)) FROM open_jobs"
        " WHERE state <> 'queued' OR follows IS NULL GROUP BY model, state"
    )
    counts: dict[str, dict[str, int]] = {}
    for model, state, number in rows:
        counts.setdefault(model, {})[state] = number
    return {
        model: Load(*(found.get(state, 0) for state in Load.__slots__))
        for model, found in counts.items()
    }


async def turns(tx: Tx, model: str, now: float, limit: int) -> list[int]:
    """Return the waiting jobs of a model whose turn it is, the next first."""
    rows = await tx.rows(
        "SELECT id FROM places WHERE model = ? AND due_at <= ? ORDER BY place LIMIT ?",
        (model, now, limit),
    )
    return [int(row[0]) for row in rows]


async def open_jobs(tx: Tx, limit: int) -> list[Job]:
    """Return jobs that are not closed, the oldest first."""
    rows = await tx.rows("SELECT * FROM open_jobs ORDER BY created_at, id LIMIT ?", (limit,))
    return [job_of(row) for row in rows]


async def waiting(tx: Tx, model: str, limit: int, leave_out: Collection[int] = ()) -> list[Job]:
    """Return jobs of a model that are not yet submitted, the longest waiting first.

    Not those that follow one that may just have been accepted, and they with it.
    """
    rows = await tx.rows(
        "SELECT * FROM open_jobs WHERE state IN ('queued', 'preparing') AND model = ?"
        " AND NOT EXISTS (SELECT 1 FROM jobs AS leader"
        " WHERE leader.id = open_jobs.follows AND leader.state = 'submitting')"
        " AND id NOT IN (SELECT value FROM json_each(?)) ORDER BY created_at, id LIMIT ?",
        (model, json.dumps(list(leave_out)), limit),
    )
    return [job_of(row) for row in rows]


async def underway(tx: Tx, model: str, limit: int, leave_out: Collection[int] = ()) -> list[Job]:
    """Return jobs of a model that may have a task or a picture at its service."""
    rows = await tx.rows(
        "SELECT * FROM open_jobs WHERE state IN ('submitting', 'running', 'collecting')"
        " AND model = ? AND id NOT IN (SELECT value FROM json_each(?)) ORDER BY id LIMIT ?",
        (model, json.dumps(list(leave_out)), limit),
    )
    return [job_of(row) for row in rows]


async def waiting_in(tx: Tx, chat_id: int) -> list[Job]:
    """Return the jobs of a chat of which no service knows yet, the oldest first."""
    rows = await tx.rows(
        "SELECT * FROM open_jobs WHERE state IN ('queued', 'offered', 'preparing')"
        " AND chat_id = ? ORDER BY id",
        (chat_id,),
    )
    return [job_of(row) for row in rows]


async def untold_models(tx: Tx) -> list[str]:
    """Return the models with new jobs whose people were not told anything yet."""
    rows = await tx.rows(
        "SELECT DISTINCT model FROM jobs WHERE shown IS NULL AND state IN ('queued', 'preparing')"
    )
    return [str(row[0]) for row in rows]


# A place is told again when it has become clearly better: by a fifth, or by one near the
# front. `shown` is 'queued:PLACE' while that is what the progress message says. Who has
# left the queue to be prepared is next. In a group (its id is negative) a place is told once.
_TO_TELL = """
SELECT id, told FROM (
    SELECT id, shown, place + :before AS told FROM places WHERE model = :model
    UNION ALL
    SELECT id, shown, 1 FROM open_jobs WHERE state = 'preparing' AND model = :model
) AS told_to WHERE shown IS NULL OR :again AND (
    shown = 'held'
    OR shown LIKE 'queued:%' AND (SELECT chat_id FROM jobs WHERE jobs.id = told_to.id) > 0
    AND told < CAST(substr(shown, 8) AS INTEGER)
    AND (told <= 3 OR told <= 0.8 * CAST(substr(shown, 8) AS INTEGER))
) ORDER BY told, id LIMIT :limit
"""


async def places_to_tell(tx: Tx, model: str, *, again: bool, limit: int) -> list[Placed]:
    """Return waiting jobs whose people should read their place, the first in line first.

    Those who read nothing yet, and if `again` also those who read of a worse place.
    """
    rows = await tx.rows(
        _TO_TELL,
        {
            "model": model,
            "before": await being_prepared(tx, model),
            "again": again,
            "limit": limit,
        },
    )
    return [Placed(int(row[0]), int(row[1])) for row in rows]


async def not_told_of_hold(tx: Tx, model: str, limit: int) -> list[Job]:
    """Return waiting jobs of a held model whose people do not read that it is held."""
    rows = await tx.rows(
        "SELECT * FROM open_jobs WHERE state IN ('queued', 'preparing') AND model = ?"
        " AND (shown IS NULL OR shown LIKE 'queued:%') ORDER BY id LIMIT ?",
        (model, limit),
    )
    return [job_of(row) for row in rows]


async def in_state(
    tx: Tx,
    state: JobState,
    now: float,
    *,
    limit: int,
    leave_out: Collection[int] = (),
) -> list[Job]:
    """Return jobs in a state that are due, the longest due first."""
    rows = await tx.rows(
        "SELECT * FROM open_jobs WHERE state = :state AND due_at <= :now"
        " AND id NOT IN (SELECT value FROM json_each(:out)) ORDER BY due_at, id LIMIT :limit",
        {"state": state, "now": now, "out": json.dumps(list(leave_out)), "limit": limit},
    )
    return [job_of(row) for row in rows]


async def next_due(tx: Tx, state: JobState, leave_out: Collection[int] = ()) -> float | None:
    """Return when the next job in a state is due, or None if there is none."""
    found = await tx.value(
        "SELECT min(due_at) FROM open_jobs WHERE state = ?"
        " AND id NOT IN (SELECT value FROM json_each(?))",
        (state, json.dumps(list(leave_out))),
    )
    return None if found is None else float(found)


async def unprepared(
    tx: Tx,
    now: float,
    *,
    models: Collection[str],
    limit: int,
    leave_out: Collection[int] = (),
) -> list[Job]:
    """Return jobs of some models whose photos have to be published now, the oldest first."""
    rows = await tx.rows(
        "SELECT * FROM open_jobs WHERE state = 'preparing' AND inputs IS NULL AND due_at <= :now"
        " AND model IN (SELECT value FROM json_each(:models))"
        " AND id NOT IN (SELECT value FROM json_each(:out)) ORDER BY created_at, id LIMIT :limit",
        {
            "now": now,
            "models": json.dumps(list(models)),
            "out": json.dumps(list(leave_out)),
            "limit": limit,
        },
    )
    return [job_of(row) for row in rows]


async def next_unprepared(
    tx: Tx, models: Collection[str], leave_out: Collection[int] = ()
) -> float | None:
    """Return when the next job of some models has to be prepared, or None."""
    found = await tx.value(
        "SELECT min(due_at) FROM open_jobs WHERE state = 'preparing' AND inputs IS NULL"
        " AND model IN (SELECT value FROM json_each(?))"
        " AND id NOT IN (SELECT value FROM json_each(?))",
        (json.dumps(list(models)), json.dumps(list(leave_out))),
    )
    return None if found is None else float(found)


async def ready(tx: Tx, model: str) -> Job | None:
    """Return the job of a model that is to be submitted next: the longest waiting."""
    row = await tx.row(
        "SELECT * FROM open_jobs WHERE state = 'preparing' AND model = ?"
        " AND inputs IS NOT NULL AND NOT EXISTS (SELECT 1 FROM halves"
        " WHERE job_id = open_jobs.id AND outcome IS NULL)"
        " ORDER BY due_at, created_at, id LIMIT 1",
        (model,),
    )
    return None if row is None else job_of(row)


async def running(tx: Tx, account: str) -> list[Job]:
    """Return the jobs that have a task at an account's services, oldest first."""
    rows = await tx.rows(
        "SELECT * FROM open_jobs WHERE state = 'running' AND account = ? ORDER BY id", (account,)
    )
    return [job_of(row) for row in rows]


async def last_submit(tx: Tx, model: str) -> float | None:
    """Return when a submit for a model was last begun, as far as is known."""
    found = await tx.value(
        "SELECT max(intended_at) FROM jobs WHERE model = ? AND intended_at IS NOT NULL", (model,)
    )
    return None if found is None else float(found)


async def published(tx: Tx, *, limit: int, leave_out: Collection[int] = ()) -> list[Job]:
    """Return jobs whose published photos are of no more use, neither to those who followed."""
    rows = await tx.rows(
        "SELECT * FROM jobs WHERE inputs IS NOT NULL"
        " AND state IN ('offered', 'collecting', 'delivering', 'done', 'failed', 'cancelled',"
        " 'moved')"
        " AND NOT EXISTS (SELECT 1 FROM jobs AS other"
        " WHERE other.follows = jobs.id AND other.state = 'running')"
        " AND id NOT IN (SELECT value FROM json_each(:out)) ORDER BY id LIMIT :limit",
        {"out": json.dumps(list(leave_out)), "limit": limit},
    )
    return [job_of(row) for row in rows]


async def runtimes(tx: Tx, model: str, limit: int) -> list[float]:
    """Return how long the last tasks of a model took, in seconds, oldest first."""
    rows = await tx.rows(
        "SELECT ended_at - submitted_at FROM jobs WHERE model = ? AND intended_at IS NOT NULL"
        " AND ended_at IS NOT NULL AND submitted_at IS NOT NULL ORDER BY intended_at DESC LIMIT ?",
        (model, limit),
    )
    return [float(row[0]) for row in reversed(rows)]


async def drawn_in(tx: Tx, limit: int) -> list[tuple[int, int]]:
    """Return the private chats (and topics) for which a picture is being drawn right now.

    Those of people who blocked the bot are left out: nobody would see it.
    """
    rows = await tx.rows(
        "SELECT DISTINCT chat_id, topic_id FROM open_jobs"
        " WHERE (state IN ('running', 'collecting') OR state = 'submitting' AND stage IS NOT NULL)"
        " AND chat_id > 0 AND NOT EXISTS ("
        " SELECT 1 FROM people WHERE people.id = chat_id AND blocked_at IS NOT NULL) LIMIT ?",
        (limit,),
    )
    return [(int(row[0]), int(row[1])) for row in rows]
