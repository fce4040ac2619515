"""Pressed buttons that wait for the bot's answer."""

import hashlib
from dataclasses import dataclass

from bot.clock import Clock
from bot.demo.telegram.errors import refuse
from bot.demo.telegram.updates import CALLBACK_LIFETIME

_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
_QUEUE = 3 << 33  # keeps presses apart from messages; the real server does the same


@dataclass(slots=True)
class Press:
    """One press of a button. Only the first answer reaches the person."""

    callback_id: str
    person_id: int
    at: float
    answered: bool = False


def queue_of(person_id: int) -> int:
    """Return the update queue of one person's presses."""
    return person_id + _QUEUE


class Callbacks:
    """The presses that can still be answered."""

    def __init__(self, clock: Clock, life: int = 0) -> None:
        self._clock = clock
        self._presses: dict[str, Press] = {}
        self._count = life

    def pressed(self, person_id: int) -> Press:
        """Remember a press and give it its id."""
        self._forget_old()
        self._count += 1
        digest = hashlib.sha256(f"{person_id}-{self._count}".encode()).digest()
        callback_id = str(int.from_bytes(digest[:8], "big") >> 1)
        press = self._presses[callback_id] = Press(callback_id, person_id, self._clock.now())
        return press

    def answer(self, callback_id: str) -> Press | None:
        """Return the press an answer is for, None if it already had one.

        Raises:
            ApiError: if it is too old, or never happened.

        """
        self._forget_old()
        press = self._presses.get(callback_id)
        if press is None:
            refuse(_TOO_OLD)
        if press.answered:
            return None  # accepted, but the person has seen the first answer
        press.answered = True
        return press

    def _forget_old(self) -> None:
        oldest = self._clock.now() - CALLBACK_LIFETIME
        for press in list(self._presses.values()):
            if press.at >= oldest:
                break
            del self._presses[press.callback_id]
