"""What becomes of a group's orders when the bot can no longer speak there.

What still waits is cancelled and refunded. A picture that is finished goes to the private
chat of whoever ordered it: where they never started one, it waits there until they do.
Everything else that was to be said in the group is of no more use.
"""

from dataclasses import replace

import structlog

from bot.codec import Unreadable, dump_outgoing, load_outgoing
from bot.engine import ending
from bot.messages import Content, Send
from bot.views.phrases import credits_
from bot.views.texts import text
from storage import groups, jobs, outbox, sessions, worklists
from storage.database import Tx
from storage.jobs import Job
from storage.outbox import NewRow, Row

log = structlog.get_logger(__name__)


async def gone(tx: Tx, chat_id: int, now: float, reason: str) -> None:
    """Take leave of a group: the bot was removed, or the group is no more. Safe to repeat."""
    group = await groups.get(tx, chat_id)
    if group is not None and group.gone_since is None:
        await groups.set_gone(tx, group.id, now)
    for job in await worklists.waiting_in(tx, chat_id):
        if await ending.cancel(tx, job, now):
            await _tell_refund(tx, job, now)
    await silenced(tx, chat_id, now, reason)


async def silenced(tx: Tx, chat_id: int, now: float, reason: str) -> None:
    """Drop what was to be said in a group, but send its pictures to their people."""
    for row in await outbox.pictures_for(tx, chat_id):
        await to_private(tx, row, now)
    await outbox.drop(tx, chat_id, reason, now)


async def to_private(tx: Tx, row: Row, now: float) -> bool:
    """Send a job's picture to its person instead; False if the row holds none."""
    try:
        message = load_outgoing(row.payload)
    except Unreadable:
        return False
    if not isinstance(message, Send) or message.job_id is None:
        return False
    job = await jobs.get(tx, message.job_id)
    if job is None:
        return False
    private = await for_private(tx, job, message, "group.picture")
    await outbox.redirect(tx, row.id, job.person_id, dump_outgoing(private), now)
    log.info("picture goes to the private chat", job=job.id)
    return True


async def for_private(tx: Tx, job: Job, message: Send, key: str) -> Send:
    """Return the message with a group's picture as its person gets it: `key` says where from."""
    group = await groups.get(tx, job.chat_id)
    where = text(job.language, key, group=group.title if group else "…")
    content = replace(message.content, text=f"{where}\n\n{message.content.text}")
    return replace(message, content=content, topic_id=0, reply_to=None)


async def _tell_refund(tx: Tx, job: Job, now: float) -> None:
    """Tell those who have a private chat with the bot; the group is told no more."""
    if not await sessions.in_private(tx, job.person_id):
        return
    group = await groups.get(tx, job.chat_id)
    said = text(
        job.language,
        "group.refunded",
        group=group.title if group else "…",
        credits=credits_(job.language, job.credits),
    )
    row = NewRow(job.person_id, dump_outgoing(Send(Content(said))))
    await outbox.add(tx, [row], now)
