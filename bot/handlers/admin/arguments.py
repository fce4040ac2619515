"""Pure: reading what stands behind a command, and saying in words what cannot be read."""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

MOST = 1_000_000  # credits, or days: whatever is larger was not meant
DEFAULT = "default"
LONGEST_REASON = 200  # characters

_HANDLE = re.compile(r"@([A-Za-z0-9_]{1,32})")
_ID = re.compile(r"[1-9][0-9]{0,15}")
_CHAT = re.compile(r"-[1-9][0-9]{0,15}")
_MONEY = re.compile(r"[0-9]{1,7}(\.[0-9]{1,2})?")
_NUMBER = re.compile(r"[+-]?[0-9]{1,9}")


class Fault(StrEnum):
    """What can be wrong with an argument: the key of the text that says so."""

    NO_WHO = "admin.misread.no_who"
    WHO = "admin.misread.who"
    NO_CHAT = "admin.misread.no_chat"
    NO_NUMBER = "admin.misread.no_number"
    NUMBER = "admin.misread.number"
    RANGE = "admin.misread.range"
    MODEL = "admin.misread.model"
    NO_JOB = "admin.misread.no_job"
    JOB = "admin.misread.job"
    MONEY = "admin.misread.money"
    ZERO = "admin.misread.zero"
    LONG = "admin.misread.long"
    MORE = "admin.misread.more"


class Misread(Exception):  # noqa: N818  says what happened
    """An argument is missing or makes no sense."""

    def __init__(self, fault: Fault, word: str = "") -> None:
        super().__init__(fault)
        self.fault = fault
        self.word = word


@dataclass(frozen=True, slots=True)
class PersonId:
    """Somebody, by the number that never changes."""

    id: int


@dataclass(frozen=True, slots=True)
class Handle:
    """Somebody, by a username without the @."""

    name: str


Wanted: TypeAlias = PersonId | Handle


@dataclass(frozen=True, slots=True)
class Asked:
    """A command as it was given. `replied`: to whose message; `group`: in which chat."""

    name: str
    words: tuple[str, ...] = ()
    replied: Wanted | None = None
    group: int | None = None
    confirmed: bool = False


class Words:
    """The words behind a command, taken one by one. Each method raises `Misread`."""

    def __init__(self, words: tuple[str, ...]) -> None:
        self._left = list(words)

    @property
    def left(self) -> tuple[str, ...]:
        """What was not taken yet."""
        return tuple(self._left)

    def more(self) -> bool:
        """Tell whether anything is left."""
        return bool(self._left)

    def who(self, replied: Wanted | None = None) -> Wanted:
        """Take who is meant: whoever was replied to, unless a username stands there."""
        if replied is not None and not (self._left and self._left[0].startswith("@")):
            return replied
        word = self._next(Fault.NO_WHO)
        if found := _HANDLE.fullmatch(word):
            return Handle(found[1])
        if _ID.fullmatch(word):
            return PersonId(int(word))
        raise Misread(Fault.WHO, word)

    def chat(self, here: int | None = None) -> int:
        """Take the id of a group; where none stands there: the one it is said in."""
        if self._left and _CHAT.fullmatch(self._left[0]):
            return int(self._left.pop(0))
        if here is None:
            raise Misread(Fault.NO_CHAT)
        return here

    def number(self, least: int = -MOST, most: int = MOST) -> int:
        """Take a whole number."""
        word = self._next(Fault.NO_NUMBER)
        if not _NUMBER.fullmatch(word):
            raise Misread(Fault.NUMBER, word)
        if not least <= int(word) <= most:
            raise Misread(Fault.RANGE, word)
        return int(word)

    def amount_or_default(self) -> int | None:
        """Take a whole number from 0, or "default": None."""
        if self._left and self._left[0].lower() == DEFAULT:
            del self._left[0]
            return None
        return self.number(least=0)

    def job(self) -> int:
        """Take the number of an order, with or without a #."""
        word = self._next(Fault.NO_JOB)
        if not _ID.fullmatch(word.removeprefix("#")):
            raise Misread(Fault.JOB, word)
        return int(word.removeprefix("#"))

    def money_or_default(self) -> int | None:
        """Take an amount of CNY, returned in thousandths, or "default": None."""
        word = self._next(Fault.NO_NUMBER)
        if word.lower() == DEFAULT:
            return None
        if not _MONEY.fullmatch(word):
            raise Misread(Fault.MONEY, word)
        return int(Decimal(word) * 1000)

    def word(self) -> str | None:
        """Take a word; None: nothing is left."""
        return self._left.pop(0) if self._left else None

    def rest(self) -> str | None:
        """Take everything that is left as a reason; None: nothing is."""
        said = " ".join(self._left)
        self._left.clear()
        if len(said) > LONGEST_REASON:
            raise Misread(Fault.LONG)
        return said or None

    def end(self) -> None:
        """See to it that nothing is left."""
        if self._left:
            raise Misread(Fault.MORE, self._left[0])

    def _next(self, missing: Fault) -> str:
        if not self._left:
            raise Misread(missing)
        return self._left.pop(0)
