"""Methods by which the bot speaks: messages, albums, copies, actions, answers to presses."""

from typing import Any

from bot.demo.telegram.chats import Stored
from bot.demo.telegram.content import (
    CAPTION_FIELDS,
    MEDIA_FIELDS,
    content_of,
    forward_origin,
)
from bot.demo.telegram.core import LocalTelegram
from bot.demo.telegram.errors import refuse
from bot.demo.telegram.methods.common import (
    caption_fields,
    destination,
    readable_chat,
    text_fields,
    writable_chat,
)
from bot.demo.telegram.methods.media import media_fields
from bot.demo.telegram.params import Call

MIN_ALBUM, MAX_ALBUM = 2, 10  # items; Bot API, sendMediaGroup
MAX_ANSWER = 200  # characters; Bot API, answerCallbackQuery
ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)

Json = dict[str, Any]


async def send_message(telegram: LocalTelegram, call: Call) -> Json:
    """Send a text."""
    content = text_fields(telegram, call)
    return telegram.view(destination(telegram, call, "can_send_messages").post(content))


async def send_photo(telegram: LocalTelegram, call: Call) -> Json:
    """Send a photo with a caption."""
    return await _send_media(telegram, call, "photo")


async def send_document(telegram: LocalTelegram, call: Call) -> Json:
    """Send a file with a caption."""
    return await _send_media(telegram, call, "document")


async def _send_media(telegram: LocalTelegram, call: Call, kind: str) -> Json:
    writable_chat(telegram, call["chat_id"], f"can_send_{kind}s")
    content = await media_fields(telegram, call, kind, call[kind], call)
    return telegram.view(destination(telegram, call, f"can_send_{kind}s").post(content))


async def send_media_group(telegram: LocalTelegram, call: Call) -> list[Json]:
    """Send an album: one message per item, all sharing a media_group_id."""
    items = call["media"]
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        refuse("expected an Array of InputMedia")
    if not MIN_ALBUM <= len(items) <= MAX_ALBUM:
        refuse(f"an album has {MIN_ALBUM} to {MAX_ALBUM} items, not {len(items)}")
    kinds = {str(item.get("type")) for item in items}
    if len(kinds) != 1:
        refuse("Can't use the media of the specified type in the album")
    right = f"can_send_{kinds.pop()}s"
    writable_chat(telegram, call["chat_id"], right)
    contents = [
        await media_fields(telegram, call, item["type"], item.get("media", ""), item)
        for item in items
    ]
    to = destination(telegram, call, right, messages=len(items))
    album = {"media_group_id": telegram.next_album()}
    return [telegram.view(to.post({**album, **content})) for content in contents]


async def copy_message(telegram: LocalTelegram, call: Call) -> Json:
    """Send what a message contains, without saying where it is from."""
    original = _original(telegram, call, "copied")
    content = content_of(original.fields)
    if call.get("caption") is not None and any(name in content for name in MEDIA_FIELDS):
        content = {name: value for name, value in content.items() if name not in CAPTION_FIELDS}
        content |= caption_fields(telegram, call)
    sent = destination(telegram, call, _right_for(content)).post(content)
    return {"message_id": sent.id}


async def forward_message(telegram: LocalTelegram, call: Call) -> Json:
    """Send a message on, saying where it is from."""
    original = _original(telegram, call, "forwarded")
    content = {
        "forward_origin": forward_origin(original.fields),
        **content_of(original.fields),
    }
    return telegram.view(destination(telegram, call, _right_for(content)).post(content))


def _right_for(content: Json) -> str:
    media = next((kind for kind in ("photo", "document") if kind in content), None)
    return f"can_send_{media}s" if media else "can_send_messages"


def _original(telegram: LocalTelegram, call: Call, what: str) -> Stored:
    chat = readable_chat(telegram, call["from_chat_id"])
    original = chat.messages.get(call["message_id"])
    if original is None:
        refuse(f"message to {'copy' if what == 'copied' else 'forward'} not found")
    if not content_of(original.fields):
        refuse(f"message can't be {what}")
    return original


async def send_chat_action(telegram: LocalTelegram, call: Call) -> bool:
    """Show "typing" and the like; clients forget it after 5 seconds."""
    chat = writable_chat(telegram, call["chat_id"], "can_send_messages")
    if call["action"] not in ACTIONS:
        refuse("wrong parameter action in request")
    data: Json = {"chat_id": chat.id, "action": call["action"]}
    if call.get("message_thread_id"):
        data["message_thread_id"] = call["message_thread_id"]
    telegram.feed.emit(telegram.feed.next_seq(), chat.audience(), "action", data)
    return True


async def answer_callback_query(telegram: LocalTelegram, call: Call) -> bool:
    """Stop a pressed button's spinner, perhaps with a notice."""
    text = call.get("text", "")
    if len(text) > MAX_ANSWER:
        refuse("MESSAGE_TOO_LONG")
    press = telegram.callbacks.answer(call["callback_query_id"])
    if press is not None:
        data = {
            "callback_id": press.callback_id,
            "text": text,
            "show_alert": call.get("show_alert", False),
        }
        telegram.feed.emit(telegram.feed.next_seq(), [press.person_id], "answer", data)
    return True
