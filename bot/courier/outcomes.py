"""What became of a call to Telegram, as a sum type: nothing here raises.

Telegram tells refusals apart by their description only; the parts it is recognised by
stand in one table.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeAlias

from telegram import Message
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)


@dataclass(frozen=True, slots=True)
class Sent:
    """Telegram took it. `message` where the call returns one."""

    message: Message | None = None
    picture: str | None = None  # the key of the picture the message now shows


@dataclass(frozen=True, slots=True)
class Flood:
    """Telegram wants silence for some seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Away:
    """No answer, or Telegram is in trouble: it may have arrived, and is sent again."""

    reason: str


@dataclass(frozen=True, slots=True)
class Closed:
    """The chat cannot be written to: blocked, kicked, gone, or not yet begun.

    `bot` is the bot's user name, where somebody has to be told how to begin it.
    """

    reason: str
    bot: str = ""


@dataclass(frozen=True, slots=True)
class Muted:
    """The bot is in the group, but may not write there."""

    reason: str


@dataclass(frozen=True, slots=True)
class NoPictures:
    """The bot may write in the group, but not send pictures or files there."""

    reason: str


@dataclass(frozen=True, slots=True)
class TopicGone:
    """The topic was closed or removed; the group is still there."""

    reason: str


@dataclass(frozen=True, slots=True)
class Moved:
    """The group has another id now."""

    chat_id: int


@dataclass(frozen=True, slots=True)
class Pointless:
    """It is too late: the message is gone, or the press too old."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unparsable:
    """Telegram does not understand the markup of the text."""

    reason: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Telegram will never take this: our fault, and the operators hear of it."""

    reason: str


@dataclass(frozen=True, slots=True)
class Broken:
    """We could not even make the call: our fault, and tried again a few times only."""

    reason: str


Outcome: TypeAlias = (
    Sent
    | Flood
    | Away
    | Closed
    | Muted
    | NoPictures
    | TopicGone
    | Moved
    | Pointless
    | Unparsable
    | Refused
    | Broken
)

_POINTLESS = (
    "message to edit not found",
    "message can't be edited",
    "message to delete not found",
    "message_id_invalid",
    "query is too old",
    "query id is invalid",
)
_CLOSED = (
    "chat not found",
    "user is deactivated",
    "group chat was deactivated",
)
_NO_PICTURES = (
    "not enough rights to send photos",
    "not enough rights to send documents",
    "chat_send_photos_forbidden",
    "chat_send_docs_forbidden",
    "chat_send_media_forbidden",
)
_MUTED = (
    "not enough rights to send",
    "have no rights to send",
    "chat_write_forbidden",
    "chat_send_plain_forbidden",
    "chat_restricted",
)
_TOPIC_GONE = ("message thread not found", "topic_closed", "topic_deleted")
_KINDS: tuple[tuple[tuple[str, ...], Callable[[str], Outcome]], ...] = (
    (_POINTLESS, Pointless),
    (_CLOSED, Closed),
    (_NO_PICTURES, NoPictures),
    (_MUTED, Muted),
    (_TOPIC_GONE, TopicGone),
    (("can't parse",), Unparsable),
)
"""What Telegram's words mean, the first that fits."""
_ALREADY_SO = "message is not modified"


async def outcome_of(call: Awaitable[object]) -> Outcome:
    """Make a call and return what became of it."""
    try:
        answer = await call
    except TelegramError as error:
        return _read(error)
    return Sent(answer if isinstance(answer, Message) else None)


def _read(error: TelegramError) -> Outcome:
    match error:
        case RetryAfter():
            pause = error.retry_after
            return Flood(float(pause) if isinstance(pause, int | float) else pause.total_seconds())
        case ChatMigrated():
            return Moved(error.new_chat_id)
        case Forbidden():
            return Closed(error.message)
        case BadRequest():
            return _bad_request(error.message)
        case NetworkError() | InvalidToken():  # a refused token is reported by the intake
            return Away(type(error).__name__)
        case _:
            return Refused(error.message)


def _bad_request(said: str) -> Outcome:
    lower = said.lower()
    if _ALREADY_SO in lower:
        return Sent()
    return next((kind(said) for parts, kind in _KINDS if any(p in lower for p in parts)), None) or (
        Refused(said)
    )
