"""What a chat was told already, so that it is told once. What is said is the callers' business."""

from storage.database import Tx


def to_begin(person_id: int) -> str:
    """Return the notice that somebody has to begin a private chat to get their pictures."""
    return f"begin:{person_id}"


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


async def move_chat(tx: Tx, old: int, new: int) -> None:
    """Let a chat have been told all this under the id it has now."""
    tx.later("UPDATE OR IGNORE notices SET chat_id = ? WHERE chat_id = ?", (new, old))
    tx.later("DELETE FROM notices WHERE chat_id = ?", (old,))


async def forget_everywhere(tx: Tx, notice: str) -> None:
    """Let something be said again in all chats."""
    tx.later("DELETE FROM notices WHERE notice = ?", (notice,))
