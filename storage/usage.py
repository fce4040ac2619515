"""What was ordered, drawn, spent, and by how many people: sums over jobs and ledger.

Only reads. Each picture that was ordered counts, on the local day on which its credits were
held. One that went on with another model counts once, as what it became. Money is in
thousandths of a CNY.
"""

from dataclasses import dataclass

from storage.database import Tx


@dataclass(frozen=True, slots=True)
class Use:
    """Orders of one day, model, state and cause; what they cost people in the end, and us."""

    day: str
    model: str
    state: str
    cause: str  # why they failed; empty for all others
    orders: int
    credits: int
    cost: int


_BOOKED = """
SELECT job_id, min(day) AS day, -sum(daily + extra) AS credits, sum(cost) AS cost
FROM ledger WHERE job_id IS NOT NULL AND day BETWEEN :first AND :last GROUP BY job_id
"""
# What was paid and then made good was given back as a grant, which knows no job: that is so for
# what could not be delivered, and for what an operator has refunded.
_GIVEN_BACK = """
state = 'failed' OR jobs.id IN (SELECT job_id FROM audit WHERE action = 'refund')
"""
_USES = f"""
SELECT booked.day, model, state, ifnull(cause, ''), count(*),
    sum(CASE WHEN {_GIVEN_BACK} THEN 0 ELSE booked.credits END), sum(booked.cost)
FROM jobs JOIN ({_BOOKED}) AS booked ON job_id = jobs.id WHERE state <> 'moved'
GROUP BY booked.day, model, state, cause ORDER BY booked.day, model, state, cause
"""  # noqa: S608 - put together from the constants above
_PEOPLE = """
SELECT count(DISTINCT person_id) FROM jobs WHERE id IN (
    SELECT job_id FROM ledger WHERE kind = 'hold' AND day BETWEEN :first AND :last)
"""


async def uses(tx: Tx, first: str, last: str) -> list[Use]:
    """Return what was used on the days from the first to the last, both included."""
    rows = await tx.rows(_USES, {"first": first, "last": last})
    return [Use(*row) for row in rows]


async def people(tx: Tx, first: str, last: str) -> int:
    """Return how many people ordered something on those days."""
    return int(await tx.value(_PEOPLE, {"first": first, "last": last}))
