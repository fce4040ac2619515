"""What a bot gets to see in a group. Pure.

With privacy mode on, as documented: commands meant for it, replies to its own messages,
and service messages. A mention is not enough. Administrators see everything.
"""

from typing import Any

from bot.demo.telegram.chats import Chat, Stored
from bot.demo.telegram.model import BotAccount
from bot.demo.telegram.text import slice_utf16

SERVICE_FIELDS = frozenset(
    {
        "new_chat_members",
        "left_chat_member",
        "new_chat_title",
        "migrate_to_chat_id",
        "migrate_from_chat_id",
        "forum_topic_created",
        "group_chat_created",
        "supergroup_chat_created",
    }
)


def bot_sees(bot: BotAccount, chat: Chat, message: Stored) -> bool:
    """Tell whether a message that was just sent or edited reaches the bot."""
    if chat.person is not None:
        return not chat.blocked
    if not chat.bot.present:
        return False
    if not bot.privacy_mode or chat.bot.in_charge:
        return True
    return (
        not SERVICE_FIELDS.isdisjoint(message.fields)
        or _answers_the_bot(chat, message)
        or _commands_the_bot(bot, message.fields)
    )


def _answers_the_bot(chat: Chat, message: Stored) -> bool:
    replied = chat.messages.get(message.reply_to or 0)
    return replied is not None and replied.outgoing


def _commands_the_bot(bot: BotAccount, fields: dict[str, Any]) -> bool:
    text = fields.get("text") or fields.get("caption") or ""
    for entity in fields.get("entities") or fields.get("caption_entities") or ():
        if entity["type"] == "bot_command":
            _, _, addressee = slice_utf16(text, entity["offset"], entity["length"]).partition("@")
            if addressee.lower() == bot.username.lower():
                return True
            if not addressee and entity["offset"] == 0:
                return True
    return False
