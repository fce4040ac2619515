"""What is asked of somebody whose order only a dearer model can draw.

A question is a message of its own, because an edited one makes no sound. It is numbered: a
job may have several in a row, and the button of an old one must do nothing. When it is
settled, whichever way, its message says so and loses its buttons. The pictures of one order
are asked about once: the first job asks, the others wait silently for what becomes of it.
"""

from collections.abc import Sequence
from enum import StrEnum

from bot.codec import dump_outgoing, load_order
from bot.engine import progress
from bot.engine.handing_over import Move
from bot.messages import Edit, Send
from bot.views import detour as words
from storage import batches, jobs, outbox
from storage.batches import TOGETHER
from storage.database import Tx
from storage.jobs import Job, JobState
from storage.outbox import NewRow

PATIENCE = 24 * 3600.0  # seconds that a question waits for its answer


class Settled(StrEnum):
    """How a question came to its end. Each has its own text."""

    TAKEN = "taken"
    GIVEN_BACK = "given_back"
    UNANSWERED = "unanswered"
    BACK = "back"  # what was ordered can be drawn after all
    CHEAPER = "cheaper"  # another model draws it for no more
    REPLACED = "replaced"  # another question, or none any more


def asks(job: Job) -> bool:
    """Tell whether a job has an open question of its own."""
    return job.state is JobState.OFFERED and job.shown != TOGETHER


async def asked_along(tx: Tx, job: Job) -> list[Job]:
    """Return the other jobs that a job's question is about."""
    others = await batches.others_of_card(tx, job, {JobState.OFFERED})
    return [one for one in others if one.model == job.model]


async def ask(tx: Tx, moves: Sequence[Move], now: float) -> None:
    """Ask an order's person whether a dearer model may draw it; an older question is settled."""
    (job, way), number = (moves[0].job, moves[0].way), moves[0].job.offers + 1
    if asks(job):
        await settle(tx, job, Settled.REPLACED, now)
    for move in moves:
        first = move.job.id == job.id
        await _offer(tx, move, now, f"asked:{number}" if first else TOGETHER)
    prices = (sum(move.job.credits for move in moves), sum(move.way.credits for move in moves))
    question = words.question(
        job.language,
        job.id,
        number,
        wished=load_order(job.wished or job.ordered),
        way=way,
        prices=prices,
        pictures=len(moves),
    )
    sent = Send(
        question,
        topic_id=job.topic_id,
        reply_to=progress.answered(job),
        anchor=_anchor(job, number),
    )
    await outbox.add(tx, [NewRow(job.chat_id, dump_outgoing(sent))], now)
    await progress.say(tx, job, words.asked(job.language, job_id=job.id), now)


async def _offer(tx: Tx, move: Move, now: float, shown: str) -> None:
    job, way = move.job, move.way
    offered: dict[str, object] = {
        "offer": way.spec.model,
        "offer_credits": way.credits,
        "offers": job.offers + 1,
        "due_at": now + PATIENCE,
        "shown": shown,
        "follows": None,
    }
    if job.state is JobState.OFFERED:
        await jobs.change(tx, job.id, job.state, **offered)
    else:
        await jobs.move(tx, job.id, job.state, JobState.OFFERED, **offered)
        await batches.set_free(tx, job.id)


async def settle(tx: Tx, job: Job, how: Settled, now: float, back: int = 0) -> None:
    """Let an open question's message say how it came to its end, without buttons.

    `back`: the credits that were given back, if it ended so.
    """
    anchor = _anchor(job, job.offers)
    said = dump_outgoing(Edit(anchor, words.settled(job.language, how, back)))
    await outbox.add(tx, [NewRow(job.chat_id, said, edits=anchor)], now)


def _anchor(job: Job, number: int) -> str:
    return f"{job.anchor}?{job.id}.{number}"
