"""Whoever is banned is turned away from every step, with a kind word every now and then."""

from telegram import Update

from bot.codec import dump_outgoing
from bot.handlers.desk import Rules
from bot.messages import Answer, Content, Send
from bot.views.speaking import language_of
from bot.views.texts import plain, text
from storage import bans, outbox
from storage.database import Tx
from storage.outbox import NewRow
from storage.people import Person

QUIET = 600.0  # seconds between two notices: a kind word, no noise


async def turned_away(tx: Tx, person: Person, update: Update, rules: Rules, now: float) -> bool:
    """Turn somebody away if they are banned; False: they are not.

    Every press is answered, which only they see; messages only once in a while.
    """
    ban = await bans.get(tx, person.id)
    if ban is None:
        return False
    language = language_of(person, rules.default_language)
    query, message = update.callback_query, update.message
    if query is not None:
        answer = Answer(query.id, plain(language, "banned"), alert=True)
        await outbox.add(tx, [NewRow(person.id, dump_outgoing(answer), urgent=True)], now)
    elif message is not None and (ban.told_at is None or now - ban.told_at >= QUIET):
        await bans.told(tx, person.id, now)
        notice = Send(
            Content(text(language, "banned")),
            topic_id=(message.message_thread_id or 0) if message.is_topic_message else 0,
            reply_to=message.message_id,
        )
        await outbox.add(tx, [NewRow(message.chat.id, dump_outgoing(notice))], now)
    return True
