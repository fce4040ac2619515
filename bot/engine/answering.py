"""What somebody answers when they are asked whether a dearer model may draw their order."""

from collections.abc import Mapping

from bot.codec import load_order
from bot.detours import way
from bot.dialogue.world import Question
from bot.engine import ending, handing_over, questions
from bot.engine.questions import Settled
from providers.spec import ModelSpec
from storage import jobs, ledger
from storage.database import Tx
from storage.jobs import Job, JobState


async def question_of(
    tx: Tx, job_id: int, specs: Mapping[str, ModelSpec], today: str, budget: int
) -> Question | None:
    """Return what a job's person is asked, if they are.

    `budget` is the money that may still be spent today, in thousandths of a CNY.
    """
    job = await _asked(tx, job_id)
    spec = specs.get(job.offer or "") if job is not None else None
    if job is None or spec is None or job.offer_credits is None:
        return None
    before = await ledger.held(tx, job.id)
    if before is None:
        return None
    back = before.cost if before.day == today else 0
    dearer = way(load_order(job.wished or job.ordered), spec)
    return Question(
        number=job.offers,
        credits=job.offer_credits,
        affordable=await _affordable(tx, before, job.offer_credits, today),
        within_budget=dearer.cost - back <= budget,
    )


async def _affordable(tx: Tx, before: ledger.Held, price: int, today: str) -> bool:
    """Tell whether the price is there, on the day of the first hold or today."""
    on_its_day = await ledger.balance(tx, before.account, before.day)
    now = await ledger.balance(tx, before.account, today)
    there = (on_its_day.total + before.daily, now.total)
    return max(there) + before.extra >= price


async def take(tx: Tx, job_id: int, specs: Mapping[str, ModelSpec], today: str, now: float) -> None:
    """Let the dearer model draw it, at the price that was asked. Raises `NotAffordable`."""
    job = await _asked(tx, job_id)
    spec = specs.get(job.offer or "") if job is not None else None
    if job is None or spec is None or job.offer_credits is None:
        return
    dearer = way(load_order(job.wished or job.ordered), spec, job.offer_credits)
    if await handing_over.go_on(tx, job, dearer, now, today):
        await questions.settle(tx, job, Settled.TAKEN, now)


async def decline(tx: Tx, job_id: int, now: float) -> None:
    """Give the credits back."""
    job = await _asked(tx, job_id)
    if job is not None:
        await ending.cancel(tx, job, now)


async def _asked(tx: Tx, job_id: int) -> Job | None:
    job = await jobs.get(tx, job_id)
    return job if job is not None and job.state is JobState.OFFERED else None
