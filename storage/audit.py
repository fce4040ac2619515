"""The audit trail, append-only: what operators changed, for whom, and why.

What the states before and after mean is for their writers and readers to know: here they
are text. The table itself refuses any change of a row, and a second refund of a job.
"""

from dataclasses import dataclass, fields

from storage.database import Tx


@dataclass(frozen=True, slots=True)
class Change:
    """Something an operator did. Whom it was about is said in one of the ids, or `subject`."""

    operator_id: int
    action: str
    before: str
    after: str
    reason: str | None = None
    person_id: int | None = None
    chat_id: int | None = None
    job_id: int | None = None
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A change as it stands in the trail, `at` in Unix seconds."""

    id: int
    at: float
    change: Change


_FIELDS = tuple(field.name for field in fields(Change))
_NOTE = f"INSERT INTO audit ({', '.join(_FIELDS)}, at) VALUES (:{', :'.join(_FIELDS)}, :at)"  # noqa: S608 - put together from our own names
_LATEST = f"""
SELECT id, at, {", ".join(_FIELDS)} FROM audit
WHERE :person IS NULL OR person_id = :person OR operator_id = :person
ORDER BY id DESC LIMIT :limit
"""  # noqa: S608 - the same


async def note(tx: Tx, change: Change, now: float) -> None:
    """Write a change down."""
    await tx.run(_NOTE, {name: getattr(change, name) for name in _FIELDS} | {"at": now})


async def latest(tx: Tx, person_id: int | None, limit: int) -> list[Entry]:
    """Return the last changes, newest first: by or about somebody, or (None) all."""
    rows = await tx.rows(_LATEST, {"person": person_id, "limit": limit})
    return [Entry(row[0], row[1], Change(*tuple(row)[2:])) for row in rows]


async def refunded(tx: Tx, job_id: int) -> bool:
    """Tell whether an operator has made a job good already."""
    found = await tx.value(
        "SELECT EXISTS (SELECT 1 FROM audit WHERE job_id = ? AND action = 'refund')", (job_id,)
    )
    return bool(found)
