"""Photos to send, and what can be seen on the pictures that come back.

The demo's samples at half their size: as good for a journey, and four times as quick.
"""

import functools
import io
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageOps

from bot.demo.samples import SAMPLES
from bot.photos import opening  # noqa: F401  teaches Pillow HEIC

SIZE = (450, 600)  # px, of every photo in here
Box = tuple[float, float, float, float]  # left, top, right, bottom as parts of the picture
Colour = tuple[float, ...]
_FACE: Box = (0.45, 0.09, 0.55, 0.18)
_CHEST: Box = (0.44, 0.33, 0.56, 0.40)
_LEG: Box = (0.43, 0.62, 0.47, 0.70)
_SHORTS: Box = (0.43, 0.50, 0.46, 0.56)
_BELOW: Box = (0.43, 0.61, 0.46, 0.64)
_ALIKE = 20.0  # distance of two colours that most people would call the same, of 442


@dataclass(frozen=True, slots=True)
class Garment:
    """Where a garment's cloth is: on whoever wears it, and in its own photo."""

    worn: Box
    cloth: Box


GARMENTS = {
    "tee": Garment(_CHEST, (0.40, 0.40, 0.60, 0.60)),
    "hoodie": Garment(_CHEST, (0.45, 0.48, 0.60, 0.58)),
    "dress": Garment(_CHEST, (0.40, 0.50, 0.60, 0.80)),
    "jeans": Garment(_LEG, (0.30, 0.40, 0.40, 0.60)),
}


@functools.cache
def photo(name: str, kind: str = "JPEG") -> bytes:
    """Return a sample as a file of this kind."""
    return encoded(_image(name), kind)


@functools.cache
def _image(name: str) -> Image.Image:
    return decoded(SAMPLES[name].draw()).resize(SIZE, Image.Resampling.LANCZOS)


def encoded(image: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:  # noqa: ANN401  Pillow's
    """Return a picture as a file of this kind."""
    target = io.BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def decoded(data: bytes) -> Image.Image:
    """Open a picture, all of it."""
    image = Image.open(io.BytesIO(data))
    image.load()
    return image.convert("RGB")


def wears(after: bytes, before: bytes, name: str) -> bool:
    """Tell whether somebody wears a garment who did not before."""
    garment = GARMENTS[name]
    cloth = _colour(photo(name), garment.cloth)
    now, then = (_colour(picture, garment.worn) for picture in (after, before))
    return _distance(now, cloth) < _ALIKE < _distance(now, then)


def shows_own_shorts(after: bytes, before: bytes) -> bool:
    """Tell whether somebody wears the shorts of their photo, drawn anew from a cut-out.

    Those reach a little lower than on the photo, where the leg was bare.
    """
    shorts, now, then = _colour(before, _SHORTS), _colour(after, _BELOW), _colour(before, _BELOW)
    return _distance(now, shorts) < _ALIKE < _distance(then, shorts)


def shows_other_bottoms(after: bytes, before: bytes) -> bool:
    """Tell whether somebody wears something else where the shorts of their photo were."""
    return _distance(_colour(after, _SHORTS), _colour(before, _SHORTS)) > _ALIKE


def faces_differ(one: bytes, other: bytes) -> bool:
    """Tell whether two pictures of the same pose show different faces."""
    return _distance(_colour(one, _FACE), _colour(other, _FACE)) > _ALIKE


def _colour(picture: bytes, box: Box) -> Colour:
    """Return the colour of a part of the photo, leaving out borders it was given."""
    image = decoded(picture)
    width, height = ImageOps.contain(Image.new("1", SIZE), image.size).size
    x, y = (image.width - width) / 2, (image.height - height) / 2
    left, top, right, bottom = box
    part = image.crop((x + left * width, y + top * height, x + right * width, y + bottom * height))
    pixel = part.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    assert isinstance(pixel, tuple)
    return pixel


def _distance(one: Colour, other: Colour) -> float:
    return float(sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5)
