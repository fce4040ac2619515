"""What people read while they wait: one message per job, edited at milestones.

The milestones: a place in the queue, held, being drawn, and how it ended. `jobs.shown`
says which of them the message shows, so an edit is only made where something has changed,
and none is forgotten by a restart. When which is due is left to the rooms.
"""

from bot.codec import Unreadable, dump_outgoing, load_order
from bot.messages import Content, Edit, orderers_message
from bot.orders import Order
from bot.schedule import Runtimes
from bot.views import detour
from bot.views import progress as words
from providers.base import Stage
from storage import jobs, outbox
from storage.batches import TOGETHER
from storage.database import Tx
from storage.jobs import Job, JobState
from storage.outbox import NewRow, Rank

HELD = "held"
_NOTHING_DRAWN = frozenset({JobState.OFFERED, JobState.CANCELLED})
TAKES_LONG = 2.0  # times the usual runtime, after which no time is promised any more


def order_of(job: Job) -> Order | None:
    """Return what was ordered; None if it cannot be read, which must not stop its end."""
    try:
        return load_order(job.ordered)
    except Unreadable:
        return None


def answered(job: Job) -> str:
    """Return the anchor of what a job's picture answers: in a group, what its person wrote."""
    return orderers_message(job.anchor) if job.chat_id < 0 else job.anchor


async def say(
    tx: Tx, job: Job, content: Content, now: float, *, must_be_read: bool = False
) -> None:
    """Let a job's progress message show this; what must be read comes anew if it is gone."""
    order = order_of(job)
    said = words.titled(job.language, order, content) if order is not None else content
    if order is not None and job.wished is not None and job.wished_credits is not None:
        fresh = await jobs.get(tx, job.id)
        if fresh is None or fresh.state not in _NOTHING_DRAWN:
            wished = (load_order(job.wished), job.wished_credits)
            said = detour.noted(job.language, said, wished, (order, job.credits))
    message = dump_outgoing(Edit(job.anchor, said, or_anew=must_be_read, topic_id=job.topic_id))
    rank = Rank.TALK if must_be_read else Rank.PROGRESS
    await outbox.add(tx, [NewRow(job.chat_id, message, edits=job.anchor, rank=rank)], now)


async def tell_place(tx: Tx, job: Job, place: int, wait: float, now: float) -> None:
    """Tell a waiting person their place and when to expect the picture, in seconds."""
    if await jobs.change(tx, job.id, job.state, shown=f"queued:{place}"):
        said = words.queued(job.language, job_id=job.id, position=place, wait_seconds=wait)
        await say(tx, job, said, now)


async def tell_held(tx: Tx, job: Job, reason: str, now: float) -> None:
    """Tell a waiting person that their order is kept, but that the service is paused, and why."""
    if await jobs.change(tx, job.id, job.state, shown=HELD):
        await say(tx, job, words.held(job.language, reason, job_id=job.id), now)


async def tell_drawing(tx: Tx, job: Job, stage: Stage, runtimes: Runtimes, now: float) -> bool:
    """Tell that the picture is being drawn; the cancel button stays while it is of use.

    False: the message says so already.
    """
    age = now - (job.submitted_at or now)
    late = age > TAKES_LONG * runtimes.mean
    shown = f"drawing:{stage}{':long' if late else ''}"
    if job.shown in {shown, TOGETHER} or job.cancel_asked:
        return False
    if not await jobs.change(tx, job.id, job.state, shown=shown):
        return False
    said = words.drawing(
        job.language,
        job_id=job.id,
        wait_seconds=None if late else max(0.0, runtimes.mean - age),
        cancellable=stage is Stage.PENDING,
    )
    await say(tx, job, said, now)
    return True
