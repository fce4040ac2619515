"""The room that finds another way for jobs whose model takes none.

Whoever waits for a model that is gone, held or failing goes on with the next one that can
draw what was ordered; where that costs more, its person is asked first. Everybody is looked
at once, and again when something has changed about the models. What their outlook is, and
which way is the best, is said in `bot.engine.outlook` and `bot.detours`.
"""

from collections.abc import Awaitable, Callable
from functools import partial

from bot.codec import Unreadable, load_order
from bot.detours import Way, next_way
from bot.engine import ending, handing_over, outlook, probing, questions
from bot.engine.outlook import Outlook, Survey
from bot.engine.questions import Settled
from bot.engine.room import Room
from bot.engine.tools import Tools
from providers.causes import Cause
from storage import detours, jobs, worklists
from storage.database import Tx
from storage.jobs import Job, JobState

POINTS = (
    "engine.detour.before_commit",
    "engine.detour.after_commit",
)

AT_ONCE = 20  # jobs dealt with in one transaction


class Detouring(Room):
    """Works on jobs in `queued`, `preparing` and `offered` that cannot go on where they are."""

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        self._seen: tuple[object, ...] = ()
        self._looked_at: set[int] = set()

    async def round(self) -> float | None:
        """Look at everybody who is stranded, or was asked, and was not looked at yet."""
        now, specs = self.tools.clock.now(), self.tools.specs
        async with self.tools.db.reading() as tx:
            loads = await worklists.loads(tx)
            found = await outlook.survey(tx, specs, loads, now)
            ends = await worklists.next_due(tx, JobState.OFFERED)
        if found.seen != self._seen:
            self._seen = found.seen
            self._looked_at.clear()
        for model, hope in found.stranded.items():
            if model in loads and loads[model].waiting:
                waiting = partial(worklists.waiting, model=model, limit=AT_ONCE)
                await self._each(waiting, partial(self._stranded, hope=hope, found=found))
            if model in loads and model not in specs:
                underway = partial(worklists.underway, model=model, limit=AT_ONCE)
                await self._each(underway, self._given_up)
        if ends is not None:
            asked = partial(detours.offered, limit=AT_ONCE)
            await self._each(asked, partial(self._asked, found=found))
            ends = await self._end_unanswered(now)
        return min((at for at in (found.due, ends) if at is not None), default=None)

    async def _each(
        self,
        find: Callable[..., Awaitable[list[Job]]],
        deal: Callable[[Tx, Job], Awaitable[object]],
    ) -> None:
        """Deal with everybody who is found and was not looked at yet, some at a time."""
        while True:
            async with self.tools.db.reading() as tx:
                listed = await find(tx, leave_out=self._looked_at)
            if not listed:
                return
            states = {job.id: job.state for job in listed}
            async with self.tools.step("detour") as tx:
                for job_id, state in states.items():  # one may end or free others
                    job = await jobs.get(tx, job_id)
                    if job is not None and job.state is state:
                        await self._safely_dealt(tx, job, deal)
            self._looked_at |= states.keys()

    async def _safely_dealt(
        self, tx: Tx, job: Job, deal: Callable[[Tx, Job], Awaitable[object]]
    ) -> None:
        try:
            await deal(tx, job)
        except Unreadable:  # found before anything is written
            await ending.fail(tx, job, Cause.INTERNAL, self.tools.clock.now(), self.tools.alerts)

    # --- who waits --------------------------------------------------------------------------

    async def _stranded(self, tx: Tx, job: Job, *, hope: Outlook, found: Survey) -> None:
        now = self.tools.clock.now()
        way = _way(job, found)
        if way is not None and way.credits <= job.credits:
            await handing_over.go_on(tx, job, way, now)
        elif way is not None and hope is not Outlook.SOON:
            await questions.ask(tx, job, way, now)
        elif hope is Outlook.NEVER:
            await ending.fail(tx, job, Cause.MODEL_GONE, now, self.tools.alerts)

    async def _given_up(self, tx: Tx, job: Job) -> None:
        """Give back what is at a service that nobody can ask any more."""
        await ending.fail(tx, job, Cause.MODEL_GONE, self.tools.clock.now(), self.tools.alerts)

    # --- who was asked ----------------------------------------------------------------------

    async def _asked(self, tx: Tx, job: Job, *, found: Survey) -> None:
        now, hope = self.tools.clock.now(), found.stranded.get(job.model)
        if hope is None:
            if await self._may_go_back(tx, job, found):
                await self._goes_back(tx, job, Settled.BACK)
            return
        way = _way(job, found)
        if way is None and hope is Outlook.NEVER:
            await ending.fail(tx, job, Cause.MODEL_GONE, now, self.tools.alerts)
        elif way is None:
            await self._goes_back(tx, job, Settled.REPLACED)
        elif way.credits <= job.credits:
            if await handing_over.go_on(tx, job, way, now):
                await questions.settle(tx, job, Settled.CHEAPER, now)
        elif (way.spec.model, way.credits) != (job.offer, job.offer_credits):
            await questions.ask(tx, job, way, now)

    async def _may_go_back(self, tx: Tx, job: Job, found: Survey) -> bool:
        """Tell whether its own model can have it; while that is on trial, only one job tries."""
        group = found.trials.get(job.model)
        if group is None:
            return True
        loads = await worklists.loads(tx)
        waits = any(loads[model].waiting for model in group if model in loads)
        return not waits and not probing.being_tried(group, loads, ())

    async def _goes_back(self, tx: Tx, job: Job, how: Settled) -> None:
        now = self.tools.clock.now()
        await jobs.move(tx, job.id, job.state, JobState.QUEUED, due_at=now, shown=None)
        await questions.settle(tx, job, how, now)

    async def _end_unanswered(self, now: float) -> float | None:
        """Give back what nobody answered about; return when the next question ends."""
        state = JobState.OFFERED
        async with self.tools.db.reading() as tx:
            ends = await worklists.next_due(tx, state)
        if ends is None or ends > now:
            return ends
        async with self.tools.step("detour") as tx:
            for job in await worklists.in_state(tx, state, now, limit=AT_ONCE):
                await ending.cancel(tx, job, now, how=Settled.UNANSWERED)
            return await worklists.next_due(tx, state)


def _way(job: Job, found: Survey) -> Way | None:
    """Return the best way on with another model. Raises `Unreadable`."""
    left_out = handing_over.tried(job) | {job.model}
    able = [spec for spec in found.able if spec.model not in left_out]
    return next_way(load_order(job.wished or job.ordered), job.credits, able)
