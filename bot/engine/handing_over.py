"""How orders go on with another model: as new jobs in place of the old ones.

Each job keeps the one hold and the one end it has in the ledger: the old one's credits go
back and the new one's price is held in the same transaction, in which also the old job is
closed. The new one keeps the turn, the message and the wish of the old one. The pictures of
one order go on together, or not at all.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass

import structlog

from bot.caps import Bill, Obstacle, Price
from bot.caps import obstacle as of_bill
from bot.codec import dump_order
from bot.detours import Way
from storage import detours, groups, ledger
from storage.database import Tx
from storage.jobs import Job, NewJob

log = structlog.get_logger(__name__)


class NotAffordable(Exception):  # noqa: N818  names what happened
    """What was to be held is not there: the transaction is undone as a whole."""


@dataclass(frozen=True, slots=True)
class Move:
    """A job, and the way it goes on."""

    job: Job
    way: Way


def tried(job: Job) -> set[str]:
    """Return the models that an order was taken from, and that it does not go back to."""
    return {str(model) for model in json.loads(job.tried)}


async def obstacle(
    tx: Tx, moves: Sequence[Move], daily_budget: int, day: str | None = None
) -> Obstacle | None:
    """Return what keeps an order from going on; None: nothing does.

    Paid on this day, or each job on the one of its first hold. The budget is the setting.
    """
    first = moves[0].job
    group = None if first.group_id is None else await groups.get(tx, first.chat_id)
    holds = [(move, held) for move in moves if (held := await ledger.held(tx, move.job.id))]
    for on in sorted({day or held.day for _, held in holds}):
        paid = [(move, held) for move, held in holds if (day or held.day) == on]
        ways = [move.way for move, _ in paid]
        price = Price(sum(way.credits for way in ways), sum(way.cost for way in ways))
        before = [held for _, held in paid]
        bill = Bill(before[0].account, first.person_id, group, on, price, before)
        found = await of_bill(tx, bill, daily_budget)
        if found is not None:
            return found
    return None


async def go_on(
    tx: Tx, moves: Sequence[Move], daily_budget: int, now: float, today: str | None = None
) -> None:
    """Let the jobs of an order go on another way. Raises `NotAffordable`.

    Paid from the day of the first hold, where what costs no more is always there, else from
    `today`. The jobs are as they were read in this transaction.
    """
    day = None
    if await obstacle(tx, moves, daily_budget) is not None:
        day = today
        if today is None or await obstacle(tx, moves, daily_budget, today) is not None:
            msg = f"job {moves[0].job.id} for {sum(move.way.credits for move in moves)} credits"
            raise NotAffordable(msg)
    for move in moves:
        await _hand_over(tx, move, now, day)


async def _hand_over(tx: Tx, move: Move, now: float, day: str | None) -> None:
    job, way = move.job, move.way
    successor = NewJob(
        order_key=f"{job.order_key}>{way.spec.model}",
        person_id=job.person_id,
        chat_id=job.chat_id,
        topic_id=job.topic_id,
        language=job.language,
        anchor=job.anchor,
        ordered=dump_order(way.order),
        model=way.spec.model,
        account=way.spec.account,
        credits=way.credits,
        cost=way.cost,
        wished=job.wished or job.ordered,
        wished_credits=job.credits if job.wished_credits is None else job.wished_credits,
        tried=json.dumps(sorted(tried(job) | {job.model})),
        created_at=job.created_at,
    )
    successor_id = await detours.hand_over(tx, job, successor, now)
    if successor_id is None:
        return
    if not await ledger.carry_over(tx, job.id, successor_id, way.credits, way.cost, now, day=day):
        msg = f"job {successor_id} for {way.credits} credits"
        raise NotAffordable(msg)
    log.info("job goes on", job=job.id, model=job.model, to=successor_id, by=way.spec.model)
