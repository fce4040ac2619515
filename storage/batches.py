"""Jobs that are submitted together: one leads, the others follow it until it has a task.

Those who follow stay queued and on no list of what is due; whatever ends their leader before
it has a task is the engine's business, and so is what a submit and its answer look like.
Several jobs may also share one card, the message that shows how all of them are doing.
"""

from collections.abc import Collection

from storage import jobs
from storage.database import Tx
from storage.jobs import Job, JobState, job_of

TOGETHER = "together"
"""What `jobs.shown` says of those whose card another job tells about."""

PART = "#"  # between the name of a task and what part of it a job has


async def followers(tx: Tx, leader_id: int) -> list[Job]:
    """Return those who wait for this job to have a task, in the order of their outfits."""
    rows = await tx.rows(
        "SELECT * FROM open_jobs WHERE follows = ? AND state = 'queued'"
        " ORDER BY outfit, sample, id",
        (leader_id,),
    )
    return [job_of(row) for row in rows]


async def of_task(tx: Tx, task: str) -> list[Job]:
    """Return the running jobs that have a task, or a part of it."""
    rows = await tx.rows(
        "SELECT * FROM open_jobs WHERE state = 'running'"
        " AND (task_id = :task OR substr(task_id, 1, length(:task) + 1) = :task || :mark)"
        " ORDER BY id",
        {"task": task, "mark": PART},
    )
    return [job_of(row) for row in rows]


async def of_card(tx: Tx, job: Job) -> list[Job]:
    """Return all jobs that share a job's card, itself among them; not those who moved on."""
    rows = await tx.rows(
        "SELECT * FROM jobs WHERE person_id = ? AND anchor = ? AND state <> 'moved' ORDER BY id",
        (job.person_id, job.anchor),
    )
    return [job_of(row) for row in rows]


async def others_of_card(tx: Tx, job: Job, states: Collection[JobState]) -> list[Job]:
    """Return what else of a job's order is in one of these states, those they follow included."""
    found = {one.id: one for one in await of_card(tx, job) if one.state in states}
    return [
        one
        for one in found.values()
        if one.id != job.id and (one.follows is None or one.follows in found)
    ]


async def placed_as(tx: Tx, order_key: str) -> int | None:
    """Return the id of the job that was placed under this key."""
    found = await tx.value("SELECT id FROM jobs WHERE order_key = ?", (order_key,))
    return None if found is None else int(found)


async def join(tx: Tx, job: Job, leader: Job, task_id: str, **running: object) -> bool:
    """Give a follower its part of the task that its leader has; False if it is no longer there."""
    began = {"intended_at": leader.intended_at, "attempts": 1, "listed": 0}
    return (
        await jobs.move(tx, job.id, JobState.QUEUED, JobState.PREPARING)
        and await jobs.move(tx, job.id, JobState.PREPARING, JobState.SUBMITTING, **began)
        and await jobs.move(
            tx, job.id, JobState.SUBMITTING, JobState.RUNNING, task_id=task_id, **running
        )
    )


async def set_free(tx: Tx, leader_id: int) -> None:
    """Let those who followed go on for themselves: their leader went another way."""
    await tx.run(
        "UPDATE jobs SET follows = NULL WHERE follows = ? AND state = 'queued'",
        (leader_id,),
    )


async def hand_on(tx: Tx, leader: Job) -> None:
    """Let the next outfit lead in place of this job's, whose own pictures come to nothing."""
    others = [job for job in await followers(tx, leader.id) if job.outfit != leader.outfit]
    if not others:
        return
    first, *rest = others
    changes = {"follows": None, "shown": leader.shown}
    await jobs.change(tx, first.id, JobState.QUEUED, **changes)
    for job in rest:
        await jobs.change(tx, job.id, JobState.QUEUED, follows=first.id)
