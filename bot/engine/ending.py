"""How a job ends without a picture: its credits go back, and its person is told why.

The move, the refund and the words are one transaction, and the compare-and-swap of the
move makes sure that each happens once.
"""

from collections.abc import Sequence

import structlog

from bot.alerts import Alerts
from bot.engine import cards, progress, questions
from bot.engine.questions import Settled
from bot.views import progress as words
from providers.causes import REMEDIES, Cause, Problem, Remedy
from storage import batches, jobs, ledger
from storage.database import Tx
from storage.jobs import Job, JobState

log = structlog.get_logger(__name__)


async def fail(
    tx: Tx,
    job: Job,
    cause: Cause,
    now: float,
    alerts: Alerts,
    problem: Problem | None = None,
    *,
    along: Sequence[Job] = (),
) -> bool:
    """End a job as failed and give its credits back; False if it has moved on meanwhile.

    Whoever follows it ends with it, and so do those `along`: that is told once.
    """
    if not await jobs.move(tx, job.id, job.state, JobState.FAILED, cause=cause, closed_at=now):
        return False
    await ledger.refund(tx, job.id, now, cause)
    ended, back = [job], job.credits
    for other in (*along, *await batches.followers(tx, job.id)):
        if await jobs.move(tx, other.id, other.state, JobState.FAILED, cause=cause, closed_at=now):
            await ledger.refund(tx, other.id, now, cause)
            ended.append(other)
            back += other.credits
    await _settled(tx, ended, Settled.REPLACED, now, back)
    order = progress.order_of(job)
    said = words.failed(job.language, cause, back, job_id=job.id, order=order)
    await cards.ended(tx, job, said, now, must_be_read=True)
    if REMEDIES[cause] in {Remedy.REPORT, Remedy.REPUBLISH}:
        await alerts.tell(tx, cause, now, described(job, problem))
    log.warning("job failed", job=job.id, model=job.model, was=job.state, cause=cause)
    return True


async def cancel(
    tx: Tx,
    job: Job,
    now: float,
    along: Sequence[Job] = (),
    *,
    how: Settled = Settled.GIVEN_BACK,
) -> bool:
    """End a job as cancelled and give its credits back; False if it has moved on meanwhile.

    Whoever follows it ends with it, and so do those `along`. `how` is what an open question
    says in its end.
    """
    if not await jobs.move(tx, job.id, job.state, JobState.CANCELLED, closed_at=now):
        return False
    await ledger.refund(tx, job.id, now, "cancelled")
    ended, back = [job], job.credits
    for other in (*along, *await batches.followers(tx, job.id)):
        if await jobs.move(tx, other.id, other.state, JobState.CANCELLED, closed_at=now):
            await ledger.refund(tx, other.id, now, "cancelled")
            ended.append(other)
            back += other.credits
    await _settled(tx, ended, how, now, back)
    await cards.ended(tx, job, words.cancelled(job.language, back, job_id=job.id), now)
    log.info("job cancelled", job=job.id, model=job.model, was=job.state)
    return True


async def _settled(tx: Tx, ended: Sequence[Job], how: Settled, now: float, back: int) -> None:
    for job in ended:
        if questions.asks(job):
            await questions.settle(tx, job, how, now, back)


async def undeliverable(tx: Tx, job: Job, now: float) -> bool:
    """End a job whose picture Telegram refuses: it was paid, so its price is granted anew."""
    moved = await jobs.move(
        tx, job.id, JobState.DELIVERING, JobState.FAILED, cause=Cause.INTERNAL, closed_at=now
    )
    if moved:
        back = await ledger.make_good(tx, job.id, now, "undeliverable")
        said = words.failed(job.language, Cause.INTERNAL, back, job_id=job.id)
        await cards.ended(tx, job, said, now, must_be_read=True)
    return moved


def described(job: Job, problem: Problem | None) -> str:
    """Return what operators should know: which job, which model, what the service said."""
    said = f": {problem.code} {problem.message}".rstrip() if problem is not None else ""
    return f"job {job.id}, {job.model}{said}"
