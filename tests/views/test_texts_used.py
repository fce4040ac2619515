"""No text is kept that nothing says any more.

A key is used where it stands in the code, whole, or put together by an f-string whose parts
stand there, too: as words, names of commands, values of enums or names of states.
"""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from bot.dialogue.table import STATES
from bot.views import texts

ROOT = Path(texts.__file__).parents[3]
TEXTS = Path(texts.__file__).parent
SILENT = (ROOT / "bot" / "demo", ROOT / "bot" / "check", TEXTS)  # say nothing in a chat
PART = r"([\w.-]+)"  # what an f-string may fill in
KEYS = sorted(
    key
    for module in pkgutil.iter_modules([str(TEXTS)])
    if module.name.partition("_")[0] == texts.SOURCE
    for key in importlib.import_module(f"{texts.__name__}.{module.name}").TEXTS
)


def _modules() -> Iterator[ast.AST]:
    for package in ("bot", "providers", "storage"):
        for path in (ROOT / package).rglob("*.py"):
            if not any(path.is_relative_to(folder) for folder in SILENT):
                yield ast.parse(path.read_text(encoding="utf-8"))


def _pattern(template: ast.JoinedStr) -> str:
    parts = (
        re.escape(str(one.value)) if isinstance(one, ast.Constant) else PART
        for one in template.values
    )
    return "".join(parts)


@cache
def said() -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """Return the words that stand in the code, and what f-strings may become."""
    words, patterns = {state.__name__ for state in STATES}, set()
    for module in _modules():
        for node in ast.walk(module):
            match node:
                case ast.Constant(value=str(word)):
                    words.add(word)
                case ast.JoinedStr() if re.search("[a-z]{3}", _pattern(node)):
                    patterns.add(_pattern(node))
    return frozenset(words), tuple(re.compile(one) for one in patterns)


def is_used(key: str) -> bool:
    """Tell whether something can say the text with this key."""
    words, families = said()
    if key in words:
        return True
    found = [match for family in families if (match := family.fullmatch(key))]
    return any(all(part in words for part in match.groups()) for match in found)


@pytest.mark.parametrize("key", KEYS)
def test_every_text_is_said_somewhere(key: str) -> None:
    assert is_used(key)


@pytest.mark.parametrize(
    "key", ["alert.flood_of_paper", "admin.usage.dance", "welcomes", "oranges.one"]
)
def test_what_nothing_says_would_be_found(key: str) -> None:
    assert not is_used(key)
