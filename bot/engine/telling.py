"""The room that keeps those who wait up to date: their place, or that the service is paused.

Whose picture is being drawn hears of it from those who draw; only where nobody asks about a
task, because the call lasts until the picture is there, it is told here that it takes long.
"""

from bot.engine import progress
from bot.engine.pausing import held_models, paused_models
from bot.engine.room import Room
from bot.engine.tools import Tools
from bot.schedule import expected_wait
from providers.base import Stage
from storage import jobs, worklists
from storage.database import Tx
from storage.jobs import JobState
from storage.worklists import Load

POINTS = ("engine.tell.before_commit", "engine.tell.after_commit")

EVERY = 10.0  # seconds between two edits of the same place in the queue
REST = 0.5  # seconds between two looks at the queue: a long one takes a while to put in order
AT_ONCE = 100  # jobs told in one transaction


class Telling(Room):
    """Tells new jobs at once, and the others every so often."""

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        self._next = 0.0
        self._rests_until = 0.0

    async def round(self) -> float | None:
        """Tell whoever should be told now."""
        now = self.tools.clock.now()
        if now < self._rests_until:
            return self._rests_until
        sweep = now >= self._next
        if sweep:
            self._next = now + EVERY
        async with self.tools.db.reading() as tx:
            models = list(self.tools.providers) if sweep else await worklists.untold_models(tx)
            loads = await worklists.loads(tx) if models else {}
        if models:
            self._rests_until = now + REST
        for model in models:
            load = loads.get(model)
            if load is not None and load.waiting and model in self.tools.providers:
                async with self.tools.db.transaction("engine.tell") as tx:
                    told = await self._tell(tx, model, load, again=sweep, now=now)
                if told:
                    self.tools.stir()
        if sweep:
            await self._tell_drawn(now)
        return self._next

    async def _tell_drawn(self, now: float) -> None:
        async with self.tools.db.reading() as tx:
            state = JobState.SUBMITTING
            drawn = [
                job
                for job in await worklists.in_state(tx, state, now, limit=AT_ONCE)
                if job.stage is not None and job.model in self.tools.providers
            ]
        if drawn:
            async with self.tools.step("tell") as tx:
                for job in await jobs.get_all(tx, [each.id for each in drawn]):
                    if job.state is state:
                        runtimes = self.tools.runtimes[job.model]
                        await progress.tell_drawing(tx, job, Stage.RUNNING, runtimes, now)

    async def _tell(self, tx: Tx, model: str, load: Load, *, again: bool, now: float) -> int:
        if model in await held_models(tx, self.tools.specs, now):
            pause = (await paused_models(tx, self.tools.specs, now))[model]
            held = await worklists.not_told_of_hold(tx, model, AT_ONCE)
            for job in held:
                await progress.tell_held(tx, job, pause.reason, now)
            return len(held)
        placed = await worklists.places_to_tell(tx, model, again=again, limit=AT_ONCE)
        spec, runtime = self.tools.providers[model].spec, self.tools.runtimes[model].mean
        for job in await jobs.get_all(tx, [each.job_id for each in placed]):
            place = next(each.place for each in placed if each.job_id == job.id)
            wait = expected_wait(spec, load.in_progress + place - 1, runtime)
            await progress.tell_place(tx, job, place, wait, now)
        return len(placed)
