"""Styles as people name them: by the number in the gallery, or by the name in any language."""

import re
import unicodedata
from collections.abc import Sequence

from bot.views.texts import LANGUAGES, plain
from providers.styles import Style

_BETWEEN = re.compile(r"[,\uff0c\u3001;\uff1b/]")  # commas and semicolons, the wide ones too


def styles_named(words: str, gallery: Sequence[Style]) -> tuple[Style, ...]:
    """Return the styles that somebody named, of those in the gallery, each once.

    Several stand between commas. A part of a name will do where it fits one style only.
    Empty where anything was not understood: a wrong guess would cost credits.
    """
    parts = [_bare(part) for part in _BETWEEN.split(words)]
    found = [_named(part, gallery) for part in parts if part]
    styles = [style for style in found if style is not None]
    return tuple(dict.fromkeys(styles)) if len(styles) == len(found) else ()


def _named(part: str, gallery: Sequence[Style]) -> Style | None:
    if part.isdecimal():
        number = int(part)
        return gallery[number - 1] if 1 <= number <= len(gallery) else None
    names = {style: _names(style) for style in gallery}
    whole = [style for style, known in names.items() if part in known]
    partly = [style for style, known in names.items() if any(part in name for name in known)]
    matching = whole or partly
    return matching[0] if len(matching) == 1 else None


def _names(style: Style) -> set[str]:
    return {_bare(plain(language, f"style.{style}")) for language in LANGUAGES} | {_bare(style)}


def _bare(text: str) -> str:
    """Return only the letters and numbers of a text, without case."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in folded if character.isalnum())
