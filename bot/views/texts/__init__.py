"""What the bot says, in every language: one file of data per language, checked when loaded.

A language is a module in this folder with its own `NAME` and its `TEXTS`; adding the file
adds the language. What would make it too long stands beside it, as `{code}_{part}`. All of
them must have the same keys with the same placeholders, which is checked here, once, before
anything is said. How texts are put together to messages is left to the other views.
"""

import html
import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from string import Formatter
from types import MappingProxyType

SOURCE = "en"
"""The language the others are compared with."""


class TextsDiffer(Exception):  # noqa: N818  says what is wrong with the texts
    """The languages do not say the same; mend the texts that the message names."""


def _load() -> tuple[Mapping[str, str], Mapping[str, Mapping[str, str]]]:
    found = sorted(module.name for module in pkgutil.iter_modules(__path__))
    modules = {name: importlib.import_module(f"{__name__}.{name}") for name in found}
    codes = sorted((name for name in found if "_" not in name), key=lambda code: code != SOURCE)
    texts: dict[str, dict[str, str]] = {code: {} for code in codes}
    for name, module in modules.items():
        texts[name.partition("_")[0]].update(module.TEXTS)
    names = {code: str(modules[code].NAME) for code in codes}
    return MappingProxyType(names), MappingProxyType(
        {code: MappingProxyType(own) for code, own in texts.items()}
    )


def placeholders(template: str) -> frozenset[str]:
    """Return the names of what is filled into a text."""
    return frozenset(name for _, name, _, _ in Formatter().parse(template) if name is not None)


def differences(texts: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    """Yield, in words, where a language does not match the source language."""
    source = texts[SOURCE]
    for code, own in texts.items():
        for key in sorted(source.keys() - own.keys()):
            yield f"{code} lacks {key!r}"
        for key in sorted(own.keys() - source.keys()):
            yield f"{code} has {key!r}, which {SOURCE} has not"
        for key in sorted(own.keys() & source.keys()):
            if placeholders(own[key]) != placeholders(source[key]):
                yield f"{code} fills other names into {key!r} than {SOURCE}"


def check(texts: Mapping[str, Mapping[str, str]]) -> None:
    """Raise `TextsDiffer` naming every difference between the languages."""
    found = list(differences(texts))
    if found:
        raise TextsDiffer("; ".join(found))


LANGUAGES, _TEXTS = _load()
check(_TEXTS)


def has(key: str) -> bool:
    """Tell whether there is a text with this key."""
    return key in _TEXTS[SOURCE]


def text(language: str, key: str, **values: str | int) -> str:
    """Return a text as Telegram HTML; what is filled in is escaped."""
    escaped = {name: html.escape(str(value), quote=False) for name, value in values.items()}
    return _template(language, key).format_map(escaped)


def plain(language: str, key: str, **values: str | int) -> str:
    """Return a text without markup as it is, for buttons and answers to presses."""
    return _template(language, key).format_map(values)


def _template(language: str, key: str) -> str:
    return _TEXTS.get(language, _TEXTS[SOURCE])[key]


def pick_language(chosen: str | None, client: str | None, default: str) -> str:
    """Return the language to speak: the chosen one, else the client's, else the default."""
    for wish in (chosen, client, default):
        code = (wish or "").lower().replace("_", "-").partition("-")[0]
        if code in LANGUAGES:
            return code
    return SOURCE
