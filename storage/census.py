"""Looking over all rows: how many jobs are where, and when anything last happened.

Only reads. The counts of updates and messages stand with their own tables.
"""

from dataclasses import dataclass

from storage.database import Tx


@dataclass(frozen=True, slots=True)
class JobCount:
    """How many jobs of a model are in a state, and how often the service was asked for them."""

    model: str
    state: str
    cause: str  # why they failed; empty for all others
    jobs: int
    queries: int


async def jobs(tx: Tx) -> list[JobCount]:
    """Count all jobs by model, state and cause."""
    rows = await tx.rows(
        "SELECT model, state, ifnull(cause, ''), count(*), sum(queries) FROM jobs"
        " GROUP BY model, state, cause ORDER BY model, state, cause"
    )
    return [JobCount(*row) for row in rows]


_LATEST = """
SELECT max(at) FROM (
    SELECT max(received_at) AS at FROM inbox
    UNION ALL SELECT max(max(created_at), coalesce(max(done_at), 0)) FROM outbox
    UNION ALL SELECT max(max(created_at), coalesce(max(queried_at), 0)) FROM jobs
    UNION ALL SELECT max(at) FROM ledger
)
"""


async def latest(tx: Tx) -> float | None:
    """Return when anything was last written down, None if nothing ever was."""
    found = await tx.value(_LATEST)
    return None if found is None else float(found)
