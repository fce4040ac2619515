"""Counting, for whoever watches the bot: how many jobs are where, and what became of them.

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
