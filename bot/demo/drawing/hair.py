"""Hair for the sample people: what lies behind the head, and what lies on it.

Shapes are written down in shares of the half width and half height of the head.
"""

from bot.demo.drawing.canvas import Canvas, Colour, darker, lighter
from bot.demo.drawing.face import Frame
from bot.demo.drawing.shapes import Outline, closed, ellipse, line, points

COMBED = (
    (
        "0.16,-0.80 -0.30,-0.62 -0.70,-0.36 -0.90,0.02 -0.98,0.30 -1.12,0.02 -1.08,-0.52 "
        "-0.70,-0.98 -0.05,-1.16 0.3,-1.08"
    ),
    (
        "0.16,-0.80 0.55,-0.56 0.84,-0.22 0.93,0.06 0.98,0.30 1.12,0.02 1.08,-0.52 "
        "0.70,-0.98 0.1,-1.16 0.05,-1.02"
    ),
)
COMBED_STRANDS = ("0.12,-0.95 -0.45,-0.80 -0.88,-0.35", "0.2,-1.0 0.6,-0.82 0.95,-0.35")
SHORT = (
    (
        "-1.04,0.02 -0.96,0.02 -0.88,-0.40 -0.60,-0.56 -0.05,-0.50 0.45,-0.60 0.80,-0.42 "
        "0.95,0.02 1.04,0.02 1.10,-0.50 0.94,-0.98 0.45,-1.22 -0.20,-1.24 -0.80,-1.06 -1.10,-0.58"
    ),
)
SHORT_STRANDS = ("-0.55,-0.66 0.0,-0.84 0.7,-0.86", "-0.75,-0.78 -0.2,-1.02 0.45,-1.06")
LONG = (
    (
        "0.10,-1.00 -0.22,-0.62 -0.62,-0.34 -0.88,0.04 -0.98,0.50 -1.06,0.98 -1.30,1.50 "
        "-1.52,1.62 -1.46,1.10 -1.34,0.40 -1.30,-0.30 -1.02,-0.88 -0.45,-1.20 0.05,-1.24"
    ),
    (
        "0.10,-1.00 0.40,-0.66 0.74,-0.30 0.92,0.08 1.00,0.52 1.08,1.00 1.30,1.52 "
        "1.52,1.60 1.46,1.10 1.34,0.40 1.30,-0.30 1.02,-0.88 0.5,-1.18 0.0,-1.22"
    ),
)
LONG_STRANDS = (
    "-0.02,-1.08 -0.52,-0.80 -0.98,-0.20 -1.12,0.50 -1.28,1.20",
    "-0.12,-1.14 -0.72,-0.86 -1.14,-0.20 -1.22,0.50 -1.38,1.20",
    "0.20,-1.06 0.66,-0.76 1.04,-0.16 1.16,0.50 1.30,1.20",
)


def _placed(frame: Frame, outline: Outline) -> Outline:
    return [frame.at(dx, dy) for dx, dy in outline]


def _on_head(
    canvas: Canvas, frame: Frame, hair: Colour, locks: tuple[str, ...], strands: tuple[str, ...]
) -> None:
    """Paint hair on the head, its shadow on the face, and the light that catches in it."""
    unit = frame.unit
    masks = [canvas.mask(_placed(frame, closed(points(lock)))) for lock in locks]
    face = canvas.mask(ellipse(frame.x, frame.y, frame.rx, frame.ry))
    for mask in masks:
        canvas.shadow(mask, 0.2, within=face, blur=4.5 * unit, dy=3.5 * unit)
    for mask in masks:
        canvas.solid(mask, hair, depth=10 * unit, shade=0.3, shine=0.3)
    lines = canvas.lines([_placed(frame, line(strand)) for strand in strands], 2.6 * unit)
    canvas.paint(canvas.soft(lines, 1.4 * unit), lighter(hair, 0.5), 0.34)


def bun_behind(canvas: Canvas, frame: Frame, hair: Colour) -> None:
    """Paint a bun on top of the head and the hair behind the ears."""
    bun = ellipse(*frame.at(0.03, -1.20), frame.rx * 0.50, frame.ry * 0.34)
    canvas.solid(canvas.mask(bun), hair, depth=10)
    back = ellipse(*frame.at(0, -0.18), frame.rx * 1.12, frame.ry * 0.98)
    canvas.solid(canvas.mask(back), darker(hair, 0.25), depth=12)


def bun_front(canvas: Canvas, frame: Frame, hair: Colour) -> None:
    """Paint hair combed back from a soft side parting."""
    _on_head(canvas, frame, hair, COMBED, COMBED_STRANDS)


def short_behind(canvas: Canvas, frame: Frame, hair: Colour) -> None:
    """Paint the short hair at the back of the head."""
    back = ellipse(*frame.at(0, -0.30), frame.rx * 1.08, frame.ry * 0.82)
    canvas.solid(canvas.mask(back), darker(hair, 0.2), depth=10)


def short_front(canvas: Canvas, frame: Frame, hair: Colour) -> None:
    """Paint short hair swept to one side."""
    _on_head(canvas, frame, hair, SHORT, SHORT_STRANDS)


def long_front(canvas: Canvas, frame: Frame, hair: Colour) -> None:
    """Paint long hair that falls down on both sides of the face."""
    _on_head(canvas, frame, hair, LONG, LONG_STRANDS)
