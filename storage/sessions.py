"""Where each person is in their dialogue, one row per chat, topic and person.

What a state says is its writer's business; here it is text.
"""

from dataclasses import dataclass

from storage.database import Tx


@dataclass(frozen=True, slots=True)
class SessionKey:
    """Whose dialogue, and where. `topic_id` is 0 where there are no topics."""

    chat_id: int
    topic_id: int
    person_id: int


async def load(tx: Tx, key: SessionKey) -> str | None:
    """Return the stored state, or None where no dialogue has begun."""
    found = await tx.value(
        "SELECT state FROM sessions WHERE chat_id = ? AND topic_id = ? AND person_id = ?",
        (key.chat_id, key.topic_id, key.person_id),
    )
    return None if found is None else str(found)


async def of_person_in(tx: Tx, chat_id: int, person_id: int) -> list[tuple[SessionKey, str]]:
    """Return somebody's dialogues in all topics of a chat, and their states."""
    rows = await tx.rows(
        "SELECT topic_id, state FROM sessions WHERE chat_id = ? AND person_id = ?"
        " ORDER BY topic_id",
        (chat_id, person_id),
    )
    return [(SessionKey(chat_id, topic, person_id), state) for topic, state in rows]


async def in_private(tx: Tx, person_id: int) -> bool:
    """Tell whether somebody has a dialogue with the bot in their private chat."""
    found = await tx.value(
        "SELECT EXISTS (SELECT 1 FROM sessions WHERE chat_id = ?1 AND person_id = ?1)",
        (person_id,),
    )
    return bool(found)


async def save(tx: Tx, key: SessionKey, state: str, now: float) -> None:
    """Store the state in place of the last one."""
    tx.later(
        "INSERT INTO sessions (chat_id, topic_id, person_id, state, updated_at)"
        " VALUES (?, ?, ?, ?, ?) ON CONFLICT (chat_id, topic_id, person_id) DO UPDATE"
        " SET state = excluded.state, updated_at = excluded.updated_at",
        (key.chat_id, key.topic_id, key.person_id, state, now),
    )


async def move_chat(tx: Tx, old: int, new: int) -> None:
    """Let the dialogues of a chat go on under the id it has now; newer ones there stay."""
    tx.later("UPDATE OR IGNORE sessions SET chat_id = ? WHERE chat_id = ?", (new, old))
    tx.later("DELETE FROM sessions WHERE chat_id = ?", (old,))
