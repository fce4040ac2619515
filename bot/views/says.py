"""Messages of their own (welcome, help, credits, hints) and the answers to pressed buttons."""

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

from bot.dialogue.places import Group
from bot.dialogue.words import Line
from bot.dialogue.world import World
from bot.messages import Content, Keyboard, Link
from bot.views import keyboards
from bot.views.phrases import elsewhere, facts, line
from bot.views.quota import quota, quota_in_group
from bot.views.texts import LANGUAGES, has, plain, text

MAX_ANSWER = 200  # characters, Bot API "answerCallbackQuery"


def _nothing(_world: World) -> Keyboard:
    return ()


def _menu(world: World) -> Keyboard:
    return keyboards.menu(world.language)


_KEYBOARDS: Mapping[str, Callable[[World], Keyboard]] = MappingProxyType(
    {
        Line.LANGUAGE: lambda _: keyboards.languages(),
        Line.WHICH_TO_CANCEL: lambda world: keyboards.cancellable(world.language, world.jobs_here),
        Line.CANCEL_DONE: _nothing,
        Line.CANCEL_ASKED: _nothing,
        Line.CANCEL_TOO_LATE: _nothing,
    }
)
"""The buttons below a message; everything else stands above the menu."""


def say(key: str, world: World) -> Content:
    """Return the message with this key."""
    if isinstance(world.place, Group):
        return _say_in_group(key, world, world.place)
    said = _TEXTS.get(key, partial(line, key))(world)
    return Content(said, _KEYBOARDS.get(key, _menu)(world))


def _say_in_group(key: str, world: World, place: Group) -> Content:
    """Return a message for a group: short, without the menu, with the way to the private chat."""
    own = f"group.{key}"
    keyboard = _KEYBOARDS.get(key, _nothing)(world)
    if key not in _GROUP_TEXTS and not has(own):
        return Content(_TEXTS.get(key, partial(line, key))(world), keyboard)
    private = Link(plain(world.language, "group.private"), f"https://t.me/{place.bot}?start=group")
    said = _GROUP_TEXTS.get(key, partial(line, own))(world)
    return Content(said, keyboard, link=private)


def reply(key: str, world: World) -> str:
    """Return the answer to a pressed button: plain, and short enough for Telegram."""
    if not key:
        return ""
    return plain(world.language, key, **facts(world))[:MAX_ANSWER]


def _help(world: World) -> str:
    """Explain everything, and where else photos may go."""
    return "\n".join(line(key, world) for key in (Line.HELP, *elsewhere(world)))


def _languages(_world: World) -> str:
    """Ask in every language: whoever needs this may not read the present one."""
    return "\n".join(text(code, Line.LANGUAGE) for code in LANGUAGES)


_TEXTS: Mapping[str, Callable[[World], str]] = MappingProxyType(
    {Line.QUOTA: quota, Line.LANGUAGE: _languages, Line.HELP: _help}
)
"""The messages that are more than one line of text."""

_GROUP_TEXTS: Mapping[str, Callable[[World], str]] = MappingProxyType({Line.QUOTA: quota_in_group})
"""The same, in a group."""
