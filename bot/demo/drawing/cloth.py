"""A garment cut out of its photo, and where its shoulders, sleeves and legs are.

Lengths are px of the garment's own photo, angles radians from straight down, positive
towards the outside. How it comes onto a person is told by `fitting`.
"""

import math
from dataclasses import dataclass
from statistics import median

from PIL import Image, ImageChops, ImageFilter

from bot.demo.drawing.shapes import Point
from bot.demo.drawing.silhouette import Run, Silhouette, silhouette

BELIEVABLE = (0.06, 0.97)  # share of its photo that a garment covers
SHOULDERS = 0.62  # a row this wide, as a share of the widest near the top, is a shoulder
DRESS = 2.6  # length of a top in widths of its waist from which on it is a dress
LONG_SLEEVE = 1.6  # length of a sleeve in half widths of the body
LEGS = 2  # runs of a row below the crotch
LEG_SHARE = 0.2  # of the length of trousers that is legs, at least
HOLE = 0.03  # share of the photo: larger holes are taken for real ones
SLEEVE_AREA = 0.012  # share of the garment below which a bulge is no sleeve


@dataclass(frozen=True, slots=True)
class Sleeve:
    """One sleeve, `side` -1 on the left of the picture and 1 on the right."""

    side: int
    joint: Point
    angle: float
    length: float
    width: float


@dataclass(frozen=True, slots=True)
class Cloth:
    """A garment and its measures."""

    image: Image.Image  # RGBA
    shape: Silhouette
    middle: float
    top: float
    bottom: float
    shoulder: float  # the row where the shoulders begin
    half: float  # half the width where it sits on the body: the waist of a dress, else the body
    waist: float  # the row where it is narrowest
    dress: bool
    sleeves: tuple[Sleeve, ...]
    crotch: float | None  # None: not trousers


def cut_out(photo: Image.Image) -> Cloth:
    """Cut the garment out of its plain background and measure it."""
    shape = silhouette(photo, hole=HOLE)
    if not BELIEVABLE[0] < shape.share < BELIEVABLE[1]:
        shape = Silhouette(Image.new("L", photo.size, 255))
    edge = shape.mask.filter(ImageFilter.MinFilter(3)).filter(ImageFilter.GaussianBlur(0.8))
    image = photo.convert("RGB")
    image.putalpha(ImageChops.multiply(edge, shape.mask))
    return _measured(image, shape)


def _measured(image: Image.Image, shape: Silhouette) -> Cloth:
    left, top, right, bottom = shape.box
    rows = [top + (bottom - top) * step / 100 for step in range(1, 100)]
    middle = median((runs[0].left + runs[-1].right) / 2 for y in rows if (runs := shape.runs(y)))
    waist, narrowest = min(
        (
            (run.width, y)
            for y in rows[18:62]  # the straps of a top are beside its middle
            if (run := shape.central(y, middle)) and run.left <= middle <= run.right
        ),
        default=(right - left, rows[40]),
    )
    body = median(_widths(shape, middle, rows[55:85]) or [right - left])
    crotch = _crotch(shape, middle, rows)
    dress = crotch is None and bottom - top > DRESS * waist
    half = (waist if dress else min(body, (right - left) * 0.9)) / 2
    shoulder = _shoulder(shape, middle, rows)
    return Cloth(
        image=image,
        shape=shape,
        middle=middle,
        top=top,
        bottom=bottom,
        shoulder=shoulder,
        half=half,
        waist=narrowest,
        dress=dress,
        sleeves=_sleeves(shape, middle, shoulder, half * (1.22 if dress else 1.0), bottom),
        crotch=crotch,
    )


def _widths(shape: Silhouette, middle: float, rows: list[float]) -> list[float]:
    return [run.width for y in rows if (run := shape.central(y, middle))]


def _shoulder(shape: Silhouette, middle: float, rows: list[float]) -> float:
    widest = max(_widths(shape, middle, rows[:30]), default=0.0)
    for y in rows[:30]:
        run = shape.central(y, middle)
        if run and run.width >= SHOULDERS * widest:
            return y
    return rows[0]


def _sleeves(
    shape: Silhouette, middle: float, shoulder: float, half: float, bottom: float
) -> tuple[Sleeve, ...]:
    found = (_sleeve(shape, middle, shoulder, half, bottom, side) for side in (-1, 1))
    return tuple(sleeve for sleeve in found if sleeve)


def _sleeve(
    shape: Silhouette, middle: float, shoulder: float, half: float, bottom: float, side: int
) -> Sleeve | None:
    """Return what stands out from the body on one side, if it is enough to be a sleeve."""
    joint = (middle + side * half * 0.92, shoulder + half * 0.18)
    pieces: list[tuple[float, float, float]] = []  # x, y, width of what stands out in a row
    y, step = shoulder, max(1.0, (bottom - shoulder) / 160)
    while y < bottom:
        for run in shape.runs(y):
            part = _outside(run, middle, half * 1.03, side)
            if part and not (pieces and y > pieces[-1][1] + 6 * step):
                pieces.append((part.middle, y, part.width))
        y += step
    area = sum(width for _, _, width in pieces) * step
    if area < SLEEVE_AREA * shape.area:
        return None
    last = pieces[-max(1, len(pieces) // 6) :]
    x, y = (sum(piece[axis] for piece in last) / len(last) for axis in (0, 1))
    angle = math.atan2(side * (x - joint[0]), y - joint[1])
    end = max(
        (px - joint[0]) * side * math.sin(angle) + (py - joint[1]) * math.cos(angle)
        for px, py, _ in pieces
    )
    width = median(piece[2] for piece in pieces[len(pieces) // 2 :]) * math.cos(angle)
    return Sleeve(side, joint, angle, end, width)


def _outside(run: Run, middle: float, half: float, side: int) -> Run | None:
    """Return the part of a run that lies outside of the body on one side."""
    if side < 0 and run.left < middle - half:
        return Run(run.left, min(run.right, middle - half))
    if side > 0 and run.right > middle + half:
        return Run(max(run.left, middle + half), run.right)
    return None


def _crotch(shape: Silhouette, middle: float, rows: list[float]) -> float | None:
    """Return the row from which on the garment has two legs, None for one without."""
    split = [
        y
        for y in rows
        if len(runs := shape.runs(y)) == LEGS and runs[0].right <= middle <= runs[1].left
    ]
    if len(split) < LEG_SHARE * len(rows) or split[-1] < rows[-8]:
        return None
    return split[0]
