"""Several photos in one picture: the person on the left, what is to be worn on the right.

Two pictures of one shape come out equally large, so the same card shows before and after.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw

from bot.photos.fitting import encode
from bot.photos.opening import opened

# All in px. Two columns, their gap and both margins make 1280, what Telegram shows at most.
_COLUMN = 608
_HEIGHT = 848
_MARGIN = 24
_GAP = 16
_RADIUS = 22

_PAPER = (239, 236, 231)  # light enough for dark clothes, dark enough for white backgrounds
_SMOOTH = 4  # corners are drawn this many times larger and shrunk
_QUALITY = 88


@dataclass(frozen=True, slots=True)
class _Column:
    """Pictures above each other, each in its final size."""

    pictures: tuple[Image.Image, ...]

    @property
    def width(self) -> int:
        return max(picture.width for picture in self.pictures)

    @property
    def height(self) -> int:
        gaps = _GAP * (len(self.pictures) - 1)
        return sum(picture.height for picture in self.pictures) + gaps


def side_by_side(images: Sequence[bytes]) -> bytes:
    """Draw one JPEG of all pictures, the first one left. Raises `NotAPicture`."""
    if not images:
        msg = "A card needs at least one picture."
        raise ValueError(msg)
    person, *garments = (opened(data, _HEIGHT).image for data in images)
    columns = [_column([person]), *_columns(garments)]
    return encode(_draw(columns), _QUALITY)


def _columns(garments: Sequence[Image.Image]) -> list[_Column]:
    """Put up to three garments above each other, and more into narrower columns."""
    number = 1
    while len(garments) > number * (number + 2):
        number += 1
    rows = -(-len(garments) // number)
    width = (_COLUMN - _GAP * (number - 1)) // number
    starts = range(0, len(garments), max(1, rows))
    return [_column(garments[start : start + rows], width, rows) for start in starts]


def _column(
    pictures: Sequence[Image.Image], width: int = _COLUMN, rows: int | None = None
) -> _Column:
    rows = rows or len(pictures)
    cell = (_HEIGHT - _GAP * (rows - 1)) // rows
    return _Column(tuple(_contained(picture, width, cell) for picture in pictures))


def _contained(picture: Image.Image, width: int, height: int) -> Image.Image:
    scale = min(width / picture.width, height / picture.height)
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    return picture.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0)


def _draw(columns: Sequence[_Column]) -> Image.Image:
    width = sum(column.width for column in columns) + _GAP * (len(columns) - 1)
    height = max(column.height for column in columns)
    paper = Image.new("RGB", (width + 2 * _MARGIN, height + 2 * _MARGIN), _PAPER)
    left = _MARGIN
    for column in columns:
        top = (paper.height - column.height) // 2
        for picture in column.pictures:
            place = (left + (column.width - picture.width) // 2, top)
            paper.paste(picture, place, _rounded(picture.size))
            top += picture.height + _GAP
        left += column.width + _GAP
    return paper


def _rounded(size: tuple[int, int]) -> Image.Image:
    """Return a mask of this size with smooth round corners."""
    radius = min(_RADIUS, *(side // 2 for side in size))
    mask = Image.new("L", size, 255)
    if radius == 0:
        return mask
    large = radius * 2 * _SMOOTH
    disc = Image.new("L", (large, large), 0)
    ImageDraw.Draw(disc).ellipse((0, 0, large - 1, large - 1), fill=255)
    disc = disc.reduce(_SMOOTH)
    for x in (0, 1):
        for y in (0, 1):
            corner = disc.crop((x * radius, y * radius, (x + 1) * radius, (y + 1) * radius))
            mask.paste(corner, (x * (size[0] - radius), y * (size[1] - radius)))
    return mask
