"""A portrait, head and shoulders: the sample photo for everything that needs a face."""

from PIL import Image

from bot.demo.drawing.canvas import Canvas, Colour, darker, gradient, lighter
from bot.demo.drawing.face import Face, Frame, paint_head
from bot.demo.drawing.hair import long_front
from bot.demo.drawing.masks import Mask
from bot.demo.drawing.shapes import ellipse, line, mirrored, points

SIZE = (900, 1200)  # px
MIDDLE = 450.0

FACE = Face(
    skin=(244, 208, 180), hair=(38, 30, 34), eyes=(74, 50, 38), lips=(204, 92, 92), lashes=True
)
HEAD = Frame(MIDDLE, 470, 168, 214)
SWEATER: Colour = (108, 148, 128)

HAIR_BEHIND = "40,208 150,236 226,360 232,520 250,680 258,830 214,900 120,880"
NECK = "72,560 72,740 96,800 170,850 60,960"
BODY = "112,796! 210,846 330,910 392,1010 420,1220! 100,1230"
COLLAR = "-112,806 -84,856 0,882 84,856 112,806"
FOLDS = ("-250,1200 -262,1100 -300,1010", "250,1200 262,1100 300,1010")


def draw_portrait() -> Image.Image:
    """Draw a young woman with long dark hair in a green sweater."""
    canvas = Canvas(gradient(SIZE, (240, 224, 214), (224, 202, 190)))
    glow = canvas.mask(ellipse(360, 420, 360, 420))
    canvas.paint(canvas.soft(glow, 130), (255, 246, 238), 0.6)
    behind = canvas.mask(mirrored(points(HAIR_BEHIND), MIDDLE))
    canvas.solid(behind, darker(FACE.hair, 0.1), depth=36, shade=0.3)
    neck = canvas.mask(mirrored(points(NECK), MIDDLE))
    canvas.solid(neck, FACE.skin, depth=30, shade=0.24)
    canvas.shadow(canvas.mask(ellipse(MIDDLE, 640, 116, 90)), 0.42, within=neck, blur=22, dy=26)
    _sweater(canvas, neck)
    paint_head(canvas, HEAD, FACE)
    long_front(canvas, HEAD, FACE.hair)
    return canvas.finished()


def _sweater(canvas: Canvas, neck: Mask) -> None:
    opening = canvas.mask(ellipse(MIDDLE, 790, 122, 84))
    body = canvas.mask(mirrored(points(BODY), MIDDLE)).without(opening)
    canvas.shadow(body, 0.3, within=neck, blur=10, dy=-6)
    canvas.solid(body, SWEATER, depth=44, shade=0.32)
    folds = canvas.lines([line(text, middle=MIDDLE) for text in FOLDS], 14)
    canvas.paint(body.both(canvas.soft(folds, 12)), darker(SWEATER, 0.5), 0.6)
    band = canvas.lines([line(COLLAR, middle=MIDDLE)], 34)
    canvas.shadow(band, 0.25, blur=6, dy=5)
    canvas.solid(band, lighter(SWEATER, 0.08), depth=9, shade=0.22)
    ribs = []
    for step in range(-10, 11):
        x, y = MIDDLE + step * 11, 880 - (step / 10.6) ** 2 * 72
        ribs.append([(x - step * 0.7, y - 15), (x + step * 0.5, y + 14)])
    canvas.paint(band.both(canvas.lines(ribs, 2)), darker(SWEATER, 0.35), 0.5)
