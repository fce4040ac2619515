"""Calls of the Bot API whose answers are wanted raw, and what their failures mean.

They go through the library's transport, but not through its parser: one update it does
not understand would make it lose the whole answer.
"""

import json
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

import structlog
from telegram import Bot
from telegram.error import TelegramError
from telegram.request import BaseRequest

from bot.clock import Clock

POLL_SECONDS = 30  # Telegram answers an empty poll after this time, 50 at most
ANSWER_SECONDS = 15  # beyond the poll: until a connection counts as dead
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0  # seconds between failures in a row, doubling
_MANY = 10  # failures in a row: the pause has long been the longest

log = structlog.get_logger(__name__)


class TokenRefused(Exception):  # noqa: N818 - worded for people
    """Telegram does not know the bot's token. The message says what to do."""


@dataclass(frozen=True, slots=True)
class Answered:
    """The call's result."""

    result: Any


@dataclass(frozen=True, slots=True)
class Trouble:
    """The call failed. `said` is Telegram's word, `seconds` how long it wants us to wait."""

    why: str
    status: int = 0
    said: str = ""
    seconds: float = 0.0


_WHY: dict[int, str] = {
    HTTPStatus.CONFLICT: (
        "another program fetches this bot's updates, or has set a webhook. Stop that one, or"
        " give this bot a token of its own (@BotFather, /newbot)"
    ),
    HTTPStatus.TOO_MANY_REQUESTS: "Telegram asks for a pause",
}


async def call(
    bot: Bot, request: BaseRequest, method: str, **parameters: object
) -> Answered | Trouble:
    """Call the Bot API and return the answer as it came, unparsed by the library."""
    try:
        status, body = await request.do_request(
            f"{bot.base_url}/{method}?{urlencode(parameters)}",
            "POST",
            read_timeout=POLL_SECONDS + ANSWER_SECONDS,
        )
    except TelegramError as error:
        return Trouble(f"no connection ({type(error).__name__})")
    answer = _json(body)
    if status == HTTPStatus.OK and "result" in answer:
        return Answered(answer["result"])
    if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND}:
        msg = (
            "Telegram does not know TELEGRAM_BOT_TOKEN. Copy it again from @BotFather (/mybots,"
            " API Token), without spaces."
        )
        raise TokenRefused(msg)
    return Trouble(
        f"status {status}: {_WHY.get(status, 'Telegram is in trouble')}",
        status,
        str(answer.get("description", "")),
        _retry_after(answer),
    )


def _json(body: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return answer if isinstance(answer, dict) else {}


def _retry_after(answer: dict[str, Any]) -> float:
    parameters = answer.get("parameters")
    seconds = parameters.get("retry_after") if isinstance(parameters, dict) else None
    return float(seconds) if isinstance(seconds, int | float) else 0.0


class Patience:
    """How long to wait after each failure in a row."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._failures = 0

    def reset(self) -> None:
        """Something worked: begin again with short pauses."""
        self._failures = 0

    async def wait(self, why: str, at_least: float = 0.0) -> None:
        """Wait after a failure, longer each time."""
        pause = max(min(FIRST_PAUSE * 2**self._failures, LONGEST_PAUSE), at_least)
        self._failures = min(self._failures + 1, _MANY)
        log.warning("updates not fetched, trying again", reason=why, seconds=pause)
        await self._clock.sleep(pause)
