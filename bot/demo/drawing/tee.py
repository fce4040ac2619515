"""The sample photo of a top: a white T-shirt with navy stripes, laid flat."""

from PIL import Image

from bot.demo.drawing.canvas import Canvas, Colour
from bot.demo.drawing.flat import (
    SIZE,
    across,
    both_sides,
    crew_neck,
    fold,
    half,
    lay_down,
    left,
    sew,
    table,
)
from bot.demo.drawing.masks import Mask
from bot.demo.drawing.shapes import Outline

WHITE: Colour = (250, 248, 243)
NAVY: Colour = (44, 58, 98)
GREY: Colour = (150, 152, 160)

BODY = "88,128! 160,150 246,192! 226,300 222,420 226,600 232,800 236,1050! 120,1064"
SLEEVE = "240,186! 304,252 344,400 362,534! 300,560 234,568! 214,440 214,300"
FOLDS = (
    "-214,450 -150,500 -110,580",
    "216,440 160,500 130,560",
    "-80,1050 -70,940 -92,860",
    "120,1050 105,960 118,880",
)
HEM = "-234,1030 0,1044 234,1030"
CUFF = "-357,514 -298,539 -236,548"
PITCH, STRIPE = 40, 17  # px from stripe to stripe, and px of one stripe


def _print_stripes(canvas: Canvas, cloth: Mask, lean: float) -> None:
    """Print stripes on the cloth; `lean` px is how much lower they are at the right edge."""
    bars: list[Outline] = [
        [(0, y), (SIZE[0], y + lean), (SIZE[0], y + lean + STRIPE), (0, y + STRIPE)]
        for y in range(-11 * PITCH, SIZE[1] + 11 * PITCH, PITCH)
    ]
    canvas.paint(cloth.both(canvas.mask(*bars)), NAVY)


def draw_tee() -> Image.Image:
    """Draw the T-shirt."""
    canvas = table((166, 194, 202), (148, 178, 187))
    body = canvas.mask(half(BODY))
    sleeves = [canvas.mask(side) for side in both_sides(left(SLEEVE))]
    lay_down(canvas, body, *sleeves)
    for sleeve, lean in zip(sleeves, (200, -200), strict=True):
        canvas.paint(sleeve, WHITE)
        _print_stripes(canvas, sleeve, lean)
        canvas.relief(sleeve, WHITE, depth=20, shade=0.19, shine=0.1)
        canvas.shadow(body, 0.22, within=sleeve, blur=6, dy=2)
    canvas.paint(body, WHITE)
    _print_stripes(canvas, body, 0)
    canvas.relief(body, WHITE, depth=26, shade=0.19, shine=0.1)
    fold(canvas, body, GREY, across(*FOLDS), 11)
    sew(canvas, (120, 124, 140), [*across(HEM), *both_sides(*across(CUFF))], 0.5)
    crew_neck(canvas, WHITE, width=92, top=128, drop=74)
    return canvas.finished()
