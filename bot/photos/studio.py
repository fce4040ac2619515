"""The photo room as the event loop sees it: every job in a worker thread, few at once.

Pillow lets go of the interpreter while it decodes, scales and encodes, so two threads use
two cores and the loop stays free. More at once would only cost memory: a large HEIC file
takes some 300 MB while it is decoded.
"""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from bot.dialogue.events import Refusal
from bot.messages import ChartDay
from bot.photos.card import side_by_side
from bot.photos.chart import usage_chart
from bot.photos.checking import Inspected, PictureInfo, check_picture, inspect
from bot.photos.fitting import (
    Normalised,
    normalise,
    normalise_like,
    reencode_for_telegram,
)
from bot.photos.gallery import style_gallery
from providers.spec import PhotoRules
from providers.styles import Style

AT_ONCE = 2

_T = TypeVar("_T")


class Studio:
    """Runs the photo functions in worker threads; who comes first is served first."""

    def __init__(self, at_once: int = AT_ONCE) -> None:
        self._workers = ThreadPoolExecutor(at_once, thread_name_prefix="studio")

    def close(self) -> None:
        """Drop what has not begun. What has begun ends by itself."""
        self._workers.shutdown(wait=False, cancel_futures=True)

    async def inspect(self, data: bytes) -> Inspected | Refusal:
        """See `bot.photos.inspect`."""
        return await self._run(lambda: inspect(data))

    async def normalise(self, data: bytes, rules: PhotoRules) -> Normalised | Refusal:
        """See `bot.photos.normalise`."""
        return await self._run(lambda: normalise(data, rules))

    async def normalise_like(
        self, data: bytes, like: bytes, rules: PhotoRules
    ) -> Normalised | Refusal:
        """See `bot.photos.normalise_like`."""
        return await self._run(lambda: normalise_like(data, like, rules))

    async def side_by_side(self, images: Sequence[bytes]) -> bytes:
        """See `bot.photos.side_by_side`."""
        return await self._run(lambda: side_by_side(images))

    async def style_gallery(self, styles: tuple[Style, ...]) -> bytes:
        """See `bot.photos.gallery`."""
        return await self._run(lambda: style_gallery(styles))

    async def usage_chart(self, days: tuple[ChartDay, ...]) -> bytes:
        """See `bot.photos.chart`."""
        return await self._run(lambda: usage_chart(days))

    async def check_picture(self, data: bytes) -> PictureInfo | None:
        """See `bot.photos.check_picture`."""
        return await self._run(lambda: check_picture(data))

    async def reencode_for_telegram(self, data: bytes) -> bytes:
        """See `bot.photos.reencode_for_telegram`."""
        return await self._run(lambda: reencode_for_telegram(data))

    async def _run(self, work: Callable[[], _T]) -> _T:
        return await asyncio.get_running_loop().run_in_executor(self._workers, work)
