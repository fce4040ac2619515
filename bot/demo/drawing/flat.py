"""What all garments laid flat have in common: the surface, shadows, folds, seams, a collar."""

from collections.abc import Sequence

from bot.demo.drawing.canvas import Canvas, Colour, darker, gradient, lighter
from bot.demo.drawing.masks import Mask
from bot.demo.drawing.shapes import Outline, closed, line, mirror, mirrored, points

SIZE = (900, 1200)  # px
MIDDLE = 450.0  # garments are symmetrical around this column


def table(top: Colour, bottom: Colour) -> Canvas:
    """Return a plain surface to lay something on."""
    return Canvas(gradient(SIZE, top, bottom))


def both_sides(*outlines: Outline) -> list[Outline]:
    """Return the outlines and their mirror images, first all left ones."""
    return [*outlines, *(mirror(outline, MIDDLE) for outline in outlines)]


def half(text: str) -> Outline:
    """Read a closed outline of which only the right half is written down."""
    return mirrored(points(text), MIDDLE)


def left(text: str) -> Outline:
    """Read a closed outline on the left, x counted from the middle outwards."""
    return closed(points(text, middle=MIDDLE, scale=-1))


def lay_down(canvas: Canvas, *parts: Mask) -> None:
    """Let the parts of a garment throw their shadow onto the surface they lie on."""
    whole = parts[0]
    for part in parts[1:]:
        whole = whole.joined(part)
    canvas.shadow(whole, 0.22, blur=14, dy=12)
    canvas.shadow(whole, 0.17, blur=4, dy=3)


def fold(
    canvas: Canvas, cloth: Mask, colour: Colour, paths: Sequence[Outline], width: float
) -> None:
    """Crease the cloth along some paths: a soft dark valley with a light ridge beside it."""
    lines = canvas.lines(paths, width)
    ridge = canvas.soft(lines, width * 0.8, dx=-width * 0.8, dy=-width * 0.3)
    canvas.paint(cloth.both(ridge), lighter(colour, 0.55), 0.45)
    canvas.paint(cloth.both(canvas.soft(lines, width * 0.9)), darker(colour, 0.55), 0.5)


def sew(canvas: Canvas, colour: Colour, paths: Sequence[Outline], strength: float = 0.6) -> None:
    """Sew thin seams along some paths."""
    canvas.paint(canvas.lines(paths, 1.8), colour, strength)


def across(*texts: str) -> list[Outline]:
    """Read open paths, x counted from the middle to the right."""
    return [line(text, middle=MIDDLE) for text in texts]


def crew_neck(canvas: Canvas, colour: Colour, *, width: float, top: float, drop: float) -> None:
    """Paint a round neck: the inside of the back, and a ribbed band around the opening.

    `width` is half the opening, `top` where the back of the collar lies, `drop` how far
    the front hangs below that, all px.
    """
    curve = [(0.62, top + drop * 0.8), (0.0, top + drop), (-0.62, top + drop * 0.8)]
    rise = [(-1.0, top - 3), (-1.0, top - 3), (-0.5, top + 10), (0.0, top + 14)]
    rise += [(0.5, top + 10), (1.0, top - 3), (1.0, top - 3)]
    hole = canvas.mask(closed([(MIDDLE + dx * width, y) for dx, y in [*rise, *curve]]))
    inside = darker(colour, 0.22)
    canvas.solid(hole, inside, depth=12, shade=0.3, shine=0.0)
    end, low = width - 3, top + drop * 0.8
    side = width * 0.64
    front = across(f"{-end},{top - 2} {-side},{low} 0,{top + drop} {side},{low} {end},{top - 2}")
    band = canvas.lines(front, 20)
    canvas.shadow(band, 0.25, blur=4, dy=3)
    canvas.solid(band, colour, depth=5, shade=0.2, shine=0.2)
    behind = across(
        f"{-width},{top - 5} {-width * 0.5},{top + 7} 0,{top + 11} "
        f"{width * 0.5},{top + 7} {width},{top - 5}"
    )
    canvas.solid(canvas.lines(behind, 13), darker(colour, 0.08), depth=4, shade=0.2, shine=0.1)
