"""What people do in their clients: write, send photos, edit, forward, press buttons.

Each act checks what a real client would check and then posts; see `people_api` for HTTP.
"""

from collections.abc import Sequence
from typing import Any

from bot.demo.telegram import wire
from bot.demo.telegram.attachments import attachment
from bot.demo.telegram.callbacks import queue_of
from bot.demo.telegram.chats import Chat, Stored
from bot.demo.telegram.content import MEDIA_FIELDS, content_of, forward_origin
from bot.demo.telegram.core import LocalTelegram
from bot.demo.telegram.errors import impossible
from bot.demo.telegram.files import Upload
from bot.demo.telegram.model import PersonAccount
from bot.demo.telegram.pictures import fits_as_photo
from bot.demo.telegram.text import Formatted, trimmed, with_found_entities
from bot.demo.telegram.updates import CALLBACK_LIFETIME

MAX_ALBUM = 10  # items

Json = dict[str, Any]


class Somebody:
    """A person in one of their chats, ready to act."""

    def __init__(self, telegram: LocalTelegram, person_id: int, chat_id: int) -> None:
        self._telegram = telegram
        self.person: PersonAccount = telegram.person(person_id)
        chat = telegram.chats.get(chat_id)
        if chat is None or person_id not in chat.audience():
            impossible(f"{self.person.first_name} is not in chat {chat_id}", 403)
        self.chat: Chat = chat

    # --- writing -----------------------------------------------------------------------

    def say(self, text: str, reply_to: int | None = None, topic: int | None = None) -> Stored:
        """Write a text."""
        fields = _text(text, "text", "entities")
        if not fields["text"]:
            impossible("the text is empty")
        return self._post(fields, reply_to, topic)

    async def send_photos(
        self,
        uploads: Sequence[Upload],
        *,
        as_documents: bool = False,
        caption: str = "",
        reply_to: int | None = None,
        topic: int | None = None,
    ) -> list[Stored]:
        """Send one picture, or several as an album; the caption goes with the first.

        As photos they are shrunk like a client does it; what no client sends as a photo
        (extreme ratios) goes as a file.
        """
        if not 1 <= len(uploads) <= MAX_ALBUM:
            impossible(f"send 1 to {MAX_ALBUM} pictures at once, not {len(uploads)}")
        self._check_writable(reply_to, topic)
        contents = [await self._picture(upload, as_documents) for upload in uploads]
        if caption:
            contents[0] |= _text(caption, "caption", "caption_entities")
        album = {"media_group_id": self._telegram.next_album()} if len(uploads) > 1 else {}
        return [self._post({**album, **content}, reply_to, topic) for content in contents]

    async def _picture(self, upload: Upload, as_documents: bool) -> Json:  # noqa: FBT001  private
        files = self._telegram.files
        if as_documents or not fits_as_photo(upload.data):
            return {"document": await files.add_document(upload)}
        return {"photo": await files.add_photo(upload, checked=False)}

    def send_other(self, kind: str) -> Stored:
        """Send a sticker, a voice note, a place or the like."""
        return self._post(attachment(self._telegram.files, kind))

    def forward(self, from_chat: int, message_id: int) -> Stored:
        """Forward a message from another of their chats."""
        original = Somebody(self._telegram, self.person.id, from_chat).message(message_id)
        content = content_of(original.fields)
        if not content:
            impossible("this message cannot be forwarded")
        return self._post({"forward_origin": forward_origin(original.fields), **content})

    def edit(self, message_id: int, *, text: str | None, caption: str | None) -> Stored:
        """Change the text or caption of a message of their own."""
        stored = self.message(message_id)
        if self.person.id != stored.author:
            impossible("only your own messages can be edited", 403)
        if text is not None and "text" in stored.fields:
            self._telegram.change(stored, _text(text, "text", "entities"), ("entities",))
        elif caption is not None and any(name in stored.fields for name in MEDIA_FIELDS):
            fields = _text(caption, "caption", "caption_entities")
            self._telegram.change(stored, fields, ("caption_entities",))
        else:
            impossible("give `text` for a text message, `caption` for one with a picture")
        return stored

    def delete(self, message_id: int) -> None:
        """Delete a message for everybody."""
        self._telegram.remove(self.message(message_id))

    # --- buttons -----------------------------------------------------------------------

    def press(self, message_id: int, data: str, *, stale: bool = False) -> str:
        """Press an inline button and return the press's id.

        `stale`: as a client does that still shows buttons which are gone by now.
        """
        stored = self.chat.messages.get(message_id)
        if not stale and (stored is None or data not in _buttons(stored)):
            impossible(f"message {message_id} has no button with the data {data!r}", 404)
        if self.chat.blocked or not self.chat.bot.present:
            impossible("the bot is not here any more", 409)
        press = self._telegram.callbacks.pressed(self.person.id)
        gone = {"chat": wire.chat(self.chat), "message_id": message_id, "date": 0}
        body = {
            "id": press.callback_id,
            "from": wire.person_user(self.person),
            "message": self._telegram.view(stored) if stored else gone,
            "chat_instance": str(9_000_000_000_000_000 + abs(self.chat.id)),
            "data": data,
        }
        self._telegram.updates.push(
            "callback_query", body, queue=queue_of(self.person.id), lifetime=CALLBACK_LIFETIME
        )
        return press.callback_id

    # --- looking -----------------------------------------------------------------------

    def message(self, message_id: int) -> Stored:
        """Return a message of the chat."""
        stored = self.chat.messages.get(message_id)
        if stored is None:
            impossible(f"there is no message {message_id} in chat {self.chat.id}", 404)
        return stored

    def messages(self) -> list[Json]:
        """Return all messages, oldest first."""
        stored = sorted(self.chat.messages.values(), key=lambda one: one.id)
        return [self._telegram.people_view(one) for one in stored]

    def commands(self) -> list[Json]:
        """Return the bot commands the client offers here."""
        return self._telegram.profile.commands_seen(
            self.chat, self.person.id, self.person.language_code
        )

    # --- posting -----------------------------------------------------------------------

    def _check_writable(self, reply_to: int | None, topic: int | None) -> None:
        if self.chat.blocked:
            impossible("you blocked the bot; unblock it first", 409)
        if self.chat.migrated_to is not None:
            impossible(f"this group has become {self.chat.migrated_to}", 409)
        if reply_to is not None:
            self.message(reply_to)
        if topic is not None and topic not in self.chat.topics:
            impossible(f"chat {self.chat.id} has no topic {topic}", 404)

    def _post(self, content: Json, reply_to: int | None = None, topic: int | None = None) -> Stored:
        self._check_writable(reply_to, topic)
        self.chat.started = True
        sender = wire.person_sender(self.person, self.chat)
        return self._telegram.post(
            self.chat, sender, content, reply_to=reply_to, topic=topic, author=self.person.id
        )


async def channel_post(telegram: LocalTelegram, words: str, picture: Upload | None) -> Json:
    """Return what a post of a channel contains: words alone, or a picture with a caption."""
    if picture is None:
        return _text(words, "text", "entities")
    shown = {"photo": await telegram.files.add_photo(picture, checked=False)}
    return shown | (_text(words, "caption", "caption_entities") if words else {})


def _text(text: str, name: str, entities: str) -> Json:
    formatted = with_found_entities(trimmed(Formatted(text)))
    fields: Json = {name: formatted.text}
    if formatted.entities:
        fields[entities] = formatted.entities
    return fields


def _buttons(stored: Stored) -> set[str]:
    rows = stored.fields.get("reply_markup", {}).get("inline_keyboard", [])
    return {button["callback_data"] for row in rows for button in row if "callback_data" in button}
