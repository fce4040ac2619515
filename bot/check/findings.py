"""Pure: what a check can find, and what follows from all of it together."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Good:
    """An item is as it should be."""

    item: str
    said: str


@dataclass(frozen=True, slots=True)
class Doubtful:
    """The bot can work, but somebody should look at this. `do` says what to do about it."""

    item: str
    said: str
    do: str


@dataclass(frozen=True, slots=True)
class Bad:
    """The bot cannot work like this. `do` says what to do about it."""

    item: str
    said: str
    do: str


Finding: TypeAlias = Good | Doubtful | Bad


@dataclass(frozen=True, slots=True)
class Section:
    """What was found about one subject."""

    subject: str
    findings: tuple[Finding, ...]


def all_well(sections: Iterable[Section]) -> bool:
    """Tell whether the bot can work."""
    found = [finding for section in sections for finding in section.findings]
    return not any(isinstance(finding, Bad) for finding in found)
