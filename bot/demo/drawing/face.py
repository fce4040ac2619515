"""A friendly face, from the front: for the sample people and for 'a new face' in results.

All shapes are written down for a head 104 px wide and scaled to the frame.
"""

from dataclasses import dataclass

from bot.demo.drawing.canvas import Canvas, Colour, darker, lighter, mix
from bot.demo.drawing.shapes import Outline, closed, ellipse, limb, line, mirrored, moved, points

BLUSH: Colour = (226, 104, 92)
LIPS: Colour = (190, 84, 84)
INK: Colour = (42, 40, 52)
DRAWN_HALF = 52.0  # px, half the width of the head the shapes below are drawn for

EYE = "-11,1 -5,-6 4,-6.2 11,0.5 4,5 -5,5"
UPPER_LIP = "-14,-1.5! -4.5,-4.4 0,-3 4.5,-4.4 14,-1.5! 0,2.2"
LOWER_LIP = "-13,-1 0,2 13,-1 6,6.6 -6,6.6"
SMILE = "-15.5,-3 -6,0.6 0,1.2 6,0.6 15.5,-3"
NOSE = "-7,0.5 -3,4.2 3,4.2 7,0.5"
# In shares of the half width and half height of the head:
HEAD = ((0.45, -0.97), (0.88, -0.62), (1.0, -0.05), (0.92, 0.36), (0.68, 0.74), (0.30, 0.985))
BEARD = (
    *((-1.05, 0.10), (-0.80, 0.34), (-0.46, 0.50), (0.0, 0.43), (0.46, 0.50), (0.80, 0.34)),
    *((1.05, 0.10), (1.0, 1.05), (-1.0, 1.05)),
)
FRECKLES = ((-0.62, 0.25), (-0.5, 0.31), (-0.38, 0.26), (-0.55, 0.39), (-0.27, 0.33))


@dataclass(frozen=True, slots=True)
class Face:
    """What a face looks like."""

    skin: Colour
    hair: Colour
    eyes: Colour
    lips: Colour = LIPS
    lashes: bool = False
    beard: bool = False
    glasses: bool = False
    freckles: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a face sits: its middle, and the half width and half height of the head, px."""

    x: float
    y: float
    rx: float
    ry: float

    @property
    def unit(self) -> float:
        """How many px one px of the shapes of this module is."""
        return self.rx / DRAWN_HALF

    def at(self, dx: float, dy: float) -> tuple[float, float]:
        """Return a point given in shares of the half width and half height."""
        return self.x + dx * self.rx, self.y + dy * self.ry

    def placed(self, outline: Outline, dx: float, dy: float) -> Outline:
        """Return a shape of this module around a point given in shares."""
        x, y = self.at(dx, dy)
        return moved(outline, scale=self.unit, dx=x, dy=y)


def paint_head(canvas: Canvas, frame: Frame, face: Face) -> None:
    """Paint ears, head and all features; hair is left to the caller."""
    unit = frame.unit
    ears = [frame.placed(ellipse(0, 0, 9, 16), side, 0.12) for side in (-1, 1)]
    canvas.solid(canvas.mask(*ears), mix(face.skin, BLUSH, 0.18), depth=4 * unit)
    half = [(dx * frame.rx, frame.y + dy * frame.ry) for dx, dy in HEAD]
    head = canvas.mask(mirrored(half, frame.x))
    canvas.solid(head, face.skin, depth=20 * unit, shade=0.20, shine=0.25)
    cheeks = [frame.placed(ellipse(0, 0, 15, 11), side * 0.56, 0.36) for side in (-1, 1)]
    canvas.paint(canvas.soft(canvas.mask(*cheeks), 7 * unit), BLUSH, 0.26)
    if face.beard:
        beard = canvas.mask(closed([frame.at(dx, dy) for dx, dy in BEARD]))
        canvas.paint(canvas.soft(beard.both(head), 2.2 * unit), face.hair, 0.42)
    _nose(canvas, frame, face)
    _mouth(canvas, frame, face)
    for side in (-1, 1):
        _eye(canvas, frame, face, side)
    if face.freckles:
        dots = [
            frame.placed(ellipse(0, 0, 1.5, 1.4), side * dx, dy)
            for dx, dy in FRECKLES
            for side in (-1, 1)
        ]
        canvas.paint(canvas.mask(*dots), darker(mix(face.skin, BLUSH, 0.3), 0.3), 0.6)
    if face.glasses:
        _glasses(canvas, frame)


def _eye(canvas: Canvas, frame: Frame, face: Face, side: int) -> None:
    unit, dx, dy = frame.unit, side * 0.42, 0.06

    def spot(x: float, y: float, rx: float, ry: float) -> Outline:
        return frame.placed(ellipse(x, y, rx, ry), dx, dy)

    white = canvas.mask(frame.placed(closed(points(EYE)), dx, dy))
    canvas.paint(white, (252, 250, 247))
    canvas.paint(white.both(canvas.mask(spot(0, -0.6, 5.6, 5.9))), face.eyes)
    canvas.paint(white.both(canvas.mask(spot(0, -0.6, 2.7, 2.9))), (28, 22, 26))
    canvas.shadow(canvas.mask(spot(0, -8, 12, 4)), 0.25, within=white, blur=2)
    canvas.paint(canvas.mask(spot(-1.8, -2.8, 1.5, 1.5)), (255, 255, 255), 0.95)
    flick = 2.6 if face.lashes else 0.0
    lid = line(f"-11.5,1 -4.5,-6.2 4.5,-6.4 {11.5 + flick},{0.4 - flick}", scale=side)
    lids = canvas.lines([frame.placed(lid, dx, dy)], (2.8 if face.lashes else 1.9) * unit)
    canvas.paint(lids, darker(face.hair, 0.55))
    brow = limb([(side * -10, -15.5, 2.5), (side * 3, -19, 2.5), (side * 13.5, -14.5, 0.9)])
    canvas.paint(canvas.mask(frame.placed(brow, dx, dy)), darker(face.hair, 0.15), 0.92)


def _nose(canvas: Canvas, frame: Frame, face: Face) -> None:
    unit, dy = frame.unit, 0.34
    bridge = canvas.mask(frame.placed(ellipse(4.2, -9, 4, 15), 0, dy))
    canvas.paint(canvas.soft(bridge, 4 * unit), darker(face.skin, 0.4), 0.22)
    tip = canvas.lines([frame.placed(line(NOSE), 0, dy)], 2 * unit)
    canvas.paint(tip, mix(darker(face.skin, 0.3), BLUSH, 0.25), 0.8)
    light = canvas.mask(frame.placed(ellipse(-1.5, -3, 3.2, 4), 0, dy))
    canvas.paint(canvas.soft(light, 2.5 * unit), lighter(face.skin, 0.8), 0.5)


def _mouth(canvas: Canvas, frame: Frame, face: Face) -> None:
    unit, dy = frame.unit, 0.62
    lower = canvas.mask(frame.placed(closed(points(LOWER_LIP)), 0, dy))
    canvas.paint(lower, lighter(face.lips, 0.16))
    upper = canvas.mask(frame.placed(closed(points(UPPER_LIP)), 0, dy))
    canvas.paint(upper, darker(face.lips, 0.10))
    smile = canvas.lines([frame.placed(line(SMILE), 0, dy)], 1.6 * unit)
    canvas.paint(smile, darker(face.lips, 0.55), 0.85)
    shine = canvas.mask(frame.placed(ellipse(-2, 4, 4, 1.2), 0, dy))
    canvas.paint(canvas.soft(shine, 1.2 * unit), (255, 255, 255), 0.4)


def _glasses(canvas: Canvas, frame: Frame) -> None:
    rims = [frame.placed(ellipse(0, 0, 17, 15), side * 0.42, 0.07) for side in (-1, 1)]
    bridge = frame.placed(line("-5.7,2.2 0,-0.8 5.7,2.2"), 0, 0)
    canvas.paint(canvas.mask(*rims), (255, 255, 255), 0.14)
    frames = canvas.lines([*([*rim, rim[0]] for rim in rims), bridge], 2.6 * frame.unit)
    canvas.paint(frames, INK, 0.95)
