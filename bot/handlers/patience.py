"""How much the bot listens to one person, and to one group: the rest of a flood is dropped.

Kept in memory: a flood is over sooner than a restart. What counts, and what is said to
whom, is `flood`'s business. Times are Unix seconds and always given.
"""

from collections import defaultdict, deque
from dataclasses import dataclass
from enum import Enum

WINDOW = 60.0  # seconds
FORGET_ABOVE = 10_000  # people and places remembered before those that are quiet are dropped


class Verdict(Enum):
    """What becomes of something that was said."""

    HEARD = "heard"
    WARNED = "warned"  # dropped, and that is worth telling
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Voice:
    """Something said: by whom, where, and how many of its kind are heard in a minute.

    `place_most`: how many of all people together; None: there is nobody else.
    """

    person_id: int
    chat_id: int
    kind: str
    most: int
    place_most: int | None = None


class Patience:
    """Remembers what was heard in the last minute."""

    def __init__(self) -> None:
        self._heard: defaultdict[object, deque[float]] = defaultdict(deque)
        self._warned: dict[int, float] = {}

    def hears(self, voice: Voice, now: float) -> Verdict:
        """Judge what was just said; only what is heard counts."""
        here = (voice.person_id, voice.chat_id, voice.kind)
        place = (voice.chat_id, voice.kind)
        full = len(self._lately(here, now)) >= voice.most
        if voice.place_most is not None:
            full = full or len(self._lately(place, now)) >= voice.place_most
        if full:
            return self._warning(voice.person_id, now)
        self._heard[here].append(now)
        if voice.place_most is not None:
            self._heard[place].append(now)
        if len(self._heard) > FORGET_ABOVE:
            self._forget(now)
        return Verdict.HEARD

    def _warning(self, person_id: int, now: float) -> Verdict:
        """Warn somebody, but not again within the minute, wherever they are."""
        if now - self._warned.get(person_id, -WINDOW) < WINDOW:
            return Verdict.DROPPED
        self._warned[person_id] = now
        if len(self._warned) > FORGET_ABOVE:
            self._warned = {one: at for one, at in self._warned.items() if now - at < WINDOW}
        return Verdict.WARNED

    def _lately(self, key: object, now: float) -> deque[float]:
        times = self._heard[key]
        while times and now - times[0] >= WINDOW:
            times.popleft()
        return times

    def _forget(self, now: float) -> None:
        for key in list(self._heard):
            if not self._lately(key, now):
                del self._heard[key]
