"""Methods about chats and who is in them."""

from typing import Any

from bot.demo.telegram import wire
from bot.demo.telegram.chats import Chat, Member
from bot.demo.telegram.core import LocalTelegram
from bot.demo.telegram.errors import refuse
from bot.demo.telegram.groups import set_bot
from bot.demo.telegram.methods.common import readable_chat
from bot.demo.telegram.model import Status
from bot.demo.telegram.params import Call

Json = dict[str, Any]


async def get_chat(telegram: LocalTelegram, call: Call) -> Json:
    """Return everything about a chat."""
    return wire.full_chat(readable_chat(telegram, call["chat_id"]))


async def get_chat_member(telegram: LocalTelegram, call: Call) -> Json:
    """Return somebody's place in a chat."""
    chat = readable_chat(telegram, call["chat_id"])
    user = telegram.user(call["user_id"])
    if user is None:
        refuse("user not found")
    return wire.member(user, _place(telegram, chat, call["user_id"]))


def _place(telegram: LocalTelegram, chat: Chat, user_id: int) -> Member:
    if user_id == telegram.bot.id:
        return chat.bot
    if chat.person is not None:
        if user_id != chat.id:
            refuse("user not found")
        return Member(Status.MEMBER)
    return chat.members.get(user_id, Member(Status.LEFT))


async def get_chat_member_count(telegram: LocalTelegram, call: Call) -> int:
    """Return how many people and bots are in a chat."""
    chat = readable_chat(telegram, call["chat_id"])
    return len(chat.audience()) + chat.bot.present


async def get_chat_administrators(telegram: LocalTelegram, call: Call) -> list[Json]:
    """Return who administers a group; the bot itself only where bots are asked for."""
    chat = _group(telegram, call, "there are no administrators in the private chat")
    places = dict(chat.members)
    if call.get("return_bots"):
        places[telegram.bot.id] = chat.bot
    users = {user_id: telegram.user(user_id) for user_id in places}
    return [
        wire.member(user, places[user_id])
        for user_id, user in users.items()
        if user is not None and places[user_id].in_charge
    ]


async def leave_chat(telegram: LocalTelegram, call: Call) -> bool:
    """Leave a group."""
    chat = _group(telegram, call, "chat member status can't be changed in private chats")
    set_bot(telegram, chat, Member(Status.LEFT), by=telegram.bot.id)
    return True


def _group(telegram: LocalTelegram, call: Call, otherwise: str) -> Chat:
    chat = readable_chat(telegram, call["chat_id"])
    if chat.person is not None:
        refuse(otherwise)
    return chat
