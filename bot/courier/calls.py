"""From a message of the outbox to the one Bot API call that shows it."""

import html
import re
from dataclasses import dataclass, replace
from typing import Any

from telegram import (
    Bot,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    InputMediaPhoto,
    LinkPreviewOptions,
    ReplyParameters,
)
from telegram.constants import ParseMode

from bot.courier.outcomes import Outcome, Pointless, Sent, outcome_of
from bot.courier.pictures import Darkroom, PictureGone, key
from bot.messages import Answer, Content, Edit, Outgoing, Picture, Send, StripButtons
from storage.outbox import Anchor

_TAG = re.compile(r"<[^<>]*>")
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


@dataclass(frozen=True, slots=True)
class Letter:
    """A message and what is known about the ones it refers to.

    `target` is the message to edit, `reply_to` the id of the one to reply to; None where
    there is none (any more).
    """

    chat_id: int
    message: Outgoing
    target: Anchor | None = None
    reply_to: int | None = None


async def deliver(bot: Bot, darkroom: Darkroom, letter: Letter) -> Outcome:
    """Make the call. Raises `TelegramAway` where a picture could not be fetched."""
    match letter.message:
        case Send() as message:
            return await _send(bot, darkroom, letter, message)
        case Edit(_, content):
            return await _edit(bot, darkroom, letter, content)
        case StripButtons():
            return await _strip(bot, letter)
        case Answer(callback_id, text, alert):
            return await outcome_of(
                bot.answer_callback_query(callback_id, text or None, show_alert=alert)
            )


async def _send(bot: Bot, darkroom: Darkroom, letter: Letter, message: Send) -> Outcome:
    content, common = message.content, _common(letter, message)
    if content.picture is None:
        return await outcome_of(
            bot.send_message(text=content.text, link_preview_options=NO_PREVIEW, **common)
        )
    try:
        if message.as_file:
            name = message.filename or "picture"
            document = await darkroom.document(content.picture, name)
            return await outcome_of(
                bot.send_document(
                    document=document,
                    caption=content.text,
                    disable_content_type_detection=True,
                    **common,
                )
            )
        photo = await darkroom.photo(content.picture)
    except PictureGone:
        without = replace(message, content=replace(content, picture=None), as_file=False)
        return await _send(bot, darkroom, letter, without)
    sent = await outcome_of(bot.send_photo(photo=photo, caption=content.text, **common))
    return _showing(sent, content.picture)


async def _edit(bot: Bot, darkroom: Darkroom, letter: Letter, content: Content) -> Outcome:
    target = letter.target
    if target is None:
        return Pointless("the message to edit was never sent")
    where: dict[str, Any] = {"chat_id": target.chat_id, "message_id": target.message_id}
    looks: dict[str, Any] = {"reply_markup": _markup(content)}
    if content.picture is not None and key(content.picture) != target.picture:
        return await _edit_picture(bot, darkroom, letter, content, content.picture)
    looks["parse_mode"] = ParseMode.HTML
    if target.picture is None:
        edit = bot.edit_message_text(
            text=content.text, link_preview_options=NO_PREVIEW, **where, **looks
        )
    else:
        edit = bot.edit_message_caption(caption=content.text, **where, **looks)
    return _with_key(await outcome_of(edit), target.picture)


async def _edit_picture(
    bot: Bot, darkroom: Darkroom, letter: Letter, content: Content, picture: Picture
) -> Outcome:
    target = letter.target
    if target is None:
        return Pointless("the message to edit was never sent")
    try:
        photo = await darkroom.photo(picture)
    except PictureGone:
        return await _edit(bot, darkroom, letter, replace(content, picture=None))
    media = InputMediaPhoto(_attached(photo), caption=content.text, parse_mode=ParseMode.HTML)
    edit = bot.edit_message_media(
        media,
        chat_id=target.chat_id,
        message_id=target.message_id,
        reply_markup=_markup(content),
    )
    return _showing(await outcome_of(edit), picture)


def _attached(photo: str | InputFile) -> str | InputFile:
    """Return a photo as it may stand within a structure: the bytes beside it, a name in it."""
    if isinstance(photo, str):
        return photo
    return InputFile(photo.input_file_content, filename=photo.filename, attach=True)


async def _strip(bot: Bot, letter: Letter) -> Outcome:
    target = letter.target
    if target is None:
        return Pointless("the message to edit was never sent")
    edit = bot.edit_message_reply_markup(
        chat_id=target.chat_id, message_id=target.message_id, reply_markup=None
    )
    return _with_key(await outcome_of(edit), target.picture)


def _common(letter: Letter, message: Send) -> dict[str, Any]:
    reply = letter.reply_to
    return {
        "chat_id": letter.chat_id,
        "message_thread_id": message.topic_id or None,
        "parse_mode": ParseMode.HTML,
        "reply_markup": _markup(message.content) if message.asks is None else _asking(message.asks),
        "reply_parameters": reply and ReplyParameters(reply, allow_sending_without_reply=True),
    }


def without_markup(content: Content) -> Content:
    """Return the content with its text as people would read it, tags removed."""
    return replace(
        content, text=html.escape(html.unescape(_TAG.sub("", content.text)), quote=False)
    )


def _markup(content: Content) -> InlineKeyboardMarkup | None:
    rows = [
        [InlineKeyboardButton(button.text, callback_data=button.data) for button in row]
        for row in content.keyboard
    ]
    if content.link is not None:
        rows.append([InlineKeyboardButton(content.link.text, url=content.link.url)])
    return InlineKeyboardMarkup(rows) if rows else None


def _asking(placeholder: str) -> ForceReply:
    """Open an answer for the one who is replied to: everybody else goes on undisturbed."""
    return ForceReply(selective=True, input_field_placeholder=placeholder or None)


def _showing(outcome: Outcome, picture: Picture) -> Outcome:
    return _with_key(outcome, key(picture))


def _with_key(outcome: Outcome, picture: str | None) -> Outcome:
    return replace(outcome, picture=picture) if isinstance(outcome, Sent) else outcome
