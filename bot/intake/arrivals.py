"""What an update is, as far as the inbox cares: its id, whose turn it is, its album.

Read from the raw JSON and without trust: a newer Bot API, odd fields and plain nonsense
must all end in a row, as long as there is an id.
"""

import json
from typing import Any

from bot.clock import Clock
from storage import inbox
from storage.database import Database
from storage.inbox import Arrival

POINTS = ("intake.before_commit", "intake.after_commit")

# Everything the routes know. Telegram keeps all other kinds to itself.
ALLOWED_UPDATES = ("message", "callback_query", "my_chat_member")
_INT64 = 2**63


def arrival(update: object) -> Arrival | None:
    """Return an update as the inbox takes it, or None if it has no usable id."""
    if not isinstance(update, dict):
        return None
    update_id = _id(update.get("update_id"))
    if update_id is None:
        return None
    try:
        payload = json.dumps(update, separators=(",", ":"))  # ASCII: odd characters survive
    except RecursionError:
        return None
    body = next((part for part in update.values() if isinstance(part, dict)), {})
    return Arrival(update_id, _queue(body), payload, _album(update.get("message")))


def _queue(body: dict[str, Any]) -> int:
    """Whose turn it is: the person; the chat where nobody or an anonymous one speaks; 0."""
    anonymous = isinstance(body.get("sender_chat"), dict)
    keys = ("chat",) if anonymous else ("from", "user", "chat")
    for key in keys:
        holder = body.get(key)
        found = _id(holder.get("id")) if isinstance(holder, dict) else None
        if found is not None:
            return found
    return 0


def _album(message: object) -> str | None:
    if not isinstance(message, dict) or not isinstance(message.get("chat"), dict):
        return None
    chat, group = _id(message["chat"].get("id")), message.get("media_group_id")
    if chat is None or not isinstance(group, str) or not group.isascii():
        return None
    return f"{chat}:{group}"


def _id(value: object) -> int | None:
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < _INT64:
        return value
    return None


async def store(db: Database, arrivals: list[Arrival], clock: Clock) -> int:
    """Commit updates and return how many are new."""
    now = clock.now()
    return await db.atomically("intake", lambda tx: inbox.add(tx, arrivals, now))
