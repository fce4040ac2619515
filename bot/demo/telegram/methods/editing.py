"""Methods that change or delete what was sent."""

from typing import Any

from bot.demo.telegram.chats import Chat, Stored
from bot.demo.telegram.content import (
    CAPTION_FIELDS,
    CONTENT_FIELDS,
    MEDIA_FIELDS,
    TEXT_FIELDS,
)
from bot.demo.telegram.core import LocalTelegram
from bot.demo.telegram.errors import refuse
from bot.demo.telegram.markup import only_inline
from bot.demo.telegram.methods.common import (
    caption_fields,
    own_message,
    readable_chat,
    text_fields,
)
from bot.demo.telegram.methods.media import media_fields
from bot.demo.telegram.params import Call

DELETABLE_FOR = 48 * 3600  # seconds; Bot API, deleteMessage
MAX_DELETED = 100  # messages at once; Bot API, deleteMessages
_MARKUP = ("reply_markup",)
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)

Json = dict[str, Any]


async def edit_text(telegram: LocalTelegram, call: Call) -> Json:
    """Replace a text and its buttons."""
    stored = own_message(telegram, call)
    if "text" not in stored.fields:
        refuse("there is no text in the message to edit")
    return _replace(telegram, stored, TEXT_FIELDS, text_fields(telegram, call), call)


async def edit_caption(telegram: LocalTelegram, call: Call) -> Json:
    """Replace a caption and its buttons."""
    stored = own_message(telegram, call)
    if not any(name in stored.fields for name in MEDIA_FIELDS):
        refuse("there is no caption in the message to edit")
    return _replace(telegram, stored, CAPTION_FIELDS, caption_fields(telegram, call), call)


async def edit_media(telegram: LocalTelegram, call: Call) -> Json:
    """Replace everything by a photo or file; a text becomes one, too."""
    stored = own_message(telegram, call)
    media = call["media"]
    if not isinstance(media, dict):
        refuse("can't parse InputMedia: expected an Object")
    content = await media_fields(
        telegram, call, str(media.get("type")), media.get("media", ""), media
    )
    return _replace(telegram, stored, CONTENT_FIELDS, content, call)


async def edit_reply_markup(telegram: LocalTelegram, call: Call) -> Json:
    """Replace the buttons only."""
    return _replace(telegram, own_message(telegram, call), (), {}, call)


def _replace(
    telegram: LocalTelegram, stored: Stored, governed: tuple[str, ...], content: Json, call: Call
) -> Json:
    """Put new content in place of the governed fields; no reply_markup takes the buttons off."""
    inline = only_inline(call.get("reply_markup"))
    new = {**content, "reply_markup": inline} if inline else content
    old = {name: stored.fields[name] for name in governed + _MARKUP if name in stored.fields}
    if old == new:
        refuse(_NOT_MODIFIED)
    telegram.change(stored, new, removed=tuple(name for name in old if name not in new))
    return telegram.view(stored)


async def delete_message(telegram: LocalTelegram, call: Call) -> bool:
    """Delete one message."""
    chat = readable_chat(telegram, call["chat_id"])
    stored = chat.messages.get(call["message_id"])
    if stored is None:
        refuse("message to delete not found")
    _check_deletable(telegram, chat, stored)
    telegram.remove(stored)
    return True


async def delete_messages(telegram: LocalTelegram, call: Call) -> bool:
    """Delete several messages; those that are gone or cannot be deleted are skipped."""
    chat = readable_chat(telegram, call["chat_id"])
    numbers = call["message_ids"]
    if not isinstance(numbers, list) or not 1 <= len(numbers) <= MAX_DELETED:
        refuse(f"there must be 1 to {MAX_DELETED} message identifiers")
    for stored in [chat.messages[number] for number in numbers if number in chat.messages]:
        if _may_delete(telegram, chat, stored):
            telegram.remove(stored)
    return True


def _check_deletable(telegram: LocalTelegram, chat: Chat, stored: Stored) -> None:
    if telegram.now() - stored.fields["date"] > DELETABLE_FOR:
        refuse("message can't be deleted for everyone")
    if not _may_delete(telegram, chat, stored):
        refuse("message can't be deleted")


def _may_delete(telegram: LocalTelegram, chat: Chat, stored: Stored) -> bool:
    fresh = telegram.now() - stored.fields["date"] <= DELETABLE_FOR
    moderates = chat.bot.in_charge and chat.bot.may("can_delete_messages")
    return fresh and (stored.outgoing or chat.person is not None or moderates)
