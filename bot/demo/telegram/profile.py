"""How the bot presents itself: name, descriptions, menu button, and commands per scope.

Which commands a person sees follows the order of the Bot API, "Determining list of
commands": the narrowest scope first, and in each scope their language before the default.
"""

import re
from typing import Any

from bot.demo.telegram.chats import Chat
from bot.demo.telegram.errors import refuse

MAX_COMMANDS = 100
LENGTHS = {"name": 64, "description": 512, "short_description": 120}  # characters
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_MAX_COMMAND_DESCRIPTION = 256
_LANGUAGE = re.compile(r"[a-z]{2}")
_PLAIN_SCOPES = {"default", "all_private_chats", "all_group_chats", "all_chat_administrators"}
_CHAT_SCOPES = {"chat", "chat_administrators", "chat_member"}

Json = dict[str, Any]
Scope = tuple[str, int, int]  # type, chat, person; 0 where the type needs none
_DEFAULT: Scope = ("default", 0, 0)


def _language(code: str) -> str:
    if code and not _LANGUAGE.fullmatch(code):
        refuse("invalid language code specified")
    return code


class Profile:
    """What setMy… stored, by language."""

    def __init__(self, first_name: str) -> None:
        self._texts: dict[str, dict[str, str]] = {name: {} for name in LENGTHS}
        self._texts["name"][""] = first_name
        self._first_name = first_name
        self._commands: dict[tuple[Scope, str], list[Json]] = {}
        self._menu_buttons: dict[int, Json] = {}

    # --- texts ---------------------------------------------------------------------

    def set_text(self, name: str, text: str, language: str) -> None:
        """Store the name or a description for a language; empty removes it."""
        _language(language)
        if len(text) > LENGTHS[name]:
            refuse(f"{name} is too long")
        if text:
            self._texts[name][language] = text
        elif name == "name" and not language:
            self._texts[name][""] = self._first_name
        else:
            self._texts[name].pop(language, None)

    def text(self, name: str, language: str) -> str:
        """Return the name or a description as somebody with this language sees it."""
        texts = self._texts[name]
        return texts.get(language[:2]) or texts.get("", "")

    # --- menu buttons --------------------------------------------------------------

    def set_menu_button(self, chat_id: int, button: Json | None) -> None:
        """Store the menu button of a private chat, or of all (0)."""
        button = button or {"type": "default"}
        if button.get("type") not in {"default", "commands", "web_app"}:
            refuse("MenuButton has unsupported type")
        self._menu_buttons[chat_id] = button

    def menu_button(self, chat_id: int) -> Json:
        """Return the menu button of a private chat, or the one for all (0)."""
        fallback = self._menu_buttons.get(0, {"type": "commands"})
        return self._menu_buttons.get(chat_id, fallback)

    # --- commands ------------------------------------------------------------------

    def set_commands(self, scope: Scope, language: str, commands: list[Json]) -> None:
        """Store a scope's commands for a language; none removes them."""
        if len(commands) > MAX_COMMANDS:
            refuse("BOT_COMMANDS_TOO_MUCH")
        kept = [_command(command) for command in commands]
        key = (scope, _language(language))
        if kept:
            self._commands[key] = kept
        else:
            self._commands.pop(key, None)

    def commands(self, scope: Scope, language: str) -> list[Json]:
        """Return exactly what was stored for a scope and language."""
        return self._commands.get((scope, _language(language)), [])

    def commands_seen(self, chat: Chat, person_id: int, language: str | None) -> list[Json]:
        """Return the commands that a person is offered in a chat."""
        for scope in _scopes_of(chat, person_id):
            for code in ((language or "")[:2], ""):
                if commands := self._commands.get((scope, code)):
                    return commands
        return []


def read_scope(raw: Json | None, chat_id: int | None) -> Scope:
    """Return a BotCommandScope; `chat_id` is its chat, already looked up."""
    if not raw:
        return _DEFAULT
    kind = raw.get("type")
    if kind in _PLAIN_SCOPES:
        return (kind, 0, 0)
    if kind not in _CHAT_SCOPES:
        refuse("can't parse BotCommandScope: Unsupported type specified")
    if chat_id is None:
        refuse("chat not found")
    person = raw.get("user_id", 0) if kind == "chat_member" else 0
    if not isinstance(person, int):
        refuse("invalid user_id specified")
    return (kind, chat_id, person)


def _scopes_of(chat: Chat, person_id: int) -> list[Scope]:
    if chat.person is not None:
        return [("chat", chat.id, 0), ("all_private_chats", 0, 0), _DEFAULT]
    member = chat.members.get(person_id)
    in_charge = member is not None and member.in_charge
    scopes: list[tuple[Scope, bool]] = [
        (("chat_member", chat.id, person_id), True),
        (("chat_administrators", chat.id, 0), in_charge),
        (("chat", chat.id, 0), True),
        (("all_chat_administrators", 0, 0), in_charge),
        (("all_group_chats", 0, 0), True),
        (_DEFAULT, True),
    ]
    return [scope for scope, applies in scopes if applies]


def _command(raw: Any) -> Json:  # noqa: ANN401  JSON from the bot
    if not isinstance(raw, dict):
        refuse("can't parse BotCommand: expected an Object")
    name = str(raw.get("command", "")).removeprefix("/")
    description = str(raw.get("description", "")).strip()
    if not _COMMAND.fullmatch(name):
        refuse("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= _MAX_COMMAND_DESCRIPTION:
        refuse("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description}
