"""The sample photo of a warm top: a mustard hoodie with a front pocket, laid flat."""

from PIL import Image

from bot.demo.drawing.canvas import Canvas, Colour, darker, lighter
from bot.demo.drawing.flat import MIDDLE, across, both_sides, fold, half, lay_down, sew, table
from bot.demo.drawing.masks import Mask
from bot.demo.drawing.shapes import Joint, Outline, limb

MUSTARD: Colour = (222, 166, 58)
RIB: Colour = darker(MUSTARD, 0.06)
SEAM: Colour = darker(MUSTARD, 0.4)
CORD: Colour = (250, 246, 236)

BODY = "110,214! 190,244 244,284 240,400 232,560 234,780 238,920 230,1012! 100,1018"
HEM = "226,1000! 223,1064! 100,1070"
HOOD = "60,66 128,116 150,200 128,282 60,322"
INSIDE = "40,128 84,160 92,216 70,268 24,300"
RIM = "-24,300 -74,268 -95,216 -87,160 -40,124 0,116 40,124 87,160 95,216 74,268 24,300"
POCKET = "108,760! 172,880! 172,1000! 60,1002"
# Joints count from the middle to the left.
SLEEVE: tuple[Joint, ...] = (
    (208, 330, 66),
    (252, 470, 70),
    (296, 650, 62),
    (330, 820, 52),
    (350, 930, 46),
)
CUFF: tuple[Joint, ...] = ((352, 946, 38), (364, 1004, 36))
SLEEVE_FOLDS = (
    "-296,470 -250,490 -214,480",
    "-340,660 -300,690 -250,676",
    "-372,880 -346,900 -306,886",
)
FOLDS = (
    "-220,520 -170,580 -150,660",
    "222,500 176,570 160,640",
    "-200,960 -180,900 -190,840",
    "196,970 184,900 190,850",
)


def _limbs(canvas: Canvas, joints: tuple[Joint, ...]) -> list[Mask]:
    outline = limb([(MIDDLE - dx, y, radius) for dx, y, radius in joints])
    return [canvas.mask(side) for side in both_sides(outline)]


def draw_hoodie() -> Image.Image:
    """Draw the hoodie."""
    canvas = table((228, 226, 222), (212, 209, 204))
    body, hem, hood = (canvas.mask(half(text)) for text in (BODY, HEM, HOOD))
    sleeves, cuffs = _limbs(canvas, SLEEVE), _limbs(canvas, CUFF)
    lay_down(canvas, body, hem, hood, *sleeves, *cuffs)
    _cuffs(canvas, cuffs)
    folds = both_sides(*across(*SLEEVE_FOLDS))
    for sleeve in sleeves:
        canvas.solid(sleeve, MUSTARD, depth=24, shade=0.32, shine=0.2)
        fold(canvas, sleeve, MUSTARD, folds, 10)
        canvas.shadow(body, 0.30, within=sleeve, blur=9, dy=2)
    canvas.solid(hem, RIB, depth=12)
    _ribs(canvas, hem, across(*(f"{x},1014 {x * 0.98},1064" for x in range(-216, 217, 12))))
    canvas.solid(body, MUSTARD, depth=30, shade=0.30, shine=0.2)
    fold(canvas, body, MUSTARD, across(*FOLDS), 12)
    _pocket(canvas)
    _hood(canvas, hood)
    return canvas.finished()


def _ribs(canvas: Canvas, part: Mask, paths: list[Outline]) -> None:
    canvas.paint(part.both(canvas.lines(paths, 2)), darker(MUSTARD, 0.3), 0.5)


def _cuffs(canvas: Canvas, cuffs: list[Mask]) -> None:
    ribs = both_sides(*across(*(f"{-352 - x},960 {-363 - x},1036" for x in range(-30, 31, 10))))
    for cuff in cuffs:
        canvas.solid(cuff, RIB, depth=10)
        _ribs(canvas, cuff, ribs)


def _pocket(canvas: Canvas) -> None:
    pocket = canvas.mask(half(POCKET))
    canvas.shadow(pocket, 0.30, blur=6, dy=4)
    canvas.solid(pocket, MUSTARD, depth=16, shade=0.18, shine=0.18)
    sew(canvas, SEAM, [*both_sides(*across("-102,772 -162,882")), *across("-100,770 100,770")])


def _hood(canvas: Canvas, hood: Mask) -> None:
    canvas.shadow(hood, 0.3, blur=8, dy=8)
    canvas.solid(hood, MUSTARD, depth=24, shade=0.3, shine=0.22)
    canvas.solid(canvas.mask(half(INSIDE)), darker(MUSTARD, 0.42), depth=18, shade=0.5, shine=0.0)
    rim = canvas.lines(across(RIM), 16)
    canvas.solid(rim, lighter(MUSTARD, 0.08), depth=5, shade=0.2)
    for side, end in ((-1, 470), (1, 450)):
        cord = canvas.lines(across(f"{side * 40},296 {side * 48},360 {side * 44},{end}"), 8)
        canvas.shadow(cord, 0.35, blur=3, dy=3)
        canvas.solid(cord, CORD, depth=3)
        tip = canvas.lines(across(f"{side * 44},{end - 6} {side * 44},{end + 18}"), 10)
        canvas.solid(tip, darker(CORD, 0.2), depth=3)
