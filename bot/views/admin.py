"""What operators read around their commands: help, usage, questions and their buttons."""

from collections.abc import Sequence

from bot.messages import Button, Keyboard
from bot.views.callbacks import Choice, encode_choice
from bot.views.phrases import duration
from bot.views.texts import plain, text
from storage.handles import Holder
from storage.people import Person

MAX_LABEL = 40  # characters on a button
_DAY = 86400.0  # seconds


def help_(language: str, names: Sequence[str]) -> str:
    """Return all commands with what they do and take."""
    lines = [f"{usage_of(language, name)}\n{_does(language, name)}" for name in names]
    return "\n\n".join([text(language, "admin.help"), "\n".join(lines)])


def _does(language: str, name: str) -> str:
    return f"    {text(language, f'admin.command.{name}')}"


def usage_of(language: str, name: str) -> str:
    """Return a command with its arguments."""
    return f"<code>{text(language, f'admin.usage.{name}')}</code>"


def usage(language: str, name: str, why: str, word: str = "") -> str:
    """Say what is wrong with a command's arguments, and how it is used."""
    lines = (
        text(language, why, word=word[:MAX_LABEL]),
        text(language, "admin.usage"),
        usage_of(language, name),
        text(language, f"admin.command.{name}"),
    )
    return "\n".join(lines)


def nobody(language: str, handle: str) -> str:
    """Say that nobody is known by a username."""
    return text(language, "admin.nobody", handle=handle)


# --- questions -------------------------------------------------------------------------


def which(language: str, handle: str) -> str:
    """Ask who is meant by a username."""
    return text(language, "admin.which", handle=handle)


def holder(language: str, one: Holder, now: float) -> str:
    """Return the button for somebody who was seen with a username."""
    seen = duration(language, max(0.0, now - one.seen_at))
    if now - one.seen_at >= _DAY:
        seen = plain(language, "admin.days", n=int((now - one.seen_at) // _DAY))
    handle = f" @{one.username}" if one.username else ""
    rest = f"{handle} · {one.person_id} · {seen}"
    return f"{one.first_name[: max(1, MAX_LABEL - len(rest))]}{rest}"[:MAX_LABEL]


def yes(language: str) -> str:
    """Return the button that means it."""
    return plain(language, "admin.yes")


def options(language: str, question: int, labels: Sequence[str]) -> Keyboard:
    """Return a button for each answer, and one to leave everything as it is."""
    chosen = [
        (Button(label, encode_choice(Choice(question, number))),)
        for number, label in enumerate(labels, 1)
    ]
    no = Button(plain(language, "admin.no"), encode_choice(Choice(question, 0)))
    return (*chosen, (no,))


def left_alone(language: str) -> str:
    """Say that nothing was changed."""
    return text(language, "admin.left_alone")


def reply(language: str, key: str) -> str:
    """Return the answer to a press: plain."""
    return plain(language, key)


# --- names -----------------------------------------------------------------------------


def someone(language: str, person_id: int, person: Person | None) -> str:
    """Return who somebody is, as plain text: name, username and the number that never changes."""
    if person is None:
        return plain(language, "admin.someone.unknown", id=person_id)
    if person.username is None:
        return plain(language, "admin.someone.nameless", name=person.first_name, id=person_id)
    return plain(
        language,
        "admin.someone",
        name=person.first_name,
        handle=person.username,
        id=person_id,
    )
