"""Jobs on another way: handed over to a successor, held, or waiting for their person's yes.

A job whose model cannot draw it goes on as a new job of another model, so that each job
keeps the one hold and the one end it has in the ledger. Which way a job takes is the
engine's business.
"""

from dataclasses import replace

from storage import batches, jobs
from storage.database import Tx
from storage.jobs import Job, JobState, NewJob, job_of

HELD = "held"
"""What `jobs.shown` says of those who read that their order is kept and waits."""


async def hand_over(tx: Tx, job: Job, successor: NewJob, now: float) -> int | None:
    """Close a job and let another go on in its place; return that one's id.

    It belongs to the same group, and its picture goes to the same chat. None and nothing
    written if the job is no longer in the state it was read in.
    """
    fresh = await jobs.get(tx, job.id)
    if fresh is None or fresh.state is not job.state:
        return None
    same = replace(successor, group_id=fresh.group_id, results_to=fresh.results_to)
    successor_id = await jobs.create(tx, same, now)
    if successor_id is None:
        msg = f"job {job.id} was handed over before, and is still open"
        raise ValueError(msg)
    await jobs.move(
        tx, job.id, job.state, JobState.MOVED, moved_to=successor_id, closed_at=now, due_at=now
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


async def stranded(tx: Tx, model: str, limit: int) -> list[Job]:
    """Return waiting jobs of a model for which another way is still to be looked for."""
    rows = await tx.rows(
        "SELECT * FROM open_jobs WHERE state IN ('queued', 'preparing') AND model = ?"
        " AND (shown IS NULL OR shown <> 'held') ORDER BY created_at, id LIMIT ?",
        (model, limit),
    )
    return [job_of(row) for row in rows]


async def offered(tx: Tx, *, limit: int) -> list[Job]:
    """Return jobs whose question has to be looked at again, the first asked first."""
    rows = await tx.rows(
        "SELECT * FROM open_jobs WHERE state = 'offered' AND shown IS NULL"
        " ORDER BY due_at, id LIMIT ?",
        (limit,),
    )
    return [job_of(row) for row in rows]


async def first_asked(tx: Tx, model: str) -> Job | None:
    """Return the job of a model whose person was asked first, and has not answered."""
    row = await tx.row(
        "SELECT * FROM open_jobs WHERE state = 'offered' AND model = ? ORDER BY due_at, id LIMIT 1",
        (model,),
    )
    return None if row is None else job_of(row)


async def asked_models(tx: Tx) -> list[str]:
    """Return the models of whose jobs somebody was asked something."""
    rows = await tx.rows("SELECT DISTINCT model FROM open_jobs WHERE state = 'offered'")
    return [str(row[0]) for row in rows]


async def look_again(tx: Tx) -> int:
    """Let everybody who is held or was asked be looked at again: something has changed."""
    return await tx.run(
        "UPDATE jobs SET shown = NULL WHERE state = 'offered'"
        " OR state IN ('queued', 'preparing') AND shown = 'held'"
    )
