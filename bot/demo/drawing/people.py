"""Two people, full body, from the front: the sample photos of a person.

They stand on a plain wall in close-fitting clothes, arms a little off the body, hands and
feet visible: just what the services ask of a good photo.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image

from bot.demo.drawing.canvas import Canvas, Colour, darker, gradient, lighter
from bot.demo.drawing.face import Face, Frame, paint_head
from bot.demo.drawing.hair import bun_behind, bun_front, short_behind, short_front
from bot.demo.drawing.masks import Mask
from bot.demo.drawing.shapes import (
    Outline,
    closed,
    ellipse,
    limb,
    line,
    mirror,
    mirrored,
    points,
)

SIZE = (900, 1200)  # px
MIDDLE = 450.0
HEAD = Frame(MIDDLE, 166, 58, 76)

# x in shares of half the width of the hips, from the middle.
LEG = (
    "0.98,560 1.02,620 0.99,700 0.88,780 0.81,832 0.85,890 0.83,940 0.71,1030 0.66,1090 "
    "0.36,1090 0.35,1030 0.26,945 0.22,890 0.28,832 0.22,780 0.12,700 0.03,625 0.03,560"
)
SHORTS = "0.95,528! 1.03,556 1.06,590 1.07,650 1.06,716! 0.55,724 0.06,720! 0.02,640!"
# x in px from the middle of the foot.
SHOE = "-19,1070 19,1070 27,1098 34,1122 27,1138 -17,1138 -24,1122 -21,1098"
SOLE = "-25,1124 -14,1130 24,1130 35,1124 34,1138 23,1144 -13,1144 -24,1138"
CAP = "-19,1119 -7,1110 17,1110 29,1119"
LACES = ("-9,1082 1,1085 11,1082", "-8,1091 2,1094 12,1091", "-7,1100 3,1103 13,1100")


@dataclass(frozen=True, slots=True)
class Build:
    """Half widths of a body, px, for a figure about 1050 px tall."""

    neck: float
    shoulder: float
    chest: float
    waist: float
    hip: float
    arm: float  # half the thickness of the upper arm

    @property
    def joint(self) -> float:
        """The column of the left shoulder joint."""
        return MIDDLE - self.shoulder + self.arm * 0.92

    @property
    def wrist(self) -> float:
        """The column of the left wrist."""
        return self.joint - 62


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to draw."""

    face: Face
    build: Build
    wall: tuple[Colour, Colour]
    top: Colour
    shorts: Colour
    shoes: Colour
    bust: float  # how much the chest is shaded, 0 to 1
    hair_behind: Callable[[Canvas, Frame, Colour], None]
    hair_front: Callable[[Canvas, Frame, Colour], None]


def draw_person(person: Person) -> Image.Image:
    """Draw the person on a soft studio wall that runs into the floor."""
    canvas = Canvas(gradient(SIZE, *person.wall))
    glow = canvas.mask(ellipse(400, 420, 330, 420))
    canvas.paint(canvas.soft(glow, 130), lighter(person.wall[0], 0.8), 0.35)
    for rx, ry, blur, strength in ((150, 20, 16, 0.26), (104, 11, 7, 0.36)):
        canvas.shadow(canvas.mask(ellipse(MIDDLE + 10, 1132, rx, ry)), strength, blur=blur)
    person.hair_behind(canvas, HEAD, person.face.hair)
    _skin(canvas, person)
    _shoes(canvas, person)
    _clothes(canvas, person)
    paint_head(canvas, HEAD, person.face)
    person.hair_front(canvas, HEAD, person.face.hair)
    return canvas.finished()


def _sides(*outlines: Outline) -> list[Outline]:
    return [*outlines, *(mirror(outline, MIDDLE) for outline in outlines)]


def _torso(build: Build) -> Outline:
    half = [
        (build.neck, 205),
        (build.neck * 0.98, 246),
        (build.neck + 9, 263),
        (build.shoulder * 0.60, 278),
        (build.shoulder * 0.86, 289),
        (build.shoulder * 0.97, 309),
        (build.shoulder * 0.92, 342),
        (build.chest, 376),
        (build.chest * 0.96, 410),
        (build.waist, 462),
        (build.hip * 0.93, 528),
        (build.hip, 580),
        (build.hip * 0.9, 622),
    ]
    return mirrored(half, MIDDLE)


def _arm(build: Build) -> Outline:
    joint, thick = build.joint, build.arm
    return limb(
        [
            (joint + 2, 324, thick * 0.98),
            (joint - 6, 368, thick * 0.96),
            (joint - 30, 446, thick * 0.79),
            (joint - 43, 490, thick * 0.80),
            (build.wrist, 584, thick * 0.50),
        ]
    )


def _hand(build: Build) -> tuple[Outline, Outline]:
    """Return the palm with its fingers, and the thumb."""
    wrist, thick = build.wrist, build.arm
    palm = [
        (wrist, 578, thick * 0.50),
        (wrist - 4, 608, thick * 0.68),
        (wrist - 5, 634, thick * 0.66),
        (wrist - 1, 658, thick * 0.46),
    ]
    thumb = [
        (wrist + thick * 0.20, 596, thick * 0.26),
        (wrist + thick * 0.66, 622, thick * 0.23),
        (wrist + thick * 0.70, 638, thick * 0.17),
    ]
    return limb(palm), limb(thumb)


def _leg(build: Build) -> Outline:
    return closed(points(LEG, middle=MIDDLE, scale=build.hip))


def _skin(canvas: Canvas, person: Person) -> None:
    """Paint arms, body and legs as one, so that no seams show."""
    build, skin = person.build, person.face.skin
    palm, thumb = _hand(build)
    canvas.solid(canvas.mask(*_sides(thumb)), skin, depth=6, shade=0.3)
    torso = canvas.mask(_torso(build))
    arms = canvas.mask(*_sides(_arm(build)))
    body = torso.joined(arms).joined(canvas.mask(*_sides(palm, _leg(build))))
    canvas.solid(body, skin, depth=15, shade=0.30)
    below = canvas.soft(canvas.mask([(0, 372), (900, 372), (900, 700), (0, 700)]), 14)
    canvas.shadow(torso, 0.2, within=arms.both(below).without(torso), blur=7, dy=2)
    knees = [ellipse(MIDDLE + side * build.hip * 0.55, 822, 12, 16) for side in (-1, 1)]
    canvas.paint(canvas.soft(canvas.mask(*knees), 9), darker(skin, 0.4), 0.28)
    fingers = [
        [(build.wrist - 4 + dx, 632.0), (build.wrist - 2 + dx * 0.72, 660.0)]
        for dx in (-build.arm * 0.26, 0.0, build.arm * 0.26)
    ]
    canvas.paint(canvas.soft(canvas.lines(_sides(*fingers), 1.6), 0.7), darker(skin, 0.4), 0.55)
    canvas.shadow(canvas.mask(ellipse(MIDDLE, 226, 40, 30)), 0.42, within=body, blur=7, dy=8)
    bones = _sides(line("14,290 36,286 64,291", middle=MIDDLE))
    canvas.paint(canvas.soft(canvas.lines(bones, 4), 2), darker(skin, 0.4), 0.42)


def _shoes(canvas: Canvas, person: Person) -> None:
    foot, colour = MIDDLE + person.build.hip * 0.52, person.shoes

    def pair(text: str) -> Mask:
        return canvas.mask(*_sides(closed(points(text, middle=foot))))

    canvas.solid(pair(SHOE), colour, depth=9, shade=0.26)
    canvas.solid(pair(SOLE), (250, 248, 244), depth=5, shade=0.2)
    laces = _sides(*(line(text, middle=foot) for text in LACES))
    canvas.paint(canvas.lines(laces, 3), (252, 251, 248), 0.95)
    caps = _sides(line(CAP, middle=foot))
    canvas.paint(canvas.lines(caps, 2), darker(colour, 0.3), 0.5)


def _clothes(canvas: Canvas, person: Person) -> None:
    build = person.build
    shorts = canvas.mask(mirrored(points(SHORTS, scale=build.hip), MIDDLE))
    legs = canvas.mask(*_sides(_leg(build)))
    canvas.shadow(shorts, 0.25, within=legs, blur=6, dy=8)
    canvas.solid(shorts, person.shorts, depth=15, shade=0.34)
    crease = canvas.lines([line("0,560 1,600 0,640", middle=MIDDLE)], 4)
    canvas.paint(canvas.soft(crease, 3), darker(person.shorts, 0.5), 0.6)
    shoulder, chest, hip = build.shoulder, build.chest, build.hip
    half = [
        *((shoulder * 0.42, 268), (shoulder * 0.42, 268), (shoulder * 0.72, 281)),
        *((shoulder * 0.72, 281), (shoulder * 0.66, 326), (chest, 378), (chest, 378)),
        *((chest * 0.99, 412), (build.waist + 4, 462), (hip * 0.96, 528)),
        *((hip * 1.01, 556), (hip * 1.01, 556), (hip * 0.5, 562)),
    ]
    neckline = points("0.48,230 0.46,282 0.38,316 0.18,338", scale=shoulder)
    top = canvas.mask(mirrored(half, MIDDLE)).without(canvas.mask(mirrored(neckline, MIDDLE)))
    canvas.shadow(top, 0.3, within=shorts, blur=6, dy=8)
    canvas.solid(top, person.top, depth=17, shade=0.28)
    _folds(canvas, person, top)


def _folds(canvas: Canvas, person: Person, top: Mask) -> None:
    colour = darker(person.top, 0.42)
    waist = _sides(line("1.02,474 0.62,488 0.38,489", middle=MIDDLE, scale=person.build.waist))
    canvas.paint(top.both(canvas.soft(canvas.lines(waist, 4), 3)), colour, 0.5)
    bust = _sides(line("0.12,398 0.46,412 0.84,392", middle=MIDDLE, scale=person.build.chest))
    canvas.paint(top.both(canvas.soft(canvas.lines(bust, 7), 6)), colour, 0.55 * person.bust)


WOMAN = Person(
    face=Face(
        skin=(240, 198, 170), hair=(98, 60, 42), eyes=(92, 120, 88), lips=(196, 86, 88), lashes=True
    ),
    build=Build(neck=22, shoulder=98, chest=75, waist=60, hip=86, arm=23),
    wall=((226, 232, 234), (205, 212, 214)),
    top=(178, 160, 200),
    shorts=(78, 104, 108),
    shoes=(232, 190, 180),
    bust=0.7,
    hair_behind=bun_behind,
    hair_front=bun_front,
)

MAN = Person(
    face=Face(
        skin=(190, 136, 100), hair=(46, 36, 34), eyes=(70, 46, 34), lips=(158, 84, 76), beard=True
    ),
    build=Build(neck=26, shoulder=118, chest=90, waist=78, hip=86, arm=27),
    wall=((236, 228, 216), (216, 206, 192)),
    top=(142, 168, 196),
    shorts=(52, 60, 84),
    shoes=(120, 132, 150),
    bust=0.2,
    hair_behind=short_behind,
    hair_front=short_front,
)
