"""What the clients of people know of chats beside their messages: who is there, as what.

Bots do not see any of this; they ask with getChat, getChatMember and the like.
"""

from typing import Any

from bot.demo.telegram.chats import Chat
from bot.demo.telegram.core import LocalTelegram

Json = dict[str, Any]


def chat_card(telegram: LocalTelegram, chat: Chat) -> Json:
    """Return a chat as the list of chats and the group's profile show it."""
    places = chat.members.items()
    return {
        "id": chat.id,
        "type": chat.kind,
        "title": chat.person.first_name if chat.person else chat.title,
        "topics": [{"id": topic, "name": name} for topic, name in chat.topics.items()],
        "members": chat.audience(),
        "roles": {person: place.status.value for person, place in places if place.present},
        "anonymous": [person for person, place in places if place.in_charge and place.anonymous],
        "bot": chat.bot.status.value,
        "bot_lacks": sorted(chat.bot.denied),
        "sees_all": not telegram.bot.privacy_mode or chat.bot.in_charge,
        "channel": chat.channel.title if chat.channel else None,
        "blocked": chat.blocked,
    }


def show_chat(telegram: LocalTelegram, chat: Chat) -> None:
    """Let every client know that a chat is not what it was; bots are told by other means."""
    data = {"chat_id": chat.id, "chat": chat_card(telegram, chat), "moved_to": chat.migrated_to}
    telegram.feed.emit(telegram.feed.next_seq(), telegram.people, "chat", data)
