"""The room that brings finished pictures home and hands them to the outbox.

A picture is downloaded at once, checked to be one, and then stored, paid and put into the
outbox in one transaction: from there on it is delivered or waits for its owner, but is
never paid for without being there.
"""

import json
from dataclasses import replace

import structlog

from bot import schedule
from bot.codec import dump_outgoing, load_order
from bot.engine import cards, ending, leaving, progress
from bot.engine.asking import started
from bot.engine.pausing import held_models
from bot.engine.room import Room
from bot.messages import Delivery, Send, StoredPicture
from bot.orders import Order, refinable
from bot.photos import PictureInfo
from bot.views import progress as words
from providers.base import Collected, Failed, NoAnswer
from providers.causes import Cause, Problem
from storage import halves, jobs, ledger, outbox, pictures, worklists
from storage.database import Tx
from storage.halves import Outcome
from storage.jobs import Job, JobState
from storage.outbox import NewRow, Rank

POINTS = (
    "engine.collect.before",
    "engine.collect.after",
    "engine.delivering.before_commit",
    "engine.delivering.after_commit",
    "engine.not_collected.before_commit",
    "engine.not_collected.after_commit",
)

log = structlog.get_logger(__name__)


class Collecting(Room):
    """Moves jobs from `collecting` to `delivering`."""

    async def round(self) -> float | None:
        """Begin to collect whatever is due."""
        if not self.free:
            return None
        now, state = self.tools.clock.now(), JobState.COLLECTING
        async with self.tools.db.reading() as tx:
            due = await worklists.in_state(tx, state, now, limit=self.free, leave_out=self.busy)
            for job in due:
                if job.model in self.tools.providers:
                    self.begin(job, self._collect(job))
            return await worklists.next_due(tx, state, self.busy)

    async def _collect(self, job: Job) -> None:
        url = json.loads(job.result_urls or "[]")[0]
        self.tools.on_point("engine.collect.before")
        found = await self.tools.providers[job.model].collect(url)
        self.tools.on_point("engine.collect.after")
        match found:
            case Collected(data):
                info = await self.tools.studio.check_picture(data)
                if info is None:
                    await self._failed(job, Problem(Cause.RESULT_UNUSABLE))
                else:
                    await self._deliver(job, data, info)
            case Failed(problem):
                await self._failed(job, problem)
            case NoAnswer(problem, retry_after):
                await self._again(job, problem, retry_after)

    async def _deliver(self, job: Job, data: bytes, info: PictureInfo) -> None:
        async with self.tools.step("delivering") as tx:
            now = self.tools.clock.now()
            if not await jobs.move(
                tx, job.id, JobState.COLLECTING, JobState.DELIVERING, retries=0, due_at=now
            ):
                return
            picture_id = await pictures.put(tx, data, info.media_type, info.width, info.height, now)
            await jobs.change(tx, job.id, JobState.DELIVERING, picture_id=picture_id)
            await ledger.commit(tx, job.id, now)
            await self._hand_out(tx, job, picture_id, now)
        log.info("picture collected", job=job.id, model=job.model, queries=job.queries)

    async def _hand_out(self, tx: Tx, job: Job, picture_id: str, now: float) -> None:
        seconds = (job.ended_at or now) - started(job)
        order = load_order(job.ordered)
        half, refine = await halves.get(tx, job.id), await self._refines(tx, job, order, now)
        lost = None if half is None or half.outcome is Outcome.FOUND else half.outcome
        content = words.result(
            job.language, job.id, order, job.model, seconds, half_lost=lost, refine=refine
        )
        content = await cards.numbered(tx, job, content)
        result = Send(
            replace(content, picture=StoredPicture(picture_id)),
            topic_id=job.topic_id,
            reply_to=progress.answered(job),
            delivers=Delivery.RESULT,
            job_id=job.id,
        )
        if job.results_to is not None:
            result = await leaving.for_private(tx, job, result, "group.picture_private")
        chat, said = job.results_to or job.chat_id, dump_outgoing(result)
        await outbox.add(tx, [NewRow(chat, said, job_id=job.id, rank=Rank.PICTURE)], now)
        done = words.done(job.language, elsewhere=job.results_to is not None)
        await cards.ended(tx, job, done, now)

    async def _refines(self, tx: Tx, job: Job, order: Order, now: float) -> bool:
        """Tell whether this picture can be refined, and somebody is there to do it."""
        spec = self.tools.specs[job.model]
        if not refinable(order, spec) or spec.refines_with not in self.tools.specs:
            return False
        return spec.refines_with not in await held_models(tx, self.tools.specs, now)

    async def _failed(self, job: Job, problem: Problem) -> None:
        """Give the credits back. Not tried again: the task was paid, and may not be twice."""
        async with self.tools.step("not_collected") as tx:
            fresh = await jobs.get(tx, job.id)
            if fresh is not None and fresh.state is JobState.COLLECTING:
                now = self.tools.clock.now()
                await ending.fail(tx, fresh, problem.cause, now, self.tools.alerts, problem)

    async def _again(self, job: Job, problem: Problem, retry_after: float | None) -> None:
        tries = job.retries + 1
        if tries >= self.tools.rules.tries:
            await self._failed(job, Problem(Cause.RESULT_UNUSABLE, problem.code, problem.message))
            return
        async with self.tools.step("not_collected") as tx:
            due = self.tools.clock.now() + schedule.again(tries, retry_after)
            await jobs.change(tx, job.id, JobState.COLLECTING, retries=tries, due_at=due)
