"""The result of a local restyle: the portrait in the colours and strokes of a style.

Painted at a moderate size and brought to its own afterwards, so that it is quick; marked so
that nobody takes it for the real service's.
"""

from collections.abc import Mapping
from types import MappingProxyType

from PIL import Image, ImageOps, ImageStat

from bot.demo.drawing.canvas import jpeg
from bot.demo.drawing.tryon import marked
from bot.photos.strokes import Colour, flat, grained, mixed, outlined, smooth, toned
from bot.photos.styles import STYLES, in_style
from providers.styles import Style

WORK = 576  # px, the shorter side of what is painted
SHORT_SIDE = 1536  # px, of every result (provider docs 004, "短边长为1536")

# provider docs 004 has 0 to 9, newer pages the rest: the styles in their order.
_NUMBERS = (*range(10), 14, 15, *range(30, 41))
BY_NUMBER: Mapping[int, Style] = MappingProxyType(dict(zip(_NUMBERS, STYLES, strict=True)))


def draw_restyle(portrait: Image.Image, number: int, example: Image.Image | None) -> bytes:
    """Draw the portrait in the style of this number, or in the colours of an example, as JPEG."""
    small = _small(portrait)
    painted = in_style(small, BY_NUMBER[number]) if example is None else _like(small, example)
    factor = SHORT_SIDE / min(portrait.size)
    size = (round(portrait.width * factor), round(portrait.height * factor))
    return jpeg(marked(painted.resize(size, Image.Resampling.BICUBIC)))


def _like(portrait: Image.Image, example: Image.Image) -> Image.Image:
    dark, middle, light = _scale_of(example)
    look = (smooth, flat(24), toned(dark, light, middle, 0.7), outlined(0.006, dark, 0.8))
    return mixed(portrait, (*look, grained(0.25)))


def _small(portrait: Image.Image) -> Image.Image:
    factor = WORK / min(portrait.size)
    size = (round(portrait.width * factor), round(portrait.height * factor))
    return portrait.convert("RGB").resize(size, Image.Resampling.LANCZOS)


def _scale_of(example: Image.Image) -> tuple[Colour, Colour, Colour]:
    """Return the average dark, middle and light colour of a picture."""
    small = example.convert("RGB").resize((96, 96), Image.Resampling.BOX)
    grey = ImageOps.equalize(ImageOps.grayscale(small))
    parts = []
    for low, high in ((0, 85), (85, 170), (170, 256)):
        mask = grey.point([255 if low <= value < high else 0 for value in range(256)])
        mean = ImageStat.Stat(small, mask).mean if mask.getbbox() else (low, low, low)
        red, green, blue = (round(value) for value in mean)
        parts.append((red, green, blue))
    dark, middle, light = parts
    return dark, middle, light
