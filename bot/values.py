"""What the text of a setting means: one function per kind of value.

Each takes the text and returns the value, or raises `ValueError` with the end of a
sentence that begins with the setting's name and says what to write instead. Which
setting is of which kind is said in `bot.settings`.
"""

import difflib
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from urllib.parse import SplitResult, urlsplit
from zoneinfo import ZoneInfo, available_timezones

_TOKEN = re.compile(r"\d+:[\w-]{30,}", re.ASCII)
_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", re.ASCII)
_REGION = re.compile(r"[A-Za-z0-9-]{1,40}", re.ASCII)
_MOST = 1_000_000  # credits or CNY: more is a slip of the finger


@dataclass(frozen=True, slots=True)
class Address:
    """Where to listen."""

    host: str
    port: int

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"


def bot_token(text: str) -> str:
    """Read a bot token. Its text is never shown."""
    if not _TOKEN.fullmatch(text):
        msg = "is no bot token; @BotFather gives one like 123456789:AAH… with 35 letters behind"
        raise ValueError(msg)
    return text


def secret(text: str) -> str:
    """Read a key. Its text is never shown."""
    if any(character.isspace() or not character.isprintable() for character in text):
        msg = "contains a space or a line break; copy the key again, without anything around it"
        raise ValueError(msg)
    return text


def numeric_ids(text: str) -> tuple[int, ...]:
    """Read numbers between commas."""
    parts = [part for part in re.split(r"[,;\s]+", text) if part]
    wrong = [part for part in parts if not part.isascii() or not part.isdigit() or int(part) == 0]
    if wrong:
        msg = f"{wrong[0]!r} is no numeric id; write such as 12345678, 23456789"
        raise ValueError(msg)
    return tuple(dict.fromkeys(int(part) for part in parts))


def address(text: str) -> Address:
    """Read a host and a port."""
    host, colon, port = text.rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    if not colon or not host or not port.isdecimal() or int(port) > 0xFFFF:  # noqa: PLR2004  a port has 16 bits
        msg = f"{text!r} is no address; write host:port, such as 127.0.0.1:8080 or 0.0.0.0:8080"
        raise ValueError(msg)
    return Address(host, int(port))


def web_address(text: str) -> str:
    """Read the address of a web service, without its final slash."""
    try:
        parts = urlsplit(text)
        usable = _is_plain(parts)
    except ValueError:  # a port or an IPv6 address that is none
        usable = False
    if not usable:
        msg = "not a web address; write it with https:// in front and without user, ? or #"
        raise ValueError(msg)
    if not text.isascii():  # not every service that is told of it reads more
        msg = f"{text!r} must be plain ASCII; write an international name as xn--…"
        raise ValueError(msg)
    return text.rstrip("/")


def _is_plain(parts: SplitResult) -> bool:
    return (
        parts.scheme in ("http", "https")
        and bool(parts.hostname)
        and parts.port != 0
        and not (parts.username or parts.password or parts.query or parts.fragment)
        and not re.search(r"\s", parts.geturl())
    )


def bucket(text: str) -> str:
    """Read the name of a bucket."""
    if not _BUCKET.fullmatch(text):
        msg = f"{text!r} is no bucket; write its bare name: 3 to 63 of a-z, 0-9, - and ."
        raise ValueError(msg)
    return text


def region(text: str) -> str:
    """Read the name of a region."""
    if not _REGION.fullmatch(text):
        msg = f"{text!r} is no region; write a name such as oss-cn-beijing or us-east-1"
        raise ValueError(msg)
    return text


def whole_number(text: str) -> int:
    """Read a number of things."""
    if not text.isascii() or not text.isdigit() or int(text) > _MOST:
        msg = f"{text!r} is no whole number from 0 to {_MOST}"
        raise ValueError(msg)
    return int(text)


def money(text: str) -> Decimal:
    """Read an amount of money."""
    try:
        amount = Decimal(text)
        usable = 0 <= amount <= _MOST and amount == amount.quantize(Decimal("0.001"))
    except InvalidOperation:
        usable = False
    if not usable:
        msg = f"{text!r} is no amount; write a number such as 50 or 12.5"
        raise ValueError(msg)
    return amount


def time_zone(text: str) -> ZoneInfo:
    """Read the name of a time zone."""
    try:
        return ZoneInfo(text)
    except (ValueError, OSError, LookupError):
        similar = {name.lower(): name for name in available_timezones()}
        close = difflib.get_close_matches(text.lower(), similar, 1)
        example = similar[close[0]] if close else "Europe/Berlin"
        msg = f"{text!r} is no time zone; use a name such as {example}"
        raise ValueError(msg) from None


def path(text: str) -> Path:
    """Read the name of a file."""
    return Path(text).expanduser()


def one_of(allowed: Collection[str]) -> Callable[[str], str]:
    """Return a reader that takes only these words, in any case."""

    def read(text: str) -> str:
        if text.lower() not in allowed:
            msg = f"{text!r} is not possible; choose {_either(allowed)}"
            raise ValueError(msg)
        return text.lower()

    return read


def several_of(allowed: Collection[str]) -> Callable[[str], tuple[str, ...]]:
    """Return a reader of a list of these words."""

    def read(text: str) -> tuple[str, ...]:
        words = tuple(dict.fromkeys(part.strip().lower() for part in text.split(",")))
        unknown = [word for word in words if word not in allowed]
        if unknown:
            msg = f"{unknown[0]!r} is not known; choose from {', '.join(allowed)}"
            raise ValueError(msg)
        return words

    return read


def _either(words: Collection[str]) -> str:
    *others, last = words
    return f"{', '.join(others)} or {last}" if others else last
