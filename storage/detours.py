"""Jobs on another way: handed over to a successor, or waiting for their person's yes.

A job whose model cannot draw it goes on as a new job of another model, so that each job
keeps the one hold and the one end it has in the ledger. Which way a job takes is the
engine's business.
"""

import json
from collections.abc import Collection
from dataclasses import replace

from storage import batches, jobs
from storage.database import Tx
from storage.jobs import Job, JobState, NewJob, job_of


async def hand_over(tx: Tx, job: Job, successor: NewJob, now: float) -> int | None:
    """Close a job and let another go on in its place; return that one's id.

    It belongs to the same group, its picture goes to the same chat and is the same of several.
    None and nothing written if the job is no longer in the state it was read in.
    """
    fresh = await jobs.get(tx, job.id)
    if fresh is None or fresh.state is not job.state:
        return None
    same = replace(
        successor,
        group_id=fresh.group_id,
        results_to=fresh.results_to,
        outfit=fresh.outfit,
        sample=fresh.sample,
    )
    successor_id = await jobs.create(tx, same, now)
    if successor_id is None:
        msg = f"job {job.id} was handed over before, and is still open"
        raise ValueError(msg)
    await jobs.move(
        tx, job.id, job.state, JobState.MOVED, moved_to=successor_id, closed_at=now, due_at=now
    )
    await jobs.change(  # of several pictures, the one that tells about the card is still the same
        tx,
        successor_id,
        JobState.QUEUED,
        shown=batches.TOGETHER if fresh.shown == batches.TOGETHER else None,
    )
    await batches.set_free(tx, job.id)
    return successor_id


async def latest(tx: Tx, job_id: int) -> Job | None:
    """Return the job that goes on in place of this one, over all hand-overs."""
    row = await tx.row(
        "WITH RECURSIVE way(id, next) AS ("
        " SELECT id, moved_to FROM jobs WHERE id = ?"
        " UNION SELECT jobs.id, jobs.moved_to FROM jobs JOIN way ON jobs.id = way.next)"
        " SELECT jobs.* FROM jobs JOIN way USING (id) WHERE way.next IS NULL",
        (job_id,),
    )
    return None if row is None else job_of(row)


async def offered(tx: Tx, *, limit: int, leave_out: Collection[int] = ()) -> list[Job]:
    """Return jobs whose people were asked and have not answered, the longest asked first."""
    rows = await tx.rows(
        "SELECT * FROM open_jobs WHERE state = 'offered'"
        " AND id NOT IN (SELECT value FROM json_each(?)) ORDER BY due_at, id LIMIT ?",
        (json.dumps(list(leave_out)), limit),
    )
    return [job_of(row) for row in rows]
