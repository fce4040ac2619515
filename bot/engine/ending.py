"""How a job ends without a picture: its credits go back, and its person is told why.

The move, the refund and the words are one transaction, and the compare-and-swap of the
move makes sure that each happens once.
"""

import structlog

from bot.alerts import Alerts
from bot.engine import progress, questions
from bot.engine.questions import Settled
from bot.views import progress as words
from providers.causes import REMEDIES, Cause, Problem, Remedy
from storage import jobs, ledger
from storage.database import Tx
from storage.jobs import Job, JobState

log = structlog.get_logger(__name__)


async def fail(
    tx: Tx, job: Job, cause: Cause, now: float, alerts: Alerts, problem: Problem | None = None
) -> bool:
    """End a job as failed and give its credits back; False if it has moved on meanwhile."""
    if not await jobs.move(tx, job.id, job.state, JobState.FAILED, cause=cause, closed_at=now):
        return False
    await ledger.refund(tx, job.id, now, cause)
    if job.state is JobState.OFFERED:
        await questions.settle(tx, job, Settled.REPLACED, now)
    order = progress.order_of(job)
    said = words.failed(job.language, cause, job.credits, job_id=job.id, order=order)
    await progress.say(tx, job, said, now, must_be_read=True)
    if REMEDIES[cause] in {Remedy.REPORT, Remedy.REPUBLISH}:
        await alerts.tell(tx, cause, now, described(job, problem))
    log.warning("job failed", job=job.id, model=job.model, was=job.state, cause=cause)
    return True


async def cancel(tx: Tx, job: Job, now: float, how: Settled = Settled.GIVEN_BACK) -> bool:
    """End a job as cancelled and give its credits back; False if it has moved on meanwhile.

    `how` is what an open question says in its end.
    """
    if not await jobs.move(tx, job.id, job.state, JobState.CANCELLED, closed_at=now):
        return False
    await ledger.refund(tx, job.id, now, "cancelled")
    if job.state is JobState.OFFERED:
        await questions.settle(tx, job, how, now)
    await progress.say(tx, job, words.cancelled(job.language, job.credits, job_id=job.id), now)
    log.info("job cancelled", job=job.id, model=job.model, was=job.state)
    return True


async def undeliverable(tx: Tx, job: Job, now: float) -> bool:
    """End a job whose picture Telegram refuses: it was paid, so its price is granted anew."""
    moved = await jobs.move(
        tx, job.id, JobState.DELIVERING, JobState.FAILED, cause=Cause.INTERNAL, closed_at=now
    )
    if moved:
        back = await ledger.make_good(tx, job.id, now, "undeliverable")
        said = words.failed(job.language, Cause.INTERNAL, back, job_id=job.id)
        await progress.say(tx, job, said, now, must_be_read=True)
    return moved


def described(job: Job, problem: Problem | None) -> str:
    """Return what operators should know: which job, which model, what the service said."""
    said = f": {problem.code} {problem.message}".rstrip() if problem is not None else ""
    return f"job {job.id}, {job.model}{said}"
