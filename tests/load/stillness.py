"""Time that moves only when nothing else does, so that load costs no time and no luck.

The clock stands still while anything works: on the event loop, in a thread of it, or in
the database. When all of it waits, time jumps to the next moment somebody waits for.
"""

import asyncio
import heapq
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from typing import Any

import pytest

from bot.clock import Clock
from storage.connection import Connection


class DueClock(Clock):
    """A clock that stands still and knows when whoever waits for it is due."""

    def __init__(self, start: float) -> None:
        super().__init__(start=start, speed=0)
        self._dues: list[float] = []

    async def wait_until(self, due: float | None, wake: asyncio.Event | None = None) -> None:
        """Wait like any clock, and remember the moment."""
        if due is not None and due > self.now():
            heapq.heappush(self._dues, due)
        await super().wait_until(due, wake)

    def next_due(self) -> float | None:
        """Return the next moment that anybody has waited for, even if they were woken since."""
        while self._dues and self._dues[0] <= self.now():
            heapq.heappop(self._dues)
        return self._dues[0] if self._dues else None


class Stillness:
    """Tells when nothing moves, and lets the time pass from one such moment to the next."""

    def __init__(self, clock: DueClock) -> None:
        self.clock = clock
        self.most_tasks = 0  # seen at any still moment
        self._loop: Any = asyncio.get_running_loop()
        self._in_threads = 0
        self._returned = asyncio.Event()

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Count what works in threads: the loop's executors, and the database."""
        run = self._loop.run_in_executor
        execute: Callable[..., Awaitable[Any]] = Connection._execute

        def counted_run(executor: Executor | None, work: Callable[..., Any], *args: Any) -> Any:  # noqa: ANN401  as the loop's own
            future = run(executor, work, *args)
            self._in_threads += 1
            future.add_done_callback(self._back)
            return future

        async def counted_execute(connection: Connection, *args: Any, **more: Any) -> Any:  # noqa: ANN401  as the connection's own
            self._in_threads += 1
            try:
                return await execute(connection, *args, **more)
            finally:
                self._back()

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(self._loop, "run_in_executor", counted_run)
            patch.setattr(Connection, "_execute", counted_execute)
            yield

    def _back(self, _future: object = None) -> None:
        self._in_threads -= 1
        self._returned.set()

    async def still(self) -> None:
        """Return when everything waits for time to pass."""
        while True:
            await asyncio.sleep(0)  # behind everybody who is ready
            if self._loop._ready:
                continue
            if not self._in_threads:
                self.most_tasks = max(self.most_tasks, len(asyncio.all_tasks(self._loop)))
                return
            self._returned.clear()
            await self._returned.wait()

    async def until(self, moment: float) -> None:
        """Let time pass until a moment, and everything happen that is due by then."""
        await self.still()
        while (now := self.clock.now()) < moment:
            due = self.clock.next_due()
            then = moment if due is None else min(due, moment)
            self.clock.advance(max(then - now, 1e-6))
            await self.still()
