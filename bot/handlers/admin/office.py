"""What every command of an operator works with, and what it can answer."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

from bot.handlers.admin.arguments import Asked, Words
from bot.handlers.desk import Rules
from bot.messages import Content, Send
from storage import audit
from storage.audit import Change
from storage.database import Tx
from storage.people import Person

A = TypeVar("A")


@dataclass(frozen=True, slots=True)
class Office:
    """One command being carried out: inside which transaction, for which operator, when.

    `confirmed`: the operator was asked whether they mean it, and said yes.
    """

    tx: Tx
    rules: Rules
    operator: int
    language: str
    now: float
    confirmed: bool = False

    async def note(self, change: Change) -> None:
        """Write a change into the audit trail."""
        await audit.note(self.tx, change, self.now)


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a command is about. `person` None: the bot has never met them."""

    id: int
    person: Person | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """The answer, in one message or several."""

    messages: tuple[Send, ...]


@dataclass(frozen=True, slots=True)
class Confirm:
    """The operator should be asked first: `question` says what would happen."""

    question: str


@dataclass(frozen=True, slots=True)
class Option:
    """A button under a question, and the command it stands for."""

    label: str
    asked: Asked


@dataclass(frozen=True, slots=True)
class Choose:
    """The operator should say which of several is meant."""

    question: str
    options: tuple[Option, ...]


Answer: TypeAlias = Told | Confirm | Choose


def told(text: str) -> Told:
    """Return an answer in one message without buttons."""
    return Told((Send(Content(text)),))


@dataclass(frozen=True, slots=True)
class Plain(Generic[A]):
    """A command that is about nobody in particular."""

    name: str
    read: Callable[[Words], A]
    answer: Callable[[Office, A], Awaitable[Answer]]


@dataclass(frozen=True, slots=True)
class About(Generic[A]):
    """A command about a person, who is named first or replied to.

    `alone` answers where nobody is named; None: somebody has to be.
    """

    name: str
    read: Callable[[Words], A]
    answer: Callable[[Office, Subject, A], Awaitable[Answer]]
    alone: Callable[[Office, A], Awaitable[Answer]] | None = None


@dataclass(frozen=True, slots=True)
class OfGroup(Generic[A]):
    """A command about a group, whose id stands first, or in which it is given.

    `alone` answers in private where nothing stands behind it.
    """

    name: str
    read: Callable[[Words], A]
    answer: Callable[[Office, int, A], Awaitable[Answer]]
    alone: Callable[[Office], Awaitable[Answer]]


def nothing(words: Words) -> None:
    """Read the arguments of a command that takes none."""
    words.end()
