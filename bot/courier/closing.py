"""When a chat does not take a message, or no pictures: where they go, and who is told.

A person's chat keeps everything until they write again. A group that is gone keeps
nothing: its pictures go to their people in private.
"""

from dataclasses import replace

from bot.codec import dump_outgoing
from bot.courier.outcomes import Closed, Muted, NoPictures, TopicGone
from bot.engine import leaving, progress
from bot.messages import Content, Link, Outgoing, Send
from bot.views.texts import plain, text
from storage import groups, jobs, notices, outbox, people
from storage.database import Tx
from storage.outbox import NewRow, Row

NO_PICTURES = "no_pictures"  # the notice that the bot may send none in a group


async def not_taken(
    tx: Tx,
    row: Row,
    message: Outgoing | None,
    outcome: Closed | Muted | NoPictures | TopicGone,
    now: float,
) -> None:
    """Do what is to be done with a message, and with all that waits behind it."""
    reason = outcome.reason
    match outcome:
        case TopicGone():
            await _outside_its_topic(tx, row, message, reason, now)
        case _ if row.chat_id > 0:
            await outbox.park(tx, row.chat_id, reason)
            await people.set_blocked(tx, row.chat_id, now)
            await _invite(tx, row, outcome, now)
        case Closed():
            await leaving.gone(tx, row.chat_id, now, reason)
        case Muted():
            await leaving.silenced(tx, row.chat_id, now, reason)
        case NoPictures():
            await _without_picture(tx, row, message, reason, now)


async def _invite(
    tx: Tx, row: Row, outcome: Closed | Muted | NoPictures | TopicGone, now: float
) -> None:
    """Tell somebody in their group, once, how to get the pictures that wait for them."""
    job = await jobs.get(tx, row.job_id) if row.job_id is not None else None
    group = None if job is None or job.chat_id > 0 else await groups.get(tx, job.chat_id)
    if job is None or group is None or group.gone_since is not None:
        return
    if not await notices.first_time(tx, job.chat_id, notices.to_begin(row.chat_id), now):
        return
    content = Content(text(job.language, "group.begin"))
    if isinstance(outcome, Closed) and outcome.bot:
        way = f"https://t.me/{outcome.bot}?start=picture"
        content = replace(content, link=Link(plain(job.language, "group.private"), way))
    said = Send(content, topic_id=job.topic_id, reply_to=progress.answered(job))
    await outbox.add(tx, [NewRow(job.chat_id, dump_outgoing(said))], now)


async def _without_picture(
    tx: Tx, row: Row, message: Outgoing | None, reason: str, now: float
) -> None:
    """Send a job's picture in private and say so once; of anything else, send the words."""
    if await leaving.to_private(tx, row, now):
        await _say_once(tx, row, message, now)
    elif isinstance(message, Send) and message.content.picture is not None:
        words = replace(message.content, picture=None)
        without = replace(message, content=words, as_file=False)
        await outbox.rewrite(tx, row.id, dump_outgoing(without), reason)
    else:
        await outbox.fail(tx, row.id, reason, now)


async def _outside_its_topic(
    tx: Tx, row: Row, message: Outgoing | None, reason: str, now: float
) -> None:
    """Say it outside the topic, once."""
    if isinstance(message, Send) and message.topic_id:
        await outbox.rewrite(tx, row.id, dump_outgoing(replace(message, topic_id=0)), reason)
    else:
        await outbox.fail(tx, row.id, reason, now)


async def _say_once(tx: Tx, row: Row, message: Outgoing | None, now: float) -> None:
    if not isinstance(message, Send) or message.job_id is None:
        return
    job = await jobs.get(tx, message.job_id)
    if job is None:
        return
    if await notices.first_time(tx, row.chat_id, NO_PICTURES, now):
        said = Send(
            Content(text(job.language, "group.no_pictures")),
            topic_id=message.topic_id,
            reply_to=message.reply_to,
        )
        await outbox.add(tx, [NewRow(row.chat_id, dump_outgoing(said))], now)
