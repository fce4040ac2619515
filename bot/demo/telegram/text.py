"""Texts as Telegram keeps them: plain characters plus entities with UTF-16 offsets.

Pure. Here are the measuring, the trimming and the entities that the server finds by
itself (commands, mentions, links, hashtags); HTML is read in `html`.
"""

import re
from dataclasses import dataclass, field
from typing import Any

Entity = dict[str, Any]

_FOUND = (
    ("url", re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)\]}']")),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]*\w")),
    ("bot_command", re.compile(r"(?<![\w/])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])")),
    ("mention", re.compile(r"(?<![\w@])@[A-Za-z][A-Za-z0-9_]{3,31}(?!\w)")),
    ("hashtag", re.compile(r"(?<!\w)#\w{1,255}")),
)
_NO_ENTITIES_INSIDE = {"code", "pre", "text_link", "text_mention"}


@dataclass(frozen=True, slots=True)
class Formatted:
    """A text with its entities."""

    text: str
    entities: list[Entity] = field(default_factory=list)


def utf16_length(text: str) -> int:
    """Return the length in UTF-16 code units, in which Telegram counts."""
    return len(text) + sum(character > "\uffff" for character in text)


def slice_utf16(text: str, offset: int, length: int) -> str:
    """Return the part of a text that an entity covers."""
    data = text.encode("utf-16-le", "surrogatepass")
    return data[2 * offset : 2 * (offset + length)].decode("utf-16-le", "replace")


def trimmed(formatted: Formatted) -> Formatted:
    """Take white space off both ends, as the server does, and move the entities along."""
    left = utf16_length(formatted.text) - utf16_length(formatted.text.lstrip())
    text = formatted.text.strip()
    end = utf16_length(text)
    entities = []
    for entity in formatted.entities:
        start = max(0, entity["offset"] - left)
        stop = min(end, entity["offset"] - left + entity["length"])
        if stop > start:
            entities.append({**entity, "offset": start, "length": stop - start})
    return Formatted(text, entities)


def with_found_entities(formatted: Formatted) -> Formatted:
    """Add the entities that nobody marked but the server recognises."""
    taken = [
        (entity["offset"], entity["offset"] + entity["length"])
        for entity in formatted.entities
        if entity["type"] in _NO_ENTITIES_INSIDE
    ]
    entities = list(formatted.entities)
    for kind, pattern in _FOUND:
        for match in pattern.finditer(formatted.text):
            start = utf16_length(formatted.text[: match.start()])
            stop = start + utf16_length(match.group())
            if all(stop <= first or start >= last for first, last in taken):
                taken.append((start, stop))
                entities.append({"type": kind, "offset": start, "length": stop - start})
    entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
    return Formatted(formatted.text, entities)
