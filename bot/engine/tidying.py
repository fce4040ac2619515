"""The room that withdraws published photos as soon as a job has its picture or its end.

It goes by the rows, so a photo is also taken away where a job ended in a crash.
"""

from bot.engine import remedies
from bot.engine.room import Room
from storage import jobs, worklists
from storage.jobs import Job

POINTS = (
    "engine.withdraw.before",
    "engine.withdraw.after",
    "engine.withdrawn.before_commit",
    "engine.withdrawn.after_commit",
)


class Tidying(Room):
    """Works on jobs that still have `inputs` after they had any use for them."""

    async def round(self) -> float | None:
        """Begin to withdraw what is no longer needed."""
        async with self.tools.db.reading() as tx:
            done_with = await worklists.published(tx, limit=self.free, leave_out=self.busy)
        for job in done_with:
            self.begin(job, self._withdraw(job))
        return None

    async def _withdraw(self, job: Job) -> None:
        self.tools.on_point("engine.withdraw.before")
        await remedies.withdraw(self.tools.providers.get(job.model), job.inputs)
        self.tools.on_point("engine.withdraw.after")
        async with self.tools.db.transaction("engine.withdrawn") as tx:
            fresh = await jobs.get(tx, job.id)
            if fresh is not None and fresh.inputs == job.inputs:
                await jobs.change(tx, job.id, fresh.state, inputs=None)
