"""What the operators were told, so that each cause is told at most once an hour."""

from storage.database import Tx

QUIET = 3600.0  # seconds between two alerts about the same cause


async def raise_(tx: Tx, cause: str, now: float) -> int | None:
    """Count an occurrence. If it is to be told now: how many there were since the last alert.

    None: the operators were told less than an hour ago; the next alert will count this one.
    """
    row = await tx.row("SELECT told_at, untold FROM alerts WHERE cause = ?", (cause,))
    if row is None or now - row[0] >= QUIET:
        await tx.run(
            "INSERT INTO alerts (cause, told_at) VALUES (:cause, :now)"
            " ON CONFLICT (cause) DO UPDATE SET told_at = excluded.told_at, untold = 0",
            {"cause": cause, "now": now},
        )
        return 1 if row is None else int(row[1]) + 1
    await tx.run("UPDATE alerts SET untold = untold + 1 WHERE cause = ?", (cause,))
    return None
