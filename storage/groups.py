"""Groups the bot is or was in, and what their administrators chose.

A group has the id it was first met under for good: its ledger account is named by it. The
chat id it has now may become another one, once, when it turns into a supergroup; then
everything that waits for it moves along. Who may change what is the callers' business.
"""

import sqlite3
from dataclasses import dataclass
from enum import StrEnum

from storage import jobs, ledger, notices, outbox, sessions
from storage.database import Tx


class Payer(StrEnum):
    """Whose credits an order in the group costs."""

    POOL = "pool"  # the group's own
    MEMBERS = "members"  # those of whoever orders


class Results(StrEnum):
    """Where finished pictures go."""

    HERE = "here"
    PRIVATE = "private"  # to the private chat of whoever ordered


@dataclass(frozen=True, slots=True)
class Choices:
    """What a group's administrators chose."""

    enabled: bool = True
    try_on: bool = True
    restyle: bool = True
    payer: Payer = Payer.POOL
    member_limit: int | None = None  # credits per member and day; None: no limit
    results: Results = Results.HERE
    language: str | None = None  # None: each member's own


@dataclass(frozen=True, slots=True)
class Group:
    """A group the bot has met. Times are Unix seconds."""

    id: int  # the chat id it was first met under
    chat_id: int  # the chat id it has now
    title: str
    introduced_at: float | None  # when the bot told it how it is used
    gone_since: float | None  # since when the bot is no longer in it
    choices: Choices

    @property
    def account(self) -> str:
        """The ledger account of its pool."""
        return ledger.of_group(self.id)


_COLUMNS = (
    "id, chat_id, title, introduced_at, gone_since,"
    " enabled, try_on, restyle, payer, member_limit, results, language"
)
_GET = f"""
SELECT {_COLUMNS} FROM groups WHERE chat_id = :chat
    OR id = (SELECT group_id FROM former_group_ids WHERE chat_id = :chat)
"""  # noqa: S608 - put together from the constant above
_PRESENT = f"""
SELECT {_COLUMNS} FROM groups WHERE gone_since IS NULL ORDER BY created_at DESC, id LIMIT :limit
"""  # noqa: S608 - the same
_NEW = f"""
INSERT INTO groups (id, chat_id, title, created_at) VALUES (:chat, :chat, :title, :now)
RETURNING {_COLUMNS}
"""  # noqa: S608 - the same


async def get(tx: Tx, chat_id: int) -> Group | None:
    """Return the group that has this chat id, or had it once; None if it was never met."""
    row = await tx.row(_GET, {"chat": chat_id})
    return None if row is None else _group(row)


async def present(tx: Tx, limit: int) -> list[Group]:
    """Return the groups the bot is in, the ones it met last first; at most so many."""
    rows = await tx.rows(_PRESENT, {"limit": limit})
    return [_group(row) for row in rows]


async def count_present(tx: Tx) -> int:
    """Return how many groups the bot is in."""
    return int(await tx.value("SELECT count(*) FROM groups WHERE gone_since IS NULL", ()))


async def met(tx: Tx, chat_id: int, title: str, now: float) -> Group:
    """Remember what a group is called now, and return all that is known about it."""
    known = await get(tx, chat_id)
    if known is None:
        rows = await tx.rows(_NEW, {"chat": chat_id, "title": title, "now": now})
        return _group(rows[0])
    if known.title != title:
        tx.later("UPDATE groups SET title = ? WHERE id = ?", (title, known.id))
    return Group(
        known.id, known.chat_id, title, known.introduced_at, known.gone_since, known.choices
    )


async def set_gone(tx: Tx, group_id: int, since: float | None) -> None:
    """Remember since when the bot is no longer in a group; None: it is there again."""
    tx.later("UPDATE groups SET gone_since = ? WHERE id = ?", (since, group_id))


async def set_introduced(tx: Tx, group_id: int, at: float) -> None:
    """Remember when the bot told a group how it is used."""
    tx.later("UPDATE groups SET introduced_at = ? WHERE id = ?", (at, group_id))


async def choose(tx: Tx, group_id: int, choices: Choices) -> None:
    """Store what a group's administrators chose, in place of what they had chosen."""
    tx.later(
        "UPDATE groups SET enabled = ?, try_on = ?, restyle = ?, payer = ?, member_limit = ?,"
        " results = ?, language = ? WHERE id = ?",
        (
            choices.enabled,
            choices.try_on,
            choices.restyle,
            choices.payer,
            choices.member_limit,
            choices.results,
            choices.language,
            group_id,
        ),
    )


async def migrate(tx: Tx, old: int, new: int) -> None:
    """Let a group go on under another chat id, with all that is its own. Safe to repeat.

    Its pool stays what it is. Whether the bot is in it is what was heard of the new chat.
    """
    group = await get(tx, old)
    if group is not None and group.chat_id != new:
        # Something may have been handled under the new id before the news of it was.
        newer = await get(tx, new)
        await set_gone(tx, group.id, newer.gone_since if newer else None)
        tx.later("UPDATE jobs SET group_id = ? WHERE group_id = ?", (group.id, new))
        tx.later("DELETE FROM groups WHERE chat_id = ?", (new,))
        tx.later("INSERT INTO former_group_ids VALUES (?, ?)", (group.chat_id, group.id))
        tx.later("UPDATE groups SET chat_id = ? WHERE id = ?", (new, group.id))
    await jobs.move_chat(tx, old, new)
    await sessions.move_chat(tx, old, new)
    await outbox.move_chat(tx, old, new)
    await notices.move_chat(tx, old, new)


def _group(row: sqlite3.Row) -> Group:
    id_, chat_id, title, introduced_at, gone_since, *chosen = row
    enabled, try_on, restyle, payer, member_limit, results, language = chosen
    return Group(
        id_,
        chat_id,
        title,
        introduced_at,
        gone_since,
        Choices(
            bool(enabled),
            bool(try_on),
            bool(restyle),
            Payer(payer),
            member_limit,
            Results(results),
            language,
        ),
    )
