"""A garment cut out of the photo of somebody who wears it: the local segmentation.

The cloth is told from skin and background by its colour, taken where the garment must be:
good enough for clothes of one colour, and honest about what is not on the photo.
"""

import io
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from bot.demo.drawing.body import Body, find_body
from bot.demo.drawing.canvas import Colour
from bot.demo.drawing.silhouette import silhouette

WORK = 1200  # px, the long side of the photo that is measured
ALIKE = (50, 11, 11)  # differences of brightness and colour up to which it is the same cloth
HALF = 127  # a mark between nothing and the whole, 0-255
BESIDE = 0.5  # half widths of the hip from the middle: no seam is there
LEAST = 0.004  # share of the photo below which nothing was found
MARGIN = 0.12  # of the cut-out, left white around the garment
SHORTEST = 320  # px, of a cut-out

# Shares of a person's height: where the cloth's colour is taken, and how far it may reach.
PLACES = {"upper": 0.33, "lower": 0.50, "dress": 0.40}
REACH = {"upper": (0.14, 0.55), "lower": (0.38, 0.97), "dress": (0.14, 0.97)}


@dataclass(frozen=True, slots=True)
class Piece:
    """A garment that was cut out: on white, on nothing, and where it was (x1, y1, x2, y2)."""

    crop: bytes
    preview: bytes
    box: tuple[int, int, int, int]


def cut_piece(photo: Image.Image, kind: str) -> Piece | None:
    """Cut out what somebody wears; None if there is no such garment on the photo."""
    work = photo.convert("RGB").copy()
    work.thumbnail((WORK, WORK), Image.Resampling.BICUBIC)
    shape = silhouette(work)
    body = find_body(shape)
    y = body.at(PLACES[kind])
    if y >= work.height - 2:  # the photo ends above it
        return None
    cloth = _same_cloth(work, colour_worn(work, body, y))
    mask = ImageChops.multiply(ImageChops.multiply(cloth, shape.mask), _reach(work, body, kind))
    x = int(body.middle - body.hip_half * BESIDE)
    mask = _one_piece(mask.point([255 * (v > HALF) for v in range(256)]), (x, int(y)))
    mask = mask.filter(ImageFilter.MedianFilter(5))
    box = mask.getbbox()
    if box is None or mask.histogram()[-1] < LEAST * work.width * work.height:
        return None
    factor = photo.width / work.width
    left, top, right, bottom = (round(side * factor) for side in box)
    return Piece(*_pictures(work, mask, box), (left, top, right, bottom))


def colour_worn(work: Image.Image, body: Body, y: float) -> Colour:
    """Return the colour of the cloth in a row a little beside the middle, where no seam is."""
    x, half = body.middle - body.hip_half * BESIDE, body.height * 0.012
    spot = work.crop((int(x - half), int(y - half), int(x + half) + 1, int(y + half) + 1))
    pixel = spot.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    red, green, blue = pixel if isinstance(pixel, tuple) else (0, 0, 0)
    return int(red), int(green), int(blue)


def _same_cloth(work: Image.Image, colour: Colour) -> Image.Image:
    wanted = Image.new("RGB", work.size, colour).convert("YCbCr")
    apart = ImageChops.difference(work.convert("YCbCr"), wanted)
    near = [
        band.point([255 if value <= most else 0 for value in range(256)])
        for band, most in zip(apart.split(), ALIKE, strict=True)
    ]
    return ImageChops.multiply(ImageChops.multiply(near[0], near[1]), near[2])


def _one_piece(mask: Image.Image, place: tuple[int, int]) -> Image.Image:
    """Return the part of a mask that hangs together with a place in it."""
    whole = mask.copy()
    ImageDraw.floodfill(whole, place, HALF)
    return whole.point([255 if value == HALF else 0 for value in range(256)])


def _reach(work: Image.Image, body: Body, kind: str) -> Image.Image:
    first, last = REACH[kind]
    rows = Image.new("L", work.size)
    ImageDraw.Draw(rows).rectangle((0, body.at(first), work.width, body.at(last)), fill=255)
    return rows


def _pictures(
    work: Image.Image, mask: Image.Image, box: tuple[int, int, int, int]
) -> tuple[bytes, bytes]:
    cloth, cut = work.crop(box), mask.crop(box)
    edge = round(max(cloth.size) * MARGIN)
    size = (cloth.width + 2 * edge, cloth.height + 2 * edge)
    paper, clear = Image.new("RGB", size, "white"), Image.new("RGBA", size)
    for sheet in (paper, clear):
        sheet.paste(cloth, (edge, edge), cut)
    factor = max(1.0, SHORTEST / min(size))
    full = (round(size[0] * factor), round(size[1] * factor))
    return _png(paper.resize(full, Image.Resampling.BICUBIC)), _png(clear)


def _png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=1)
    return out.getvalue()
