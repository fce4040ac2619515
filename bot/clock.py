"""The one clock of the process: what time it is, and how to wait for later.

Every loop of the bot and of the demo takes its time from here, so a test can hold
time still, a demo can run faster than life, and nothing else calls `time` or
`asyncio.sleep`. Due times are Unix seconds (UTC); calendars are left to the callers.
"""

import asyncio
import time


class Clock:
    """Unix time that runs at `speed` times the real rate and can be moved forward by hand.

    `speed=1` is the real clock, `speed=60` makes a minute pass each second, and
    `speed=0` stands still until somebody calls `advance`.
    """

    def __init__(self, *, start: float | None = None, speed: float = 1.0) -> None:
        if speed < 0:
            msg = f"A clock cannot run backwards: speed is {speed}, use 0 or more."
            raise ValueError(msg)
        self._origin = time.time() if start is None else start
        self._started = time.monotonic()
        self._speed = speed
        self._advanced = asyncio.Event()

    @property
    def speed(self) -> float:
        """How many seconds of this clock pass in one real second."""
        return self._speed

    def now(self) -> float:
        """Return the time in Unix seconds (UTC)."""
        return self._origin + (time.monotonic() - self._started) * self._speed

    def advance(self, seconds: float) -> None:
        """Move the clock forward by `seconds` and wake whoever is due by then."""
        self._origin += seconds
        self._advanced.set()
        self._advanced = asyncio.Event()

    async def sleep(self, seconds: float) -> None:
        """Return once `seconds` of this clock have passed."""
        await self.wait_until(self.now() + seconds)

    async def wait_until(self, due: float | None, wake: asyncio.Event | None = None) -> None:
        """Return when the time is `due` (never, if None) or as soon as `wake` is set."""
        while due is None or self.now() < due:
            if wake is not None and wake.is_set():
                return
            await self._first_of(self._real_seconds_until(due), self._advanced, wake)

    def _real_seconds_until(self, due: float | None) -> float | None:
        if due is None or self._speed == 0:
            return None
        return max(0.0, (due - self.now()) / self._speed)

    @staticmethod
    async def _first_of(seconds: float | None, *events: asyncio.Event | None) -> None:
        waiting = [asyncio.ensure_future(event.wait()) for event in events if event is not None]
        try:
            await asyncio.wait(waiting, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in waiting:
                task.cancel()
            # Not `gather`: that could not tell their cancellation from one of our own, which
            # must go on.
            await asyncio.wait(waiting)
