"""How a garment comes onto a body: which place of the garment covers which of the person.

Each function returns the box of the person's photo that the garment may cover and, for
every place in it, the place in the garment it shows (see `warp`).
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from bot.demo.drawing.body import Arm, Body
from bot.demo.drawing.cloth import LEGS, LONG_SLEEVE, Cloth, Sleeve
from bot.demo.drawing.shapes import Point
from bot.demo.drawing.silhouette import Run
from bot.demo.drawing.warp import Box, Inverse

EASE = 1.10  # clothes are wider than what they cover
DRESS_EASE = 1.24
LEG_EASE = 1.28
TOP_HEM = (0.475, 0.515)  # shares of the height between which a top ends
DRESS_HEM = (0.62, 0.93)
WAIST = 0.405
DRESS_WAIST = 0.39
CROTCH = (0.47, 0.535)
ANKLE = 0.948
FULL_LENGTH = 1.9  # length of trousers in widths from which on they reach the ankles


@dataclass(frozen=True, slots=True)
class Fit:
    """A garment on a body, in pieces: what lies left and right of a gap is bent separately."""

    pieces: tuple[tuple[Box, Inverse], ...]
    scale: float  # px of the person per px of the garment
    hem: float  # the row where it ends


def _line(x: float, xs: tuple[float, ...], ys: tuple[float, ...]) -> float:
    """Return y at x on a line of straight pieces, continued at both ends."""
    index = 0
    while index < len(xs) - 2 and x > xs[index + 1]:
        index += 1
    share = (x - xs[index]) / (xs[index + 1] - xs[index])
    return ys[index] + share * (ys[index + 1] - ys[index])


def _smooth(share: float) -> float:
    share = min(1.0, max(0.0, share))
    return share * share * (3 - 2 * share)


def fit_top(cloth: Cloth, body: Body) -> Fit:
    """Hang a top or a dress from the shoulders."""
    if cloth.dress:
        natural = (body.at(DRESS_WAIST) - body.shoulder) / max(1.0, cloth.waist - cloth.shoulder)
        across = body.waist_half * DRESS_EASE / cloth.half
        across = min(max(across, natural * 0.9), max(natural, body.waist_half / cloth.half) * 1.06)
    else:
        half = max(body.torso_half, body.waist_half, body.hip_half * 0.96)
        across = natural = half * EASE / cloth.half
    length = cloth.bottom - cloth.shoulder
    low, high = DRESS_HEM if cloth.dress else TOP_HEM
    hem = min(max(body.shoulder + length * natural, body.at(low)), body.at(high))
    down = (hem - body.shoulder) / length
    limbs = [
        _skin(arm, sleeve, across, body)
        for arm in body.arms
        for sleeve in cloth.sleeves
        if sleeve.side == arm.side
    ]

    waist = body.shoulder + (cloth.waist - cloth.shoulder) * down

    def source(x: float, y: float) -> Point:
        # A skirt need not grow with a broad waist: below it the scale returns to natural.
        wide = _line(y, (waist, hem), (across, natural)) if cloth.dress and y > waist else across
        u = cloth.middle + (x - body.middle) / wide
        v = cloth.shoulder + (y - body.shoulder) / down
        for weigh, place in limbs:
            weight = weigh(x, y)
            if weight > 0:
                su, sv = place(x, y)
                u, v = u + (su - u) * weight, v + (sv - v) * weight
        return u, v

    reach = max(body.shoulder_half * 2.6, cloth.shape.mask.width / 2 * across * 1.2)
    top = body.shoulder - (cloth.shoulder - cloth.top) * down - 0.02 * body.height
    bottom = hem + 0.06 * body.height
    if any(sleeve.length > LONG_SLEEVE * cloth.half for sleeve in cloth.sleeves):
        bottom = max(bottom, body.at(0.62))
    box = (int(body.middle - reach), int(top), int(body.middle + reach), int(bottom))
    return Fit(((box, source),), across, hem)


def _skin(
    arm: Arm, sleeve: Sleeve, scale: float, body: Body
) -> tuple[Callable[[float, float], float], Inverse]:
    """Return how much a place belongs to the sleeve, and which place of the sleeve it shows."""
    long = sleeve.length * scale > 0.72 * arm.length
    along = arm.length * 1.08 / sleeve.length if long else scale
    thick = max(scale, arm.width * 1.5 / sleeve.width)
    side = arm.side
    sin_a, cos_a = side * math.sin(arm.angle), math.cos(arm.angle)
    sin_s, cos_s = side * math.sin(sleeve.angle), math.cos(sleeve.angle)
    border = arm.angle * 0.42
    sin_b, cos_b = math.sin(border), math.cos(border)
    start = (body.middle + side * body.torso_half * 1.02, arm.joint[1])
    soft = 0.16 * body.torso_half
    end = sleeve.length * along

    def weigh(x: float, y: float) -> float:
        """Return 1 on the arm, 0 on the body, on the shoulder and far below the sleeve."""
        outward = side * (x - start[0]) * cos_b - (y - start[1]) * sin_b
        down = (x - arm.joint[0]) * sin_a + (y - arm.joint[1]) * cos_a
        beside = _smooth(outward / soft + 0.5)
        return (
            beside
            * _smooth(down / (0.9 * body.torso_half))
            * _smooth((1.35 * end - down) / (0.2 * end))
        )

    def place(x: float, y: float) -> Point:
        dx, dy = x - arm.joint[0], y - arm.joint[1]
        down, out = (dx * sin_a + dy * cos_a) / along, (dx * cos_a - dy * sin_a) / thick
        return (
            sleeve.joint[0] + down * sin_s + out * cos_s,
            sleeve.joint[1] + down * cos_s - out * sin_s,
        )

    return weigh, place


def fit_bottom(cloth: Cloth, body: Body) -> Fit:
    """Put trousers or a skirt on, from the waist downwards."""
    waist = body.at(WAIST)
    hip = max(body.hip_half, body.torso_half * 0.95) * EASE
    if cloth.crotch is None:
        return _skirt(cloth, body, waist, hip)
    crotch = min(max(body.crotch, body.at(CROTCH[0])), body.at(CROTCH[1]))
    across = hip / _half_at(cloth, cloth.crotch)
    full = (cloth.bottom - cloth.top) > FULL_LENGTH * 2 * _half_at(cloth, cloth.crotch)
    hem = body.at(ANKLE) if full else crotch + (cloth.bottom - cloth.crotch) * across
    rows = (waist, crotch, hem)
    cloth_rows = (cloth.top, cloth.crotch, cloth.bottom)

    def source(side: int, x: float, y: float) -> Point:
        v = _line(y, rows, cloth_rows)
        if y <= crotch:
            waist_half = max(body.waist_half, body.torso_half * 0.9) * 1.06
            wide = _line(y, (waist, crotch), (waist_half, hip))
            return cloth.middle + (x - body.middle) * _half_at(cloth, v) / wide, v
        target, piece = _leg(body, side, y, crotch, hip), _cloth_leg(cloth, side, v)
        return piece.middle + (x - target.middle) * piece.width / target.width, v

    left, middle, right = (int(body.middle + dx) for dx in (-hip * 1.7, 0, hip * 1.7))
    top, low = int(waist - 0.01 * body.height), int(hem + 0.02 * body.height)
    pieces = (
        ((left, top, middle, low), partial(source, -1)),
        ((middle, top, right, low), partial(source, 1)),
    )
    return Fit(pieces, across, hem)


def _skirt(cloth: Cloth, body: Body, waist: float, hip: float) -> Fit:
    run = cloth.shape.central(cloth.top + (cloth.bottom - cloth.top) * 0.1, cloth.middle)
    across = hip / max(1.0, (run.width / 2 if run else cloth.half))
    hem = min(waist + (cloth.bottom - cloth.top) * across, body.at(ANKLE))
    down = (hem - waist) / (cloth.bottom - cloth.top)
    reach = cloth.shape.mask.width / 2 * across

    def source(x: float, y: float) -> Point:
        return cloth.middle + (x - body.middle) / across, cloth.top + (y - waist) / down

    box = (int(body.middle - reach), int(waist), int(body.middle + reach), int(hem + 2))
    return Fit(((box, source),), across, hem)


def _half_at(cloth: Cloth, row: float) -> float:
    runs = cloth.shape.runs(min(max(row, cloth.top + 2), cloth.bottom - 2))
    return max(8.0, (runs[-1].right - runs[0].left) / 2) if runs else cloth.half


def _cloth_leg(cloth: Cloth, side: int, row: float) -> Run:
    inside = min(
        max(row, (cloth.crotch or cloth.top) + 2), cloth.bottom - 0.02 * (cloth.bottom - cloth.top)
    )
    runs = cloth.shape.runs(inside)
    if len(runs) < LEGS:
        edge = runs[0].left if side < 0 else runs[-1].right
        return Run(*sorted((edge, cloth.middle)))
    return runs[0] if side < 0 else runs[-1]


def _leg(body: Body, side: int, y: float, crotch: float, hip: float) -> Run:
    """Return where a trouser leg is in the row `y`: around the leg, joined at the crotch."""
    knee = body.at(0.72)
    leg = _seen_leg(body, side, max(y, knee * 0.35 + crotch * 0.65))
    overlap = 0.012 * body.height
    joined = Run(*sorted((body.middle - side * overlap, body.middle + side * hip)))
    share = _smooth((y - crotch) / (body.at(0.80) - crotch))
    return Run(
        joined.left + (leg.left - joined.left) * share,
        joined.right + (leg.right - joined.right) * share,
    )


def _seen_leg(body: Body, side: int, y: float) -> Run:
    ease = LEG_EASE
    rows = [row for row in body.legs if row[0] < body.at(ANKLE)]
    if rows:
        near = sorted(rows, key=lambda row: abs(row[0] - y))[:4]
        legs = [row[1] if side < 0 else row[2] for row in near]
        middle = sum(leg.middle for leg in legs) / len(legs)
        width = sum(leg.width for leg in legs) / len(legs) * ease
        width = max(width, body.torso_half * 0.56)
    else:
        middle = body.middle + side * body.hip_half * 0.54
        width = body.hip_half * 0.72
    return Run(middle - width / 2, middle + width / 2)
