"""Telegram's files as bytes: photos people sent, fetched again whenever they are needed.

A file's URL contains the bot token, so it never leaves this module: callers get bytes or
one of three exceptions that name nothing but the cause. A small cache spares fetching a
photo three times on its way through check, confirm card and order.
"""

from collections import OrderedDict

from telegram import Bot
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError

CACHE_BYTES = 24 * 1024 * 1024  # a dozen ordinary photos of people who are ordering now
MAX_BYTES = 20 * 1024 * 1024  # Bot API, getFile: "bots can download files of up to 20MB"


class FileGone(Exception):  # noqa: N818  names what happened
    """Telegram no longer hands this file out: ask for the photo again."""


class FileTooLarge(Exception):  # noqa: N818  names what happened
    """Telegram does not hand files of this size to bots: ask for a smaller one."""


class TelegramAway(Exception):  # noqa: N818  names what happened
    """Telegram did not answer: try again after `retry_after` seconds."""

    def __init__(self, retry_after: float) -> None:
        super().__init__(f"Telegram did not hand out a file, again in {retry_after:.0f} s")
        self.retry_after = retry_after


class Files:
    """Fetches files by their id and keeps the latest few in memory."""

    def __init__(self, bot: Bot, *, cache_bytes: int = CACHE_BYTES) -> None:
        self._bot = bot
        self._cache: OrderedDict[str, bytes] = OrderedDict()
        self._cached = 0
        self._cache_bytes = cache_bytes

    async def fetch(self, file_id: str) -> bytes:
        """Return the file's bytes. Raises `FileGone`, `FileTooLarge`, `TelegramAway`."""
        if file_id in self._cache:
            self._cache.move_to_end(file_id)
            return self._cache[file_id]
        data = await self._download(file_id)
        self._keep(file_id, data)
        return data

    async def _download(self, file_id: str) -> bytes:
        try:
            file = await self._bot.get_file(file_id)
            if file.file_size is not None and file.file_size > MAX_BYTES:
                raise FileTooLarge
            return bytes(await file.download_as_bytearray())
        except RetryAfter as error:
            raise TelegramAway(seconds_of(error)) from None
        except (BadRequest, Forbidden) as error:
            raise (FileTooLarge if "too big" in error.message else FileGone) from None
        except NetworkError:
            raise TelegramAway(2.0) from None
        except TelegramError:  # an expired link or a foreign id
            raise FileGone from None

    def _keep(self, file_id: str, data: bytes) -> None:
        if len(data) > self._cache_bytes // 4:
            return
        self._cached += len(data) - len(self._cache.pop(file_id, b""))
        self._cache[file_id] = data
        while self._cached > self._cache_bytes:
            _, oldest = self._cache.popitem(last=False)
            self._cached -= len(oldest)


def seconds_of(error: RetryAfter) -> float:
    """Return how long Telegram wants us to wait."""
    pause = error.retry_after
    return float(pause) if isinstance(pause, int | float) else pause.total_seconds()
