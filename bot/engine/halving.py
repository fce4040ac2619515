"""The room of the stage before a try-on: what the person keeps on is cut out of their photo.

A helper model of the same account is asked, and what it cuts out goes to the try-on as a
garment. The question costs next to nothing and leaves nothing behind, so a lost answer is
asked for again, a few times. Where there is nothing to cut out, or the helper does not do it,
the order goes on without: that is written down, and told with the picture.
"""

from dataclasses import replace

import structlog

from bot import schedule
from bot.codec import load_order
from bot.engine import ending, pausing
from bot.engine.inputs import Inputs
from bot.engine.room import Room
from bot.orders import Slot, kept_half
from providers.base import Cut, CutOut, KeepsHalves, NoAnswer, NotWorn, Refused, Segmenter
from providers.causes import REMEDIES, Cause, Problem, Remedy
from providers.spec import HelperSpec
from providers.wishes import Wear
from storage import halves, jobs, pauses
from storage.database import Tx
from storage.halves import Half, Outcome
from storage.jobs import Job, JobState

POINTS = (
    "engine.asking.before_commit",
    "engine.asking.after_commit",
    "engine.cut.before",
    "engine.cut.after",
    "engine.halved.before_commit",
    "engine.halved.after_commit",
)

SKIPPED = "half_skipped"
"""What the operators are told, at most once an hour."""

PASSING = frozenset({Remedy.WAIT, Remedy.RESUBMIT, Remedy.REPUBLISH})
ABOUT_THE_PHOTO = frozenset({Cause.PERSON_UNCLEAR, Cause.PHOTO_UNFIT})
"""The helper makes out nobody, or too little: the try-on may see better."""

log = structlog.get_logger(__name__)


class Halving(Room):
    """Works on jobs in `preparing` whose photos are published and whose stage is open."""

    async def round(self) -> float | None:
        """Begin the next question, if its helper's pace allows it."""
        if not self.free:
            return None
        now = self.tools.clock.now()
        async with self.tools.db.reading() as tx:
            paused = await pausing.paused_models(tx, self.tools.specs, now)
            models = self.tools.specs.keys() - paused.keys()
            job = await halves.next_open(tx, models, self.busy)
            due = await self._due(tx, job) if job is not None else None
        ends = [pause.until for pause in paused.values() if pause.until is not None]
        if job is None or due is None:
            return min(ends, default=None)
        if due > now:
            return min([*ends, due])
        await self._ask(job, now)
        return now

    async def _due(self, tx: Tx, job: Job) -> float:
        """Return when a job's helper may be asked, by the pace that the table tells of."""
        due, segmenter = await halves.due(tx, job.id), self._segmenter(job)
        if segmenter is None:
            return due
        last = await halves.last_asked(tx, segmenter.spec.model) or 0.0
        return max(due, last + 1 / segmenter.spec.calls_per_second)

    async def _ask(self, job: Job, now: float) -> None:
        """Write down that the helper is being asked, then ask it beside the round."""
        segmenter, garment = self._segmenter(job), _kept(job)
        async with self.tools.step("asking") as tx:
            fresh = await jobs.get(tx, job.id)
            if fresh is None or fresh.inputs != job.inputs:
                return
            published = Inputs.load(job.inputs or "").for_helper
            if segmenter is None or garment is None or published is None:
                await halves.settle(tx, job.id, Outcome.SKIPPED)
                return
            if await self._switched_off(tx, segmenter.spec, now):
                await halves.settle(tx, job.id, Outcome.SKIPPED)
                return
            await halves.ask(tx, job.id, now)
        self.begin(job, self._cut(job, segmenter, published.url, garment))

    async def _switched_off(self, tx: Tx, helper: HelperSpec, now: float) -> bool:
        return pauses.of_model(helper.model) in await pauses.active(tx, now)

    async def _cut(self, job: Job, segmenter: Segmenter, url: str, garment: Wear) -> None:
        self.tools.on_point("engine.cut.before")
        found = await segmenter.cut_out(url, garment)
        self.tools.on_point("engine.cut.after")
        async with self.tools.step("halved") as tx:
            fresh, half = await jobs.get(tx, job.id), await halves.get(tx, job.id)
            waiting = fresh is not None and fresh.state is JobState.PREPARING
            if waiting and half is not None and fresh is not None and fresh.inputs == job.inputs:
                await self._note(tx, fresh, half, found, garment)

    async def _note(self, tx: Tx, job: Job, half: Half, found: Cut, garment: Wear) -> None:
        match found:
            case CutOut(url):
                inputs = replace(Inputs.load(job.inputs or ""), kept={Slot(garment): url})
                await jobs.change(tx, job.id, job.state, inputs=inputs.dump())
                await halves.settle(tx, job.id, Outcome.FOUND)
                await pauses.lift(tx, pauses.of_model(half.helper))
            case NotWorn():
                await halves.settle(tx, job.id, Outcome.MISSING)
            case NoAnswer(problem, retry_after):
                await self._again(tx, job, half, problem, retry_after)
            case Refused(problem, retry_after):
                await self._refused(tx, job, half, problem, retry_after)

    async def _refused(
        self, tx: Tx, job: Job, half: Half, problem: Problem, retry_after: float | None
    ) -> None:
        now = self.tools.clock.now()
        if REMEDIES[problem.cause] in PASSING:
            await self._again(tx, job, half, problem, retry_after)
        elif problem.cause is Cause.CONTENT_REFUSED:
            await ending.fail(tx, job, problem.cause, now, self.tools.alerts, problem)
        elif problem.cause in ABOUT_THE_PHOTO:
            await halves.settle(tx, job.id, Outcome.MISSING)
        else:
            await self._skip(tx, job, half, problem)

    async def _again(
        self, tx: Tx, job: Job, half: Half, problem: Problem, retry_after: float | None
    ) -> None:
        """Ask once more later; what may have been paid is not asked as often as what was not."""
        rules, throttled = self.tools.rules, problem.cause is Cause.THROTTLED
        if half.tries >= (rules.tries if throttled else rules.lost_submits):
            await self._skip(tx, job, half, problem)
            return
        due = self.tools.clock.now() + schedule.again(half.tries, retry_after)
        await halves.put_off(tx, job.id, due)

    async def _skip(self, tx: Tx, job: Job, half: Half, problem: Problem) -> None:
        """Let the order go on without, and the operators know; a helper that is gone is left."""
        now, remedy = self.tools.clock.now(), REMEDIES[problem.cause]
        await halves.settle(tx, job.id, Outcome.SKIPPED)
        said = f"job {job.id}, {half.helper}: {problem.code} {problem.message}".rstrip()
        await self.tools.alerts.tell(tx, SKIPPED, now, said)
        if remedy is Remedy.DROP_MODEL:
            scope = pauses.of_model(half.helper)
            before = await pauses.get(tx, scope)
            until = now + schedule.pause(remedy, before.count + 1 if before else 1)
            await pauses.pause(tx, scope, problem.cause, until, now)
        log.warning("half skipped", job=job.id, model=half.helper, cause=problem.cause)

    def _segmenter(self, job: Job) -> Segmenter | None:
        provider = self.tools.providers.get(job.model)
        return provider.segmenter if isinstance(provider, KeepsHalves) else None


def _kept(job: Job) -> Wear | None:
    """Return the garment that a job's person keeps on."""
    return kept_half(load_order(job.ordered))
