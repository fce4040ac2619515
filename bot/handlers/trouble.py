"""When an update could not be handled: the person gets a word, the operators a report."""

import json
from collections.abc import Mapping
from typing import Any

from bot.alerts import Alerts
from bot.codec import dump_outgoing
from bot.messages import Answer, Content, Send
from bot.views.texts import pick_language, text
from storage import outbox
from storage.database import Tx
from storage.inbox import Batch
from storage.outbox import NewRow


async def report(
    tx: Tx, batch: Batch, why: str, alerts: Alerts, default_language: str, now: float
) -> None:
    """Tell the person in a private chat, and the operators."""
    await outbox.add(tx, [*_spinner_stopped(batch), *_apology(batch, default_language)], now)
    await alerts.tell(tx, "set_aside", now, why)


def _spinner_stopped(batch: Batch) -> list[NewRow]:
    """Return the answer to the press, if it was one: else its button would wait in vain."""
    query = json.loads(batch.updates[0].payload).get("callback_query")
    if not isinstance(query, dict) or not isinstance(query.get("id"), str):
        return []
    return [NewRow(batch.queue, dump_outgoing(Answer(query["id"])), urgent=True)]


def _apology(batch: Batch, default_language: str) -> list[NewRow]:
    body = _body(batch)
    chat, person = body.get("chat"), body.get("from")
    if not isinstance(chat, dict) or not isinstance(person, dict):
        return []
    if chat.get("type") != "private" or chat.get("id") != batch.queue:
        return []
    client = person.get("language_code")
    client = client if isinstance(client, str) else None
    language = pick_language(None, client, default_language)
    return [NewRow(batch.queue, dump_outgoing(Send(Content(text(language, "trouble")))))]


def _body(batch: Batch) -> Mapping[str, Any]:
    """Return the message, or the one under the pressed button with its presser."""
    update = json.loads(batch.updates[0].payload)
    query = update.get("callback_query")
    if isinstance(query, dict) and isinstance(query.get("message"), dict):
        return {**query["message"], "from": query.get("from")}
    message = update.get("message")
    return message if isinstance(message, dict) else {}
