"""Garments that nobody sent: what a drawing model makes up for the half it is not told of.

Plain trousers and a plain T-shirt, in the one of a few colours that is least like what the
person wears there on the photo, so that they are seen to be others.
"""

from functools import cache

from PIL import Image

from bot.demo.drawing.body import Body
from bot.demo.drawing.canvas import Colour, darker
from bot.demo.drawing.cloth import Cloth, cut_out
from bot.demo.drawing.flat import (
    across,
    both_sides,
    crew_neck,
    fold,
    half,
    lay_down,
    left,
    sew,
    table,
)
from bot.demo.drawing.jeans import BAND, LEG
from bot.demo.drawing.jeans import FOLDS as LEG_FOLDS
from bot.demo.drawing.parsing import PLACES, colour_worn
from bot.demo.drawing.tee import BODY, FOLDS, SLEEVE

COLOURS: tuple[Colour, ...] = ((198, 180, 150), (70, 74, 84))  # sand, charcoal
_TABLE: tuple[Colour, Colour] = ((238, 234, 246), (226, 222, 236))
_FLY = "0,124 0,396"


def invented_bottom(work: Image.Image, body: Body) -> Cloth:
    """Return trousers for somebody on a photo."""
    return _trousers(_another(work, body, "lower"))


def invented_top(work: Image.Image, body: Body) -> Cloth:
    """Return a T-shirt for somebody on a photo."""
    return _shirt(_another(work, body, "upper"))


def _another(work: Image.Image, body: Body, kind: str) -> Colour:
    worn = colour_worn(work, body, body.at(PLACES[kind]))
    return max(COLOURS, key=lambda one: sum(abs(a - b) for a, b in zip(one, worn, strict=True)))


@cache
def _trousers(colour: Colour) -> Cloth:
    canvas = table(*_TABLE)
    legs, band = [canvas.mask(side) for side in both_sides(left(LEG))], canvas.mask(half(BAND))
    lay_down(canvas, band, *legs)
    both = legs[0].joined(legs[1])
    canvas.solid(both, colour, depth=30, shade=0.34, shine=0.2)
    fold(canvas, both, colour, both_sides(*across(*LEG_FOLDS)), 10)
    sew(canvas, darker(colour, 0.5), across(_FLY), 0.7)
    canvas.solid(band, darker(colour, 0.08), depth=10, shade=0.3)
    return cut_out(canvas.finished())


@cache
def _shirt(colour: Colour) -> Cloth:
    canvas = table(*_TABLE)
    body = canvas.mask(half(BODY))
    sleeves = [canvas.mask(side) for side in both_sides(left(SLEEVE))]
    lay_down(canvas, body, *sleeves)
    for sleeve in sleeves:
        canvas.solid(sleeve, colour, depth=20, shade=0.25, shine=0.15)
        canvas.shadow(body, 0.22, within=sleeve, blur=6, dy=2)
    canvas.solid(body, colour, depth=26, shade=0.25, shine=0.15)
    fold(canvas, body, colour, across(*FOLDS), 11)
    crew_neck(canvas, colour, width=92, top=128, drop=74)
    return cut_out(canvas.finished())
