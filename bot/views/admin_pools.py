"""What operators read about the pools of groups."""

from collections.abc import Sequence

from bot.views.phrases import credits_
from bot.views.texts import text
from storage.groups import Group
from storage.ledger import Balance


def pools(language: str, lines: Sequence[str], more: int) -> str:
    """Tell how pools stand; `more`: of how many groups nothing is told."""
    if not lines:
        return text(language, "admin.pools.none")
    rest = [text(language, "admin.pools.more", n=more)] if more else []
    how = text(language, "admin.pools.how")
    return "\n\n".join([text(language, "admin.pools"), *lines, *rest, how])


def pool(language: str, group: Group, per_day: str, has: Balance) -> str:
    """Tell how the pool of one group stands."""
    left = credits_(language, has.total)
    return text(
        language,
        "admin.pools.one",
        title=group.title,
        id=group.chat_id,
        per_day=per_day,
        left=left,
    )


def no_group(language: str, chat_id: int) -> str:
    """Say that the bot has never met a group."""
    return text(language, "admin.groupquota.unknown", id=chat_id)


def no_pool(language: str, title: str, before: str) -> str:
    """Ask whether a group's pool shall really be given nothing any more."""
    return text(language, "admin.groupquota.ask", title=title, before=before)


def pool_set(language: str, title: str, before: str, after: str, has: Balance) -> str:
    """Tell what a group's pool was given each day, and is now."""
    left = credits_(language, has.total)
    return text(language, "admin.groupquota", title=title, before=before, after=after, left=left)
