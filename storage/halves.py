"""The stage of a job in which what the person keeps on is cut out of their photo.

A job with an open stage is not submitted (`storage.worklists.ready`). What is done in the
stage is the engine's business; the cut-out itself stands with the job's published photos.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from storage.database import Tx
from storage.jobs import Job, job_of


class Outcome(StrEnum):
    """What became of the stage."""

    FOUND = "found"
    MISSING = "missing"  # there is no such garment on the photo
    SKIPPED = "skipped"  # the helper did not do it


@dataclass(frozen=True, slots=True)
class Half:
    """The stage of one job. Times are Unix seconds; `outcome` None: still to be done."""

    job_id: int
    helper: str
    outcome: Outcome | None
    tries: int
    asked_at: float | None


async def begin(tx: Tx, job_id: int, helper: str, now: float) -> None:
    """Let a job have the stage, once more unless it is known that there is nothing to find."""
    await tx.run(
        "INSERT INTO halves (job_id, helper, due_at) VALUES (:job_id, :helper, :now)"
        " ON CONFLICT (job_id) DO UPDATE SET due_at = excluded.due_at,"
        " outcome = iif(outcome = 'missing', outcome, NULL)",
        {"job_id": job_id, "helper": helper, "now": now},
    )


async def get(tx: Tx, job_id: int) -> Half | None:
    """Return a job's stage, or None if it has none."""
    row = await tx.row(
        "SELECT job_id, helper, outcome, tries, asked_at FROM halves WHERE job_id = ?", (job_id,)
    )
    if row is None:
        return None
    outcome = None if row[2] is None else Outcome(row[2])
    return Half(row[0], row[1], outcome, row[3], row[4])


async def last_asked(tx: Tx, helper: str) -> float | None:
    """Return when a helper was last asked, as far as is known."""
    found = await tx.value(
        "SELECT max(asked_at) FROM halves WHERE helper = ? AND asked_at IS NOT NULL", (helper,)
    )
    return None if found is None else float(found)


async def ask(tx: Tx, job_id: int, now: float) -> None:
    """Note that a helper is about to be asked."""
    await tx.run(
        "UPDATE halves SET asked_at = ?, tries = tries + 1, due_at = ? WHERE job_id = ?",
        (now, now, job_id),
    )


async def put_off(tx: Tx, job_id: int, due_at: float) -> None:
    """Let a job's stage wait."""
    await tx.run("UPDATE halves SET due_at = ? WHERE job_id = ?", (due_at, job_id))


async def settle(tx: Tx, job_id: int, outcome: Outcome) -> None:
    """Note what became of a job's stage."""
    await tx.run("UPDATE halves SET outcome = ? WHERE job_id = ?", (outcome, job_id))


_OPEN = (
    "FROM open_jobs JOIN halves ON halves.job_id = open_jobs.id"
    " WHERE state = 'preparing' AND inputs IS NOT NULL AND outcome IS NULL"
    " AND model IN (SELECT value FROM json_each(:models))"
    " AND id NOT IN (SELECT value FROM json_each(:out))"
)


async def next_open(tx: Tx, models: Collection[str], leave_out: Collection[int]) -> Job | None:
    """Return the job of some models whose stage is due first, or has been longest."""
    row = await tx.row(
        f"SELECT open_jobs.* {_OPEN} ORDER BY halves.due_at, id LIMIT 1",
        {"models": json.dumps(list(models)), "out": json.dumps(list(leave_out))},
    )
    return None if row is None else job_of(row)


async def due(tx: Tx, job_id: int) -> float:
    """Return from when on a job's stage may be done."""
    return float(await tx.value("SELECT due_at FROM halves WHERE job_id = ?", (job_id,)) or 0.0)
