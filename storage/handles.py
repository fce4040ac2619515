"""Who goes, or went, by a username: they change, and pass from one person to another.

The table is kept by triggers on `people`, so whatever an update says of somebody is learned.
Small and capital letters are the same in usernames.
"""

from dataclasses import dataclass

from storage.database import Tx


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who was seen with a username; `current` if they had it when last seen."""

    person_id: int
    first_name: str
    username: str | None  # the one they have now, as far as is known
    seen_at: float  # Unix seconds
    current: bool


async def holders(tx: Tx, handle: str) -> list[Holder]:
    """Return everybody seen with a username, the likeliest first."""
    rows = await tx.rows(
        "SELECT id, first_name, username, seen_at, lower(ifnull(username, '')) = :handle AS now"
        " FROM handles JOIN people ON id = person_id WHERE handle = :handle"
        " ORDER BY now DESC, seen_at DESC",
        {"handle": handle.lower()},
    )
    return [Holder(row[0], row[1], row[2], row[3], bool(row[4])) for row in rows]
