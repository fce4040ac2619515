"""Where the parts of a person are on a photo: neck, shoulders, waist, arms and legs.

Measured on the silhouette where there is a believable one, guessed from a box in the
middle of the picture where not. Lengths are px, angles radians from straight down,
positive towards the outside.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from bot.demo.drawing.shapes import Point
from bot.demo.drawing.silhouette import Run, Silhouette

# Shares of the height of a standing person, from the top of the head.
NECK = 0.165
HEAD = 0.13  # how wide a head with its hair is
NECK_FROM, NECK_TO = 0.08, 0.25
SHOULDER_BELOW_NECK = 0.032
CROTCH = 0.515
ANKLE = 0.945
ARM = 0.275  # from shoulder to wrist
THICK_ARM = 0.048  # a wider arm has something else stuck to it

# What a silhouette must be to be believed.
LOW = 0.42  # less of the height of the photo is no person
CLOSE = 4  # nor is what would be so many times higher than the photo
BROAD = 0.9  # nor is what is less high than this share of its width
SHARE = (0.03, 0.75)  # of the photo that a person covers
ARM_ROWS = 8  # of 40 rows in which an arm must stand apart
LEG_ROWS = 10  # of 41 rows in which two legs must be seen
APART = 3  # runs of a row: arm, body, arm

SHOULDERS = 0.62  # a row this wide, as a share of the widest below the neck, is a shoulder


@dataclass(frozen=True, slots=True)
class Arm:
    """One arm, `side` -1 on the left of the picture and 1 on the right."""

    side: int
    joint: Point
    angle: float
    length: float  # from shoulder to wrist
    width: float


@dataclass(frozen=True, slots=True)
class Body:
    """A person on a photo. `found` is False where it was only guessed."""

    found: bool
    middle: float
    top: float
    height: float  # from head to sole, also where the photo does not show all of it
    neck: float
    neck_half: float
    head_half: float
    shoulder: float  # the row where the shoulders begin
    shoulder_half: float
    torso_half: float
    waist_half: float
    hip_half: float
    crotch: float
    arms: tuple[Arm, Arm]
    legs: tuple[tuple[float, Run, Run], ...]  # row, left leg, right leg; empty if unseen

    def at(self, share: float) -> float:
        """Return the row at a share of the height."""
        return self.top + share * self.height


def find_body(shape: Silhouette) -> Body:
    """Find the person on a photo, or guess."""
    left, top, right, bottom = shape.box
    width, height = shape.mask.size
    tall = bottom - top > max(LOW * height, BROAD * (right - left))
    if not tall or not SHARE[0] < shape.share < SHARE[1]:
        return _guessed(width, height)
    middle = _middle(shape, top, bottom)
    whole = bottom - top
    if bottom > 0.985 * height:  # cut off by the photo: tell the height from the head
        neck = _narrowest(shape, middle, top, range_of=(0.10, 0.62), height=whole)[0]
        heads = [top + whole * share / 100 for share in range(4, 25)]
        head = median(run.width for y in heads if (run := shape.central(y, middle)))
        whole = max(whole, (neck - top) / NECK, head / HEAD)
        if whole > CLOSE * height:
            return _guessed(width, height)
    return _measured(shape, middle, top, whole)


def _middle(shape: Silhouette, top: float, bottom: float) -> float:
    rows = [shape.runs(top + (bottom - top) * share / 100) for share in range(2, 60, 2)]
    return median((runs[0].left + runs[-1].right) / 2 for runs in rows if runs)


def _narrowest(
    shape: Silhouette, middle: float, top: float, *, range_of: tuple[float, float], height: float
) -> tuple[float, float]:
    """Return the row and half width of the neck."""
    rows = [
        top + height * step / 200 for step in range(int(range_of[0] * 200), int(range_of[1] * 200))
    ]
    found = [(run.width, y) for y in rows if (run := shape.central(y, middle))]
    if not found:
        return top + NECK * height, 0.02 * height
    width = min(found)[0]
    narrow = [y for w, y in found if w < width * 1.08]
    if narrow[-1] - narrow[0] > 0.05 * height:  # hair hides the neck: trust proportions
        return min(narrow, key=lambda y: abs(y - top - NECK * height)), width / 2
    return narrow[len(narrow) // 2], width / 2


def _half(shape: Silhouette, middle: float, rows: Iterable[float], default: float) -> float:
    """Return half the usual width of the central run in some rows where arms stand apart."""
    widths = [
        run.width / 2
        for y in rows
        if len(shape.runs(y)) >= APART and (run := shape.central(y, middle))
    ]
    return median(widths) if widths else default


def _measured(shape: Silhouette, middle: float, top: float, height: float) -> Body:
    neck, neck_half = _narrowest(shape, middle, top, range_of=(NECK_FROM, NECK_TO), height=height)
    head_rows = [top + (neck - top) * share / 20 for share in range(4, 18)]
    head_half = max(
        (run.width / 2 for y in head_rows if (run := shape.central(y, middle))), default=neck_half
    )
    wide = shape.central(neck + 0.065 * height, middle)
    shoulder_half = wide.width / 2 if wide else 0.1 * height
    shoulder_half = min(max(shoulder_half, 0.075 * height), 0.14 * height)
    shoulder = _shoulder_row(shape, middle, neck, shoulder_half, height)
    torso = 0.79 * shoulder_half
    waist = _half(shape, middle, _rows(neck, height, 0.165, 0.215), torso * 0.86)
    hip = _half(shape, middle, _rows(neck, height, 0.26, 0.33), torso)
    crotch = _crotch(shape, middle, top, height)
    arms = (
        _arm(shape, -1, middle, shoulder_half, shoulder, height),
        _arm(shape, 1, middle, shoulder_half, shoulder, height),
    )
    return Body(
        found=True,
        middle=middle,
        top=top,
        height=height,
        neck=neck,
        neck_half=min(neck_half, 0.03 * height),
        head_half=min(head_half, 0.075 * height),
        shoulder=shoulder,
        shoulder_half=shoulder_half,
        torso_half=torso,
        waist_half=min(waist, torso * 1.1),
        hip_half=min(max(hip, torso * 0.8), torso * 1.25),
        crotch=crotch,
        arms=arms,
        legs=_legs(shape, middle, crotch, top + height),
    )


def _rows(neck: float, height: float, first: float, last: float) -> list[float]:
    return [neck + height * (first + (last - first) * step / 12) for step in range(13)]


def _shoulder_row(
    shape: Silhouette, middle: float, neck: float, half: float, height: float
) -> float:
    for step in range(60):
        y = neck + height * step / 600
        run = shape.central(y, middle)
        if run and run.width >= SHOULDERS * 2 * half:
            return y
    return neck + SHOULDER_BELOW_NECK * height


def _crotch(shape: Silhouette, middle: float, top: float, height: float) -> float:
    for step in range(440, 640, 4):
        y = top + height * step / 1000
        if not any(run.left <= middle <= run.right for run in shape.runs(y)) and shape.runs(y):
            return y
    return top + CROTCH * height


def _arm(
    shape: Silhouette,
    side: int,
    middle: float,
    shoulder_half: float,
    shoulder: float,
    height: float,
) -> Arm:
    joint = (middle + side * shoulder_half * 0.80, shoulder + 0.034 * height)
    seen: list[tuple[float, Run]] = []
    for step in range(40):
        y = shoulder + height * (0.12 + 0.27 * step / 40)
        runs = shape.runs(y)
        outer = runs[0 if side < 0 else -1] if len(runs) >= APART else None
        if outer and abs(outer.middle - middle) > 0.7 * shoulder_half:
            seen.append((y, outer))
    if len(seen) < ARM_ROWS:
        return Arm(side, joint, 0.12, ARM * height, 0.04 * height)
    low = max(y for y, _ in seen)
    wrist = min(low, joint[1] + ARM * height * 0.9)
    near = min(seen, key=lambda item: abs(item[0] - wrist))[1]
    angle = math.atan2(side * (near.middle - joint[0]), wrist - joint[1])
    length = math.hypot(near.middle - joint[0], wrist - joint[1])
    width = min(median(run.width for _, run in seen), THICK_ARM * height)
    return Arm(side, joint, angle, length, width)


def _legs(
    shape: Silhouette, middle: float, crotch: float, bottom: float
) -> tuple[tuple[float, Run, Run], ...]:
    legs = []
    for step in range(41):
        y = crotch + (bottom - crotch) * step / 40
        left = [
            run
            for run in shape.runs(y)
            if run.middle < middle and run.right > middle - (bottom - crotch) * 0.4
        ]
        right = [
            run
            for run in shape.runs(y)
            if run.middle > middle and run.left < middle + (bottom - crotch) * 0.4
        ]
        if left and right and left[-1].right < right[0].left:
            legs.append((y, left[-1], right[0]))
    return tuple(legs) if len(legs) > LEG_ROWS else ()


def _guessed(width: int, height: int) -> Body:
    """Return an upright person of usual build in the middle of the picture."""
    tall = min(0.92 * height, 2.4 * width)
    top, middle = (height - tall) / 2, width / 2
    shoulder, half = top + 0.2 * tall, 0.1 * tall
    arms = [
        Arm(
            side,
            (middle + side * half * 0.8, shoulder + 0.034 * tall),
            0.14,
            ARM * tall,
            0.04 * tall,
        )
        for side in (-1, 1)
    ]
    return Body(
        found=False,
        middle=middle,
        top=top,
        height=tall,
        neck=top + NECK * tall,
        neck_half=0.022 * tall,
        head_half=0.05 * tall,
        shoulder=shoulder,
        shoulder_half=half,
        torso_half=0.79 * half,
        waist_half=0.68 * half,
        hip_half=0.84 * half,
        crotch=top + CROTCH * tall,
        arms=(arms[0], arms[1]),
        legs=(),
    )
