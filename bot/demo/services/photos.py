"""Photos that a task is given: fetched over HTTP, decoded, measured.

The real service cannot reach addresses of a private network; this one, which must not
reach anything else, fetches from this machine only. Source of the rules: provider docs
000 and 003 (5 KB-5 MB, sides 150-4096 px, the formats).
"""

import io
import ipaddress
import math
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import urlsplit

import httpx
import pillow_heif
from PIL import Image, ImageOps

from bot.demo.services.refusals import (
    DOWNLOAD_TIMED_OUT,
    INVALID_LENGTH,
    INVALID_URL,
    Refusal,
)

FORMATS = ("JPEG", "PNG", "BMP", "WEBP")  # and HEIF, which Pillow cannot open by itself
DOWNLOAD_SECONDS = 10.0  # real ones
OK = 200

Fetch: TypeAlias = Callable[[str, int], Awaitable[bytes]]  # URL, limit in bytes


@dataclass(frozen=True, slots=True)
class Rules:
    """What a photo must be. Bytes, px, longer side by shorter; both ends allowed."""

    min_bytes: int
    max_bytes: int
    min_side: int
    max_side: int
    max_ratio: float = math.inf


def is_local(url: str) -> bool:
    """Tell whether a URL leads to this machine."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme not in {"http", "https"}:
        return False
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class LocalFetcher:
    """Downloads from this machine. Redirects are not followed."""

    def __init__(self) -> None:
        self._client: httpx.AsyncClient | None = None

    async def __call__(self, url: str, limit: int) -> bytes:
        """Return what is behind a URL, at most one byte more than `limit`.

        Raises:
            Refusal: if there is nothing, or it takes too long.

        """
        if not is_local(url):
            raise Refusal(INVALID_URL)
        if self._client is None:
            self._client = httpx.AsyncClient(trust_env=False, timeout=DOWNLOAD_SECONDS)
        try:
            async with self._client.stream("GET", url) as answer:
                if answer.status_code != OK:
                    raise Refusal(INVALID_URL)
                return await _read(answer, limit)
        except httpx.TimeoutException:
            raise Refusal(DOWNLOAD_TIMED_OUT) from None
        except (httpx.HTTPError, httpx.InvalidURL):
            raise Refusal(INVALID_URL) from None

    async def close(self) -> None:
        """Close the connections."""
        if self._client is not None:
            await self._client.aclose()


async def _read(answer: httpx.Response, limit: int) -> bytes:
    data = b""
    async for piece in answer.aiter_bytes():
        data += piece
        if len(data) > limit:
            break
    return data[: limit + 1]


def opened(data: bytes, rules: Rules) -> Image.Image:
    """Return the photo upright in RGB. CPU work: for a worker thread.

    Raises:
        Refusal: if it is no picture of an accepted format, or breaks the rules.

    """
    if not rules.min_bytes <= len(data) <= rules.max_bytes:
        raise Refusal(INVALID_LENGTH)
    try:
        source = _header(data)
        short, long = sorted(source.size)
        if not (rules.min_side <= short and long <= rules.max_side):
            raise Refusal(INVALID_LENGTH)
        if long > rules.max_ratio * short:
            raise Refusal(INVALID_LENGTH)
        return ImageOps.exif_transpose(source).convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise Refusal(INVALID_URL) from None


def _header(data: bytes) -> Image.Image:
    if pillow_heif.is_supported(data):
        return pillow_heif.open_heif(data).to_pillow()
    return Image.open(io.BytesIO(data), formats=FORMATS)
