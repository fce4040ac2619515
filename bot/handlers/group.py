"""What the bot says in a group: where to find it, as it only works in private chats."""

from collections.abc import Awaitable, Callable, Sequence

from telegram import Message, Update

from bot.codec import dump_outgoing
from bot.handlers import incoming
from bot.handlers.desk import Desk
from bot.messages import Content, Send
from bot.views.texts import pick_language, text
from storage import outbox, people
from storage.database import Tx
from storage.outbox import NewRow

QUIET = 60.0  # seconds between two hints in one group: nobody wants noise


async def show_the_way(
    updates: Sequence[Update], desk: Desk
) -> Callable[[Tx], Awaitable[None]] | None:
    """Plan an answer to a command in a group: the way to the private chat."""
    message = updates[0].message
    if message is None or not await incoming.addressed(updates, desk):
        return None

    async def deed(tx: Tx) -> None:
        await _show(tx, message, desk)

    return deed


async def _show(tx: Tx, message: Message, desk: Desk) -> None:
    """Show the way, unless it was just told."""
    now, chat, user = desk.clock.now(), message.chat, message.from_user
    if user is None or await outbox.spoke_lately(tx, chat.id, now - QUIET):
        return
    person = await people.get(tx, user.id)
    chosen = person.language if person else None
    language = pick_language(chosen, user.language_code, desk.rules.default_language)
    hint = Send(
        Content(text(language, "group", bot=desk.identity.username)),
        topic_id=(message.message_thread_id or 0) if message.is_topic_message else 0,
        reply_to=message.message_id,
    )
    await outbox.add(tx, [NewRow(chat.id, dump_outgoing(hint))], now)
