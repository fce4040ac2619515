"""The audit trail in words: when, who, what, about whom, from what to what, and why."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.views.admin import someone
from bot.views.texts import has, plain, text
from storage.audit import Change, Entry
from storage.people import Person


def trail(
    language: str, entries: Sequence[Entry], known: Mapping[int, Person], zone: ZoneInfo
) -> str:
    """Return the entries, one below the other."""
    if not entries:
        return text(language, "admin.trail.empty")
    lines = [_line(language, entry, known, zone) for entry in entries]
    return "\n\n".join((text(language, "admin.trail"), *lines))


def _line(language: str, entry: Entry, known: Mapping[int, Person], zone: ZoneInfo) -> str:
    change = entry.change
    said = text(
        language,
        "admin.trail.line",
        at=datetime.fromtimestamp(entry.at, zone).strftime("%Y-%m-%d %H:%M"),
        operator=_name(known.get(change.operator_id), change.operator_id),
        action=change.action,
        subject=_subject(language, change, known),
        before=_state(language, change.before),
        after=_state(language, change.after),
    )
    return said if change.reason is None else f"{said}\n“{_escaped(language, change.reason)}”"


def _subject(language: str, change: Change, known: Mapping[int, Person]) -> str:
    if change.person_id is not None:
        return someone(language, change.person_id, known.get(change.person_id))
    if change.chat_id is not None:
        return str(change.chat_id)
    return f"#{change.job_id}" if change.job_id is not None else change.subject or ""


def _name(person: Person | None, person_id: int) -> str:
    return person.first_name if person is not None else str(person_id)


def _state(language: str, state: str) -> str:
    """Return a state in words; numbers are their own."""
    key = f"admin.state.{state}"
    return plain(language, key) if has(key) else state


def _escaped(language: str, words: str) -> str:
    return text(language, "admin.trail.reason", reason=words)
