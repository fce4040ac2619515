"""The room that takes away what is no longer needed: published photos, old pictures.

Photos are withdrawn as soon as a job has its picture or its end, whatever happened in
between; the bytes of finished pictures are kept for as long as "original file" is offered.
"""

from bot.engine import remedies
from bot.engine.room import Room
from bot.engine.tools import Tools
from storage import jobs, pictures, worklists
from storage.jobs import Job

POINTS = (
    "engine.withdraw.before",
    "engine.withdraw.after",
    "engine.withdrawn.before_commit",
    "engine.withdrawn.after_commit",
    "engine.prune.before_commit",
    "engine.prune.after_commit",
)

EVERY = 600.0  # seconds between two looks for old pictures


class Tidying(Room):
    """Works on jobs that still have `inputs` after they had any use for them."""

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        self._next = 0.0

    async def round(self) -> float | None:
        """Take away what is no longer needed."""
        async with self.tools.db.reading() as tx:
            done_with = await worklists.published(tx, limit=self.free, leave_out=self.busy)
        for job in done_with:
            self.begin(job, self._withdraw(job))
        now = self.tools.clock.now()
        if now >= self._next:
            self._next = now + EVERY
            async with self.tools.db.transaction("engine.prune") as tx:
                await pictures.prune(tx, now - self.tools.rules.originals_kept)
        return self._next

    async def _withdraw(self, job: Job) -> None:
        self.tools.on_point("engine.withdraw.before")
        await remedies.withdraw(self.tools.providers.get(job.model), job.inputs)
        self.tools.on_point("engine.withdraw.after")
        async with self.tools.db.transaction("engine.withdrawn") as tx:
            fresh = await jobs.get(tx, job.id)
            if fresh is not None and fresh.inputs == job.inputs:
                await jobs.change(tx, job.id, fresh.state, inputs=None)
