"""The contact sheet of styles: numbered tiles, the same portrait in each of them.

The buttons below the sheet have the same numbers and the names, so it is the same in every
language and drawn once for as long as the program runs.
"""

from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

from bot.photos.bust import bust
from bot.photos.fitting import encode
from bot.photos.styles import in_style
from providers.styles import Style

# All in px. Five tiles with their gaps and margins make 1280, what Telegram shows at most.
_ACROSS = 5
_TILE = (232, 290)
_GAP, _MARGIN = 16, 28
_RADIUS = 20
_BADGE = 27  # radius of the number's disc
_PAPER, _INK = (239, 236, 231), (38, 38, 42)
_SMOOTH = 2  # masks and discs are drawn this many times larger and shrunk
_QUALITY = 88


@lru_cache(maxsize=4)
def style_gallery(styles: tuple[Style, ...]) -> bytes:
    """Draw one JPEG with a tile for each style, numbered from 1."""
    if not styles:
        msg = "A gallery needs at least one style."
        raise ValueError(msg)
    across = min(_ACROSS, len(styles))
    down = -(-len(styles) // across)
    size = (_length(across, _TILE[0]), _length(down, _TILE[1]))
    paper = Image.new("RGB", size, _PAPER)
    for index, style in enumerate(styles):
        row, column = divmod(index, across)
        left = _MARGIN + column * (_TILE[0] + _GAP)
        top = _MARGIN + row * (_TILE[1] + _GAP)
        tile = in_style(bust(), style).resize(_TILE, Image.Resampling.LANCZOS)
        paper.paste(tile, (left, top), _rounded(_TILE))
        paper.paste(*_numbered(index + 1, left, top))
    return encode(paper, _QUALITY)


def _length(count: int, tile: int) -> int:
    return 2 * _MARGIN + count * tile + (count - 1) * _GAP


def _rounded(size: tuple[int, int]) -> Image.Image:
    mask = Image.new("L", (size[0] * _SMOOTH, size[1] * _SMOOTH))
    box = (0, 0, mask.width - 1, mask.height - 1)
    ImageDraw.Draw(mask).rounded_rectangle(box, _RADIUS * _SMOOTH, fill=255)
    return mask.resize(size, Image.Resampling.LANCZOS)


def _numbered(number: int, left: int, top: int) -> tuple[Image.Image, tuple[int, int], Image.Image]:
    """Return a disc with a number, where it belongs on a tile, and its outline."""
    side = 2 * _BADGE * _SMOOTH
    disc, mask = Image.new("RGB", (side, side), _PAPER), Image.new("L", (side, side))
    ImageDraw.Draw(mask).ellipse((0, 0, side - 1, side - 1), fill=255)
    font = ImageFont.load_default(_BADGE * 1.15 * _SMOOTH)
    draw = ImageDraw.Draw(disc)
    draw.text((side / 2, side / 2), str(number), font=font, fill=_INK, anchor="mm")
    small = (2 * _BADGE, 2 * _BADGE)
    place = (left + 8, top + _TILE[1] - 2 * _BADGE - 8)
    return (
        disc.resize(small, Image.Resampling.LANCZOS),
        place,
        mask.resize(small, Image.Resampling.LANCZOS),
    )
