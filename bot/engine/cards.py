"""One card for several pictures: what it shows, and what is said beside it.

Jobs of one order may share the message that shows their progress. As long as all of them fare
alike the card says so as for a single one; once they do not, it counts. A picture that comes
to nothing has a message of its own then, with what to do about it.
"""

from dataclasses import replace

from bot.codec import dump_outgoing
from bot.engine import progress
from bot.messages import Content, Send
from bot.views import several
from storage import batches, outbox
from storage.database import Tx
from storage.jobs import CLOSED, GIVEN_UP, Job, JobState
from storage.outbox import NewRow

HERE = frozenset({JobState.DELIVERING, JobState.DONE})


async def ended(
    tx: Tx, job: Job, content: Content, now: float, *, must_be_read: bool = False
) -> None:
    """Show how a job ended, `content` being what is said of one that had the card alone."""
    together = await batches.of_card(tx, job)
    states = {one.state for one in together}
    alike = len(states) == 1 or (bool(states) and states <= HERE)
    if len(together) == 1 or (alike and states <= GIVEN_UP):
        await progress.say(tx, job, content, now, must_be_read=must_be_read)
        return
    if must_be_read:
        beside = Send(content, topic_id=job.topic_id, reply_to=progress.answered(job))
        await outbox.add(tx, [NewRow(job.chat_id, dump_outgoing(beside))], now)
    await progress.say(tx, job, _counted(job.language, together), now)


async def numbered(tx: Tx, job: Job, content: Content) -> Content:
    """Return a picture's caption with which picture it is, where its order has several."""
    if job.outfit is None or job.sample is None:
        return content
    together = await batches.of_card(tx, job)
    outfits = len({one.outfit for one in together})
    samples = sum(one.outfit == job.outfit for one in together)
    if outfits * samples == 1:
        return content
    title = several.which(
        job.language, outfit=(job.outfit + 1, outfits), picture=(job.sample + 1, samples)
    )
    return replace(content, text=f"{content.text}\n{title}")


def _counted(language: str, together: list[Job]) -> Content:
    here = sum(job.state in HERE for job in together)
    failed = sum(job.state in GIVEN_UP for job in together)
    over = all(job.state in CLOSED | HERE for job in together)
    return several.counted(language, here=here, failed=failed, of=len(together), over=over)
