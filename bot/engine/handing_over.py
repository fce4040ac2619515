"""How an order goes on with another model: as a new job in place of the old one.

Each job keeps the one hold and the one end it has in the ledger: the old one's credits go
back and the new one's price is held in the same transaction, in which also the old job is
closed. The new one keeps the turn, the message and the wish of the old one.
"""

import json

import structlog

from bot.codec import dump_order
from bot.detours import Way
from storage import detours, ledger
from storage.database import Tx
from storage.jobs import Job, NewJob

log = structlog.get_logger(__name__)


class NotAffordable(Exception):  # noqa: N818  names what happened
    """What was to be held is not there: the transaction is undone as a whole."""


def tried(job: Job) -> set[str]:
    """Return the models that an order was taken from, and that it does not go back to."""
    return {str(model) for model in json.loads(job.tried)}


async def go_on(tx: Tx, job: Job, way: Way, now: float, today: str | None = None) -> bool:
    """Let a job go on another way; False and nothing written if it cannot, or not any more.

    Paid from the day of the first hold, where what costs no more is always there, else from
    `today`. Raises `NotAffordable`.
    """
    before = await ledger.held(tx, job.id)
    if before is None:
        return False
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
        return False
    price = (successor_id, way.credits, way.cost, now)
    if not await ledger.carry_over(tx, job.id, *price) and not (
        today and await ledger.hold(tx, before.account, today, *price)
    ):
        msg = f"job {successor_id} of {before.account} for {way.credits} credits"
        raise NotAffordable(msg)
    log.info("job goes on", job=job.id, model=job.model, to=successor_id, by=way.spec.model)
    return True
