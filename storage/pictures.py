"""Pictures as bytes: finished ones on their way to Telegram, and originals for a while.

They are the only large things in the database; `prune` takes away what is of no more use.
"""

import secrets
from dataclasses import dataclass

from storage.database import Tx


@dataclass(frozen=True, slots=True)
class StoredPicture:
    """A picture and what is known about it. Sizes in px."""

    id: str
    data: bytes
    media_type: str
    width: int
    height: int


async def put(tx: Tx, data: bytes, media_type: str, width: int, height: int, now: float) -> str:
    """Keep a picture and return its id."""
    picture_id = secrets.token_urlsafe(16)
    await tx.run(
        "INSERT INTO pictures (id, bytes, media_type, width, height, created_at)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (picture_id, data, media_type, width, height, now),
    )
    return picture_id


async def get(tx: Tx, picture_id: str) -> StoredPicture | None:
    """Return a picture, or None if it is no longer kept."""
    row = await tx.row(
        "SELECT id, bytes, media_type, width, height FROM pictures WHERE id = ?", (picture_id,)
    )
    return None if row is None else StoredPicture(*row)


# What was never delivered is kept, however old: its owner may come back.
_OLD = """
SELECT id FROM pictures WHERE created_at < :before AND id NOT IN (
    SELECT picture_id FROM jobs WHERE picture_id IS NOT NULL AND state = 'delivering')
"""


async def prune(tx: Tx, before: float) -> int:
    """Forget the pictures that were kept before a time and have been delivered."""
    await tx.run(
        f"UPDATE jobs SET picture_id = NULL WHERE picture_id IN ({_OLD})",  # noqa: S608 - a constant
        {"before": before},
    )
    return await tx.run(f"DELETE FROM pictures WHERE id IN ({_OLD})", {"before": before})  # noqa: S608 - the same
