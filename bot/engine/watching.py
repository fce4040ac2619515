"""The room that asks an account's services how our tasks are doing.

There is no fixed interval: the account's share of questions per second is spent, one
after the other, on the task whose end is most likely to have been missed (`bot.schedule`).
Tasks that are past their deadline or should be cancelled come first. Every answer is
written down before the next question about that task.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

import structlog

from bot import schedule
from bot.engine import batches, ending, pausing, progress, remedies
from bot.engine.asking import Asking, watched
from bot.engine.batches import ReportOf
from bot.engine.room import Room
from bot.engine.tools import Tools
from providers.base import (
    Cancellation,
    CancelsTasks,
    Failed,
    KeepsTasks,
    NoAnswer,
    Provider,
    Report,
    Stage,
    Succeeded,
    TakesSeveral,
    TooLate,
    Underway,
    Withdrawn,
)
from providers.causes import REMEDIES, Cause, Problem, Remedy
from storage import jobs, worklists
from storage.batches import of_task
from storage.database import Tx
from storage.jobs import Job, JobState

POINTS = (
    "engine.query.before",
    "engine.query.after",
    "engine.queried.before_commit",
    "engine.queried.after_commit",
    "engine.cancel.before",
    "engine.cancel.after",
    "engine.cancelled.before_commit",
    "engine.cancelled.after_commit",
    "engine.too_late.before_commit",
    "engine.too_late.after_commit",
)

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Told:
    """What an answer says of a job, and of others `along` with it."""

    job: Job
    report: Report
    along: tuple[Job, ...] = ()


class Watching(Room):
    """Works on jobs in `running` of one account."""

    WIDTH = 32  # questions that may wait for their answers at once

    def __init__(self, tools: Tools, account: str, queries_per_second: float) -> None:
        super().__init__(tools)
        self._account = account
        self._gap = 1 / queries_per_second  # seconds between two questions
        self._next = tools.clock.now() + self._gap  # who asked before a restart is not known
        self._in_vain = 0  # throttled answers in a row
        self._asking = Asking(tools.runtimes, tools.rules.deadline)

    async def round(self) -> float | None:
        """Ask about one task, if it is time to."""
        now = self.tools.clock.now()
        if now < self._next:
            return self._next
        if not self.free:
            return None
        async with self.tools.db.reading() as tx:
            running = await worklists.running(tx, self._account)
        busy = {batches.task_of(job) for job in self.at_work}
        idle = [
            job
            for job in batches.one_of_each(running)
            if batches.task_of(job) not in busy and job.model in self.tools.providers
        ]
        job = self._asking.next_of(idle, now)
        if job is None:
            due = self._asking.look_again(idle, now)
            return None if due is None else max(self._next, due)
        self._next = now + self._gap
        # While a service does not say whether it cancelled, its task may have been, too.
        cancels = job.cancel_asked and job.retries % 2 == 0
        self.begin(job, self._cancel(job) if cancels else self._ask(job))
        return self._next

    # --- asking ---------------------------------------------------------------------------

    async def _ask(self, job: Job) -> None:
        asked_at = self.tools.clock.now()
        self.tools.on_point("engine.query.before")
        provider, task = self.tools.providers[job.model], batches.task_of(job)
        report_of = await _asked(provider, task, in_parts=task != job.task_id)
        report = report_of(job.task_id or "")
        self.tools.on_point("engine.query.after")
        self._pace(report)
        if isinstance(report, Underway | NoAnswer) and self._is_over(job, report, asked_at):
            await self._end_too_late(job)
            return
        news = False
        async with self.tools.db.transaction("engine.queried") as tx:
            await jobs.change(tx, job.id, JobState.RUNNING, queries=job.queries + 1)
            for alike in _alike(await of_task(tx, task), report_of):
                news |= await self._note(tx, alike, asked_at)
        if news:
            self.tools.stir()

    def _pace(self, report: Report) -> None:
        """Ask nobody for a while when the account is asked to."""
        if not isinstance(report, NoAnswer) or report.problem.cause is not Cause.THROTTLED:
            self._in_vain = 0
            return
        self._in_vain += 1
        pause = schedule.again(self._in_vain, report.retry_after)
        self._next = max(self._next, self.tools.clock.now() + pause)

    async def _note(self, tx: Tx, told: _Told, asked_at: float) -> bool:
        """Write an answer down, and tell whether anybody else has to know of it."""
        now, job, report = self.tools.clock.now(), told.job, told.report
        match report:
            case Underway(stage):
                return await self._still_underway(tx, job, stage, asked_at)
            case Succeeded(urls) if urls:
                await self._finished(tx, job, urls, asked_at)
            case Succeeded():
                await remedies.task_failed(tx, job, Problem(Cause.RESULT_UNUSABLE), self.tools)
            case Failed(problem):
                await remedies.task_failed(tx, job, problem, self.tools, told.along)
            case Withdrawn() if self._is_over(job, report, asked_at):
                await ending.fail(tx, job, Cause.TOO_LATE, now, self.tools.alerts)
            case Withdrawn():  # by us, or by somebody at the service's console
                await remedies.task_failed(tx, job, Problem(Cause.SERVICE_FAILED), self.tools)
            case NoAnswer(problem, retry_after):
                await self._not_answered(tx, job, problem, retry_after)
        return True

    async def _still_underway(self, tx: Tx, job: Job, stage: Stage, asked_at: float) -> bool:
        begun = Stage.RUNNING in {stage, job.stage}  # there is no way back
        await jobs.change(
            tx,
            job.id,
            JobState.RUNNING,
            stage=Stage.RUNNING if begun else stage,
            queried_at=asked_at,
            cancel_asked=job.cancel_asked and not begun,
            retries=0,
            due_at=self.tools.clock.now(),
        )
        return await self._tell(tx, job.id)

    async def _finished(self, tx: Tx, job: Job, urls: tuple[str, ...], asked_at: float) -> None:
        now = self.tools.clock.now()
        moved = await jobs.move(
            tx,
            job.id,
            JobState.RUNNING,
            JobState.COLLECTING,
            result_urls=json.dumps(urls),
            ended_at=now,
            queried_at=asked_at,
            cancel_asked=0,
            retries=0,
            due_at=now,
        )
        seen = watched(job, self.tools.runtimes)
        if moved and asked_at - seen.asked < schedule.LONGEST_SILENCE:
            # It ended somewhere between the last two questions.
            self.tools.runtimes[job.model].learn((seen.asked + asked_at) / 2 - seen.started)

    async def _not_answered(
        self, tx: Tx, job: Job, problem: Problem, retry_after: float | None
    ) -> None:
        now = self.tools.clock.now()
        tries = job.retries + 1
        due = now + schedule.again(tries, retry_after)
        await jobs.change(tx, job.id, JobState.RUNNING, retries=tries, due_at=due)
        if REMEDIES[problem.cause] is Remedy.HOLD_ACCOUNT:
            await pausing.pause(tx, job, problem, now, self.tools.alerts)
        log.info("task not answered", job=job.id, cause=problem.cause, code=problem.code)

    # --- cancelling -----------------------------------------------------------------------

    async def _cancel(self, job: Job) -> None:
        self.tools.on_point("engine.cancel.before")
        answer = await _stopped(self.tools.providers[job.model], job.task_id or "")
        self.tools.on_point("engine.cancel.after")
        async with self.tools.step("cancelled") as tx:
            fresh = await jobs.get(tx, job.id)
            if fresh is None or fresh.state is not JobState.RUNNING:
                return
            now = self.tools.clock.now()
            match answer:
                case Withdrawn():
                    await ending.cancel(tx, fresh, now)
                case TooLate():
                    await self._goes_on(tx, fresh, now)
                case NoAnswer(_, retry_after):
                    tries = fresh.retries + 1
                    due = now + schedule.again(tries, retry_after)
                    await jobs.change(tx, job.id, JobState.RUNNING, retries=tries, due_at=due)

    async def _goes_on(self, tx: Tx, job: Job, now: float) -> None:
        """Tell that it was too late to cancel: the picture is being drawn."""
        await jobs.change(
            tx, job.id, JobState.RUNNING, cancel_asked=0, stage=Stage.RUNNING, retries=0, due_at=now
        )
        await self._tell(tx, job.id)

    async def _tell(self, tx: Tx, job_id: int) -> bool:
        job = await jobs.get(tx, job_id)
        if job is None or job.stage is None:
            return False
        now, runtimes = self.tools.clock.now(), self.tools.runtimes[job.model]
        return await progress.tell_drawing(tx, job, Stage(job.stage), runtimes, now)

    # --- the deadline ---------------------------------------------------------------------

    def _is_over(self, job: Job, report: Report, now: float) -> bool:
        """Tell whether to give a task up that is still on the way, as far as we know.

        While the account is held nothing can be known; the picture may be waiting there,
        and is waited for as long as the service keeps it.
        """
        blind = (
            isinstance(report, NoAnswer) and REMEDIES[report.problem.cause] is Remedy.HOLD_ACCOUNT
        )
        rules = self.tools.rules
        patience = rules.result_lifetime if blind else rules.deadline
        return now >= (job.submitted_at or job.created_at) + patience

    async def _end_too_late(self, job: Job) -> None:
        self.tools.on_point("engine.cancel.before")
        await _stopped(self.tools.providers[job.model], job.task_id or "")
        self.tools.on_point("engine.cancel.after")
        self._next = max(self._next, self.tools.clock.now()) + self._gap
        async with self.tools.step("too_late") as tx:
            fresh = await jobs.get(tx, job.id)
            if fresh is not None and fresh.state is JobState.RUNNING:
                now = self.tools.clock.now()
                await ending.fail(tx, fresh, Cause.TOO_LATE, now, self.tools.alerts)


async def _asked(provider: Provider, task: str, *, in_parts: bool) -> ReportOf:
    if in_parts and isinstance(provider, TakesSeveral):
        return await batches.asked(provider, task)
    if isinstance(provider, KeepsTasks):
        report = await provider.query(task)
        return lambda _: report
    return lambda _: Failed(Problem(Cause.TASK_LOST, "no_tasks", "this model keeps none"))


def _alike(running: Sequence[Job], report_of: ReportOf) -> list[_Told]:
    """Return what is told of each job; the pictures of an outfit that came to nothing are one."""
    found: dict[object, _Told] = {}
    for job in running:
        report = report_of(job.task_id or "")
        key = (job.outfit, report) if isinstance(report, Failed) else job.id
        if key in found:
            found[key] = replace(found[key], along=(*found[key].along, job))
        else:
            found[key] = _Told(job, report)
    return list(found.values())


async def _stopped(provider: Provider, task_id: str) -> Cancellation:
    return await provider.cancel(task_id) if isinstance(provider, CancelsTasks) else TooLate()
