"""What is asked of somebody whose order only a dearer model can draw.

A question is a message of its own, because an edited one makes no sound. It is numbered: a
job may have several in a row, and the button of an old one must do nothing. When it is
settled, whichever way, its message says so and loses its buttons.
"""

from enum import StrEnum

from bot.codec import dump_outgoing, load_order
from bot.detours import Way
from bot.engine import progress
from bot.messages import Edit, Send
from bot.views import detour as words
from storage import batches, jobs, outbox
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


async def ask(tx: Tx, job: Job, way: Way, now: float) -> None:
    """Ask a job's person whether a dearer model may draw it; an older question is settled."""
    number = job.offers + 1
    asked: dict[str, object] = {
        "offer": way.spec.model,
        "offer_credits": way.credits,
        "offers": number,
        "due_at": now + PATIENCE,
        "shown": f"asked:{number}",
        "follows": None,
    }
    if job.state is JobState.OFFERED:
        await jobs.change(tx, job.id, job.state, **asked)
        await settle(tx, job, Settled.REPLACED, now)
    else:
        await jobs.move(tx, job.id, job.state, JobState.OFFERED, **asked)
        await batches.set_free(tx, job.id)
    wished = load_order(job.wished or job.ordered)
    question = words.question(
        job.language, job.id, number, wished=wished, way=way, credits=job.credits
    )
    sent = Send(
        question,
        topic_id=job.topic_id,
        reply_to=progress.answered(job),
        anchor=_anchor(job, number),
    )
    await outbox.add(tx, [NewRow(job.chat_id, dump_outgoing(sent))], now)
    await progress.say(tx, job, words.asked(job.language, job_id=job.id), now)


async def settle(tx: Tx, job: Job, how: Settled, now: float) -> None:
    """Let an open question's message say how it came to its end, without buttons."""
    anchor = _anchor(job, job.offers)
    said = dump_outgoing(Edit(anchor, words.settled(job.language, how, job.credits)))
    await outbox.add(tx, [NewRow(job.chat_id, said, edits=anchor)], now)


def _anchor(job: Job, number: int) -> str:
    return f"{job.anchor}?{job.id}.{number}"
