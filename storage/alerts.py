"""What the operators were told, so that each cause is told at most once an hour."""

import json
from dataclasses import dataclass

from storage.database import Tx

QUIET = 3600.0  # seconds between two alerts about the same cause
MOST_DETAILS = 3  # different ones kept of what is not told at once


@dataclass(frozen=True, slots=True)
class Due:
    """An alert to be told now: how often it happened since the last one, and what was said."""

    cause: str
    times: int
    details: tuple[str, ...] = ()


async def raise_(tx: Tx, cause: str, now: float, detail: str = "") -> Due | None:
    """Count an occurrence. If it is to be told now: with all there were since the last alert.

    None: the operators were told less than an hour ago; the next alert will count this one.
    """
    row = await tx.row("SELECT told_at, untold, details FROM alerts WHERE cause = ?", (cause,))
    untold, details = (0, []) if row is None else (int(row[1]), json.loads(row[2]))
    if detail and detail not in details:
        details = [*details, detail][-MOST_DETAILS:]
    if row is None or now - row[0] >= QUIET:
        await _told(tx, cause, now)
        return Due(cause, untold + 1, tuple(details))
    await tx.run(
        "UPDATE alerts SET untold = untold + 1, details = ? WHERE cause = ?",
        (json.dumps(details, ensure_ascii=False), cause),
    )
    return None


async def overdue(tx: Tx, now: float) -> list[Due]:
    """Return what happened again and was not told for an hour, and count it as told now."""
    rows = await tx.rows(
        "SELECT cause, untold, details FROM alerts WHERE untold > 0 AND told_at <= ?",
        (now - QUIET,),
    )
    for row in rows:
        await _told(tx, row[0], now)
    return [Due(row[0], int(row[1]), tuple(json.loads(row[2]))) for row in rows]


async def once(tx: Tx, cause: str, day: str, now: float) -> bool:
    """Count an occurrence that is told once a day; False: it was told on this one."""
    written = await tx.run(
        "INSERT INTO alerts (cause, told_at) VALUES (?, ?) ON CONFLICT (cause) DO NOTHING",
        (f"{cause}@{day}", now),
    )
    return written == 1


async def prune(tx: Tx, before: float) -> int:
    """Forget what was told once a day, on days before a time."""
    return await tx.run("DELETE FROM alerts WHERE cause LIKE '%@%' AND told_at < ?", (before,))


async def _told(tx: Tx, cause: str, now: float) -> None:
    await tx.run(
        "INSERT INTO alerts (cause, told_at) VALUES (:cause, :now)"
        " ON CONFLICT (cause) DO UPDATE"
        " SET told_at = excluded.told_at, untold = 0, details = '[]'",
        {"cause": cause, "now": now},
    )
