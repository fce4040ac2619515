"""The Bot API's methods: one table, in which every method names its parameters.

A method or parameter that is not in the table is refused, not quietly accepted: a bot that
relies on something the local Telegram does not do should learn it here.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.demo.telegram.core import LocalTelegram
from bot.demo.telegram.errors import refuse
from bot.demo.telegram.files import Upload
from bot.demo.telegram.methods import account, chats, editing, receiving, sending
from bot.demo.telegram.params import PARAMETERS, Call

Handler = Callable[[LocalTelegram, Call], Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class Method:
    """One method of the Bot API."""

    name: str
    run: Handler
    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()


_SENDING = (
    "message_thread_id",
    "disable_notification",
    "protect_content",
    "allow_paid_broadcast",
    "message_effect_id",
    "reply_parameters",
)
_CAPTION = ("caption", "parse_mode", "caption_entities", "show_caption_above_media")
_TEXT = ("parse_mode", "entities", "link_preview_options")
_MARKUP = ("reply_markup",)
_MESSAGE = ("chat_id", "message_id")
_LANGUAGE = ("language_code",)

_TABLE = (
    Method(
        "getUpdates",
        receiving.get_updates,
        (),
        ("offset", "limit", "timeout", "allowed_updates"),
    ),
    Method(
        "setWebhook",
        receiving.set_webhook,
        ("url",),
        (
            "ip_address",
            "max_connections",
            "allowed_updates",
            "drop_pending_updates",
            "secret_token",
        ),
    ),
    Method("deleteWebhook", receiving.delete_webhook, (), ("drop_pending_updates",)),
    Method("getWebhookInfo", receiving.get_webhook_info),
    Method("getMe", account.get_me),
    Method("sendMessage", sending.send_message, ("chat_id", "text"), _TEXT + _SENDING + _MARKUP),
    Method(
        "sendPhoto",
        sending.send_photo,
        ("chat_id", "photo"),
        (*_CAPTION, "has_spoiler", *_SENDING, *_MARKUP),
    ),
    Method(
        "sendDocument",
        sending.send_document,
        ("chat_id", "document"),
        (
            "thumbnail",
            *(name for name in _CAPTION if name != "show_caption_above_media"),
            "disable_content_type_detection",
            *_SENDING,
            *_MARKUP,
        ),
    ),
    Method("sendMediaGroup", sending.send_media_group, ("chat_id", "media"), _SENDING),
    Method(
        "copyMessage",
        sending.copy_message,
        ("chat_id", "from_chat_id", "message_id"),
        _CAPTION + _SENDING + _MARKUP,
    ),
    Method(
        "forwardMessage",
        sending.forward_message,
        ("chat_id", "from_chat_id", "message_id"),
        ("message_thread_id", "disable_notification", "protect_content", "message_effect_id"),
    ),
    Method(
        "sendChatAction", sending.send_chat_action, ("chat_id", "action"), ("message_thread_id",)
    ),
    Method(
        "answerCallbackQuery",
        sending.answer_callback_query,
        ("callback_query_id",),
        ("text", "show_alert", "url", "cache_time"),
    ),
    Method("editMessageText", editing.edit_text, (*_MESSAGE, "text"), _TEXT + _MARKUP),
    Method("editMessageCaption", editing.edit_caption, _MESSAGE, _CAPTION + _MARKUP),
    Method("editMessageMedia", editing.edit_media, (*_MESSAGE, "media"), _MARKUP),
    Method("editMessageReplyMarkup", editing.edit_reply_markup, _MESSAGE, _MARKUP),
    Method("deleteMessage", editing.delete_message, _MESSAGE),
    Method("deleteMessages", editing.delete_messages, ("chat_id", "message_ids")),
    Method("getFile", receiving.get_file, ("file_id",)),
    Method("getChat", chats.get_chat, ("chat_id",)),
    Method("getChatMember", chats.get_chat_member, ("chat_id", "user_id")),
    Method("getChatMemberCount", chats.get_chat_member_count, ("chat_id",)),
    Method("getChatAdministrators", chats.get_chat_administrators, ("chat_id",), ("return_bots",)),
    Method("leaveChat", chats.leave_chat, ("chat_id",)),
    Method("setMyCommands", account.set_my_commands, ("commands",), ("scope", *_LANGUAGE)),
    Method("getMyCommands", account.get_my_commands, (), ("scope", *_LANGUAGE)),
    Method("deleteMyCommands", account.delete_my_commands, (), ("scope", *_LANGUAGE)),
    Method("setMyName", account.set_my_name, (), ("name", *_LANGUAGE)),
    Method("getMyName", account.get_my_name, (), _LANGUAGE),
    Method("setMyDescription", account.set_my_description, (), ("description", *_LANGUAGE)),
    Method("getMyDescription", account.get_my_description, (), _LANGUAGE),
    Method(
        "setMyShortDescription",
        account.set_my_short_description,
        (),
        ("short_description", *_LANGUAGE),
    ),
    Method("getMyShortDescription", account.get_my_short_description, (), _LANGUAGE),
    Method("setChatMenuButton", account.set_chat_menu_button, (), ("chat_id", "menu_button")),
    Method("getChatMenuButton", account.get_chat_menu_button, (), ("chat_id",)),
)
METHODS: Mapping[str, Method] = {method.name.lower(): method for method in _TABLE}

# What the real server says when one of these is missing; others are named plainly.
_MISSING = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "photo": "there is no photo in the request",
    "document": "there is no document in the request",
    "message_id": "message identifier is not specified",
    "callback_query_id": "invalid callback query ID specified",
    "file_id": "invalid file_id",
}


def read_call(method: Method, raw: Mapping[str, object], uploads: Mapping[str, Upload]) -> Call:
    """Check a request's parameters against the table.

    Raises:
        ApiError: 400, if one is missing, unknown or malformed.

    """
    known = {*method.required, *method.optional}
    given = {**raw, **{name: upload for name, upload in uploads.items() if name in known}}
    for name in given:
        if name not in known:
            refuse(f'the local Telegram knows no parameter "{name}" of {method.name}')
    for name in method.required:
        if given.get(name) is None:
            refuse(_MISSING.get(name, f'parameter "{name}" is required'))
    args = {
        name: PARAMETERS[name](name, value) for name, value in given.items() if value is not None
    }
    return Call(method.name, args, uploads)
