"""Methods about the bot itself: how it is called and described, which commands it offers."""

from typing import Any

from bot.demo.telegram import wire
from bot.demo.telegram.core import LocalTelegram
from bot.demo.telegram.errors import refuse
from bot.demo.telegram.methods.common import readable_chat
from bot.demo.telegram.params import PARAMETERS, Call
from bot.demo.telegram.profile import Scope, read_scope

Json = dict[str, Any]


async def get_me(telegram: LocalTelegram, _call: Call) -> Json:
    """Return the bot's own account."""
    return wire.me(telegram.bot)


async def set_my_commands(telegram: LocalTelegram, call: Call) -> bool:
    """Store the commands of a scope and language."""
    if not isinstance(call["commands"], list):
        refuse("expected an Array of BotCommand")
    telegram.profile.set_commands(_scope(telegram, call), _language(call), call["commands"])
    return True


async def get_my_commands(telegram: LocalTelegram, call: Call) -> list[Json]:
    """Return the commands of a scope and language."""
    return telegram.profile.commands(_scope(telegram, call), _language(call))


async def delete_my_commands(telegram: LocalTelegram, call: Call) -> bool:
    """Remove the commands of a scope and language."""
    telegram.profile.set_commands(_scope(telegram, call), _language(call), [])
    return True


async def set_my_name(telegram: LocalTelegram, call: Call) -> bool:
    """Store the bot's name for a language."""
    telegram.profile.set_text("name", call.get("name", ""), _language(call))
    return True


async def get_my_name(telegram: LocalTelegram, call: Call) -> Json:
    """Return the bot's name for a language."""
    return {"name": telegram.profile.text("name", _language(call))}


async def set_my_description(telegram: LocalTelegram, call: Call) -> bool:
    """Store what an empty chat with the bot shows."""
    telegram.profile.set_text("description", call.get("description", ""), _language(call))
    return True


async def get_my_description(telegram: LocalTelegram, call: Call) -> Json:
    """Return what an empty chat with the bot shows."""
    return {"description": telegram.profile.text("description", _language(call))}


async def set_my_short_description(telegram: LocalTelegram, call: Call) -> bool:
    """Store what the bot's profile page shows."""
    text = call.get("short_description", "")
    telegram.profile.set_text("short_description", text, _language(call))
    return True


async def get_my_short_description(telegram: LocalTelegram, call: Call) -> Json:
    """Return what the bot's profile page shows."""
    return {"short_description": telegram.profile.text("short_description", _language(call))}


async def set_chat_menu_button(telegram: LocalTelegram, call: Call) -> bool:
    """Store the button beside the text field."""
    telegram.profile.set_menu_button(_private_chat(telegram, call), call.get("menu_button"))
    return True


async def get_chat_menu_button(telegram: LocalTelegram, call: Call) -> Json:
    """Return the button beside the text field."""
    return telegram.profile.menu_button(_private_chat(telegram, call))


def _private_chat(telegram: LocalTelegram, call: Call) -> int:
    if call.get("chat_id") is None:
        return 0
    chat = readable_chat(telegram, call["chat_id"])
    if chat.person is None:
        refuse("chat is not a private chat")
    return chat.id


def _language(call: Call) -> str:
    code: str = call.get("language_code", "")
    return code


def _scope(telegram: LocalTelegram, call: Call) -> Scope:
    raw = call.get("scope")
    if raw is not None and not isinstance(raw, dict):
        refuse("can't parse BotCommandScope: expected an Object")
    chat_id = (raw or {}).get("chat_id")
    return read_scope(raw, None if chat_id is None else _known_chat(telegram, chat_id))


def _known_chat(telegram: LocalTelegram, chat_id: object) -> int:
    return readable_chat(telegram, PARAMETERS["chat_id"]("chat_id", chat_id)).id
