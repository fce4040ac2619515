"""A photo host on a web server of our own, for every service that can reach it.

A photo stands under a name nobody can guess, until its job is over and never longer than
an hour. Names, addresses and times are decided here; keeping the bytes so that they
survive a restart is the shelf's business, answering requests the web server's.
"""

import re
import secrets
from typing import Protocol

from providers.base import NoAnswer, Published
from providers.causes import Cause, Problem
from providers.http import Now

LIFETIME = 3600.0  # seconds; a job uses its photos for half of it, its task for 10 minutes more
TOKEN_BYTES = 32  # of randomness in a name

_NAME = re.compile(r"[A-Za-z0-9_-]{43}\.jpg", re.ASCII)
_REF = "self:"


class Shelf(Protocol):
    """Keeps bytes under names, also across a restart. Raises OSError where it cannot."""

    async def keep(self, name: str, data: bytes, until: float) -> None:
        """Keep something until a Unix time."""

    async def find(self, name: str, now: float) -> bytes | None:
        """Return what is kept under a name, None if there is nothing or its time is over."""

    async def remove(self, name: str) -> None:
        """Take something away. Safe to repeat."""

    async def sweep(self, now: float) -> int:
        """Take away everything whose time is over; return how many."""


class OwnServer:
    """A `PhotoHost`. `address` is the URL under which the web server answers with photos."""

    def __init__(self, shelf: Shelf, address: str, *, now: Now) -> None:
        self._shelf = shelf
        self._address = address.rstrip("/")
        self._now = now

    async def publish(self, photo: bytes, *, model: str) -> Published | NoAnswer:  # noqa: ARG002  any service may fetch it
        """Put a JPEG where whoever is told its address can fetch it."""
        name = f"{secrets.token_urlsafe(TOKEN_BYTES)}.jpg"
        try:
            await self._shelf.keep(name, photo, self._now() + LIFETIME)
        except OSError as error:
            return _trouble("not_kept", error)
        return Published(url=f"{self._address}/{name}", ref=f"{_REF}{name}")

    async def withdraw(self, ref: str) -> NoAnswer | None:
        """Take a photo away."""
        name = ref.removeprefix(_REF)
        if name == ref or not _NAME.fullmatch(name):
            return None
        try:
            await self._shelf.remove(name)
        except OSError as error:
            return _trouble("not_removed", error)
        return None

    async def fetch(self, name: str) -> bytes | None:
        """Return the photo that a request names, None if there is none. Raises OSError."""
        return await self._shelf.find(name, self._now()) if _NAME.fullmatch(name) else None

    async def sweep(self) -> NoAnswer | None:
        """Take away what was published long ago and not withdrawn, by a crash say."""
        try:
            await self._shelf.sweep(self._now())
        except OSError as error:
            return _trouble("not_swept", error)
        return None


def _trouble(code: str, error: OSError) -> NoAnswer:
    said = error.strerror or type(error).__name__  # never the path: it names the photo
    return NoAnswer(Problem(Cause.PHOTO_UNREACHABLE, code, said))
