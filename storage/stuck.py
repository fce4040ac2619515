"""Orders that should have got further by now, as far as the table shows. Only reads."""

from storage.database import Tx
from storage.jobs import Job, job_of

# Seconds after which an order should no longer be where it is.
AT_SERVICE = 900.0  # the engine gives a task up after 600
BETWEEN = 900.0  # overdue: somebody should have looked after it
WAITING = 3600.0
SENDING = 3600.0

_STUCK = f"""
SELECT * FROM open_jobs WHERE
    state IN ('submitting', 'running')
        AND :now - coalesce(submitted_at, intended_at, created_at) > {AT_SERVICE}
    OR state IN ('preparing', 'collecting') AND :now - due_at > {BETWEEN}
    OR state = 'queued' AND :now - created_at > {WAITING}
    OR state = 'delivering' AND :now - coalesce(ended_at, created_at) > {SENDING}
        AND EXISTS (SELECT 1 FROM outbox WHERE job_id = open_jobs.id AND outbox.state = 'waiting')
ORDER BY id LIMIT :limit
"""  # noqa: S608 - put together from the numbers above


async def jobs(tx: Tx, now: float, limit: int) -> list[Job]:
    """Return orders that have been where they are for too long, the oldest first."""
    rows = await tx.rows(_STUCK, {"now": now, "limit": limit})
    return [job_of(row) for row in rows]
