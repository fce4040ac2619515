"""Items of an album that come after the rest of it was taken. In a group they call nobody."""

from collections.abc import Sequence

from telegram import Message

from bot.codec import Unreadable, load_session
from bot.handlers.desk import Desk
from bot.handlers.spots import topic_of
from storage import sessions
from storage.sessions import SessionKey


async def of_taken_album(messages: Sequence[Message], desk: Desk) -> bool:
    """Tell whether messages belong to the album that their sender's dialogue took last."""
    first = messages[0]
    if first.media_group_id is None or first.from_user is None:
        return False
    key = SessionKey(first.chat.id, topic_of(first), first.from_user.id)
    async with desk.db.reading() as tx:
        stored = await sessions.load(tx, key)
    try:
        return stored is not None and load_session(stored).last_album == first.media_group_id
    except Unreadable:
        return False
