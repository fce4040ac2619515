"""Which tasks at the services are ours: of a job now, or of one that got another since.

Whatever a service's list shows beyond them is an orphan: a task whose submit was
accepted while its answer got lost.
"""

import json
from collections.abc import Iterable

from storage.database import Tx
from storage.jobs import Job


async def retire(tx: Tx, job: Job, now: float) -> None:
    """Remember the task of a job that will get another one."""
    if job.task_id is not None:
        tx.later(
            "INSERT INTO past_tasks (task_id, job_id, at) VALUES (?, ?, ?)"
            " ON CONFLICT (task_id) DO NOTHING",
            (job.task_id, job.id, now),
        )


async def known(tx: Tx, task_ids: Iterable[str]) -> set[str]:
    """Return which of these tasks belong, or belonged, to a job of ours."""
    rows = await tx.rows(
        "SELECT value FROM json_each(:ids)"
        " WHERE value IN (SELECT task_id FROM jobs WHERE task_id IS NOT NULL)"
        " OR value IN (SELECT task_id FROM past_tasks)",
        {"ids": json.dumps(list(task_ids))},
    )
    return {str(row[0]) for row in rows}
