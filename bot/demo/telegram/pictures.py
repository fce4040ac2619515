"""What Telegram makes of a picture that is sent as a photo: several smaller JPEGs.

The heavy part runs in a worker thread, because the bot may live in the same process, and
the last results are kept, because demos and tests send the same few photos again and again.
"""

import asyncio
import hashlib
import io
import warnings
from collections import OrderedDict
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

from bot.demo.telegram.errors import ApiError, refuse

SIDES = (90, 320, 800, 1280, 2560)  # px, longest side of each size
MAX_PHOTO_BYTES = 10 * 1024 * 1024  # Bot API, sendPhoto
MAX_PHOTO_SIDES = 10_000  # px, width + height; Bot API, sendPhoto
MAX_PHOTO_RATIO = 20  # Bot API, sendPhoto
_QUALITY = 87
_THUMBNAIL = 320  # px, longest side
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")
_KEPT = 64  # results


@dataclass(frozen=True, slots=True)
class Scaled:
    """One JPEG of a photo; sizes in px."""

    data: bytes
    width: int
    height: int


class Darkroom:
    """Turns uploads into photo sizes, outside the event loop."""

    def __init__(self) -> None:
        self._done: OrderedDict[tuple[bytes, bool], tuple[Scaled, ...]] = OrderedDict()

    async def develop(self, data: bytes, *, checked: bool) -> tuple[Scaled, ...]:
        """Return a photo's sizes, smallest first.

        `checked`: refuse what sendPhoto refuses. A person's client shrinks first instead.

        Raises:
            ApiError: what the server says about a file that cannot be a photo.

        """
        if checked and len(data) > MAX_PHOTO_BYTES:
            msg = (
                f"file of size {len(data)} bytes is too big for a photo; "
                f"the maximum size is {MAX_PHOTO_BYTES} bytes"
            )
            refuse(msg)
        key = (hashlib.sha256(data).digest(), checked)
        if key not in self._done:
            self._done[key] = await asyncio.to_thread(_sizes, data, checked=checked)
            if len(self._done) > _KEPT:
                self._done.popitem(last=False)
        return self._done[key]

    async def thumbnail(self, data: bytes) -> Scaled | None:
        """Return the small preview of a picture sent as a file, None for other files."""
        return await asyncio.to_thread(_thumbnail, data)


def fits_as_photo(data: bytes) -> bool:
    """Tell whether a client would offer to send this as a photo at all."""
    try:
        with _opened(data) as image:
            return max(image.size) <= MAX_PHOTO_RATIO * min(image.size)
    except ApiError:
        return False


def _opened(data: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            # A picture that claims to be enormous is refused by its size further on.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            return Image.open(io.BytesIO(data), formats=_FORMATS)
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError, ValueError):
        refuse("IMAGE_PROCESS_FAILED")


def _sizes(data: bytes, *, checked: bool) -> tuple[Scaled, ...]:
    image = _opened(data)
    width, height = image.size
    too_long = max(width, height) > MAX_PHOTO_RATIO * min(width, height)
    if too_long or (checked and width + height > MAX_PHOTO_SIDES):
        refuse("PHOTO_INVALID_DIMENSIONS")
    try:
        image.draft("RGB", (SIDES[-1], SIDES[-1]))
        current = _flat(ImageOps.exif_transpose(image))
    except (OSError, ValueError, SyntaxError):
        refuse("IMAGE_PROCESS_FAILED")
    longest = min(SIDES[-1], max(width, height))
    scaled = []
    for side in [longest, *(side for side in reversed(SIDES) if side < longest)]:
        current = _fitted(current, side)
        scaled.append(_jpeg(current))
    return tuple(reversed(scaled))


def _flat(image: Image.Image) -> Image.Image:
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        ground = Image.new("RGBA", image.size, "white")
        return Image.alpha_composite(ground, image.convert("RGBA")).convert("RGB")
    return image.convert("RGB")


def _fitted(image: Image.Image, side: int) -> Image.Image:
    factor = side / max(image.size)
    if factor >= 1:
        return image
    width, height = (max(1, round(length * factor)) for length in image.size)
    return image.resize((width, height), Image.Resampling.BILINEAR, reducing_gap=2.0)


def _jpeg(image: Image.Image) -> Scaled:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=_QUALITY)
    return Scaled(out.getvalue(), *image.size)


def _thumbnail(data: bytes) -> Scaled | None:
    try:
        with _opened(data) as image:
            image.draft("RGB", (_THUMBNAIL, _THUMBNAIL))
            return _jpeg(_fitted(_flat(image), _THUMBNAIL))
    except (ApiError, OSError, ValueError, SyntaxError):
        return None
