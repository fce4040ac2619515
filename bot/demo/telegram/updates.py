"""The bot's queue of updates, and getUpdates: at least once, in order, until confirmed.

Delivery by webhook takes from the same queue; that is `webhook`.
"""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from bot.clock import Clock
from bot.demo.telegram.errors import conflict

LONGEST_POLL = 50.0  # seconds, whatever the bot asks for
MOST_AT_ONCE = 100
MESSAGE_LIFETIME = 86_400.0  # seconds an update about a message is kept
CALLBACK_LIFETIME = 150.0  # seconds an update about a pressed button is kept
_FIRST_ID = 100_000_001  # "start from a certain positive number"
_ONLY_ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
_OTHER_INSTANCE = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Pending:
    """An update nobody has confirmed yet. Those of one `queue` keep their order by webhook."""

    update_id: int
    body: Json
    queue: int
    expires: float

    @property
    def wire(self) -> Json:
        """The Update as it is sent."""
        return {"update_id": self.update_id, **self.body}


@dataclass(slots=True)
class _Poll:
    """One waiting getUpdates. Its own event: one shared by two polls would lose a wake-up."""

    wake: asyncio.Event = field(default_factory=asyncio.Event)
    ended: str | None = None


class Updates:
    """Unconfirmed updates by id, oldest first. `wake` tells the webhook of something new."""

    def __init__(self, clock: Clock, life: int = 0) -> None:
        self._clock = clock
        self.pending: dict[int, Pending] = {}
        self.allowed: frozenset[str] | None = None  # None: all but those only on request
        self.wake = asyncio.Event()
        self._next_id = _FIRST_ID + life
        self._poll: _Poll | None = None
        self._closed = False

    def allow(self, kinds: Collection[str] | None) -> None:
        """Remember which kinds of update the bot wants; None changes nothing."""
        if kinds is not None:
            self.allowed = frozenset(kinds) or None

    def wants(self, kind: str) -> bool:
        """Tell whether the bot receives updates of this kind."""
        if self.allowed is None:
            return kind not in _ONLY_ON_REQUEST
        return kind in self.allowed

    def push(self, kind: str, body: Json, *, queue: int, lifetime: float) -> None:
        """Queue an update for the bot, if it wants this kind."""
        if self.wants(kind):
            self.inject({kind: body}, queue=queue, lifetime=lifetime)

    def inject(self, body: Json, *, queue: int = 0, lifetime: float = MESSAGE_LIFETIME) -> int:
        """Queue any update at all, however odd, and return its id."""
        update_id = self._next_id
        self._next_id += 1
        expires = self._clock.now() + lifetime
        self.pending[update_id] = Pending(update_id, body, queue or update_id, expires)
        self._wake_all()
        return update_id

    def forget(self, update_id: int) -> None:
        """Drop an update that was delivered."""
        self.pending.pop(update_id, None)

    def forget_all(self) -> None:
        """Drop everything the bot has not fetched."""
        self.pending.clear()

    def expire(self) -> None:
        """Drop what has waited longer than the server keeps it."""
        now = self._clock.now()
        for update_id in [one.update_id for one in self.pending.values() if one.expires <= now]:
            del self.pending[update_id]

    def end_poll(self, why: str) -> None:
        """Let a waiting getUpdates fail with 409."""
        if self._poll is not None:
            self._poll.ended = why
            self._poll.wake.set()

    async def poll(self, offset: int, limit: int, timeout: float) -> list[Json]:  # noqa: ASYNC109  the Bot API's own parameter, in clock time
        """Answer getUpdates: confirm below `offset`, then wait for news up to `timeout`.

        Raises:
            ApiError: 409, if another getUpdates or a setWebhook came meanwhile.

        """
        self.end_poll(_OTHER_INSTANCE)
        poll = self._poll = _Poll()
        due = self._clock.now() + min(max(timeout, 0.0), LONGEST_POLL)
        try:
            while True:
                batch = self._batch(offset, limit)
                if batch or self._closed or self._clock.now() >= due:
                    return batch
                await self._clock.wait_until(due, poll.wake)
                if poll.ended:
                    conflict(poll.ended)
                poll.wake.clear()
        finally:
            if self._poll is poll:
                self._poll = None

    def close(self) -> None:
        """Let a waiting getUpdates return."""
        self._closed = True
        self._wake_all()

    def _wake_all(self) -> None:
        self.wake.set()
        if self._poll is not None:
            self._poll.wake.set()

    def _batch(self, offset: int, limit: int) -> list[Json]:
        self.expire()
        if offset < 0:
            offset = max(0, self._next_id + offset)
        for update_id in [update_id for update_id in self.pending if update_id < offset]:
            del self.pending[update_id]
        size = limit if 1 <= limit <= MOST_AT_ONCE else MOST_AT_ONCE
        return [one.wire for one, _ in zip(self.pending.values(), range(size), strict=False)]
