"""The room that finds another way for jobs whose model takes none.

Whoever waits for a model that is gone, held or failing goes on with the next one that can
draw what was ordered; where that costs more, its person is asked first. The pictures of one
order that wait go together. Everybody is looked at once, and again when something has changed
about the models or the daily cap. What their outlook is, and which way is the best, is said in
`bot.engine.outlook` and `bot.detours`.
"""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial

from bot import budget
from bot.caps import Obstacle
from bot.codec import Unreadable, load_order
from bot.detours import way, ways
from bot.engine import ending, handing_over, outlook, probing, questions
from bot.engine.handing_over import Move
from bot.engine.outlook import Outlook, Survey
from bot.engine.questions import Settled
from bot.engine.room import Room
from bot.engine.tools import Tools
from providers.causes import Cause
from storage import batches, detours, jobs, worklists
from storage.batches import TOGETHER
from storage.database import Tx
from storage.jobs import Job, JobState

POINTS = (
    "engine.detour.before_commit",
    "engine.detour.after_commit",
)

AT_ONCE = 20  # jobs dealt with in one transaction
WAITING = frozenset({JobState.QUEUED, JobState.PREPARING})


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
            seen = (*found.seen, await budget.cap(tx, self.tools.rules.daily_budget))
        if seen != self._seen:
            self._seen = seen
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
        order = [job, *await self._others(tx, job)]
        able = _ways(order, found)
        moves = await self._best(tx, able)
        if moves and not _dearer(moves):
            await handing_over.go_on(tx, moves, self.tools.rules.daily_budget, now)
        elif moves and hope is not Outlook.SOON:
            await questions.ask(tx, moves, now)
        elif not moves and hope is Outlook.NEVER:
            await self._fail(tx, order, able)

    async def _others(self, tx: Tx, job: Job) -> list[Job]:
        """Return the other pictures of a job's order that wait for the same model."""
        others = await batches.others_of_card(tx, job, WAITING)
        return [one for one in others if one.model == job.model]

    async def _best(self, tx: Tx, able: Sequence[Sequence[Move]]) -> Sequence[Move]:
        """Return the best way that nothing forbids; empty: none.

        Where the caps leave room for none, it is one that is asked about first: its person has
        a day to answer, and there is room again tomorrow.
        """
        for moves in able:
            found = await handing_over.obstacle(tx, moves, self.tools.rules.daily_budget)
            if found in {None, Obstacle.CREDITS}:
                return moves
        return next((moves for moves in able if _dearer(moves)), ())

    async def _fail(self, tx: Tx, order: Sequence[Job], able: Sequence[object]) -> None:
        cause = Cause.OVER_BUDGET if able else Cause.MODEL_GONE
        now, alerts = self.tools.clock.now(), self.tools.alerts
        await ending.fail(tx, order[0], cause, now, alerts, along=order[1:])

    async def _given_up(self, tx: Tx, job: Job) -> None:
        """Give back what is at a service that nobody can ask any more."""
        await ending.fail(tx, job, Cause.MODEL_GONE, self.tools.clock.now(), self.tools.alerts)

    # --- who was asked ----------------------------------------------------------------------

    async def _asked(self, tx: Tx, job: Job, *, found: Survey) -> None:
        if not questions.asks(job):
            return  # whoever asked for it decides for it too
        now, hope = self.tools.clock.now(), found.stranded.get(job.model)
        order = [job, *await questions.asked_along(tx, job)]
        if hope is None:
            if await self._may_go_back(tx, job, found):
                await self._go_back(tx, order, Settled.BACK)
            return
        able = _ways(order, found)
        moves = await self._best(tx, able)
        if not moves and hope is Outlook.NEVER:
            await self._fail(tx, order, able)
        elif not moves:
            await self._go_back(tx, order, Settled.REPLACED)
        elif not _dearer(moves):
            await handing_over.go_on(tx, moves, self.tools.rules.daily_budget, now)
            await questions.settle(tx, job, Settled.CHEAPER, now)
        elif (moves[0].way.spec.model, moves[0].way.credits) != (job.offer, job.offer_credits):
            await questions.ask(tx, moves, now)

    async def _may_go_back(self, tx: Tx, job: Job, found: Survey) -> bool:
        """Tell whether its own model can have it; while that is on trial, only one job tries."""
        group = found.trials.get(job.model)
        if group is None:
            return True
        loads = await worklists.loads(tx)
        waits = any(loads[model].waiting for model in group if model in loads)
        return not waits and not probing.being_tried(group, loads, ())

    async def _go_back(self, tx: Tx, order: Sequence[Job], how: Settled) -> None:
        now, asked = self.tools.clock.now(), order[0]
        for job in order:
            shown = None if job is asked else TOGETHER
            await jobs.move(tx, job.id, job.state, JobState.QUEUED, due_at=now, shown=shown)
        await questions.settle(tx, asked, how, now)

    async def _end_unanswered(self, now: float) -> float | None:
        """Give back what nobody answered about; return when the next question ends."""
        state = JobState.OFFERED
        async with self.tools.db.reading() as tx:
            ends = await worklists.next_due(tx, state)
        if ends is None or ends > now:
            return ends
        async with self.tools.step("detour") as tx:
            for job in await worklists.in_state(tx, state, now, limit=AT_ONCE):
                order = await questions.asked_along(tx, job)
                await ending.cancel(tx, job, now, order, how=Settled.UNANSWERED)
            return await worklists.next_due(tx, state)


def _ways(order: Sequence[Job], found: Survey) -> list[list[Move]]:
    """Return all ways on for the pictures of an order, the best first. Raises `Unreadable`."""
    wishes = [(job, load_order(job.wished or job.ordered)) for job in order]
    first, wished = wishes[0]
    left_out = handing_over.tried(first) | {first.model}
    able = [spec for spec in found.able if spec.model not in left_out]
    return [
        [Move(job, way(wish, one.spec)) for job, wish in wishes]
        for one in ways(wished, first.credits, able)
    ]


def _dearer(moves: Sequence[Move]) -> bool:
    return any(move.way.credits > move.job.credits for move in moves)
