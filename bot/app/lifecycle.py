"""The parts of a bot that run: started, watched, and stopped in good order."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any

import structlog

from bot.courier import Courier
from bot.dispatcher import Dispatcher
from bot.engine import Engine
from bot.intake import TokenRefused, WebhookRefused
from bot.metrics import Metrics
from bot.reasons import reason
from bot.web import Web
from storage.database import Database

# A stop has to end within 10 s: what takes seconds is finished, the rest stays in its rows.
STOP_SECONDS = 3.0  # real seconds for each kind of work that has begun

Loop = Callable[[], Coroutine[Any, Any, None]]

log = structlog.get_logger(__name__)


class Cannot(Exception):  # noqa: N818  worded for the operator
    """The bot cannot run; the message says what to do."""


@dataclass
class Parts:
    """One bot. `intake` brings updates in, `others` are loops that nobody waits for."""

    db: Database
    web: Web
    dispatcher: Dispatcher
    engine: Engine
    courier: Courier
    metrics: Metrics
    intake: Loop
    others: tuple[Loop, ...]
    _tasks: dict[str, asyncio.Task[None]] = field(default_factory=dict)

    async def start(self) -> None:
        """Listen, and set every loop going. Raises `CannotListen`."""
        await self.web.start()
        self.metrics.lag.start()
        loops: Mapping[str, Loop] = {
            "intake": self.intake,
            "dispatcher": self.dispatcher.run,
            "engine": self.engine.run,
            "courier": self.courier.run,
            **{f"other {number}": loop for number, loop in enumerate(self.others)},
        }
        self._tasks = {name: asyncio.create_task(loop()) for name, loop in loops.items()}

    async def run(self, stop: asyncio.Event) -> None:
        """Run until `stop` is set or a part cannot go on; then stop in good order."""
        stopping = asyncio.create_task(stop.wait())
        try:
            await self._until_over(stopping)
        finally:
            stopping.cancel()
            await self._stop()

    async def health(self) -> Mapping[str, bool]:
        """Tell of each part whether it is well."""
        async with self.db.reading() as tx:
            answered = await tx.value("SELECT 1") == 1
        return {"database": answered} | {
            name: not task.done() or task.exception() is None for name, task in self._tasks.items()
        }

    async def _until_over(self, stopping: asyncio.Task[bool]) -> None:
        running: set[asyncio.Task[Any]] = {stopping, *self._tasks.values()}
        while stopping in running:
            over, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
            for task in over:
                _raise_reason(task)

    async def _stop(self) -> None:
        """Take nothing in, finish the steps, jobs and messages that have begun, in this order."""
        await _ended(self._tasks["intake"])
        await self.web.stop()
        await self.dispatcher.stop(STOP_SECONDS)
        await asyncio.gather(self.engine.stop(STOP_SECONDS), self.courier.stop(STOP_SECONDS))
        await asyncio.gather(*(_ended(task) for task in self._tasks.values()))
        self.metrics.lag.stop()


def _raise_reason(task: asyncio.Task[Any]) -> None:
    error = None if task.cancelled() else task.exception()
    if isinstance(error, TokenRefused | WebhookRefused):
        raise Cannot(str(error)) from error
    if error is not None:
        log.error("a part of the bot broke", reason=reason(error))
        raise error


async def _ended(task: asyncio.Task[Any]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
