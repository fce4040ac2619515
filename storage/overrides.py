"""Settings that an operator changed while the bot ran. What they mean is the callers' business."""

from storage.database import Tx


async def get(tx: Tx, name: str) -> str | None:
    """Return what a setting was changed to, or None: as the environment says."""
    found = await tx.value("SELECT value FROM overrides WHERE name = ?", (name,))
    return None if found is None else str(found)


async def put(tx: Tx, name: str, value: str | None, now: float) -> None:
    """Change a setting; None: as the environment says again."""
    if value is None:
        await tx.run("DELETE FROM overrides WHERE name = ?", (name,))
        return
    await tx.run(
        "INSERT INTO overrides (name, value, since) VALUES (:name, :value, :now)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value, since = excluded.since",
        {"name": name, "value": value, "now": now},
    )
