"""Looks after what nobody stumbles over: the money, the disk, orders that do not get on.

What is wrong is told to the operators; mending it is theirs. Alerts that were kept back for
an hour are told from here too.
"""

import asyncio
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import structlog

from bot import budget
from bot.alerts import Alerts
from bot.clock import Clock
from bot.engine import pausing
from bot.handlers.desk import Rules
from bot.orders import cost_at_most
from bot.reasons import reason
from storage import ledger, stuck
from storage.database import Database, Tx
from storage.jobs import Job

POINTS = ("watch.before_commit", "watch.after_commit")

EVERY = 20.0  # seconds between two looks
NEARLY = 0.8  # of the daily money cap
LOW_DISK = 512 * 1024 * 1024  # bytes: less may not last until somebody looks
DISK_QUIET = 3600.0  # seconds between two words about the same full disk
PERSISTS = 300.0  # seconds for which an order has to look stuck: a pause may just have ended
MOST_STUCK = 100  # orders looked at
NAMED = 5  # orders named in an alert

log = structlog.get_logger(__name__)


@dataclass
class Watch:
    """Looks every so often. `free` returns the free bytes where the database is."""

    db: Database
    clock: Clock
    alerts: Alerts
    rules: Rules
    free: Callable[[], int]
    wake_courier: Callable[[], None] = lambda: None
    _seen: dict[int, float] = field(default_factory=dict)  # orders that look stuck, since when
    _told: set[int] = field(default_factory=set)
    _disk_told_at: float | None = None

    async def run(self) -> None:
        """Look until cancelled. Never raises."""
        while True:
            try:
                await self.look()
            except Exception as error:  # noqa: BLE001  whoever looks after others never dies
                log.warning("could not look after things", reason=reason(error))
            await self.clock.sleep(EVERY)

    async def look(self) -> None:
        """Look once."""
        free = await asyncio.to_thread(self.free)
        now = self.clock.now()
        async with self.db.transaction("watch") as tx:
            await self.alerts.catch_up(tx, now)
            await self._money(tx, now)
            await self._disk(tx, free, now)
            await self._orders(tx, now)
        self.wake_courier()

    async def _money(self, tx: Tx, now: float) -> None:
        day = self.rules.day(now)
        spent = await ledger.spent(tx, day)
        cap = await budget.cap(tx, self.rules.daily_budget)
        if cap == 0:  # somebody meant it
            return
        detail = f"{spent / 1000:.2f} / {cap / 1000:.2f} CNY"
        if spent >= NEARLY * cap:
            await self.alerts.tell_once(tx, "budget_nearly", day, now, detail)
        if self._reached(cap - spent):
            await self.alerts.tell_once(tx, "budget", day, now, detail)

    def _reached(self, left: int) -> bool:
        """Tell whether what is left pays no more try-on, or no more restyle."""
        specs = self.rules.models.values()
        kinds = ([spec for spec in specs if spec.wears], [spec for spec in specs if spec.styles])
        return any(kind and all(cost_at_most(spec) > left for spec in kind) for kind in kinds)

    async def _disk(self, tx: Tx, free: int, now: float) -> None:
        if free >= LOW_DISK:
            self._disk_told_at = None
        elif self._disk_told_at is None or now - self._disk_told_at >= DISK_QUIET:
            self._disk_told_at = now
            await self.alerts.tell(tx, "disk_low", now, f"{free // 1024**2} MiB")

    async def _orders(self, tx: Tx, now: float) -> None:
        paused = await pausing.paused_models(tx, self.rules.models, now)
        found = await stuck.jobs(tx, now, MOST_STUCK)
        waiting = [job for job in found if job.model not in paused]
        self._seen = {job.id: self._seen.get(job.id, now) for job in waiting}
        self._told &= self._seen.keys()
        fresh = [job for job in waiting if self._is_news(job, now)]
        if fresh:
            self._told |= {job.id for job in fresh}
            named = ", ".join(f"#{job.id} {job.state} {job.model}" for job in fresh[:NAMED])
            await self.alerts.tell(tx, "job_stuck", now, named)

    def _is_news(self, job: Job, now: float) -> bool:
        return job.id not in self._told and now - self._seen[job.id] >= PERSISTS


def free_bytes(folder: Path) -> int:
    """Return how many bytes are free on a folder's disk."""
    return shutil.disk_usage(folder).free
