"""The room that orders pictures at the services: the only place where money is spent.

The intent is written first, then the order is sent, then the answer is written: a task, or
the finished pictures. Where the service lists its tasks, at most one submit per model is on
its way, so that one whose answer gets lost can be found in the list; that is `orphans`' work.
Where it does not, a lost answer stays unknown: the credits go back, nothing is sent again, and
as many submits may be on their way as there are slots. Limits are counted from the table.
"""

import json
from collections.abc import Mapping, Sequence

from bot.engine import batches as together
from bot.engine import ending, pausing, probing, progress, remedies
from bot.engine.asking import started
from bot.engine.inputs import Inputs
from bot.engine.room import Room
from bot.engine.tools import Tools
from providers.base import (
    Accepted,
    CancelsTasks,
    Finished,
    KeepsTasks,
    ListsTasks,
    Provider,
    Refused,
    Stage,
    Submission,
    Unclear,
)
from providers.causes import Cause, Problem
from providers.spec import ModelSpec
from storage import batches, jobs, worklists
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
    """Moves jobs from `preparing` to `running`, or straight to `collecting`."""

    WIDTH = 64  # submits on their way, of all models

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        self._latest: dict[str, float] = {}  # when a model's last submit was answered, or sent
        self._sent: set[int] = set()  # jobs whose answers no other submit has to wait for

    async def round(self) -> float | None:
        """Begin a submit for every model that may have one now."""
        if not self.free:
            return None
        now = self.tools.clock.now()
        awaited = {job.model for job in self.at_work if job.id not in self._sent}
        due: list[float] = []
        async with self.tools.db.reading() as tx:
            loads = await worklists.loads(tx)
            paused = await pausing.paused_models(tx, self.tools.specs, now)
            trials = await probing.on_trial(tx, self.tools.specs, now)
            for model, spec in self.tools.specs.items():
                load = loads.get(model, Load())
                if model in awaited or not _may_submit(self.tools.providers[model], load):
                    continue
                if model in trials and probing.being_tried(trials[model], loads, self.at_work):
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

        Counted from the last answer where that is waited for: so however long the last submit
        was under way, the two reach the service no closer than they may.
        """
        begun = await worklists.last_submit(tx, spec.model) or 0.0
        return max(begun, self._latest.get(spec.model, 0.0)) + 1 / spec.submits_per_second

    async def _submit(self, job: Job) -> None:
        inputs = Inputs.load(job.inputs or "")
        provider = self.tools.providers[job.model]
        now = self.tools.clock.now()
        if now - inputs.at > self.tools.rules.photos_fresh:
            await self._publish_again(job, inputs)
            return
        if not await self._intend(job, provider, now):
            return
        try:
            async with self.tools.db.reading() as tx:
                followers = await batches.followers(tx, job.id)
            self.tools.on_point("engine.submit.before")
            answer = await self._answer(job, followers, provider, inputs)
            self.tools.on_point("engine.submit.after")
            async with self.tools.step("submitted") as tx:
                fresh = await jobs.get(tx, job.id)
                if fresh is not None and fresh.state is JobState.SUBMITTING:
                    await self._note(tx, fresh, followers, answer)
        finally:
            self._sent.discard(job.id)

    async def _answer(
        self, job: Job, followers: Sequence[Job], provider: Provider, inputs: Inputs
    ) -> Submission:
        if not isinstance(provider, ListsTasks):
            self._latest[job.model] = self.tools.clock.now()
            self._sent.add(job.id)
            self.tools.stir()
        answer = await together.submit(provider, job, followers, inputs)
        if isinstance(provider, ListsTasks):
            self._latest[job.model] = self.tools.clock.now()
        return answer

    async def _intend(self, job: Job, provider: Provider, now: float) -> bool:
        async with self.tools.db.transaction("engine.intent") as tx:
            fresh = await jobs.get(tx, job.id)
            if fresh is None or fresh.inputs != job.inputs:
                return False
            moved = await jobs.move(
                tx,
                job.id,
                JobState.PREPARING,
                JobState.SUBMITTING,
                intended_at=now,
                attempts=fresh.attempts + 1,
                listed=isinstance(provider, ListsTasks),
                due_at=now,
            )
            if moved and not isinstance(provider, KeepsTasks):
                await self._drawing(tx, job.id, now)
            return moved

    async def _drawing(self, tx: Tx, job_id: int, now: float) -> None:
        """Tell that the picture is being drawn: it will be the answer, and there is no way back."""
        stage = Stage.RUNNING
        await jobs.change(tx, job_id, JobState.SUBMITTING, stage=stage, submitted_at=now)
        job = await jobs.get(tx, job_id)
        if job is not None:
            await progress.tell_drawing(tx, job, stage, self.tools.runtimes[job.model], now)

    async def _note(self, tx: Tx, job: Job, followers: Sequence[Job], answer: Submission) -> None:
        now = self.tools.clock.now()
        match answer:
            case Accepted(task):
                parts = together.parts_of(task, job, followers)
                await running(tx, job, parts[job.id], now, now, self.tools)
                await _joined(tx, job, followers, parts, now)
            case Finished(urls):
                await self._finished(tx, job, urls, now)
            case Refused(problem, retry_after):
                if job.stage is not None:  # its person reads that it is being drawn
                    await jobs.change(tx, job.id, JobState.SUBMITTING, shown=None)
                await remedies.refused(tx, job, problem, self.tools, retry_after)
            case Unclear() if job.listed:
                await jobs.change(tx, job.id, JobState.SUBMITTING, due_at=now)
            case Unclear(reason):
                trouble = Problem(Cause.SERVICE_FAILED, "answer_lost", reason)
                await pausing.pause(tx, job, trouble, now, self.tools.alerts)
                lost = Problem(Cause.SUBMIT_UNCLEAR, "answer_lost", reason)
                await ending.fail(tx, job, lost.cause, now, self.tools.alerts, lost)

    async def _finished(self, tx: Tx, job: Job, urls: tuple[str, ...], now: float) -> None:
        moved = await jobs.move(
            tx,
            job.id,
            JobState.SUBMITTING,
            JobState.COLLECTING,
            result_urls=json.dumps(urls),
            ended_at=now,
            retries=0,
            due_at=now,
        )
        if moved:
            await pausing.all_is_well(tx, job)
            self.tools.runtimes[job.model].learn(now - started(job))

    async def _publish_again(self, job: Job, inputs: Inputs) -> None:
        # In this order: after a crash in between they are withdrawn again, and not forgotten.
        await remedies.withdraw(self.tools.providers[job.model], inputs)
        async with self.tools.step("stale") as tx:
            await jobs.change(tx, job.id, JobState.PREPARING, inputs=None)


async def running(tx: Tx, job: Job, task_id: str, since: float, now: float, tools: Tools) -> None:
    """Note that a job has a task at its service since some time."""
    provider = tools.providers[job.model]
    stage = Stage.PENDING if isinstance(provider, CancelsTasks) else Stage.RUNNING
    moved = await jobs.move(
        tx,
        job.id,
        JobState.SUBMITTING,
        JobState.RUNNING,
        task_id=task_id,
        stage=stage,
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
            await progress.tell_drawing(tx, fresh, stage, runtimes, now)


async def _joined(
    tx: Tx, leader: Job, followers: Sequence[Job], parts: Mapping[int, str], now: float
) -> None:
    """Let those who followed have their parts of the task."""
    for job in followers:
        await batches.join(
            tx, job, leader, parts[job.id], stage=Stage.RUNNING, submitted_at=now, due_at=now
        )


def _may_submit(provider: Provider, load: Load) -> bool:
    alone = isinstance(provider, ListsTasks)
    slots = load.in_progress < provider.spec.in_progress
    return load.preparing > 0 and slots and not (alone and load.submitting)
