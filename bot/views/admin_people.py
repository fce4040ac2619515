"""What operators read about one person, and what that person reads of it."""

from bot.messages import Content
from bot.views.admin import someone
from bot.views.phrases import credits_, orders
from bot.views.texts import plain, text
from storage.ledger import Balance
from storage.people import Person


def stranger(language: str, person_id: int) -> str:
    """Say that the bot has never met somebody."""
    return text(language, "admin.stranger", id=person_id)


# --- credits ---------------------------------------------------------------------------


def standing(
    language: str,
    person: Person,
    has: Balance,
    *,
    per_day: str,
    running: int,
    banned: str | None,
) -> str:
    """Tell how somebody stands; `banned` is why, None: they are not."""
    lines = [
        text(language, "admin.standing", who=someone(language, person.id, person)),
        _has(language, has),
        text(language, "admin.per_day", amount=per_day),
        text(language, "admin.running", orders=orders(language, running)),
    ]
    if banned is not None:
        why = banned or plain(language, "admin.no_reason")
        lines.append(text(language, "admin.standing.banned", why=why))
    return "\n".join(lines)


def _has(language: str, has: Balance) -> str:
    return text(
        language,
        "admin.has",
        total=credits_(language, has.total),
        daily=has.daily,
        extra=has.extra,
    )


def too_few(language: str, person: Person, has: Balance) -> str:
    """Say that somebody has less than is to be taken."""
    who = someone(language, person.id, person)
    return text(language, "admin.grant.too_few", who=who, extra=credits_(language, has.extra))


def take_(language: str, person: Person, before: int, after: int) -> str:
    """Ask whether credits shall really be taken."""
    who = someone(language, person.id, person)
    return text(language, "admin.grant.ask", who=who, before=before, after=after)


def granted(language: str, person: Person, before: Balance, after: Balance) -> str:
    """Tell what somebody had, and has now."""
    who = someone(language, person.id, person)
    lines = (
        text(language, "admin.grant", who=who, before=before.extra, after=after.extra),
        _has(language, after),
    )
    return "\n".join(lines)


def per_day(language: str, own: int | None, default: int) -> str:
    """Return what is given each day, in words."""
    if own is None:
        return plain(language, "admin.per_day.default", n=default)
    return str(own)


def no_quota(language: str, person: Person, before: str) -> str:
    """Ask whether somebody shall really be given nothing any more."""
    who = someone(language, person.id, person)
    return text(language, "admin.setquota.ask", who=who, before=before)


def quota_set(language: str, person: Person, before: str, after: str, has: Balance) -> str:
    """Tell what somebody was given each day, and is now."""
    who = someone(language, person.id, person)
    said = text(language, "admin.setquota", who=who, before=before, after=after)
    return f"{said}\n{_has(language, has)}"


def given(language: str, credits: int) -> Content:  # noqa: A002  the product's word
    """Tell somebody that they were given credits."""
    return Content(text(language, "given", credits=credits_(language, credits)))


# --- who may order -----------------------------------------------------------------------


def operator(language: str) -> str:
    """Say that operators cannot be shut out."""
    return text(language, "admin.ban.operator")


def ban_(language: str, person_id: int, person: Person | None, waiting: int) -> str:
    """Ask whether somebody shall really be shut out."""
    who = someone(language, person_id, person)
    return text(language, "admin.ban.ask", who=who, orders=orders(language, waiting))


def banned(language: str, person_id: int, person: Person | None, stopped: int) -> str:
    """Tell that somebody is shut out now."""
    who = someone(language, person_id, person)
    return text(language, "admin.ban", who=who, orders=orders(language, stopped))


def is_banned(language: str, person_id: int, person: Person | None) -> str:
    """Say that somebody was shut out before."""
    return text(language, "admin.ban.already", who=someone(language, person_id, person))


def unbanned(language: str, person_id: int, person: Person | None) -> str:
    """Tell that somebody may order again."""
    return text(language, "admin.unban", who=someone(language, person_id, person))


def not_banned(language: str, person_id: int, person: Person | None) -> str:
    """Say that somebody is not shut out."""
    return text(language, "admin.unban.already", who=someone(language, person_id, person))
