"""What happens to groups: members and the bot come, go and change, groups become supergroups.

Real people do this in their clients; here tests and the demo do it through the control API.
"""

from dataclasses import replace
from typing import Any

from bot.demo.telegram import wire
from bot.demo.telegram.chats import Chat, Member, Stored
from bot.demo.telegram.core import LocalTelegram
from bot.demo.telegram.errors import impossible
from bot.demo.telegram.model import Status
from bot.demo.telegram.overview import show_chat
from bot.demo.telegram.updates import MESSAGE_LIFETIME

_SUPERGROUP_IDS = -1_000_000_000_000  # supergroups live below; Bot API, Chat.id

Json = dict[str, Any]


def set_bot(telegram: LocalTelegram, chat: Chat, new: Member, *, by: int) -> None:
    """Add, promote, restrict or remove the bot, as `by` would; the bot is told."""
    old, chat.bot = chat.bot, new
    user = wire.bot_user(telegram.bot)
    _tell_member(telegram, "my_chat_member", chat, user, (old, new), by)
    if old.present != new.present:
        _announce(telegram, chat, user, by, joined=new.present)
        if not new.present:
            # The one message a removed bot still gets is the one about its removal.
            left = chat.messages[max(chat.messages)]
            telegram.updates.push(
                "message", telegram.view(left), queue=chat.id, lifetime=MESSAGE_LIFETIME
            )
    show_chat(telegram, chat)


def set_member(
    telegram: LocalTelegram, chat: Chat, person_id: int, new: Member, *, by: int
) -> None:
    """Add, promote or remove a person, or let them write anonymously."""
    user = wire.person_user(telegram.person(person_id))
    old = chat.members.get(person_id, Member(Status.LEFT))
    if not new.present and old.present:
        _announce(telegram, chat, user, by, joined=False)
    chat.members[person_id] = new
    if new.present and not old.present:
        _announce(telegram, chat, user, by, joined=True)
    if chat.bot.in_charge:
        _tell_member(telegram, "chat_member", chat, user, (old, new), by)
    show_chat(telegram, chat)


def migrate(telegram: LocalTelegram, chat: Chat, *, by: int) -> Chat:
    """Make a basic group a supergroup, which gives it another id.

    To the bot it looks as if it were added to the new group, but not as if it left the old one
    (tdlib/telegram-bot-api, issue 266).
    """
    if chat.kind != "group" or chat.migrated_to is not None:
        impossible("only a basic group can become a supergroup, and only once")
    sender = wire.person_sender(telegram.person(by), chat)
    new_id = _SUPERGROUP_IDS + chat.id
    new = Chat(new_id, "supergroup", title=chat.title, members=dict(chat.members), bot=chat.bot)
    telegram.chats.add(new)
    if chat.bot.present:
        user, change = wire.bot_user(telegram.bot), (Member(Status.LEFT), new.bot)
        _tell_member(telegram, "my_chat_member", new, user, change, by)
    telegram.post(chat, sender, {"migrate_to_chat_id": new_id})
    chat.migrated_to = new_id
    telegram.post(new, wire.group_sender(new), {"migrate_from_chat_id": chat.id})
    show_chat(telegram, new)
    show_chat(telegram, chat)
    return new


def post_in_channel(telegram: LocalTelegram, chat: Chat, content: Json) -> Stored:
    """Post in the channel that is linked to a group; Telegram forwards it to the group."""
    if chat.channel is None:
        impossible("this group has no channel")
    chat.posts += 1
    channel = wire.channel_chat(chat.channel)
    origin = {
        "type": "channel",
        "date": telegram.now(),
        "chat": channel,
        "message_id": chat.posts,
    }
    forwarded = {"forward_origin": origin, "is_automatic_forward": True}
    sender = {"from": wire.SERVICE, "sender_chat": channel}
    return telegram.post(chat, sender, {**forwarded, **content})


def set_privacy(telegram: LocalTelegram, *, on: bool) -> None:
    """Let the bot see everything in groups, or only what is meant for it.

    The real switch is BotFather's, and a group notices it when the bot is added again; here
    every group does so at once.
    """
    telegram.bot = replace(telegram.bot, privacy_mode=on)
    for chat in telegram.chats:
        if chat.person is None and chat.migrated_to is None:
            show_chat(telegram, chat)


def _announce(telegram: LocalTelegram, chat: Chat, user: Json, by: int, *, joined: bool) -> None:
    actor = telegram.user(by) or user
    content = {"new_chat_members": [user]} if joined else {"left_chat_member": user}
    telegram.post(chat, {"from": actor}, content)


def _tell_member(  # each is a field of the update
    telegram: LocalTelegram,
    kind: str,
    chat: Chat,
    user: Json,
    change: tuple[Member, Member],
    by: int,
) -> None:
    old, new = change
    body = {
        "chat": wire.chat(chat),
        "from": telegram.user(by) or user,
        "date": telegram.now(),
        "old_chat_member": wire.member(user, old),
        "new_chat_member": wire.member(user, new),
    }
    telegram.updates.push(kind, body, queue=chat.id, lifetime=MESSAGE_LIFETIME)


def set_blocked(telegram: LocalTelegram, chat: Chat, *, blocked: bool) -> None:
    """Block or unblock the bot in a private chat; the bot is told."""
    if chat.person is None:
        impossible("only a private chat can be blocked")
    if chat.blocked == blocked:
        return
    states = (Member(Status.MEMBER), Member(Status.KICKED))
    chat.blocked = blocked
    user = wire.bot_user(telegram.bot)
    change = states if blocked else (states[1], states[0])
    _tell_member(telegram, "my_chat_member", chat, user, change, chat.id)
