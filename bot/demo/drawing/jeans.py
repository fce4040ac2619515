"""The sample photo of trousers: a pair of blue jeans, laid flat."""

from PIL import Image

from bot.demo.drawing.canvas import Canvas, Colour, darker
from bot.demo.drawing.flat import MIDDLE, across, both_sides, fold, half, lay_down, left, sew, table
from bot.demo.drawing.masks import Mask
from bot.demo.drawing.shapes import ellipse

DENIM: Colour = (82, 116, 164)
WASHED: Colour = (196, 214, 236)
THREAD: Colour = (214, 164, 96)
BRASS: Colour = (206, 150, 92)

LEG = (
    "176,104! 206,220 224,360 232,520 236,760 236,980 232,1120! 158,1130 86,1124! "
    "66,960 44,760 20,560 4,430 0,400 0,104"
)
BAND = "172,66! 178,118! 80,126"
FOLDS = ("-14,420 -80,440 -150,420", "-60,800 -120,815 -190,800")
SEAMS = (
    "-224,1096 -158,1106 -90,1100",
    "-172,140 -120,226 -200,236",
    "-6,402 -22,540 -50,760 -76,1080",
)
FLY = "34,128 36,290 22,350 3,384"
BAND_SEAMS = ("-172,74 0,78 172,74", "-174,112 0,119 174,112")
LOOPS = (-132, -66, 66, 132)


def draw_jeans() -> Image.Image:
    """Draw the jeans."""
    canvas = table((233, 226, 216), (219, 210, 198))
    legs = [canvas.mask(side) for side in both_sides(left(LEG))]
    band = canvas.mask(half(BAND))
    lay_down(canvas, band, *legs)
    both = legs[0].joined(legs[1])
    canvas.solid(both, DENIM, depth=30, shade=0.34, shine=0.2)
    for side in (-1, 1):
        faded = canvas.mask(ellipse(MIDDLE + side * 126, 520, 46, 230, side * -0.06))
        canvas.paint(both.both(canvas.soft(faded, 34)), WASHED, 0.42)
    fold(canvas, both, DENIM, both_sides(*across(*FOLDS)), 10)
    sew(canvas, THREAD, [*both_sides(*across(*SEAMS)), *across(FLY)], 0.8)
    sew(canvas, darker(DENIM, 0.5), across("0,124 0,396"), 0.7)
    _waistband(canvas, band)
    return canvas.finished()


def _waistband(canvas: Canvas, band: Mask) -> None:
    canvas.solid(band, darker(DENIM, 0.05), depth=10, shade=0.3)
    sew(canvas, THREAD, across(*BAND_SEAMS), 0.8)
    for dx in LOOPS:
        loop = canvas.lines(across(f"{dx},70 {dx},126"), 13)
        canvas.shadow(loop, 0.3, blur=3, dy=2)
        canvas.solid(loop, DENIM, depth=4)
    button = canvas.mask(ellipse(MIDDLE, 97, 11, 11))
    canvas.solid(button, BRASS, depth=4, shade=0.4, shine=0.6)
