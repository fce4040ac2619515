"""The room that finds out what became of submits whose answer never came.

A lost answer says nothing: the task may exist and be paid. The service's own list says
more. A task in it that no job of ours knows is the one we look for, because only one
submit per model is ever on its way. The list may lag behind, so an empty one counts only
after a time of grace; then the submit is made again. Where it stays unclear, or the service
has no list, the person gets the credits back and the operators are told: better than paying
twice in silence.
"""

from bot import schedule
from bot.engine import ending, pausing, remedies
from bot.engine.room import Room
from bot.engine.submitting import Submitting, running
from bot.engine.tools import Tools
from providers.base import KnownTask, Listing, ListsTasks, NoAnswer
from providers.causes import Cause, Problem
from storage import jobs, tasks, worklists
from storage.database import Tx
from storage.jobs import Job, JobState

POINTS = (
    "engine.look.before",
    "engine.look.after",
    "engine.orphan.before_commit",
    "engine.orphan.after_commit",
)


class Orphans(Room):
    """Works on jobs in `submitting` whose submit is not on its way in this process."""

    def __init__(self, tools: Tools, submitting: Submitting) -> None:
        super().__init__(tools)
        self._submitting = submitting
        self._lost: dict[int, float] = {}  # since when we know that an answer is missing

    async def round(self) -> float | None:
        """Look for the tasks of lost submits."""
        now = self.tools.clock.now()
        out = [*self.busy, *self._submitting.busy]
        async with self.tools.db.reading() as tx:
            state = JobState.SUBMITTING
            for job in await worklists.in_state(tx, state, now, limit=self.free, leave_out=out):
                provider = self.tools.providers.get(job.model)
                if isinstance(provider, ListsTasks):
                    self._lost.setdefault(job.id, now)
                    self.begin(job, self._look(job, provider))
                elif provider is not None:
                    self.begin(job, self._never_known(job))
            return await worklists.next_due(tx, state, [*out, *self.busy])

    async def _never_known(self, job: Job) -> None:
        async with self.tools.step("orphan") as tx:
            fresh = await jobs.get(tx, job.id)
            # Looked at again: it may have been on its way since the round looked at it.
            on_its_way = job.id in self._submitting.busy
            if fresh is not None and fresh.state is JobState.SUBMITTING and not on_its_way:
                now = self.tools.clock.now()
                await ending.fail(tx, fresh, Cause.SUBMIT_UNCLEAR, now, self.tools.alerts)

    async def _look(self, job: Job, provider: ListsTasks) -> None:
        rules, now = self.tools.rules, self.tools.clock.now()
        since = (job.intended_at or now) - rules.clock_skew
        self.tools.on_point("engine.look.before")
        found = await provider.list_tasks(since, now + rules.clock_skew)
        self.tools.on_point("engine.look.after")
        async with self.tools.step("orphan") as tx:
            fresh = await jobs.get(tx, job.id)
            if fresh is None or fresh.state is not JobState.SUBMITTING:
                self._lost.pop(job.id, None)
                return
            match found:
                case NoAnswer(retry_after=seconds):
                    await self._ask_again(tx, fresh, seconds)
                case Listing(listed):
                    await self._conclude(tx, fresh, listed, asked_at=now)

    async def _conclude(
        self, tx: Tx, job: Job, listed: tuple[KnownTask, ...], asked_at: float
    ) -> None:
        known = await tasks.known(tx, [task.task_id for task in listed])
        unknown = [task for task in listed if task.task_id not in known]
        now = self.tools.clock.now()
        if len(unknown) == 1:
            since = min(max(unknown[0].created_at, job.intended_at or now), now)
            await running(tx, job, unknown[0].task_id, since, now, self.tools)
        elif unknown:
            await ending.fail(tx, job, Cause.SUBMIT_UNCLEAR, now, self.tools.alerts)
        elif asked_at < self._lost[job.id] + self.tools.rules.grace:
            due = now + self.tools.rules.look_again
            await jobs.change(tx, job.id, JobState.SUBMITTING, due_at=due)
            return
        else:
            await self._never_arrived(tx, job, now)
        self._lost.pop(job.id, None)

    async def _never_arrived(self, tx: Tx, job: Job, now: float) -> None:
        if job.cancel_asked:
            await ending.cancel(tx, job, now)
        elif job.attempts >= self.tools.rules.lost_submits:
            await ending.fail(tx, job, Cause.SUBMIT_UNCLEAR, now, self.tools.alerts)
        else:  # as good as refused, by a service in trouble
            problem = Problem(Cause.SERVICE_FAILED, "never_arrived")
            await pausing.pause(tx, job, problem, now, self.tools.alerts)
            await remedies.back(tx, job, now)

    async def _ask_again(self, tx: Tx, job: Job, retry_after: float | None) -> None:
        now = self.tools.clock.now()
        if now - self._lost[job.id] >= self.tools.rules.deadline:
            await ending.fail(tx, job, Cause.SUBMIT_UNCLEAR, now, self.tools.alerts)
            self._lost.pop(job.id, None)
            return
        tries = job.retries + 1
        due = now + schedule.again(tries, retry_after)
        await jobs.change(tx, job.id, JobState.SUBMITTING, retries=tries, due_at=due)
