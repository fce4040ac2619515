"""The chart of what was used: a column of orders for each day, and below it the day's money.

Colours and numbers only, so it is the same in every language; which colour means what is
said in the words beside it. Green is done, red failed, grey anything else, amber money.
"""

import io
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TypeAlias

from PIL import Image, ImageDraw, ImageFont

from bot.messages import ChartDay

Colour: TypeAlias = tuple[int, int, int]

# All in px of the finished picture; it is drawn larger and shrunk.
_SIZE = (1280, 760)
_LEFT, _RIGHT = 124, 1244
_ORDERS, _MONEY = (64, 440), (556, 696)  # top and bottom of the two parts
_WIDEST, _SHARE = 72, 0.62  # of a column; what it takes of its day
_LABEL, _SMALL = 34, 30  # heights of letters: a phone shows the picture at a third of its width
_MOST_LABELS = 10
_SMOOTH = 2
_LONG, _MILLION = 10_000, 1_000_000  # numbers from which on they are written short

_PAPER: Colour = (250, 249, 246)
_INK, _FAINT, _LINE = (52, 54, 60), (128, 130, 138), (226, 224, 218)
_GREEN, _RED, _GREY, _AMBER = (72, 160, 108), (214, 88, 78), (186, 188, 194), (226, 160, 58)


@dataclass(frozen=True, slots=True)
class _Part:
    """One of the two parts: its place, its scale, and how its numbers are written."""

    top: int
    bottom: int
    most: float  # the value at the top
    step: float
    write: Callable[[float], str]

    def y(self, value: float) -> float:
        return self.bottom - (self.bottom - self.top) * value / self.most


def usage_chart(days: Sequence[ChartDay]) -> bytes:
    """Draw a PNG. Raises `ValueError` without a day."""
    if not days:
        msg = "A chart needs at least one day."
        raise ValueError(msg)
    size = (_SIZE[0] * _SMOOTH, _SIZE[1] * _SMOOTH)
    paper = Image.new("RGB", size, _PAPER)
    pen = _Pen(ImageDraw.Draw(paper))
    orders = _part(*_ORDERS, max(day.done + day.failed + day.other for day in days), 4, _whole)
    money = _part(*_MONEY, max(day.cost for day in days) / 1000, 3, _cny)
    for part in (orders, money):
        _grid(pen, part)
    _columns(pen, days, orders, money)
    pen.text(_LEFT - 14, _MONEY[0] - 40, "CNY", _SMALL, _FAINT, "rm")
    picture = io.BytesIO()
    paper.resize(_SIZE, Image.Resampling.LANCZOS).save(picture, "PNG", optimize=True)
    return picture.getvalue()


def _part(top: int, bottom: int, most: float, lines: int, write: Callable[[float], str]) -> _Part:
    """Return a part with a scale that begins at 0 and has round numbers."""
    step = _round_up(max(most, 1) / lines)
    if write is _whole:
        step = max(1.0, math.ceil(step))
    return _Part(top, bottom, step * math.ceil(max(most, step) / step), step, write)


def _round_up(value: float) -> float:
    """Return the next of 1, 2, 2.5, 5, 10, … times a power of ten."""
    power = 10.0 ** math.floor(math.log10(value))
    return next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= value)


def _whole(value: float) -> str:
    if value >= _MILLION:
        return f"{value / _MILLION:.3g}M"
    return f"{value / 1000:.3g}k" if value >= _LONG else f"{value:.0f}"


def _cny(value: float) -> str:
    return f"{value:.0f}" if value == int(value) else f"{value:.2f}".rstrip("0")


# --- drawing ---------------------------------------------------------------------------


class _Pen:
    """Draws in px of the finished picture."""

    def __init__(self, draw: ImageDraw.ImageDraw) -> None:
        self._draw = draw

    def line(self, y: float, colour: Colour) -> None:
        ends = (_LEFT * _SMOOTH, y * _SMOOTH, _RIGHT * _SMOOTH, y * _SMOOTH)
        self._draw.line(ends, colour, _SMOOTH)

    def box(self, left: float, top: float, right: float, bottom: float, colour: Colour) -> None:
        corners = [value * _SMOOTH for value in (left, top, right, bottom)]
        if corners[3] - corners[1] >= 1:
            self._draw.rectangle(corners, colour)

    def text(
        self, x: float, y: float, words: str, height: int, colour: Colour, anchor: str
    ) -> None:
        font = ImageFont.load_default(height * _SMOOTH)
        self._draw.text((x * _SMOOTH, y * _SMOOTH), words, colour, font, anchor)


def _grid(pen: _Pen, part: _Part) -> None:
    for number in range(round(part.most / part.step) + 1):
        value = number * part.step
        y = part.y(value)
        pen.line(y, _FAINT if number == 0 else _LINE)
        pen.text(_LEFT - 14, y, part.write(value), _SMALL, _FAINT, "rm")


def _columns(pen: _Pen, days: Sequence[ChartDay], orders: _Part, money: _Part) -> None:
    room = (_RIGHT - _LEFT) / len(days)
    half = min(_WIDEST, room * _SHARE) / 2
    every = math.ceil(len(days) / _MOST_LABELS)
    for index, day in enumerate(days):
        middle = _LEFT + room * (index + 0.5)
        counts = (day.done, day.failed, day.other)
        tops = list(accumulate(counts))
        for top, count, colour in zip(tops, counts, (_GREEN, _RED, _GREY), strict=True):
            edges = (orders.y(top), orders.y(top - count))
            pen.box(middle - half, edges[0], middle + half, edges[1], colour)
        cost = day.cost / 1000
        pen.box(middle - half, money.y(cost), middle + half, money.bottom, _AMBER)
        if every == 1:
            _amounts(pen, middle, day, orders.y(tops[-1]), money.y(cost))
        if (len(days) - 1 - index) % every == 0:
            for part in (orders, money):
                pen.text(middle, part.bottom + 34, day.day[5:], _SMALL, _FAINT, "mm")


def _amounts(pen: _Pen, x: float, day: ChartDay, orders_y: float, money_y: float) -> None:
    """Write what a day's columns amount to."""
    total = day.done + day.failed + day.other
    if total:
        pen.text(x, orders_y - 8, _whole(total), _LABEL, _INK, "mb")
    if day.cost:
        pen.text(x, money_y - 6, f"{day.cost / 1000:.2f}", _SMALL, _INK, "mb")
