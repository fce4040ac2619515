"""A group that becomes a supergroup goes on under its new id, with all that waits for it.

Three updates tell of it, in any order and perhaps late: the bot's arrival in the new chat, and
a message in either chat. The arrival alone looks like that in a group never met, so what is
said then waits for a moment, and is withdrawn here.
"""

from dataclasses import replace

from bot.codec import Unreadable, dump_outgoing, load_outgoing
from bot.messages import Send
from storage import groups, outbox
from storage.database import Tx
from storage.outbox import Row


def introduction(chat_id: int) -> str:
    """Return the anchor of the message with which the bot introduces itself to a chat."""
    return f"hello:{chat_id}"


async def moved(tx: Tx, old: int, new: int, now: float) -> None:
    """Let everything go on under the new id. Safe to repeat."""
    for row in await outbox.waiting_for(tx, old):
        await _readdress(tx, row, new, now)
    await groups.migrate(tx, old, new)
    group = await groups.get(tx, new)
    if group is not None and group.introduced_at is None:  # it knew the bot before
        await groups.set_introduced(tx, group.id, now)
    await outbox.withdraw(tx, new, introduction(new))


async def _readdress(tx: Tx, row: Row, new: int, now: float) -> None:
    """Make a message one of the new chat, where numbers of messages name others.

    What asks for a photo is looked for under the name of its person's dialogue, which has
    moved along; the progress of an order keeps its name, as the order does.
    """
    try:
        message = load_outgoing(row.payload)
    except Unreadable:
        return
    if not isinstance(message, Send):
        return
    anchor = message.anchor
    if message.asks is not None and anchor is not None:
        anchor = anchor.replace(f":{row.chat_id}:", f":{new}:")
    reply_to = None if isinstance(message.reply_to, int) else message.reply_to
    there = replace(message, anchor=anchor, reply_to=reply_to)
    if there != message:
        await outbox.redirect(tx, row.id, new, dump_outgoing(there), now)
