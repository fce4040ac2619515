"""Who may not order anything, since when, and when they last read that."""

from dataclasses import dataclass

from storage.database import Tx


@dataclass(frozen=True, slots=True)
class Ban:
    """Somebody is shut out. Times are Unix seconds."""

    person_id: int
    reason: str | None
    since: float
    told_at: float | None


async def get(tx: Tx, person_id: int) -> Ban | None:
    """Return somebody's ban, or None."""
    row = await tx.row(
        "SELECT person_id, reason, since, told_at FROM bans WHERE person_id = ?", (person_id,)
    )
    return None if row is None else Ban(*row)


async def add(tx: Tx, person_id: int, reason: str | None, now: float) -> bool:
    """Shut somebody out; False if they were already."""
    written = await tx.run(
        "INSERT INTO bans (person_id, reason, since) VALUES (?, ?, ?)"
        " ON CONFLICT (person_id) DO NOTHING",
        (person_id, reason, now),
    )
    return written == 1


async def lift(tx: Tx, person_id: int) -> bool:
    """Let somebody in again; False if they were not shut out."""
    return await tx.run("DELETE FROM bans WHERE person_id = ?", (person_id,)) == 1


async def told(tx: Tx, person_id: int, now: float) -> None:
    """Remember when somebody last read that they are shut out."""
    tx.later("UPDATE bans SET told_at = ? WHERE person_id = ?", (now, person_id))
