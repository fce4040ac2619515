"""The room that withdraws published photos as soon as a job has its picture or its end.

It goes by the rows, so a photo is also taken away where a job ended in a crash, and a host
that cannot be reached is asked again.
"""

from dataclasses import dataclass

import structlog

from bot import schedule
from bot.engine import remedies
from bot.engine.inputs import Inputs
from bot.engine.room import Room
from bot.engine.tools import Tools
from providers.base import NoAnswer, Provider
from storage import jobs, worklists
from storage.jobs import Job

POINTS = (
    "engine.withdraw.before",
    "engine.withdraw.after",
    "engine.withdrawn.before_commit",
    "engine.withdrawn.after_commit",
)

TRIED_FOR = 24 * 3600.0  # seconds; nobody can fetch the photos any more after the first hour

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Later:
    """When a job's photos are to be withdrawn, after so many tries in vain."""

    due: float
    tries: int


class Tidying(Room):
    """Works on jobs that still have `inputs` after they had any use for them."""

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        self._later: dict[int, _Later] = {}

    async def round(self) -> float | None:
        """Begin to withdraw what is no longer needed."""
        now = self.tools.clock.now()
        waiting = {job_id: later.due for job_id, later in self._later.items() if later.due > now}
        leave_out = [*self.busy, *waiting]
        async with self.tools.db.reading() as tx:
            done_with = await worklists.published(tx, limit=self.free, leave_out=leave_out)
        for job in done_with:
            self.begin(job, self._withdraw(job))
        return min(waiting.values(), default=None)

    async def _withdraw(self, job: Job) -> None:
        self.tools.on_point("engine.withdraw.before")
        trouble = await remedies.withdraw(self._publisher(job), job.inputs)
        self.tools.on_point("engine.withdraw.after")
        if trouble is not None and self._put_off(job, trouble):
            return
        self._later.pop(job.id, None)
        async with self.tools.db.transaction("engine.withdrawn") as tx:
            fresh = await jobs.get(tx, job.id)
            if fresh is not None and fresh.inputs == job.inputs:
                await jobs.change(tx, job.id, fresh.state, inputs=None)

    def _publisher(self, job: Job) -> Provider | None:
        """Return whose host may have the photos. Any host leaves alone what is not its own."""
        others = iter(self.tools.providers.values())
        return self.tools.providers.get(job.model) or next(others, None)

    def _put_off(self, job: Job, trouble: NoAnswer) -> bool:
        """Plan another try, unless the photos have long been of no use to anybody."""
        now = self.tools.clock.now()
        tries = self._later[job.id].tries + 1 if job.id in self._later else 1
        said = f"{trouble.problem.code} {trouble.problem.message}".strip()
        log.warning("photos not withdrawn", job=job.id, tries=tries, reason=said)
        if now - Inputs.load(job.inputs or "").at > TRIED_FOR:
            return False
        self._later[job.id] = _Later(now + schedule.again(tries, trouble.retry_after), tries)
        return True
