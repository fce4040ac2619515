"""Masks: which part of a picture is meant, and how much of it.

A mask knows only its own box, so small details of a large picture cost little. Masks
are never changed; every operation returns a new one.
"""

from collections.abc import Sequence
from typing import TypeAlias

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from bot.demo.drawing.shapes import Outline, Point

Box: TypeAlias = tuple[int, int, int, int]

COARSE = 4  # px of a mask per px while it is blurred: blur hides the difference


class Mask:
    """Grey values 0-255 with their place in a picture; 0 everywhere else."""

    def __init__(self, image: Image.Image, left: int = 0, top: int = 0) -> None:
        self.image = image
        self.left = left
        self.top = top

    @property
    def box(self) -> Box:
        """Where the mask lies: left, top, right, bottom."""
        width, height = self.image.size
        return self.left, self.top, self.left + width, self.top + height

    def cut(self, box: Box) -> Image.Image:
        """Return the grey values inside any box, 0 where the mask has none."""
        left, top, right, bottom = box
        return self.image.crop(
            (left - self.left, top - self.top, right - self.left, bottom - self.top)
        )

    def both(self, other: "Mask") -> "Mask":
        """Return what both masks cover."""
        return Mask(ImageChops.multiply(self.image, other.cut(self.box)), self.left, self.top)

    def without(self, other: "Mask") -> "Mask":
        """Return what this mask covers and the other does not."""
        hole = ImageChops.invert(other.cut(self.box))
        return Mask(ImageChops.multiply(self.image, hole), self.left, self.top)

    def joined(self, other: "Mask") -> "Mask":
        """Return what either mask covers."""
        mine, theirs = self.box, other.box
        box = (
            min(mine[0], theirs[0]),
            min(mine[1], theirs[1]),
            max(mine[2], theirs[2]),
            max(mine[3], theirs[3]),
        )
        return Mask(ImageChops.lighter(self.cut(box), other.cut(box)), box[0], box[1])

    def faded(self, strength: float) -> "Mask":
        """Return the mask made weaker, `strength` 0 to 1."""
        return Mask(self.image.point(lambda value: value * strength), self.left, self.top)

    def moved(self, dx: float, dy: float) -> "Mask":
        """Return the mask at another place."""
        return Mask(self.image, self.left + round(dx), self.top + round(dy))

    def blurred(self, radius: float) -> "Mask":
        """Return the mask with soft edges, `radius` px wide."""
        reach = (round(radius * 2.6) // COARSE + 2) * COARSE
        left, top, right, bottom = self.box
        around = self.cut((left - reach, top - reach, right + reach, bottom + reach))
        coarse = COARSE if radius >= COARSE else 1
        small = around.reduce(coarse) if coarse > 1 else around
        soft = small.filter(ImageFilter.GaussianBlur(radius / coarse))
        return Mask(soft.resize(around.size, Image.Resampling.BILINEAR), left - reach, top - reach)


def _blank(points: Sequence[Point], margin: float) -> Mask:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    left, top = int(min(xs) - margin) - 1, int(min(ys) - margin) - 1
    right, bottom = int(max(xs) + margin) + 2, int(max(ys) + margin) + 2
    return Mask(Image.new("L", (right - left, bottom - top)), left, top)


def filled(outlines: Sequence[Outline]) -> Mask:
    """Return a mask that covers all the outlines."""
    mask = _blank([point for outline in outlines for point in outline], 0)
    draw = ImageDraw.Draw(mask.image)
    for outline in outlines:
        draw.polygon([(x - mask.left, y - mask.top) for x, y in outline], fill=255)
    return mask


def stroked(paths: Sequence[Sequence[Point]], width: float) -> Mask:
    """Return a mask of strokes with round ends, `width` px wide."""
    radius = width / 2
    mask = _blank([point for path in paths for point in path], radius)
    draw = ImageDraw.Draw(mask.image)
    for path in paths:
        line = [(x - mask.left, y - mask.top) for x, y in path]
        draw.line(line, fill=255, width=max(1, round(width)), joint="curve")
        for x, y in (line[0], line[-1]):
            draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
    return mask
