"""What people see happen, numbered: the source of the page's live updates and of `wait`."""

import asyncio
from collections import defaultdict, deque
from collections.abc import Iterable
from typing import Any

KEPT = 5000  # events per person; whoever is further behind loads the messages again

Json = dict[str, Any]


class Feed:
    """Events per person. One number runs through all of them."""

    def __init__(self) -> None:
        self.seq = 0
        self._events: defaultdict[int, deque[Json]] = defaultdict(lambda: deque(maxlen=KEPT))
        self._news = asyncio.Event()
        self.closed = False

    def next_seq(self) -> int:
        """Return the number of the event that comes next, for `emit`."""
        self.seq += 1
        return self.seq

    def emit(self, seq: int, people: Iterable[int], event: str, data: Json) -> None:
        """Show an event to people."""
        for person in people:
            self._events[person].append({"seq": seq, "event": event, "data": data})
        self._wake()

    def after(self, person: int, seq: int) -> list[Json]:
        """Return a person's events with higher numbers, oldest first."""
        events = self._events[person]
        newer: list[Json] = []
        for event in reversed(events):
            if event["seq"] <= seq:
                break
            newer.append(event)
        newer.reverse()
        return newer

    async def wait(self, person: int, seq: int, seconds: float) -> list[Json]:
        """Return a person's newer events as soon as there are any, or none after `seconds`.

        These are real seconds, whatever the clock does: they bound how long a test waits.
        """
        try:
            async with asyncio.timeout(seconds):
                while not (newer := self.after(person, seq)) and not self.closed:
                    await self._news.wait()
        except TimeoutError:
            return []
        return newer

    def close(self) -> None:
        """Let everybody who waits go."""
        self.closed = True
        self._wake()

    def _wake(self) -> None:
        self._news.set()
        self._news = asyncio.Event()
