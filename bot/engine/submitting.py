"""The room that orders pictures at the services: the only place where money is spent.

The intent is written first, then the order is sent, then the answer is written. At most
one submit per model is on its way, so that one whose answer gets lost can be found in the
service's list; that is `orphans`' work. Pace and limits are counted from the table.
"""

from bot.codec import load_order
from bot.engine import pausing, progress, remedies
from bot.engine.inputs import Inputs
from bot.engine.room import Room
from bot.engine.tools import Tools
from providers.base import Accepted, ModelSpec, Refused, Stage, Submission, Unclear
from storage import jobs, worklists
from storage.database import Tx
from storage.jobs import Job, JobState
from storage.worklists import Load

POINTS = (
    "engine.intent.before_commit",
    "engine.intent.after_commit",
    "engine.submit.before",
    "engine.submit.after",
    "engine.submitted.before_commit",
    "engine.submitted.after_commit",
    "engine.stale.before_commit",
    "engine.stale.after_commit",
)


class Submitting(Room):
    """Moves jobs from `preparing` to `running`, one at a time per model."""

    WIDTH = 64  # models, in effect

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        self._answered: dict[str, float] = {}  # when a model's last submit was answered

    async def round(self) -> float | None:
        """Begin a submit for every model that may have one now."""
        now = self.tools.clock.now()
        under_way = {job.model for job in self.at_work}
        due: list[float] = []
        async with self.tools.db.reading() as tx:
            loads = await worklists.loads(tx)
            paused = await pausing.paused_models(tx, self.tools.specs, now)
            for model, spec in self.tools.specs.items():
                load = loads.get(model, Load())
                if model in under_way or not _may_submit(spec, load):
                    continue
                job = await worklists.ready(tx, model)
                if job is None:
                    continue
                until = paused[model].until if model in paused else await self._spaced(tx, spec)
                if until is not None and until > now:
                    due.append(until)
                elif model not in paused:
                    self.begin(job, self._submit(job))
        return min(due, default=None)

    async def _spaced(self, tx: Tx, spec: ModelSpec) -> float:
        """Return from when on a model's pace allows another submit.

        Counted from the last answer where it is known: so however long the last submit was
        under way, the two reach the service no closer than they may.
        """
        begun = await worklists.last_submit(tx, spec.model) or 0.0
        return max(begun, self._answered.get(spec.model, 0.0)) + 1 / spec.submits_per_second

    async def _submit(self, job: Job) -> None:
        inputs = Inputs.load(job.inputs or "")
        provider = self.tools.providers[job.model]
        now = self.tools.clock.now()
        if now - inputs.at > self.tools.rules.photos_fresh:
            await self._publish_again(job, inputs)
            return
        if not await self._intend(job, now):
            return
        self.tools.on_point("engine.submit.before")
        answer = await provider.submit(inputs.request(load_order(job.ordered)))
        self.tools.on_point("engine.submit.after")
        self._answered[job.model] = self.tools.clock.now()
        async with self.tools.step("submitted") as tx:
            fresh = await jobs.get(tx, job.id)
            if fresh is not None and fresh.state is JobState.SUBMITTING:
                await self._note(tx, fresh, answer)
        if isinstance(answer, Refused):
            await remedies.withdraw_dropped(self.tools, job)

    async def _intend(self, job: Job, now: float) -> bool:
        async with self.tools.db.transaction("engine.intent") as tx:
            fresh = await jobs.get(tx, job.id)
            if fresh is None or fresh.inputs != job.inputs:
                return False
            return await jobs.move(
                tx,
                job.id,
                JobState.PREPARING,
                JobState.SUBMITTING,
                intended_at=now,
                attempts=fresh.attempts + 1,
                due_at=now,
            )

    async def _note(self, tx: Tx, job: Job, answer: Submission) -> None:
        now = self.tools.clock.now()
        match answer:
            case Accepted(task_id):
                await running(tx, job, task_id, now, now, self.tools)
            case Refused(problem, retry_after):
                await remedies.refused(tx, job, problem, self.tools, retry_after)
            case Unclear():
                await jobs.change(tx, job.id, JobState.SUBMITTING, due_at=now)

    async def _publish_again(self, job: Job, inputs: Inputs) -> None:
        async with self.tools.step("stale") as tx:
            await jobs.change(tx, job.id, JobState.PREPARING, inputs=None)
        await remedies.withdraw(self.tools.providers[job.model], inputs)


async def running(tx: Tx, job: Job, task_id: str, since: float, now: float, tools: Tools) -> None:
    """Note that a job has a task at its service since some time."""
    moved = await jobs.move(
        tx,
        job.id,
        JobState.SUBMITTING,
        JobState.RUNNING,
        task_id=task_id,
        stage=Stage.PENDING,
        submitted_at=since,
        queried_at=None,
        retries=0,
        due_at=now,
    )
    if moved:
        await pausing.all_is_well(tx, job)
        fresh = await jobs.get(tx, job.id)
        if fresh is not None:
            runtimes = tools.runtimes[job.model]
            await progress.tell_drawing(tx, fresh, Stage.PENDING, runtimes, now)


def _may_submit(spec: ModelSpec, load: Load) -> bool:
    return load.preparing > 0 and not load.submitting and load.in_progress < spec.in_progress
