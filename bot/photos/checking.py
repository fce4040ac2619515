"""What can be said about a picture without charging anybody: refusals, flaws, facts.

Refusals are what no model accepts; flaws only spoil the result and can be overruled.
"""

from dataclasses import dataclass

from PIL import Image, ImageFilter

from bot.dialogue.events import Refusal
from bot.orders import Flaw
from bot.photos.opening import Opened, decode

MIN_SIDE = 151  # px; "larger than 150", provider docs 000
MAX_RATIO = 4.0  # longer to shorter side: beyond it nobody is whole on the picture
SMALL_SIDE = 400  # px; below it services warn of few details, provider docs 002

_LOOK = 640  # px: the size at which flaws are looked for
_BRIGHT_SHARE = 0.95  # the brightest 5 % decide whether a picture is dark
_DARK = 56  # of 255: even those are darker than a night street
_COARSE = 8  # times smaller: where even a blurred edge is steep
_FINE_SHARE, _COARSE_SHARE = 0.995, 0.97  # an edge covers more of the coarse picture
_EDGE = 10  # of 255: weaker edges say nothing
_SHARP = 0.31  # fine to coarse; reached when edges are smeared over 10 of 640 px
_RESULT_BYTES = 50 * 1024 * 1024  # what Telegram takes as a document

_SLOPE_X = ImageFilter.Kernel((3, 3), (0, 0, 0, -1, 0, 1, 0, 0, 0), scale=2, offset=128)
_SLOPE_Y = ImageFilter.Kernel((3, 3), (0, -1, 0, 0, 0, 0, 0, 1, 0), scale=2, offset=128)


@dataclass(frozen=True, slots=True)
class Inspected:
    """A picture that can be used. Sizes in px, upright."""

    width: int
    height: int
    flaws: tuple[Flaw, ...] = ()


@dataclass(frozen=True, slots=True)
class PictureInfo:
    """A picture that decodes. Sizes in px, upright."""

    media_type: str
    width: int
    height: int


def inspect(data: bytes) -> Inspected | Refusal:
    """Tell whether a photo somebody sent can be used, and what will spoil the result."""
    match decode(data, _LOOK):
        case Refusal() as refusal:
            return refusal
        case picture:
            return unfit(picture) or Inspected(picture.width, picture.height, _flaws(picture))


def check_picture(data: bytes) -> PictureInfo | None:
    """Tell what kind of picture this is, or None unless all of it decodes."""
    match decode(data, _LOOK, _RESULT_BYTES):
        case Refusal():
            return None
        case picture:
            return PictureInfo(picture.media_type, picture.width, picture.height)


def unfit(picture: Opened) -> Refusal | None:
    """Return why no service would take a picture of this size, if so."""
    short, long = sorted((picture.width, picture.height))
    if long > short * MAX_RATIO:
        return Refusal.EXTREME_RATIO
    return Refusal.TOO_SMALL if short < MIN_SIDE else None


def _flaws(picture: Opened) -> tuple[Flaw, ...]:
    grey = picture.image.convert("L")
    found = {
        Flaw.DARK: _level(grey, _BRIGHT_SHARE) < _DARK,
        Flaw.BLURRED: _is_blurred(grey),
        Flaw.SMALL: min(picture.width, picture.height) < SMALL_SIDE,
    }
    return tuple(flaw for flaw, present in found.items() if present)


def _is_blurred(grey: Image.Image) -> bool:
    """Compare how steep the strongest edges are in the picture and in a coarse copy.

    A sharp edge is as steep in both; a smeared one only in the copy. Their ratio tells
    the width of the edges whatever the contrast: a white shirt on a white sheet is not
    taken for blurred. Where there are no edges at all nothing can be said.
    """
    coarse = _steepness(grey.reduce(_COARSE), _COARSE_SHARE)
    return coarse >= _EDGE and _steepness(grey, _FINE_SHARE) < _SHARP * coarse


def _steepness(grey: Image.Image, share: float) -> int:
    """Return how much the strongest edges change, leaving aside the best `1 - share` of pixels."""
    return max(_answer(grey, _SLOPE_X, share), _answer(grey, _SLOPE_Y, share))


def _answer(grey: Image.Image, kernel: ImageFilter.Kernel, share: float) -> int:
    filtered = grey.filter(kernel).crop((1, 1, grey.width - 1, grey.height - 1))
    return _level(filtered.point([abs(value - 128) for value in range(256)]), share)


def _level(grey: Image.Image, share: float) -> int:
    """Return the level that `share` of the pixels do not exceed."""
    histogram = grey.histogram()
    needed = share * sum(histogram)
    passed = 0
    for level, count in enumerate(histogram):
        passed += count
        if passed >= needed:
            return level
    return len(histogram) - 1
