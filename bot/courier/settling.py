"""What became of a message, written down: in the outbox, at its anchor, in its job."""

from dataclasses import replace

import structlog

from bot.alerts import Alerts
from bot.codec import dump_outgoing
from bot.courier import closing
from bot.courier.calls import without_markup
from bot.courier.outcomes import (
    Away,
    Broken,
    Closed,
    Flood,
    Moved,
    Muted,
    NoPictures,
    Outcome,
    Pointless,
    Refused,
    Sent,
    TopicGone,
    Unparsable,
)
from bot.engine import ending, moving
from bot.messages import Delivery, Edit, Outgoing, Send, StripButtons
from storage import jobs, outbox
from storage.database import Tx
from storage.jobs import JobState
from storage.outbox import Row

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 300.0  # seconds between tries, doubling
TRIES = 40  # some three hours
BROKEN_TRIES = 3
ANSWER_TRIES = 4  # a press is forgotten by Telegram before many more

log = structlog.get_logger(__name__)


async def settle(
    tx: Tx, row: Row, message: Outgoing | None, outcome: Outcome, now: float, alerts: Alerts
) -> None:
    """Write down what became of a row. `message` None: the row could not be read."""
    match outcome:
        case Sent():
            await _sent(tx, row, message, outcome, now)
        case Flood(seconds):
            await outbox.postpone(tx, row.id, now + seconds, "429")
        case Away(reason):
            await _again(tx, row, message, reason, now, alerts)
        case Closed() | Muted() | NoPictures() | TopicGone():
            await closing.not_taken(tx, row, message, outcome, now)
        case Moved(chat_id):
            await moving.moved(tx, row.chat_id, chat_id, now)
        case Pointless(reason):
            await _pointless(tx, row, message, reason, now)
        case Unparsable(reason):
            await _without_markup(tx, row, message, reason, now, alerts)
        case Broken(reason) if row.attempts < BROKEN_TRIES:
            await _again(tx, row, message, reason, now, alerts)
        case Refused(reason) | Broken(reason):
            await _refused(tx, row, message, reason, now, alerts)


async def _sent(tx: Tx, row: Row, message: Outgoing | None, outcome: Sent, now: float) -> None:
    await outbox.sent(tx, row.id, now)
    sent = outcome.message
    match message:
        case Send(anchor=str(anchor)) if sent is not None:
            await outbox.bind(tx, anchor, sent.chat_id, sent.message_id, outcome.picture, now)
        case Edit(anchor=anchor) | StripButtons(anchor=anchor) if sent is not None:
            await outbox.bind(tx, anchor, sent.chat_id, sent.message_id, outcome.picture, now)
        case _:
            pass
    if isinstance(message, Send) and message.job_id is not None:
        await _delivered(tx, message, outcome, now)


async def _delivered(tx: Tx, message: Send, outcome: Sent, now: float) -> None:
    """Note in the job that its picture has arrived, and how to send it again for free."""
    job_id, sent = message.job_id, outcome.message
    if job_id is None or sent is None:
        return
    match message.delivers:
        case Delivery.RESULT:
            await jobs.move(
                tx,
                job_id,
                JobState.DELIVERING,
                JobState.DONE,
                file_id=sent.photo[-1].file_id if sent.photo else None,
                document_id=sent.document.file_id if sent.document else None,
                closed_at=now,
            )
        case Delivery.ORIGINAL if sent.document is not None:
            await jobs.change(tx, job_id, JobState.DONE, document_id=sent.document.file_id)
        case _:
            pass


async def _again(
    tx: Tx, row: Row, message: Outgoing | None, reason: str, now: float, alerts: Alerts
) -> None:
    if row.urgent and row.attempts >= ANSWER_TRIES:
        await outbox.fail(tx, row.id, reason, now)
    elif row.attempts >= TRIES:
        await _refused(tx, row, message, reason, now, alerts)
    else:
        pause = min(FIRST_PAUSE * 2.0 ** min(row.attempts, 16), LONGEST_PAUSE)
        await outbox.postpone(tx, row.id, now + pause, reason)


async def _pointless(tx: Tx, row: Row, message: Outgoing | None, reason: str, now: float) -> None:
    """Drop the row; what must be read is said in a new message."""
    if isinstance(message, Edit) and message.or_anew:
        anew = Send(message.content, topic_id=message.topic_id, anchor=message.anchor)
        await outbox.rewrite(tx, row.id, dump_outgoing(anew), reason)
        return
    log.debug("message dropped", row=row.id, reason=reason)
    await outbox.fail(tx, row.id, reason, now)


async def _without_markup(
    tx: Tx, row: Row, message: Outgoing | None, reason: str, now: float, alerts: Alerts
) -> None:
    """Send the text without its markup, once: better plain than never."""
    if row.attempts > 0 or not isinstance(message, Send | Edit):
        await _refused(tx, row, message, reason, now, alerts)
        return
    plain = replace(message, content=without_markup(message.content))
    await outbox.rewrite(tx, row.id, dump_outgoing(plain), reason)
    await alerts.tell(tx, "unsent", now, reason)


async def _refused(
    tx: Tx, row: Row, message: Outgoing | None, reason: str, now: float, alerts: Alerts
) -> None:
    """Give the row up; a picture that Telegram refuses as a photo is sent as a file."""
    log.error("message refused", row=row.id, reason=reason)
    await alerts.tell(tx, "unsent", now, reason)
    result = isinstance(message, Send) and message.delivers is Delivery.RESULT
    if isinstance(message, Send) and result and not message.as_file:
        as_file = replace(message, as_file=True, filename=f"fitting-room-{message.job_id}")
        await outbox.rewrite(tx, row.id, dump_outgoing(as_file), reason)
        return
    await outbox.fail(tx, row.id, reason, now)
    job = await jobs.get(tx, row.job_id) if row.job_id is not None else None
    if job is not None:
        await ending.undeliverable(tx, job, now)
