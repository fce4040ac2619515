"""The sample photo of a dress: red with white dots, short sleeves, a flared skirt."""

from PIL import Image

from bot.demo.drawing.canvas import Canvas, Colour, darker
from bot.demo.drawing.flat import (
    MIDDLE,
    across,
    both_sides,
    crew_neck,
    fold,
    half,
    lay_down,
    left,
    table,
)
from bot.demo.drawing.masks import Mask
from bot.demo.drawing.shapes import ellipse

RED: Colour = (206, 66, 72)
DOT: Colour = (255, 244, 236)

BODICE = "74,76! 130,92 168,116! 152,190 150,240 140,330 118,430 116,470! 50,476"
SKIRT = "116,462! 150,560 214,780 268,980 300,1110! 210,1140 110,1126 40,1142"
SLEEVE = "160,108! 206,160 238,262! 196,288 148,290! 140,200"
BELT = "119,448! 121,486! 50,493"
DARTS = ("-136,300 -90,330 -66,400", "136,300 90,330 66,400")
PLEATS = (-92, -58, -22, 16, 52, 88)  # where they leave the waist, px from the middle


def draw_dress() -> Image.Image:
    """Draw the dress."""
    canvas = table((226, 229, 226), (210, 214, 210))
    bodice, skirt = (canvas.mask(half(text)) for text in (BODICE, SKIRT))
    sleeves = [canvas.mask(side) for side in both_sides(left(SLEEVE))]
    lay_down(canvas, bodice, skirt, *sleeves)
    for part in (*sleeves, skirt, bodice):
        canvas.solid(part, RED, depth=20, shade=0.30, shine=0.14)
    for sleeve in sleeves:
        canvas.shadow(bodice, 0.2, within=sleeve.without(bodice), blur=6, dy=2)
    pleats = across(*(f"{x},480 {x * 1.8},760 {x * 2.55},1120" for x in PLEATS))
    fold(canvas, skirt, RED, pleats, 13)
    fold(canvas, bodice, RED, across(*DARTS), 10)
    _dots(canvas, bodice.joined(skirt).joined(sleeves[0]).joined(sleeves[1]))
    belt = canvas.mask(half(BELT))
    canvas.shadow(belt, 0.3, blur=5, dy=4)
    canvas.solid(belt, darker(RED, 0.28), depth=9)
    crew_neck(canvas, RED, width=76, top=80, drop=70)
    return canvas.finished()


def _dots(canvas: Canvas, cloth: Mask) -> None:
    dots = [
        ellipse(MIDDLE + column * 44 + row % 2 * 22, 90 + row * 38, 6.2, 6.2)
        for row in range(29)
        for column in range(-8, 9)
    ]
    canvas.paint(cloth.both(canvas.mask(*dots)), DOT, 0.92)
