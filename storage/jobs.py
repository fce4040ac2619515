"""Jobs: one row per order, from its acceptance to its picture or its end.

A job moves through the states of `MOVES` and no other way, each move a compare-and-swap:
whoever comes second finds the state changed and leaves the job alone. What is done in a
state is the engine's business; the lists it works off stand in `storage.worklists`. JSON
columns are read by their writers alone.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from storage.database import Tx


class JobState(StrEnum):
    """Where a job stands."""

    QUEUED = "queued"  # waits for its turn
    OFFERED = "offered"  # waits for its person: a dearer model could draw it
    PREPARING = "preparing"  # its photos are published; with `inputs`: ready to be submitted
    SUBMITTING = "submitting"  # a submit may be in flight: what became of it must be found out
    RUNNING = "running"  # the service has a task of ours
    COLLECTING = "collecting"  # the picture is finished and waits to be downloaded
    DELIVERING = "delivering"  # the picture is in the outbox and paid
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    MOVED = "moved"  # another job goes on in its place, with another model


_S = JobState
CLOSED = frozenset({_S.DONE, _S.FAILED, _S.CANCELLED, _S.MOVED})
GIVEN_UP = frozenset({_S.FAILED, _S.CANCELLED})
_ANOTHER_WAY = frozenset({_S.OFFERED, _S.MOVED})  # taken before anything is at a service
MOVES: Mapping[JobState, frozenset[JobState]] = MappingProxyType(
    {
        _S.QUEUED: frozenset({_S.PREPARING}) | _ANOTHER_WAY | GIVEN_UP,
        _S.OFFERED: frozenset({_S.QUEUED, _S.MOVED}) | GIVEN_UP,
        _S.PREPARING: frozenset({_S.SUBMITTING, _S.QUEUED}) | _ANOTHER_WAY | GIVEN_UP,
        _S.SUBMITTING: frozenset({_S.RUNNING, _S.COLLECTING, _S.PREPARING}) | GIVEN_UP,
        _S.RUNNING: frozenset({_S.COLLECTING, _S.PREPARING}) | GIVEN_UP,
        _S.COLLECTING: frozenset({_S.DELIVERING, _S.FAILED}),
        _S.DELIVERING: frozenset({_S.DONE, _S.FAILED}),
    }
)


@dataclass(frozen=True, slots=True)
class Job:
    """A row of `jobs`. Times are Unix seconds, `cost` is in thousandths of a CNY."""

    id: int
    order_key: str
    person_id: int
    chat_id: int
    topic_id: int
    language: str
    anchor: str
    ordered: str
    model: str
    account: str
    state: JobState
    credits: int
    cost: int
    wished: str | None
    wished_credits: int | None
    tried: str
    moved_to: int | None
    offer: str | None
    offer_credits: int | None
    offers: int
    inputs: str | None
    task_id: str | None
    stage: str | None
    result_urls: str | None
    picture_id: str | None
    file_id: str | None
    document_id: str | None
    cause: str | None
    cancel_asked: bool
    attempts: int
    retries: int
    republished: bool
    listed: bool
    shown: str | None
    queries: int
    queried_at: float | None
    due_at: float
    created_at: float
    intended_at: float | None
    submitted_at: float | None
    ended_at: float | None
    closed_at: float | None
    group_id: int | None
    results_to: int | None
    follows: int | None
    outfit: int | None
    sample: int | None


@dataclass(frozen=True, slots=True)
class NewJob:
    """What is known of a job when its order is accepted.

    The four from `wished` on are of a job that goes on in place of another one: the order
    as it was placed, what it cost, which models failed at it, and since when it has been
    waiting. The next two are of an order in a group: which, and the chat its picture goes to
    if that is another. The last three are of an order of several pictures (`storage.batches`).
    """

    order_key: str
    person_id: int
    chat_id: int
    topic_id: int
    language: str
    anchor: str
    ordered: str
    model: str
    account: str
    credits: int
    cost: int
    wished: str | None = None
    wished_credits: int | None = None
    tried: str = "[]"
    created_at: float | None = None  # None: now
    group_id: int | None = None
    results_to: int | None = None
    follows: int | None = None
    outfit: int | None = None
    sample: int | None = None


_COLUMNS = tuple(field.name for field in fields(Job))
_CHANGEABLE = frozenset(_COLUMNS) - {"id", "order_key", "person_id", "created_at", "state"}


async def create(tx: Tx, new: NewJob, now: float) -> int | None:
    """Queue a new job and return its id, or None if this very order was accepted before."""
    found = await tx.rows(
        "INSERT INTO jobs (order_key, person_id, chat_id, topic_id, language, anchor, ordered,"
        " model, account, credits, cost, wished, wished_credits, tried, group_id, results_to,"
        " follows, outfit, sample, shown, due_at, created_at)"
        " VALUES (:order_key, :person_id, :chat_id, :topic_id, :language, :anchor, :ordered,"
        " :model, :account, :credits, :cost, :wished, :wished_credits, :tried, :group_id,"
        " :results_to, :follows, :outfit, :sample,"
        " iif(ifnull(:outfit + :sample, 0), 'together', NULL), :now, ifnull(:created_at, :now))"
        " ON CONFLICT (order_key) DO NOTHING RETURNING id",
        {field.name: getattr(new, field.name) for field in fields(NewJob)} | {"now": now},
    )
    return int(found[0][0]) if found else None


async def get(tx: Tx, job_id: int) -> Job | None:
    """Return a job, or None."""
    row = await tx.row("SELECT * FROM jobs WHERE id = ?", (job_id,))
    return None if row is None else job_of(row)


async def get_all(tx: Tx, job_ids: Iterable[int]) -> list[Job]:
    """Return the jobs with these ids, in this order."""
    wanted = list(job_ids)
    rows = await tx.rows(
        "SELECT * FROM jobs WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(wanted),)
    )
    found = {job.id: job for job in map(job_of, rows)}
    return [found[job_id] for job_id in wanted if job_id in found]


async def move(
    tx: Tx, job_id: int, from_state: JobState, to_state: JobState, **changes: object
) -> bool:
    """Move a job on if it is still in `from_state`; False and nothing written if it is not."""
    if to_state not in MOVES.get(from_state, frozenset()):
        msg = f"A job cannot go from {from_state} to {to_state}: see MOVES."
        raise ValueError(msg)
    return await _update(tx, job_id, from_state, {"state": to_state}, changes)


async def change(tx: Tx, job_id: int, in_state: JobState, **changes: object) -> bool:
    """Note something about a job if it is still in `in_state`; False if it is not."""
    return await _update(tx, job_id, in_state, {}, changes)


async def _update(
    tx: Tx, job_id: int, state: JobState, fixed: dict[str, object], changes: dict[str, object]
) -> bool:
    unknown = changes.keys() - _CHANGEABLE
    if unknown:
        msg = f"These cannot be changed: {', '.join(sorted(unknown))}."
        raise ValueError(msg)
    changed = fixed | changes
    names = ", ".join(f"{name} = :{name}" for name in changed)
    sql = f"UPDATE jobs SET {names} WHERE id = :the_id AND state = :the_state"  # noqa: S608 - checked names
    return await tx.run(sql, changed | {"the_id": job_id, "the_state": state}) == 1


async def move_chat(tx: Tx, old: int, new: int) -> None:
    """Let the jobs of a chat belong to the id it has now."""
    tx.later("UPDATE jobs SET chat_id = ? WHERE chat_id = ?", (new, old))


# --- what the dialogue asks ------------------------------------------------------------


async def open_jobs_of(tx: Tx, person_id: int) -> list[Job]:
    """Return somebody's jobs that are not closed, oldest first."""
    rows = await tx.rows("SELECT * FROM open_jobs WHERE person_id = ? ORDER BY id", (person_id,))
    return [job_of(row) for row in rows]


async def ahead(tx: Tx, model: str) -> int:
    """Return how many jobs of a model a new one would find waiting or being drawn."""
    found = await tx.value(
        "SELECT count(DISTINCT ifnull(follows, id)) FROM open_jobs WHERE model = ?"
        " AND state IN ('queued', 'preparing', 'submitting', 'running')",
        (model,),
    )
    return int(found)


async def position(tx: Tx, job_id: int) -> int | None:
    """Return a job's place in its model's queue, 1 = next; None once it left the queue."""
    job = await get(tx, job_id)
    if job is None or job.state not in {JobState.QUEUED, JobState.PREPARING}:
        return None
    if job.state is JobState.PREPARING:
        return 1
    first = job.id if job.follows is None else job.follows
    place = await tx.value("SELECT place FROM places WHERE id = ?", (first,))
    if place is None:  # the one it follows is being prepared
        return 1
    return int(place) + await being_prepared(tx, job.model)


async def being_prepared(tx: Tx, model: str) -> int:
    """Return how many jobs of a model have left the queue but are not submitted yet."""
    found = await tx.value(
        "SELECT count(*) FROM open_jobs WHERE state = 'preparing' AND model = ?", (model,)
    )
    return int(found)


def job_of(row: sqlite3.Row) -> Job:
    """Return a whole row of `jobs` or `open_jobs` as a job."""
    values: dict[str, Any] = {name: row[name] for name in _COLUMNS}
    values["state"] = JobState(values["state"])
    for flag in ("cancel_asked", "republished", "listed"):
        values[flag] = bool(values[flag])
    return Job(**values)
