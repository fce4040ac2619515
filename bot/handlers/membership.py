"""The bot's own coming and going in groups: each is handled, and said once at most.

Added: a short introduction, the first time, after a moment in which the chat may turn out to
be the new one of a known group. Promoted or restricted: nothing is said; that it may send no
pictures is said again only after it was allowed to. Removed: silence there. A group that becomes
a supergroup goes on under its new id.
"""

from collections.abc import Awaitable, Callable, Sequence

from telegram import Chat, ChatMember, ChatMemberRestricted, ChatMemberUpdated, Update

from bot.codec import dump_outgoing
from bot.courier.closing import NO_PICTURES
from bot.engine import leaving, moving
from bot.handlers.desk import Desk
from bot.messages import Content, Send
from bot.views.texts import pick_language, text
from storage import groups, notices, outbox
from storage.database import Tx
from storage.groups import Group
from storage.outbox import NewRow, Rank

SETTLING = 5.0  # seconds in which the news that a supergroup is an old group's new chat arrives


async def changed(updates: Sequence[Update], desk: Desk) -> Callable[[Tx], Awaitable[None]] | None:
    """Plan what follows when the bot's place in a group has changed."""
    change = updates[0].my_chat_member
    if change is None:
        return None

    async def deed(tx: Tx) -> None:
        now, chat = desk.clock.now(), change.chat
        group = await groups.met(tx, chat.id, chat.title or "", now)
        if not _present(change.new_chat_member):
            await leaving.gone(tx, chat.id, now, "removed from the group")
            return
        await groups.set_gone(tx, group.id, None)
        if _may_send_pictures(change.new_chat_member):
            await notices.forget(tx, chat.id, NO_PICTURES)
        if not _present(change.old_chat_member):
            await _introduce(tx, group, change, desk)

    return deed


async def migrated(updates: Sequence[Update], desk: Desk) -> Callable[[Tx], Awaitable[None]] | None:
    """Plan the move of a group to its new id; both of its chats tell of it."""
    message = updates[0].message
    if message is None:
        return None
    old, new = message.chat.id, message.migrate_to_chat_id
    if message.migrate_from_chat_id is not None:
        old, new = message.migrate_from_chat_id, message.chat.id

    async def deed(tx: Tx) -> None:
        if new is not None:
            now = desk.clock.now()
            await groups.met(tx, old, message.chat.title or "", now)
            await moving.moved(tx, old, new, now)

    return deed


def _present(member: ChatMember) -> bool:
    if isinstance(member, ChatMemberRestricted):
        return member.is_member
    return member.status not in {ChatMember.LEFT, ChatMember.BANNED}


def _may_send_pictures(member: ChatMember) -> bool:
    """Tell whether nothing keeps the bot from it, as far as its own place in the group shows."""
    if isinstance(member, ChatMemberRestricted):
        return member.can_send_photos and member.can_send_documents
    return True


async def _introduce(tx: Tx, group: Group, change: ChatMemberUpdated, desk: Desk) -> None:
    """Say once what the bot does here, in the language of whoever brought it."""
    if group.introduced_at is not None:
        return
    now = desk.clock.now()
    await groups.set_introduced(tx, group.id, now)
    chosen, client = group.choices.language, change.from_user.language_code
    language = pick_language(chosen, client, desk.rules.default_language)
    said = Send(
        Content(text(language, "group.introduction")), anchor=moving.introduction(change.chat.id)
    )
    wait = SETTLING if change.chat.type == Chat.SUPERGROUP else 0.0
    row = NewRow(
        change.chat.id,
        dump_outgoing(said),
        due_at=now + wait,
        rank=Rank.PROGRESS,  # holds up nothing else that is said there
    )
    await outbox.add(tx, [row], now)
