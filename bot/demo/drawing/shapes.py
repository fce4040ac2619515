"""Outlines: smooth closed curves, mirrored halves, limbs that taper, pieces moved about.

Pure geometry in picture coordinates (px, y downwards); painting is left to `canvas`.
Outlines are written down as text, "x,y x,y! x,y": a point with a `!` is a corner, all
others are passed smoothly.
"""

import math
from collections.abc import Iterable, Sequence
from typing import TypeAlias

Point: TypeAlias = tuple[float, float]
Outline: TypeAlias = list[Point]
Joint: TypeAlias = tuple[float, float, float]  # x, y, radius

STEPS = 10  # straight pieces between two points of a curve


def points(text: str, *, middle: float = 0.0, scale: float = 1.0) -> Outline:
    """Read an outline; x counts from `middle`, in units of `scale` px. Corners come twice."""
    outline: Outline = []
    for word in text.split():
        x, y = (float(number) for number in word.rstrip("!").split(","))
        point = (middle + x * scale, y)
        outline.extend([point, point] if word.endswith("!") else [point])
    return outline


def _curve(a: float, b: float, c: float, d: float, t: float) -> float:
    """Return the value a share `t` of the way from `b` to `c` (Catmull-Rom)."""
    return (
        (-0.5 * t**3 + t**2 - 0.5 * t) * a
        + (1.5 * t**3 - 2.5 * t**2 + 1) * b
        + (-1.5 * t**3 + 2 * t**2 + 0.5 * t) * c
        + (0.5 * t**3 - 0.5 * t**2) * d
    )


def closed(corners: Sequence[Point]) -> Outline:
    """Return a smooth closed curve through the points; a point given twice is a corner."""
    count = len(corners)
    curve: Outline = []
    for index in range(count):
        a, b, c, d = (corners[(index + offset) % count] for offset in (-1, 0, 1, 2))
        if b == c:
            continue
        for t in (step / STEPS for step in range(STEPS)):
            curve.append((_curve(a[0], b[0], c[0], d[0], t), _curve(a[1], b[1], c[1], d[1], t)))
    return curve


def _spine(joints: Sequence[Joint]) -> list[Joint]:
    padded = [joints[0], *joints, joints[-1]]
    spine: list[Joint] = []
    for index in range(len(joints) - 1):
        a, b, c, d = padded[index : index + 4]
        for t in (step / STEPS for step in range(STEPS)):
            x, y, radius = (_curve(*values, t) for values in zip(a, b, c, d, strict=True))
            spine.append((x, y, radius))
    return [*spine, joints[-1]]


def run(path: Sequence[Point]) -> Outline:
    """Return a smooth open curve through the points, both ends included."""
    return [(x, y) for x, y, _ in _spine([(x, y, 0.0) for x, y in path])]


def line(text: str, *, middle: float = 0.0, scale: float = 1.0) -> Outline:
    """Read a smooth open curve."""
    return run(points(text, middle=middle, scale=scale))


def mirrored(half: Sequence[Point], middle: float) -> Outline:
    """Return a closed curve from its right half, given as (distance from middle, y) downwards."""
    right = [(middle + dx, y) for dx, y in half]
    left = [(middle - dx, y) for dx, y in reversed(half)]
    return closed([*right, *left])


def mirror(outline: Iterable[Point], middle: float) -> Outline:
    """Return the outline reflected at the vertical line x = middle."""
    return [(2 * middle - x, y) for x, y in outline]


def _arc(centre: Joint, start: float) -> Outline:
    """Return the half circle around a joint from the angle `start` onwards, radians."""
    x, y, radius = centre
    angles = (start + math.pi * step / STEPS for step in range(1, STEPS))
    return [(x + radius * math.cos(a), y + radius * math.sin(a)) for a in angles]


def _direction(first: Joint, second: Joint) -> float:
    return math.atan2(second[1] - first[1], second[0] - first[0])


def limb(joints: Sequence[Joint]) -> Outline:
    """Return the outline of a rounded limb along joints, each with its own thickness."""
    spine = _spine(joints)
    right: Outline = []
    left: Outline = []
    for index, (x, y, radius) in enumerate(spine):
        angle = _direction(spine[max(0, index - 1)], spine[min(len(spine) - 1, index + 1)])
        nx, ny = -math.sin(angle) * radius, math.cos(angle) * radius
        right.append((x - nx, y - ny))
        left.append((x + nx, y + ny))
    end = _arc(spine[-1], _direction(spine[-2], spine[-1]) - math.pi / 2)
    start = _arc(spine[0], _direction(spine[0], spine[1]) + math.pi / 2)
    return [*right, *end, *reversed(left), *start]


def ellipse(x: float, y: float, rx: float, ry: float, turn: float = 0.0) -> Outline:
    """Return an ellipse around (x, y), turned by `turn` radians."""
    outline: Outline = []
    for step in range(48):
        angle = 2 * math.pi * step / 48
        ex, ey = rx * math.cos(angle), ry * math.sin(angle)
        outline.append(
            (
                x + ex * math.cos(turn) - ey * math.sin(turn),
                y + ex * math.sin(turn) + ey * math.cos(turn),
            )
        )
    return outline


def moved(
    outline: Iterable[Point], *, scale: float = 1.0, dx: float = 0.0, dy: float = 0.0
) -> Outline:
    """Return the points scaled around the origin and then shifted."""
    return [(x * scale + dx, y * scale + dy) for x, y in outline]
