"""A group's settings as one message: what is chosen, and a button for each thing to choose.

A button says what is to be chosen, not what is to be changed, so a double tap does no harm:
`g1:{setting}:{value}`. Who may press is the handlers' business.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from bot.messages import Button, Content
from bot.views.phrases import credits_
from bot.views.texts import LANGUAGES, plain, text
from storage.groups import Choices, Payer, Results

_DATA = re.compile(r"g1:([a-z_]+):([a-z0-9]+)")
_LIMITS = (None, 1, 2, 3, 5, 10)  # credits per member and day

_VALUES: Mapping[str, Sequence[Any]] = MappingProxyType(
    {
        "enabled": (True, False),
        "try_on": (True, False),
        "restyle": (True, False),
        "payer": tuple(Payer),
        "member_limit": _LIMITS,
        "results": tuple(Results),
        "language": (None, *LANGUAGES),
    }
)
"""What can be chosen for each setting, in the order in which presses go through it."""

_ROWS = (("enabled",), ("try_on", "restyle"), ("payer",), ("member_limit",), ("results",),
         ("language",))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choice:
    """What a button of the panel asks for: a setting's name, and which of its values."""

    setting: str
    value: str


def panel(language: str, choices: Choices, per_day: int) -> Content:
    """Return the message; `per_day` is what the pool is given each day, in credits."""
    said = text(language, "groupsettings", pool=credits_(language, per_day))
    rows = [tuple(_button(language, choices, name) for name in row) for row in _ROWS]
    return Content(said, tuple(rows))


def decode(data: str) -> Choice | None:
    """Return what the text of a button stands for; None: it is no button of a panel."""
    found = _DATA.fullmatch(data)
    if found is None or found[2] not in map(_word, _VALUES.get(found[1], ())):
        return None
    return Choice(found[1], found[2])


def chosen(choices: Choices, choice: Choice) -> Choices:
    """Return the choices with this one made."""
    values: dict[str, Any] = {_word(value): value for value in _VALUES[choice.setting]}
    return replace(choices, **{choice.setting: values[choice.value]})


def _button(language: str, choices: Choices, name: str) -> Button:
    """Return the button that says what is chosen now, and chooses what comes next."""
    values, now = _VALUES[name], getattr(choices, name)
    place = values.index(now) if now in values else -1
    following = values[(place + 1) % len(values)]
    return Button(_label(language, name, now), f"g1:{name}:{_word(following)}")


def _label(language: str, name: str, value: object) -> str:
    match name, value:
        case "member_limit", int(limit):
            return plain(language, "groupsettings.limit", limit=credits_(language, limit))
        case "language", str(code):
            return plain(language, "groupsettings.language", name=LANGUAGES.get(code, code))
        case _:
            return plain(language, f"groupsettings.{name}.{_word(value)}")


def _word(value: object) -> str:
    """Return a value as it stands in a button."""
    match value:
        case None:
            return "any"
        case bool():
            return "on" if value else "off"
        case _:
            return str(value)
