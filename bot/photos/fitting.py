"""Photos made to fit: the rules of an image service, the limits of Telegram.

Every picture is encoded anew from its pixels, so nothing of the file it came in (place,
camera, comments, hidden archives) goes any further.
"""

import io
import math
from dataclasses import dataclass

from PIL import Image, ImageOps

from bot.dialogue.events import Refusal
from bot.photos.checking import unfit
from bot.photos.opening import decode, opened
from providers.spec import PhotoRules

LONGEST = 2000  # px: more than any model draws, and half of what a 12-megapixel camera makes
_QUALITIES = (92, 85, 75, 60)  # JPEG; the first is taken unless the file becomes too large

# Telegram's limits for photos, Bot API "sendPhoto"
_TELEGRAM_BYTES = 10 * 1024 * 1024
_TELEGRAM_LONGEST = 2560  # px: the largest size it keeps; well below width + height = 10000
_TELEGRAM_RATIO = 20


@dataclass(frozen=True, slots=True)
class Normalised:
    """A photo as services want it. Sizes in px."""

    jpeg: bytes
    width: int
    height: int


def normalise(data: bytes, rules: PhotoRules) -> Normalised | Refusal:
    """Make a JPEG that keeps the rules: upright, sRGB, opaque, without metadata."""
    match decode(data, min(LONGEST, rules.max_side)):
        case Refusal() as refusal:
            return refusal
        case picture:
            if problem := unfit(picture):
                return problem
            return _fit(cropped(picture.image, rules.max_ratio), rules)


def normalise_like(data: bytes, like: bytes, rules: PhotoRules) -> Normalised | Refusal:
    """Make a JPEG of the very size that `normalise` gives the photo `like`.

    A picture of another shape is cut down to that photo's, from its middle.
    """
    match normalise(like, rules), decode(data, LONGEST):
        case Refusal() as refusal, _:
            return refusal
        case _, Refusal() as refusal:
            return refusal
        case Normalised(_, width, height), picture:
            size = (width, height)
            image = ImageOps.fit(picture.image, size, Image.Resampling.BICUBIC)
            jpeg = _smallest_loss(image, rules.max_bytes)
            if len(jpeg) < rules.min_bytes:
                return Refusal.TOO_SMALL
            return Normalised(jpeg, *size) if len(jpeg) <= rules.max_bytes else Refusal.TOO_LARGE


def reencode_for_telegram(data: bytes) -> bytes:
    """Make a JPEG that Telegram takes as a photo. Raises `NotAPicture`."""
    image = _padded(opened(data, _TELEGRAM_LONGEST).image, _TELEGRAM_RATIO)
    return _smallest_loss(image, _TELEGRAM_BYTES)


def cropped(image: Image.Image, max_ratio: float | None) -> Image.Image:
    """Cut a picture that is too long down to the person's upper part, where the face is.

    People stand in the middle, and their heads are at the top: of a tall picture the lower
    end goes, of a wide one both sides.
    """
    width, height = image.size
    if max_ratio is None or max(width, height) <= min(width, height) * max_ratio:
        return image
    longest = int(min(width, height) * max_ratio)
    if height > width:
        return image.crop((0, 0, width, longest))
    left = (width - longest) // 2
    return image.crop((left, 0, left + longest, height))


def _fit(image: Image.Image, rules: PhotoRules) -> Normalised | Refusal:
    # Large enough for the bot but not for every model: whoever ordered shall not be refused now.
    factor = rules.min_side / min(image.size)
    if factor * max(image.size) > rules.max_side:
        return Refusal.EXTREME_RATIO
    if factor > 1:
        image = image.resize(_enlarged(image.size, factor), Image.Resampling.BICUBIC)
    jpeg = _smallest_loss(image, rules.max_bytes)
    while len(jpeg) < rules.min_bytes:
        if max(image.size) * 2 > rules.max_side:
            return Refusal.TOO_SMALL
        # A flat little picture: only more pixels make it heavier without inventing anything.
        image = image.resize((image.width * 2, image.height * 2), Image.Resampling.BICUBIC)
        jpeg = _smallest_loss(image, rules.max_bytes)
    if len(jpeg) > rules.max_bytes:
        return Refusal.TOO_LARGE
    return Normalised(jpeg, *image.size)


def _enlarged(size: tuple[int, int], factor: float) -> tuple[int, int]:
    return math.ceil(size[0] * factor), math.ceil(size[1] * factor)


def _smallest_loss(image: Image.Image, max_bytes: int) -> bytes:
    """Encode with the best quality that keeps within `max_bytes`, else with the last."""
    jpeg = b""
    for quality in _QUALITIES:
        jpeg = encode(image, quality)
        if len(jpeg) <= max_bytes:
            break
    return jpeg


def encode(image: Image.Image, quality: int = _QUALITIES[0]) -> bytes:
    """Return the picture as a JPEG whose colours are not thinned out."""
    target = io.BytesIO()
    image.save(target, "JPEG", quality=quality, subsampling=0)
    return target.getvalue()


def _padded(image: Image.Image, ratio: int) -> Image.Image:
    """Put a picture that is far too long on paper of an allowed shape."""
    short = -(-max(image.size) // ratio)  # rounded up
    if min(image.size) >= short:
        return image
    paper = Image.new("RGB", (max(image.width, short), max(image.height, short)), "white")
    paper.paste(image, ((paper.width - image.width) // 2, (paper.height - image.height) // 2))
    return paper
