"""What many methods begin with: finding the chat, checking rights, reading texts and files."""

from dataclasses import dataclass
from typing import Any

from bot.demo.telegram import wire
from bot.demo.telegram.chats import Chat, Stored
from bot.demo.telegram.core import LocalTelegram
from bot.demo.telegram.errors import forbid, refuse
from bot.demo.telegram.html import parse_html
from bot.demo.telegram.markup import Markup, read_markup
from bot.demo.telegram.model import Status
from bot.demo.telegram.params import Call
from bot.demo.telegram.text import Formatted, trimmed, utf16_length, with_found_entities

MAX_TEXT = 4096  # UTF-16 units after parsing; Bot API, sendMessage
MAX_CAPTION = 1024  # the same; Bot API, sendPhoto

Json = dict[str, Any]

_RIGHT_NAMES = {
    "can_send_messages": "text messages",
    "can_send_photos": "photos",
    "can_send_documents": "documents",
}


def readable_chat(telegram: LocalTelegram, chat_id: int | str) -> Chat:
    """Return a chat the bot knows and is in."""
    chat = telegram.chats.get(chat_id)
    if chat is None:
        refuse("chat not found")
    if chat.person is not None:
        if not chat.started and not _meets_in_a_group(telegram, chat.id):
            refuse("chat not found")
        return chat
    if chat.migrated_to is not None:
        refuse("group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.migrated_to)
    if not chat.bot.present:
        what = "kicked from" if chat.bot.status is Status.KICKED else "not a member of"
        forbid(f"bot {'was' if 'kicked' in what else 'is'} {what} the {chat.kind} chat")
    return chat


def writable_chat(telegram: LocalTelegram, chat_id: int | str, right: str) -> Chat:
    """Return a chat in which the bot may send this kind of message."""
    chat = readable_chat(telegram, chat_id)
    if chat.person is not None:
        if chat.blocked:
            forbid("bot was blocked by the user")
        if not chat.started:
            forbid("bot can't initiate conversation with a user")
    elif not chat.bot.may(right):
        refuse(f"not enough rights to send {_RIGHT_NAMES.get(right, right)} to the chat")
    return chat


def _meets_in_a_group(telegram: LocalTelegram, person_id: int) -> bool:
    return any(
        chat.bot.present and person_id in chat.members
        for chat in telegram.chats
        if chat.person is None
    )


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a new message of the bot goes, everything checked."""

    telegram: LocalTelegram
    chat: Chat
    topic: int | None
    reply_to: int | None
    markup: Markup

    def post(self, content: Json) -> Stored:
        """Send it."""
        if self.markup.inline:
            content = {**content, "reply_markup": self.markup.inline}
        return self.telegram.post(
            self.chat,
            {"from": wire.bot_user(self.telegram.bot)},
            content,
            outgoing=True,
            reply_to=self.reply_to,
            topic=self.topic,
            force_reply=self.markup.force_reply,
        )


def destination(
    telegram: LocalTelegram, call: Call, right: str, *, messages: int = 1
) -> Destination:
    """Check where a sending method wants to send, and count it against the limits."""
    chat = writable_chat(telegram, call["chat_id"], right)
    topic = call.get("message_thread_id")
    if topic is not None and topic not in chat.topics:
        refuse("message thread not found")
    reply_to = _reply_target(chat, call.get("reply_parameters"))
    markup = read_markup(call.get("reply_markup"))
    telegram.limits.spend(chat.id, group=chat.person is None, messages=messages, edit=False)
    return Destination(telegram, chat, topic, reply_to, markup)


def _reply_target(chat: Chat, raw: Any) -> int | None:  # noqa: ANN401  JSON from the bot
    if raw is None:
        return None
    if not isinstance(raw, dict) or not isinstance(raw.get("message_id"), int):
        refuse('can\'t parse reply parameters: field "message_id" must be of type Number')
    if raw.get("chat_id") not in {None, chat.id}:
        refuse("the local Telegram cannot reply to messages of other chats")
    message_id: int = raw["message_id"]
    if message_id in chat.messages:
        return message_id
    if not raw.get("allow_sending_without_reply"):
        refuse("message to be replied not found")
    return None


def own_message(telegram: LocalTelegram, call: Call) -> Stored:
    """Return the message of the bot's that a call wants to edit, counted against the limits."""
    chat = readable_chat(telegram, call["chat_id"])
    if chat.blocked:
        forbid("bot was blocked by the user")
    stored = chat.messages.get(call["message_id"])
    if stored is None:
        refuse("message to edit not found")
    if not stored.outgoing:
        refuse("message can't be edited")
    telegram.limits.spend(chat.id, group=chat.person is None, messages=1, edit=True)
    return stored


def text_fields(telegram: LocalTelegram, call: Call) -> Json:
    """Return `text` and `entities` of a message from a call's parameters."""
    formatted = read_formatted(telegram, call["text"], call.get("parse_mode"), call.get("entities"))
    if not formatted.text:
        refuse("message text is empty")
    if utf16_length(formatted.text) > MAX_TEXT:
        refuse("message is too long")
    return _named(formatted, "text", "entities")


def caption_fields(telegram: LocalTelegram, source: Call | Json) -> Json:
    """Return the caption's fields from a call or from one item of an album."""
    formatted = read_formatted(
        telegram,
        str(source.get("caption") or ""),
        source.get("parse_mode"),
        source.get("caption_entities"),
    )
    if utf16_length(formatted.text) > MAX_CAPTION:
        refuse("message caption is too long")
    fields = _named(formatted, "caption", "caption_entities") if formatted.text else {}
    if source.get("show_caption_above_media"):
        fields["show_caption_above_media"] = True
    return fields


def _named(formatted: Formatted, text: str, entities: str) -> Json:
    fields: Json = {text: formatted.text}
    if formatted.entities:
        fields[entities] = formatted.entities
    return fields


def read_formatted(
    telegram: LocalTelegram,
    text: str,
    parse_mode: str | None,
    entities: list[Json] | None,
) -> Formatted:
    """Return a text of the bot's as messages will show it."""
    mode = (parse_mode or "").lower()
    if mode == "html":
        formatted = parse_html(text)
    elif mode.startswith("markdown"):
        refuse("the local Telegram reads no Markdown; use parse_mode HTML")
    elif mode:
        refuse("unsupported parse_mode")
    else:
        formatted = Formatted(text, _checked(entities or []))
    formatted = trimmed(formatted)
    known = [one for one in (_filled(telegram, one) for one in formatted.entities) if one]
    return with_found_entities(Formatted(formatted.text, known))


def _checked(entities: Any) -> list[Json]:  # noqa: ANN401  JSON from the bot
    if not isinstance(entities, list):
        refuse("expected an Array of MessageEntity")
    for entity in entities:
        if not isinstance(entity, dict) or not isinstance(entity.get("type"), str):
            refuse('can\'t parse MessageEntity: Field "type" must be of type String')
        if not all(isinstance(entity.get(name), int) for name in ("offset", "length")):
            refuse('can\'t parse MessageEntity: Fields "offset" and "length" must be Numbers')
    return entities


def _filled(telegram: LocalTelegram, entity: Json) -> Json | None:
    """Return an entity with the person it mentions; None if there is no such person."""
    if entity["type"] != "text_mention":
        return entity
    user = telegram.user((entity.get("user") or {}).get("id", 0))
    return {**entity, "user": user} if user else None
