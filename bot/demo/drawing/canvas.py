"""A canvas with soft light: smooth edges, rounded shading and soft shadows.

Everything is painted at twice the size and reduced at the end, which makes all edges
smooth. Colours are RGB; lengths are px of the finished picture. What is drawn is left
to the callers.
"""

import io
import random
from collections.abc import Sequence
from typing import TypeAlias

from PIL import Image, ImageChops

from bot.demo.drawing import masks
from bot.demo.drawing.masks import Mask
from bot.demo.drawing.shapes import Outline, Point, moved

Colour: TypeAlias = tuple[int, int, int]

FINE = 2  # painted px per finished px
SHADOW: Colour = (48, 36, 56)
JPEG_QUALITY = 92
GRAIN = 2  # of 255: too little to see, enough to hide the steps of a soft gradient


def mix(first: Colour, second: Colour, share: float) -> Colour:
    """Return the colour `share` of the way from the first to the second."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return red, green, blue


def darker(colour: Colour, share: float) -> Colour:
    """Return the colour moved towards a warm dark: shadows are never plain black."""
    return mix(colour, (38, 26, 44), share)


def lighter(colour: Colour, share: float) -> Colour:
    """Return the colour moved towards a warm white."""
    return mix(colour, (255, 252, 244), share)


def gradient(size: tuple[int, int], top: Colour, bottom: Colour) -> Image.Image:
    """Return a picture that fades from one colour at the top to another at the bottom."""
    fade = Image.linear_gradient("L").resize(size, Image.Resampling.BILINEAR)
    return Image.composite(Image.new("RGB", size, bottom), Image.new("RGB", size, top), fade)


class Canvas:
    """A picture being painted on top of a background of its finished size."""

    def __init__(self, background: Image.Image) -> None:
        self.size = background.size
        fine = (self.size[0] * FINE, self.size[1] * FINE)
        self._image = background.convert("RGB").resize(fine, Image.Resampling.BILINEAR)

    def mask(self, *outlines: Outline) -> Mask:
        """Return a mask that covers all the outlines."""
        return masks.filled([moved(outline, scale=FINE) for outline in outlines])

    def lines(self, paths: Sequence[Sequence[Point]], width: float) -> Mask:
        """Return a mask of strokes with round ends, `width` px wide."""
        return masks.stroked([moved(path, scale=FINE) for path in paths], width * FINE)

    def soft(self, mask: Mask, radius: float, *, dx: float = 0.0, dy: float = 0.0) -> Mask:
        """Return the mask with edges `radius` px soft, shifted by (dx, dy) px."""
        return mask.blurred(radius * FINE).moved(dx * FINE, dy * FINE)

    def paint(self, mask: Mask, colour: Colour, strength: float = 1.0) -> None:
        """Cover what the mask covers with a colour."""
        if strength < 1:
            mask = mask.faded(strength)
        self._image.paste(colour, mask.box, mask.image)

    def solid(
        self,
        mask: Mask,
        colour: Colour,
        *,
        depth: float = 14.0,
        shade: float = 0.30,
        shine: float = 0.22,
    ) -> None:
        """Paint a body that bulges: the light comes from the upper left.

        `depth` is how far (px) the edges bend away, `shade` and `shine` how strongly.
        """
        self.paint(mask, colour)
        self.relief(mask, colour, depth=depth, shade=shade, shine=shine)

    def relief(
        self, mask: Mask, colour: Colour, *, depth: float, shade: float, shine: float
    ) -> None:
        """Let what is painted under the mask bulge, as `solid` does."""
        lit = self.soft(mask, depth, dx=-depth * 0.55, dy=-depth * 0.35)
        self.paint(mask.without(lit), darker(colour, 0.62), min(1.0, shade * 2))
        dim = self.soft(mask, depth, dx=depth * 0.5, dy=depth * 0.3)
        self.paint(mask.without(dim), lighter(colour, 0.75), shine)

    def shadow(
        self, mask: Mask, strength: float, *, within: Mask | None = None, blur: float, dy: float = 0
    ) -> None:
        """Let the mask throw a soft shadow `dy` px below it, if given only onto `within`."""
        soft = self.soft(mask, blur, dx=dy * 0.3, dy=dy)
        self.paint(soft if within is None else within.both(soft), SHADOW, strength)

    def finished(self) -> Image.Image:
        """Return the picture at its own size, with the grain that keeps soft walls smooth."""
        picture = self._image.reduce(FINE)
        width, height = picture.size
        noise = random.Random(0).randbytes(width * height)  # noqa: S311  always the same grain
        grain = Image.frombytes("L", picture.size, noise).point(lambda value: value % (2 * GRAIN))
        return ImageChops.add(picture, Image.merge("RGB", [grain] * 3), offset=-GRAIN)


def jpeg(image: Image.Image) -> bytes:
    """Return the picture as JPEG bytes."""
    out = io.BytesIO()
    image.convert("RGB").save(out, "JPEG", quality=JPEG_QUALITY)
    return out.getvalue()
