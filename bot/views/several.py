"""What is told about the pictures of one order, where it has several."""

from bot.messages import Content
from bot.views.texts import plain, text


def counted(language: str, *, here: int, failed: int, of: int, over: bool) -> Content:
    """Return a card that counts: how many pictures are there, and how many come to nothing."""
    key = "several.over" if over else "several.more"
    parts = [text(language, key, here=here, of=of)]
    if failed:
        parts.append(text(language, "several.failed", failed=failed))
    return Content("\n".join(parts))


def which(language: str, *, outfit: tuple[int, int], picture: tuple[int, int]) -> str:
    """Return which picture of an order this is; each number with how many there are."""
    kinds = {"outfit": outfit, "picture": picture}
    named = [
        plain(language, f"several.{kind}", n=n, of=of) for kind, (n, of) in kinds.items() if of > 1
    ]
    return plain(language, "list.comma").join(named)


def named(language: str, order: str, pictures: int) -> str:
    """Return the name of an open order, with how many of its pictures are still to come."""
    if pictures == 1:
        return order
    return plain(language, "several.order", order=order, n=pictures)
