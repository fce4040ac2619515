"""Telegram's HTML: markup to plain text and entities, or the server's own complaint.

Pure. Follows the rules and error texts of the Bot API's parse mode HTML: a closed list of
tags, attributes ignored where they mean nothing, only four named character references.
"""

import re
from dataclasses import dataclass
from typing import NoReturn
from urllib.parse import urlsplit, urlunsplit

from bot.demo.telegram.errors import refuse
from bot.demo.telegram.text import Entity, Formatted, utf16_length

_SIMPLE = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
_SUPPORTED = {*_SIMPLE, "a", "span", "tg-emoji"}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(lt|gt|amp|quot));?")
_TAG_NAME = re.compile(r"[^\s>]*")
_ATTRIBUTE = re.compile(r"""\s*([^\s=>]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+)))?""")
_USER_LINK = re.compile(r"tg://user\?id=(\d+)")
_LAST_CODE_POINT = 0x10FFFF


@dataclass(slots=True)
class _Open:
    """A start tag that waits for its end."""

    name: str
    attributes: dict[str, str]
    offset: int  # in the plain text, UTF-16 units
    at: int  # in the source, characters


def parse_html(source: str) -> Formatted:
    """Return what a message marked up like this shows.

    Raises:
        ApiError: "can't parse entities", with the byte offset the real server would name.

    """
    return _Parser(source).run()


class _Parser:
    def __init__(self, source: str) -> None:
        self._source = source
        self._position = 0
        self._plain: list[str] = []
        self._length = 0  # of the plain text so far, UTF-16 units
        self._open: list[_Open] = []
        self._entities: list[Entity] = []
        self._code: tuple[Entity, str] | None = None  # just closed, with its language

    def run(self) -> Formatted:
        while self._position < len(self._source):
            character = self._source[self._position]
            if character == "<":
                self._tag()
            elif character == "&":
                self._reference()
            else:
                self._take(character, 1)
        if self._open:
            msg = f'Can\'t find end tag corresponding to start tag "{self._open[-1].name}"'
            _unparsed(msg)
        self._entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return Formatted("".join(self._plain), self._entities)

    def _take(self, shown: str, consumed: int) -> None:
        self._plain.append(shown)
        self._length += utf16_length(shown)
        self._position += consumed

    def _reference(self) -> None:
        match = _REFERENCE.match(self._source, self._position)
        if match is None:
            self._take("&", 1)
            return
        hexadecimal, decimal, name = match.groups()
        code = int(hexadecimal, 16) if hexadecimal else int(decimal or 0)
        known = name is not None or 0 < code <= _LAST_CODE_POINT
        shown = (_NAMED[name] if name else chr(code)) if known else match.group()
        self._take(shown, len(match.group()))

    def _tag(self) -> None:
        if self._source.startswith("</", self._position):
            self._end_tag()
        else:
            self._start_tag()

    def _byte_offset(self, position: int) -> int:
        return len(self._source[:position].encode())

    def _start_tag(self) -> None:
        at = self._position
        name = self._name(at + 1)
        position = at + 1 + len(name)
        if position >= len(self._source):
            _unparsed(f"Unclosed start tag at byte offset {self._byte_offset(at)}")
        name = name.lower()
        if name not in _SUPPORTED:
            msg = f'Unsupported start tag "{name}" at byte offset {self._byte_offset(at)}'
            _unparsed(msg)
        attributes, self._position = self._attributes(position, at)
        if name == "span" and attributes.get("class") != "tg-spoiler":
            where = self._byte_offset(at)
            msg = f'Tag "span" must have class "tg-spoiler" at byte offset {where}'
            _unparsed(msg)
        self._open.append(_Open(name, attributes, self._length, at))

    def _name(self, position: int) -> str:
        match = _TAG_NAME.match(self._source, position)
        return match.group() if match else ""

    def _attributes(self, position: int, at: int) -> tuple[dict[str, str], int]:
        attributes: dict[str, str] = {}
        while True:
            while position < len(self._source) and self._source[position].isspace():
                position += 1
            if self._source.startswith(">", position):
                return attributes, position + 1
            match = _ATTRIBUTE.match(self._source, position)
            if match is None:
                _unparsed(f"Unclosed start tag at byte offset {self._byte_offset(at)}")
            name, *values = match.groups()
            value = next((value for value in values if value is not None), "")
            attributes[name.lower()] = _REFERENCE.sub(_decoded, value)
            position = match.end()

    def _end_tag(self) -> None:
        at = self._position
        close = self._source.find(">", at)
        where = self._byte_offset(at)
        if close < 0:
            _unparsed(f"Unclosed end tag at byte offset {where}")
        if not self._open:
            _unparsed(f"Unexpected end tag at byte offset {where}")
        name = self._source[at + 2 : close].strip().lower()
        opened = self._open.pop()
        if name not in {"", opened.name}:
            msg = (
                f'Unmatched end tag at byte offset {where}, expected "</{opened.name}>", '
                f'found "</{name}>"'
            )
            _unparsed(msg)
        self._position = close + 1
        self._close(opened)

    def _close(self, opened: _Open) -> None:
        length = self._length - opened.offset
        meaning = self._meaning(opened)
        if length == 0 or meaning is None:
            return
        entity = {**meaning, "offset": opened.offset, "length": length}
        if opened.name == "pre" and self._code is not None:
            code, language = self._code
            if code is self._entities[-1] and _same_place(code, entity):
                self._entities.pop()
                entity["language"] = language
        self._entities.append(entity)
        language = opened.attributes.get("class", "").removeprefix("language-")
        self._code = (entity, language) if opened.name == "code" and language else None

    def _meaning(self, opened: _Open) -> Entity | None:
        attributes = opened.attributes
        match opened.name:
            case "a":
                return self._link(attributes.get("href") or self._text_since(opened.offset))
            case "span":
                return {"type": "spoiler"}
            case "tg-emoji":
                return {"type": "custom_emoji", "custom_emoji_id": attributes.get("emoji-id", "")}
            case "blockquote" if "expandable" in attributes:
                return {"type": "expandable_blockquote"}
            case name:
                return {"type": _SIMPLE[name]}

    def _text_since(self, offset: int) -> str:
        plain = "".join(self._plain).encode("utf-16-le", "surrogatepass")
        return plain[2 * offset :].decode("utf-16-le", "replace")

    @staticmethod
    def _link(url: str) -> Entity | None:
        user = _USER_LINK.fullmatch(url)
        if user:
            # Whoever sends the message fills in the person, if there is one.
            return {"type": "text_mention", "user": {"id": int(user.group(1))}}
        if "." not in url and "://" not in url:
            return None  # no link at all: the server shows the bare text
        parts = urlsplit(url if "://" in url else f"http://{url}")
        return {"type": "text_link", "url": urlunsplit(parts._replace(path=parts.path or "/"))}


def _same_place(one: Entity, other: Entity) -> bool:
    return (one["offset"], one["length"]) == (other["offset"], other["length"])


def _decoded(match: re.Match[str]) -> str:
    hexadecimal, decimal, name = match.groups()
    if name:
        return _NAMED[name]
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    return chr(code) if 0 < code <= _LAST_CODE_POINT else match.group()


def _unparsed(why: str) -> NoReturn:
    refuse(f"can't parse entities: {why}")
