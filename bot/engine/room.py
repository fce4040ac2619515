"""A room: one kind of work, a few jobs at a time, never dying.

A room's `round` looks for rows that are due, begins what it can, and returns when to look
again; between rounds the room sleeps until then or until it is woken. What it begins runs
beside it. A job whose work fails in an unforeseen way is ended and refunded, and the
operators hear of it; a database that cannot be used only makes the room wait.
"""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Coroutine
from typing import Any, ClassVar

import structlog

from bot.engine import ending
from bot.engine.tools import Tools
from bot.reasons import reason
from providers.causes import Cause
from storage import jobs
from storage.database import DatabaseUnusable
from storage.jobs import Job

BREATHER = 5.0  # seconds before a room that could not do its work tries again

log = structlog.get_logger(__name__)


class Room(ABC):
    """Does one kind of work on jobs, at most `WIDTH` of them at once."""

    WIDTH: ClassVar[int] = 4

    def __init__(self, tools: Tools) -> None:
        self.tools = tools
        self.woken = asyncio.Event()
        self.woken.set()
        self._at_work: dict[int, tuple[Job, asyncio.Task[None]]] = {}
        self._breathes_until = 0.0
        self._stopping = False

    @abstractmethod
    async def round(self) -> float | None:
        """Begin what is due; return when to look again, None: when woken."""

    @property
    def at_work(self) -> list[Job]:
        """The jobs that are being worked on in here."""
        return [job for job, _ in self._at_work.values()]

    @property
    def busy(self) -> list[int]:
        """Their ids."""
        return list(self._at_work)

    @property
    def free(self) -> int:
        """How many more jobs can be begun."""
        return max(0, self.WIDTH - len(self._at_work))

    async def run(self) -> None:
        """Work until `stop` is called or this is cancelled. Never raises."""
        try:
            while not self._stopping:
                self.woken.clear()
                due = await self._safe_round()
                await self.tools.clock.wait_until(due, self.woken)
        finally:
            if not self._stopping:
                await self.stop(0)

    async def stop(self, seconds: float) -> None:
        """Begin nothing new; give what was begun some real seconds, then let it go."""
        self._stopping = True
        self.woken.set()
        tasks = [task for _, task in self._at_work.values()]
        if tasks and seconds > 0:
            await asyncio.wait(tasks, timeout=seconds)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def idle(self) -> None:
        """Return when nothing that was begun is still running."""
        while self._at_work:
            await asyncio.wait([task for _, task in self._at_work.values()])

    def begin(self, job: Job, work: Coroutine[Any, Any, None]) -> None:
        """Do a job's work beside the round."""
        task = asyncio.create_task(self._safely(job, work))
        self._at_work[job.id] = (job, task)
        task.add_done_callback(lambda _: self._over(job.id))

    def _over(self, job_id: int) -> None:
        del self._at_work[job_id]
        self.woken.set()

    async def _safe_round(self) -> float | None:
        now = self.tools.clock.now()
        if now < self._breathes_until:
            return self._breathes_until
        try:
            return await self.round()
        except Exception as error:  # noqa: BLE001  a room never dies
            self._breathe(error)
            return self._breathes_until

    async def _safely(self, job: Job, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except DatabaseUnusable as error:
            self._breathe(error)
        except Exception as error:  # noqa: BLE001  whatever it was, the job must not be lost
            await self._give_up(job, error)

    async def _give_up(self, job: Job, error: Exception) -> None:
        log.error("job broke", job=job.id, room=type(self).__name__, reason=reason(error))
        try:
            async with self.tools.step("give_up") as tx:
                fresh = await jobs.get(tx, job.id)
                if fresh is not None and fresh.state is job.state:
                    now = self.tools.clock.now()
                    await ending.fail(tx, fresh, Cause.INTERNAL, now, self.tools.alerts)
        except Exception as broken:  # noqa: BLE001  the row is still there: later again
            self._breathe(broken)

    def _breathe(self, error: Exception) -> None:
        self._breathes_until = self.tools.clock.now() + BREATHER
        log.error("room pauses", room=type(self).__name__, seconds=BREATHER, reason=reason(error))
