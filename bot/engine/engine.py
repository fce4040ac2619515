"""The engine as the rest of the bot sees it: built once, run, woken, stopped."""

import asyncio
from collections.abc import Callable, Mapping

import structlog

from bot.alerts import Alerts
from bot.clock import Clock
from bot.engine import (
    collecting,
    detouring,
    halving,
    orphans,
    pausing,
    preparing,
    submitting,
    telling,
    tidying,
    turns,
    watching,
)
from bot.engine.collecting import Collecting
from bot.engine.detouring import Detouring
from bot.engine.halving import Halving
from bot.engine.orphans import Orphans
from bot.engine.preparing import Preparing
from bot.engine.room import BREATHER, Room
from bot.engine.submitting import Submitting
from bot.engine.telling import Telling
from bot.engine.tidying import Tidying
from bot.engine.tools import Files, Rules, Studio, Tools
from bot.engine.turns import Turns
from bot.engine.watching import Watching
from bot.reasons import reason
from bot.schedule import MEMORY, Runtimes
from providers.base import Provider
from storage import worklists
from storage.database import Database, ignore

POINTS: tuple[str, ...] = (
    *turns.POINTS,
    *detouring.POINTS,
    *preparing.POINTS,
    *halving.POINTS,
    *submitting.POINTS,
    *orphans.POINTS,
    *watching.POINTS,
    *collecting.POINTS,
    *telling.POINTS,
    *tidying.POINTS,
    "engine.begin.before_commit",
    "engine.begin.after_commit",
    "engine.give_up.before_commit",
    "engine.give_up.after_commit",
)
"""Everywhere the engine can be interrupted; each name is passed to `on_point`."""

log = structlog.get_logger(__name__)


class Engine:
    """Takes queued jobs to their pictures. `providers` are in the order of preference."""

    def __init__(  # noqa: PLR0913  the seams of the bot's largest part, all by name
        self,
        db: Database,
        providers: Mapping[str, Provider],
        files: Files,
        studio: Studio,
        clock: Clock,
        *,
        alerts: Alerts,
        rules: Rules,
        on_point: Callable[[str], None] = ignore,
        wake_courier: Callable[[], None] = lambda: None,
    ) -> None:
        self._wake_courier = wake_courier
        self._tools = Tools(
            db=db,
            providers=providers,
            files=files,
            studio=studio,
            clock=clock,
            alerts=alerts,
            rules=rules,
            on_point=on_point,
            stir=self._stir,
        )
        self.rooms: tuple[Room, ...] = self._built()

    def _built(self) -> tuple[Room, ...]:
        tools = self._tools
        ordering = Submitting(tools)
        accounts: dict[str, float] = {}
        for spec in tools.specs.values():
            tools.runtimes[spec.model] = Runtimes(spec.typical_seconds)
            shared = accounts.get(spec.account, spec.queries_per_second)
            accounts[spec.account] = min(shared, spec.queries_per_second)
        return (
            Detouring(tools),
            Turns(tools),
            Preparing(tools),
            Halving(tools),
            ordering,
            Orphans(tools, ordering),
            *(Watching(tools, account, pace) for account, pace in accounts.items()),
            Collecting(tools),
            Telling(tools),
            Tidying(tools),
        )

    async def run(self) -> None:
        """Work until `stop` is called or this is cancelled. Never raises."""
        await self._begin_when_possible()
        await asyncio.gather(*(room.run() for room in self.rooms))

    async def begin(self) -> None:
        """Take over what the last process left: what was learned, what may be tried again."""
        async with self._tools.db.transaction("engine.begin") as tx:
            await pausing.begin_afresh(tx, self._tools.clock.now())
            for model, runtimes in self._tools.runtimes.items():
                for seconds in await worklists.runtimes(tx, model, MEMORY):
                    runtimes.learn(seconds)

    def wake(self) -> None:
        """Look at all jobs now: something has changed."""
        for room in self.rooms:
            room.woken.set()

    async def stop(self, seconds: float) -> None:
        """Begin nothing new, give what was begun some real seconds; the rest stays in its rows."""
        await asyncio.gather(*(room.stop(seconds) for room in self.rooms))

    async def _begin_when_possible(self) -> None:
        while (trouble := await self._trouble_beginning()) is not None:
            log.error("engine waits", seconds=BREATHER, reason=trouble)
            await self._tools.clock.sleep(BREATHER)

    async def _trouble_beginning(self) -> str | None:
        try:
            await self.begin()
        except Exception as error:  # noqa: BLE001  the engine never dies
            return reason(error)
        return None

    def _stir(self) -> None:
        self.wake()
        self._wake_courier()
