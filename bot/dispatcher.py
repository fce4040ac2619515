"""From the inbox to the handlers: people in parallel, each person strictly in order.

The dispatcher keeps no updates of its own: what waits is a row, what is being handled is
a row too until its handler's transaction marks it done. So a restart at any point goes on
where it was. People take turns; one person's burst takes one place of `width`, however
long it is.

A handler that fails does not hold up what is behind it: passing trouble (`Again`) is
retried with growing pauses, everything else is set aside with its reason and reported.
What an update means is the handlers' business.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeAlias

import structlog

from bot.clock import Clock
from bot.reasons import reason
from storage import inbox
from storage.database import Database, DatabaseUnusable, Tx, ignore
from storage.inbox import Batch

POINTS = (
    "dispatcher.handle.before",
    "dispatcher.handle.after",
    "set_aside.before_commit",
    "set_aside.after_commit",
    "postpone.before_commit",
    "postpone.after_commit",
)

PATIENCE = 60.0  # seconds a handler may take; downloads have shorter limits of their own
MAX_ATTEMPTS = 12  # with the pauses below: passing trouble may last some 25 minutes
SHORTEST_PAUSE, LONGEST_PAUSE = 1.0, 300.0  # seconds between two attempts, doubling
DATABASE_PAUSE = 5.0  # seconds before a database that could not be used is tried again
READ_AHEAD = 4  # batches fetched at once, per place
REMEMBERED = 1024  # updates handled last, to notice a handler that forgets to mark its own

log = structlog.get_logger(__name__)


class Again(Exception):  # noqa: N818 - a request, not an error
    """Raised by a handler for passing trouble: the same batch again, in some seconds."""

    def __init__(self, seconds: float, why: str = "") -> None:
        super().__init__(why)
        self.seconds = seconds


class TookTooLong(Exception):  # noqa: N818 - named as it reads in the reason
    """The handler took too long and was stopped."""


class NotMarkedDone(Exception):  # noqa: N818 - the same
    """The handler finished without marking the update as handled."""


Handle: TypeAlias = Callable[[Batch], Awaitable[None]]
OnSetAside: TypeAlias = Callable[[Tx, Batch, str], Awaitable[None]]


@dataclass(slots=True)
class _Turn:
    """One batch being handled."""

    batch: Batch
    overdue_at: float
    stopped: bool = False
    task: "asyncio.Task[None] | None" = None


@dataclass(slots=True)
class Counters:
    """What became of the batches since the start."""

    handled: int = 0
    retried: int = 0
    set_aside: int = 0
    hung: int = 0


class Dispatcher:
    """Hands the inbox's batches to `handle`.

    `handle` marks the rows as done in its own transaction. `on_set_aside` is called in the
    transaction that sets a batch aside, so its report is as durable as the fact.
    """

    def __init__(
        self,
        db: Database,
        handle: Handle,
        clock: Clock,
        *,
        on_set_aside: OnSetAside,
        width: int = 16,
        patience: float = PATIENCE,
        on_point: Callable[[str], None] = ignore,
    ) -> None:
        self.counters = Counters()
        self._db = db
        self._handle = handle
        self._clock = clock
        self._on_set_aside = on_set_aside
        self._width = width
        self._patience = patience
        self._on_point = on_point
        self._running: dict[int, _Turn] = {}  # by queue
        self._ahead: deque[Batch] = deque()
        self._after: int | None = None  # the last queue that was fetched
        self._paused_until = 0.0
        self._handled_last: dict[int, None] = {}
        self._wake = asyncio.Event()
        self._stopping = False

    @property
    def running(self) -> int:
        """How many batches are being handled now."""
        return len(self._running)

    def wake(self) -> None:
        """Look at the inbox now: something has come in."""
        self._wake.set()

    async def run(self) -> None:
        """Handle what comes until `stop` is called or this is cancelled. Never raises."""
        try:
            while not self._stopping:
                self._wake.clear()
                due = await self._round()
                await self._clock.wait_until(due, self._wake)
        except asyncio.CancelledError:
            self._stopping = True
            await self._cancel_running()
            raise

    async def stop(self, seconds: float) -> int:
        """Begin nothing new, give what runs some real seconds, and return what did not finish.

        What did not finish is still a row and is handled after the next start.
        """
        self._stopping = True
        self._wake.set()
        tasks = self._tasks()
        if tasks:
            await asyncio.wait(tasks, timeout=seconds)
        return await self._cancel_running()

    # --- whose turn it is ---------------------------------------------------------------

    async def _round(self) -> float | None:
        now = self._clock.now()
        self._stop_hanging(now)
        due = None
        if now >= self._paused_until and len(self._ahead) < self._width:
            try:
                due = await self._look_ahead(now)
            except Exception as error:  # noqa: BLE001 - this loop never dies
                self._pause(error)
        self._begin_turns()
        times = [turn.overdue_at for turn in self._running.values() if not turn.stopped]
        times += [] if due is None else [due]
        times += [self._paused_until] if self._paused_until > now else []
        return min(times, default=None)

    async def _look_ahead(self, now: float) -> float | None:
        """Fetch batches; where there are none, return when the next will be due."""
        busy = {*self._running, *(batch.queue for batch in self._ahead)}
        async with self._db.reading() as tx:
            found = await inbox.ready(tx, now, busy, self._width * READ_AHEAD, self._after)
            if not found:
                return await inbox.next_due(tx, busy)
        self._ahead.extend(found)
        self._after = found[-1].queue
        return None

    def _begin_turns(self) -> None:
        while self._ahead and len(self._running) < self._width and not self._stopping:
            batch = self._ahead.popleft()
            turn = _Turn(batch, self._clock.now() + self._patience)
            self._running[batch.queue] = turn
            turn.task = asyncio.create_task(self._take_turn(turn))

    def _stop_hanging(self, now: float) -> None:
        for turn in self._running.values():
            if now >= turn.overdue_at and not turn.stopped and turn.task is not None:
                turn.stopped = True
                turn.task.cancel()

    # --- one turn -----------------------------------------------------------------------

    async def _take_turn(self, turn: _Turn) -> None:
        try:
            await self._handled_or_put_off(turn)
        except Exception as error:  # noqa: BLE001 - not even what happened could be noted
            self._pause(error)
        finally:
            self._running.pop(turn.batch.queue, None)
            self._begin_turns()
            if len(self._ahead) < self._width:
                self._wake.set()

    async def _handled_or_put_off(self, turn: _Turn) -> None:
        batch = turn.batch
        try:
            await self._handled(batch)
        except DatabaseUnusable:
            raise
        except Again as again:
            await self._put_off(batch, again)
        except asyncio.CancelledError:
            if not turn.stopped:
                raise
            self.counters.hung += 1
            await self._put_aside(batch, TookTooLong(f"no end after {self._patience:.0f} s"))
        except Exception as error:  # noqa: BLE001 - whatever it was, the queue goes on
            await self._put_aside(batch, error)

    async def _handled(self, batch: Batch) -> None:
        if batch.ids[0] in self._handled_last:
            raise NotMarkedDone
        self._on_point("dispatcher.handle.before")
        await self._handle(batch)
        self._on_point("dispatcher.handle.after")
        self.counters.handled += 1
        self._handled_last[batch.ids[0]] = None
        if len(self._handled_last) > REMEMBERED:
            del self._handled_last[next(iter(self._handled_last))]

    async def _put_off(self, batch: Batch, again: Again) -> None:
        attempts = max(update.attempts for update in batch.updates) + 1
        if attempts >= MAX_ATTEMPTS:
            await self._put_aside(batch, again)
            return
        first = max(again.seconds, SHORTEST_PAUSE)
        pause = max(first, min(first * 2 ** (attempts - 1), LONGEST_PAUSE))
        async with self._db.transaction("postpone") as tx:
            await inbox.postpone(tx, batch.ids, self._clock.now() + pause)
        self.counters.retried += 1

    async def _put_aside(self, batch: Batch, error: BaseException) -> None:
        why = reason(error, (update.payload for update in batch.updates))
        log.error("update set aside", updates=batch.ids, queue=batch.queue, reason=why)
        try:
            async with self._db.transaction("set_aside") as tx:
                await inbox.set_aside(tx, batch.ids, why, self._clock.now())
                await self._on_set_aside(tx, batch, why)
        except DatabaseUnusable:
            raise
        except Exception as failed:  # noqa: BLE001 - a lost report must not lose the queue
            log.warning("set-aside update not reported", reason=reason(failed))
            async with self._db.transaction("set_aside") as tx:
                await inbox.set_aside(tx, batch.ids, why, self._clock.now())
        self.counters.set_aside += 1

    def _pause(self, error: Exception) -> None:
        self._paused_until = self._clock.now() + DATABASE_PAUSE
        self._ahead.clear()
        log.error("inbox unusable, trying again", seconds=DATABASE_PAUSE, reason=reason(error))

    def _tasks(self) -> list["asyncio.Task[None]"]:
        return [turn.task for turn in self._running.values() if turn.task is not None]

    async def _cancel_running(self) -> int:
        tasks = self._tasks()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._running.clear()  # one that was cancelled before it began left its place taken
        return len(tasks)
