"""What a chat was told already, so that it is told once. What is said is the callers' business."""

from storage.database import Tx


async def first_time(tx: Tx, chat_id: int, notice: str, now: float) -> bool:
    """Remember that a chat is told something now; False: it was told before."""
    written = await tx.run(
        "INSERT INTO notices (chat_id, notice, told_at) VALUES (?, ?, ?)"
        " ON CONFLICT (chat_id, notice) DO NOTHING",
        (chat_id, notice, now),
    )
    return written == 1


async def forget(tx: Tx, chat_id: int, notice: str) -> None:
    """Let something be said again: it is no longer so."""
    tx.later("DELETE FROM notices WHERE chat_id = ? AND notice = ?", (chat_id, notice))
