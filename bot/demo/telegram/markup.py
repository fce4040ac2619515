"""Reply markup as bots send it: checked, and reduced to what messages show. Pure."""

from dataclasses import dataclass
from typing import Any

from bot.demo.telegram.errors import refuse

MAX_CALLBACK_DATA = 64  # bytes; Bot API, InlineKeyboardButton
MAX_BUTTONS = 100
_ACTIONS = (
    "callback_data",
    "url",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Markup:
    """What comes with a message: buttons everybody sees, or a request to reply."""

    inline: Json | None = None
    force_reply: Json | None = None


def read_markup(raw: Any) -> Markup:  # noqa: ANN401  JSON from the bot
    """Return a request's reply_markup.

    Raises:
        ApiError: what the server says about markup it cannot use.

    """
    if raw is None or raw == "":
        return Markup()
    if not isinstance(raw, dict):
        refuse("object expected as reply markup")
    if "inline_keyboard" in raw:
        return Markup(inline=_inline(raw["inline_keyboard"]))
    if raw.get("force_reply"):
        return Markup(force_reply=raw)
    if raw and not {"keyboard", "remove_keyboard", "force_reply"} & raw.keys():
        refuse("object expected as reply markup")
    # Reply keyboards and their removal change the person's client, not the message.
    return Markup()


def only_inline(raw: Any) -> Json | None:  # noqa: ANN401  JSON from the bot
    """Return the markup of an edit, where only inline keyboards make sense."""
    markup = read_markup(raw)
    if raw and markup.inline is None and "inline_keyboard" not in raw:
        refuse("inline keyboard expected")
    return markup.inline


def _inline(rows: Any) -> Json | None:  # noqa: ANN401  JSON from the bot
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        refuse('field "inline_keyboard" must be of type Array of Arrays')
    keyboard = [[_button(button) for button in row] for row in rows if row]
    if sum(map(len, keyboard)) > MAX_BUTTONS:
        refuse("reply markup is too long")
    return {"inline_keyboard": keyboard} if keyboard else None


def _button(button: Any) -> Json:  # noqa: ANN401  JSON from the bot
    if not isinstance(button, dict):
        refuse("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    text = button.get("text")
    if not isinstance(text, str) or not text.strip():
        refuse('can\'t parse inline keyboard button: Field "text" must be a non-empty String')
    actions = [name for name in _ACTIONS if name in button]
    if len(actions) != 1:
        refuse(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    data = button.get("callback_data", "-")
    if not isinstance(data, str) or not 1 <= len(data.encode()) <= MAX_CALLBACK_DATA:
        refuse("BUTTON_DATA_INVALID")
    if "://" not in str(button.get("url", "tg://")):
        refuse(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL specified")
    return {"text": text, actions[0]: button[actions[0]]}
