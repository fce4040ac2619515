"""What somebody answers when they are asked whether a dearer model may draw their order."""

from collections.abc import Mapping

from bot.caps import Obstacle
from bot.codec import load_order
from bot.detours import way
from bot.dialogue.world import Question
from bot.engine import ending, handing_over, questions
from bot.engine.handing_over import Move
from bot.engine.questions import Settled
from providers.spec import ModelSpec
from storage import jobs
from storage.database import Tx
from storage.jobs import Job


async def question_of(
    tx: Tx, job_id: int, specs: Mapping[str, ModelSpec], today: str, daily_budget: int
) -> Question | None:
    """Return what a job's person is asked, if they are. `daily_budget` is the setting."""
    moves = await _offered(tx, await _asked(tx, job_id), specs)
    if not moves:
        return None
    found = await handing_over.obstacle(tx, moves, daily_budget)
    if found is not None:
        found = await handing_over.obstacle(tx, moves, daily_budget, today)
    return Question(
        number=moves[0].job.offers,
        credits=sum(move.way.credits for move in moves),
        affordable=found not in {Obstacle.CREDITS, Obstacle.LIMIT},
        within_budget=found is not Obstacle.MONEY,
    )


async def take(  # the transaction, what, at which prices, within which budget, when
    tx: Tx,
    job_id: int,
    specs: Mapping[str, ModelSpec],
    daily_budget: int,
    today: str,
    now: float,
) -> None:
    """Let the dearer model draw it, at the price that was asked. Raises `NotAffordable`."""
    moves = await _offered(tx, await _asked(tx, job_id), specs)
    if moves:
        await handing_over.go_on(tx, moves, daily_budget, now, today)
        await questions.settle(tx, moves[0].job, Settled.TAKEN, now)


async def decline(tx: Tx, job_id: int, now: float) -> None:
    """Give the credits back."""
    job = await _asked(tx, job_id)
    if job is not None:
        await ending.cancel(tx, job, now, await questions.asked_along(tx, job))


async def _asked(tx: Tx, job_id: int) -> Job | None:
    job = await jobs.get(tx, job_id)
    return job if job is not None and questions.asks(job) else None


async def _offered(tx: Tx, job: Job | None, specs: Mapping[str, ModelSpec]) -> list[Move]:
    """Return how a job, and those asked about along with it, would go on; empty: not at all."""
    if job is None:
        return []
    spec = specs.get(job.offer or "")
    if spec is None:
        return []
    return [
        Move(one, way(load_order(one.wished or one.ordered), spec, one.offer_credits))
        for one in (job, *await questions.asked_along(tx, job))
    ]
