"""Bending a picture: every place of the new one says where in the old one it comes from."""

import itertools
from collections.abc import Callable
from typing import TypeAlias

from PIL import Image

from bot.demo.drawing.shapes import Point

Inverse: TypeAlias = Callable[[float, float], Point]
Box: TypeAlias = tuple[int, int, int, int]

CELL = 16  # px of the new picture between two places that are computed exactly


def bend(image: Image.Image, box: Box, source: Inverse) -> Image.Image:
    """Return the part `box` of the new picture; `source` gives the old place of a new one."""
    left, top, right, bottom = box
    columns = [*range(left, right, CELL), right]
    rows = [*range(top, bottom, CELL), bottom]
    grid = {(x, y): source(x, y) for x in columns for y in rows}
    mesh = [
        (
            (x0 - left, y0 - top, x1 - left, y1 - top),
            (*grid[x0, y0], *grid[x0, y1], *grid[x1, y1], *grid[x1, y0]),
        )
        for x0, x1 in itertools.pairwise(columns)
        for y0, y1 in itertools.pairwise(rows)
    ]
    size = (right - left, bottom - top)
    return image.transform(size, Image.Transform.MESH, mesh, Image.Resampling.BICUBIC)
