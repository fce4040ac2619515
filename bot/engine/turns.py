"""Whose turn it is: the room that takes jobs out of the queue to have them prepared.

As many are taken as there are free slots at the service, and a few more, so that a slot
that becomes free is filled at once. Who waits for a model that takes nothing is left to
`detouring`.
"""

from bot.engine import pausing
from bot.engine.room import Room
from providers.spec import ModelSpec
from storage import jobs, worklists
from storage.jobs import JobState
from storage.worklists import Load

POINTS = (
    "engine.turn.before_commit",
    "engine.turn.after_commit",
)

AHEAD = 2  # jobs kept ready beyond the free slots


class Turns(Room):
    """Moves jobs from `queued` to `preparing`."""

    async def round(self) -> float | None:
        """Give turns to whoever can have one."""
        now = self.tools.clock.now()
        async with self.tools.db.reading() as tx:
            loads = await worklists.loads(tx)
            paused = await pausing.paused_models(tx, self.tools.specs, now)
        due = [pause.until for model, pause in paused.items() if model in loads]
        for model, load in loads.items():
            spec = self.tools.specs.get(model)
            if spec is None or model in paused or not load.queued:
                continue
            if (places := _places(spec, load)) > 0:
                await self._take(model, places, now)
        return min((each for each in due if each is not None), default=None)

    async def _take(self, model: str, places: int, now: float) -> None:
        async with self.tools.step("turn") as tx:
            for job_id in await worklists.turns(tx, model, now, places):
                await jobs.move(
                    tx, job_id, JobState.QUEUED, JobState.PREPARING, due_at=now, retries=0
                )


def _places(spec: ModelSpec, load: Load) -> int:
    ahead = max(AHEAD, spec.in_progress // 2)
    return spec.in_progress + ahead - load.in_progress - load.preparing
