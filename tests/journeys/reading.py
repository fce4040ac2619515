"""Recognising what the bot says by the key of its text, so that a better wording breaks no test."""

import functools
import html
import re

from bot.views import texts
from tests.people import Message, Predicate, buttons, from_bot, words

_TEXTS = texts._TEXTS
_TAG, _GAP = re.compile(r"<[^<>]+>"), re.compile(r"\{\w+\}")


@functools.cache
def pattern(key: str, language: str = "en") -> re.Pattern[str]:
    """Return what a text looks like to people, whatever its gaps are filled with."""
    plain = html.unescape(_TAG.sub("", _TEXTS[language][key]))
    return re.compile(".+".join(map(re.escape, _GAP.split(plain))), re.DOTALL)


def reads(*keys: str, language: str = "en") -> Predicate:
    """Return a predicate: a message of the bot's with one of these lines."""
    return lambda message: from_bot(message) and has_line(words(message), *keys, language=language)


def has_line(said: str, *keys: str, language: str = "en") -> bool:
    """Tell whether one of these lines is in a text."""
    return any(pattern(key, language).search(said) for key in keys)


def named(message: Message, key: str, language: str = "en") -> str:
    """Return the data of the button with this text."""
    shown = buttons(message)
    found = [data for name, data in shown.items() if pattern(key, language).fullmatch(name)]
    assert found, f"no button {key} among {list(shown)}"
    return found[0]
