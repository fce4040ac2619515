"""Whose turn it is: the room that takes jobs out of the queue to have them prepared.

As many are taken as there are free slots at the service, and a few more, so that a slot
that becomes free is filled at once. Jobs of a model that is gone are moved to another one
that does exactly what was ordered for no more, or given back; tasks of a model that is no
longer configured cannot be asked about and are given back too.
"""

from bot.codec import dump_order, load_order
from bot.engine import ending, pausing, remedies
from bot.engine.room import Room
from bot.orders import Order, draws, moved
from providers.causes import Cause
from providers.spec import ModelSpec
from storage import jobs, worklists
from storage.database import Tx
from storage.jobs import Job, JobState
from storage.worklists import Load

POINTS = (
    "engine.turn.before_commit",
    "engine.turn.after_commit",
    "engine.rehome.before_commit",
    "engine.rehome.after_commit",
)

AHEAD = 2  # jobs kept ready beyond the free slots
MOVED_AT_ONCE = 20  # jobs of a lost model moved in one transaction


class Turns(Room):
    """Moves jobs from `queued` to `preparing`, and from models that are gone to others."""

    async def round(self) -> float | None:
        """Give turns to whoever can have one."""
        now = self.tools.clock.now()
        async with self.tools.db.reading() as tx:
            loads = await worklists.loads(tx)
            paused = await pausing.paused_models(tx, self.tools.specs, now)
            gone = await pausing.dropped_models(tx, self.tools.specs, now)
        due = [pause.until for model, pause in paused.items() if model in loads]
        for model, load in loads.items():
            spec = self.tools.specs.get(model)
            if spec is None or model in gone:
                await self._rehome(model, load)
            elif model not in paused and (places := _places(spec, load)) > 0 and load.queued:
                await self._take(model, places, now)
        return min((each for each in due if each is not None), default=None)

    async def _take(self, model: str, places: int, now: float) -> None:
        async with self.tools.step("turn") as tx:
            for job_id in await worklists.turns(tx, model, now, places):
                await jobs.move(
                    tx, job_id, JobState.QUEUED, JobState.PREPARING, due_at=now, retries=0
                )

    async def _rehome(self, model: str, load: Load) -> None:
        if load.waiting:
            async with self.tools.step("rehome") as tx:
                waiting = await worklists.waiting(tx, model, MOVED_AT_ONCE)
                for job in waiting:
                    await self._move_on(tx, job)
            for job in waiting:
                await remedies.withdraw(self.tools.providers.get(model), job.inputs)
        if model not in self.tools.providers:
            async with self.tools.step("rehome") as tx:
                for job in await worklists.underway(tx, model, MOVED_AT_ONCE):
                    now = self.tools.clock.now()
                    await ending.fail(tx, job, Cause.MODEL_GONE, now, self.tools.alerts)

    async def _move_on(self, tx: Tx, job: Job) -> None:
        now = self.tools.clock.now()
        order = load_order(job.ordered)
        spec = await self._another(tx, job, order, now)
        if spec is None:
            await ending.fail(tx, job, Cause.MODEL_GONE, now, self.tools.alerts)
            return
        if job.state is JobState.PREPARING:
            await jobs.move(tx, job.id, JobState.PREPARING, JobState.QUEUED, due_at=now)
        await jobs.change(
            tx,
            job.id,
            JobState.QUEUED,
            model=spec.model,
            account=spec.account,
            ordered=dump_order(moved(order, spec)),
            inputs=None,
            follows=None,
            retries=0,
            shown=None,
        )

    async def _another(self, tx: Tx, job: Job, order: Order, now: float) -> ModelSpec | None:
        held = await pausing.held_models(tx, self.tools.specs, now)
        return next(
            (
                spec
                for spec in self.tools.specs.values()
                if spec.model not in held | {job.model}
                and draws(spec, order)
                and spec.credits <= job.credits
            ),
            None,
        )


def _places(spec: ModelSpec, load: Load) -> int:
    ahead = max(AHEAD, spec.in_progress // 2)
    return spec.in_progress + ahead - load.in_progress - load.preparing
