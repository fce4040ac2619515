"""Telegram's limits, and a check that a message keeps them (Bot API, "sendMessage" and others)."""

import html
import re
from html.parser import HTMLParser

from bot.dialogue.events import BadButton
from bot.messages import Content, Keyboard
from bot.views.callbacks import MAX_BYTES, decode

CAPTION, TEXT = 1024, 4096  # UTF-16 units after entity parsing
ALLOWED = {"b", "i", "code"}


class _Balanced(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ALLOWED
        assert not attrs
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def visible(text: str) -> str:
    """Return a text as people see it."""
    return html.unescape(re.sub(r"</?[a-z]+>", "", text))


def length(text: str) -> int:
    return len(visible(text).encode("utf-16-le")) // 2


def assert_keeps_limits(content: Content, limit: int = CAPTION) -> None:
    parser = _Balanced()
    parser.feed(content.text)
    parser.close()
    assert not parser.open
    assert 0 < length(content.text) <= limit
    assert_buttons_work(content.keyboard)


def assert_buttons_work(keyboard: Keyboard) -> None:
    for row in keyboard:
        assert 0 < len(row) <= 8
        for button in row:
            assert 0 < len(button.text) <= 40
            assert len(button.data.encode()) <= MAX_BYTES
            assert decode(button.data) != BadButton()
