"""Finding the one thing on a plain background: a person on a wall, a garment on a table.

The background is guessed from the borders of the picture, the thing is what differs from
it: in colour, by being brighter, or by being much darker (a little darker is a shadow).
On a busy background this finds nothing usable; the callers then fall back to guessing.
"""

import re
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageFilter

from bot.demo.drawing.canvas import Colour

FINE = 600  # px, the long side at which edges are found
ROWS = 300  # px, the long side at which runs are measured
COARSE = 120  # px, the long side at which pieces are told apart
STEP = 14  # largest believable change of the background between two samples, 0-255
SAMPLES = 48  # places along each side border where the background is looked at

CHROMA = 15  # difference in colour that tells the thing from the background, 0-255
BRIGHTER = 16  # the same for brightness
SHADOW = 66  # how much darker a shadow may make the background

FULL = 255
HALF = 127
NEARLY = 110  # how full a coarse px must be to count, 0-255
REACH = 60  # how near a piece found coarsely reaches, 0-255
PIECES = 200  # pieces looked at: what is not among them is a speck
HOLE = 0.004  # share of the picture: larger holes in a person are real, as between two legs

RUN = re.compile(rb"\xff+")


@dataclass(frozen=True, slots=True)
class Run:
    """One stretch of a row that belongs to the thing, px."""

    left: float
    right: float

    @property
    def middle(self) -> float:
        """The middle of the run."""
        return (self.left + self.right) / 2

    @property
    def width(self) -> float:
        """How wide the run is."""
        return self.right - self.left


class Silhouette:
    """The shape of the thing on a picture, in px of that picture."""

    def __init__(self, mask: Image.Image) -> None:
        self.mask = mask
        self._scale = max(1.0, max(mask.size) / ROWS)
        size = (round(mask.width / self._scale), round(mask.height / self._scale))
        small = mask.resize(size, Image.Resampling.BOX).point(lambda value: FULL * (value > HALF))
        data = small.tobytes()
        self._rows = [
            [
                Run(found.start() * self._scale, found.end() * self._scale)
                for found in RUN.finditer(data, row * size[0], (row + 1) * size[0])
            ]
            for row in range(size[1])
        ]
        self._rows = [
            [
                Run(r.left - i * size[0] * self._scale, r.right - i * size[0] * self._scale)
                for r in runs
            ]
            for i, runs in enumerate(self._rows)
        ]
        self.area = sum(run.width for runs in self._rows for run in runs) * self._scale

    @property
    def share(self) -> float:
        """How much of the picture the thing covers, 0 to 1."""
        return self.area / (self.mask.width * self.mask.height)

    @property
    def box(self) -> tuple[float, float, float, float]:
        """The smallest box around the thing: left, top, right, bottom."""
        filled = [index for index, runs in enumerate(self._rows) if runs]
        if not filled:
            return 0.0, 0.0, float(self.mask.width), float(self.mask.height)
        left = min(runs[0].left for runs in self._rows if runs)
        right = max(runs[-1].right for runs in self._rows if runs)
        return left, filled[0] * self._scale, right, (filled[-1] + 1) * self._scale

    def runs(self, y: float) -> list[Run]:
        """Return the runs of the row at `y`, from left to right."""
        index = min(len(self._rows) - 1, max(0, int(y / self._scale)))
        return self._rows[index]

    def central(self, y: float, middle: float) -> Run | None:
        """Return the run at `y` that covers, or is nearest to, the column `middle`."""
        runs = self.runs(y)
        if not runs:
            return None
        return min(runs, key=lambda run: max(run.left - middle, middle - run.right, 0.0))


def _border(image: Image.Image, column: int) -> list[Colour]:
    """Return the background along one side, not following sudden changes: those are things."""
    strip = image.crop((column, 0, column + max(1, image.width // 50), image.height))
    data = strip.resize((1, SAMPLES), Image.Resampling.BOX).tobytes()
    seen = [(data[i], data[i + 1], data[i + 2]) for i in range(0, len(data), 3)]
    level = seen[0]
    line = []
    for colour in seen:
        if max(abs(a - b) for a, b in zip(colour, level, strict=True)) <= STEP:
            level = colour
        line.append(level)
    return line


def background(image: Image.Image) -> Image.Image:
    """Return the picture as it would look without the thing on it."""
    width, height = image.size
    sides = []
    for column in (0, width - max(1, width // 50)):
        line = Image.new("RGB", (1, SAMPLES))
        line.putdata(_border(image, column))
        sides.append(line.resize((width, height), Image.Resampling.BILINEAR))
    across = (
        Image.linear_gradient("L").rotate(90).resize((width, height), Image.Resampling.BILINEAR)
    )
    return Image.composite(sides[1], sides[0], across)


def _differs(image: Image.Image) -> Image.Image:
    """Return a mask of what is not background, still with holes and specks."""
    smooth = image.filter(ImageFilter.GaussianBlur(1.2))
    light, *chroma = smooth.convert("YCbCr").split()
    light_back, *chroma_back = background(image).convert("YCbCr").split()
    blue, red = (ImageChops.difference(a, b) for a, b in zip(chroma, chroma_back, strict=True))
    tests = (
        (ImageChops.add(blue, red), CHROMA),
        (ImageChops.subtract(light, light_back), BRIGHTER),
        (ImageChops.subtract(light_back, light), SHADOW),
    )
    found = Image.new("L", image.size)
    for difference, limit in tests:
        found = ImageChops.lighter(
            found, difference.point(lambda v, limit=limit: 255 * (v > limit))
        )
    return found


def _flood(data: bytearray, width: int, start: int, mark: int) -> int:
    """Mark the connected piece around `start`; return how many px it has."""
    value = data[start]
    data[start] = mark
    waiting = [start]
    count = 0
    while waiting:
        index = waiting.pop()
        count += 1
        column = index % width
        for near in (
            index - width,
            index + width,
            index - 1 if column else -1,
            index + 1 if column < width - 1 else -1,
        ):
            if 0 <= near < len(data) and data[near] == value:
                data[near] = mark
                waiting.append(near)
    return count


def _largest(found: Image.Image, hole: float) -> tuple[Image.Image, Image.Image]:
    """Return the largest connected piece, and its holes smaller than a share of the picture."""
    width, height = found.size
    data = bytearray(found.tobytes())
    marks: dict[int, int] = {}
    for start in range(len(data)):
        if data[start] == FULL and len(marks) < PIECES:
            mark = 1 + len(marks)
            marks[mark] = _flood(data, width, start, mark)
    best = max(marks, key=lambda mark: marks[mark], default=0)
    shape = bytearray(2 * (best > 0 and value == best) for value in data)
    for start in range(len(shape)):
        if shape[start] == 0 and _flood(shape, width, start, 1) < hole * width * height:
            _flood(shape, width, start, 3)
    piece, holes = (bytes(255 * (value == kind) for value in shape) for kind in (2, 3))
    return Image.frombytes("L", found.size, piece), Image.frombytes("L", found.size, holes)


def silhouette(image: Image.Image, *, hole: float = HOLE) -> Silhouette:
    """Find the thing on a picture; holes in it up to a share of the picture are closed."""
    fine = image.convert("RGB")
    fine.thumbnail((FINE, FINE), Image.Resampling.BILINEAR)
    found = _differs(fine).filter(ImageFilter.MedianFilter(3))
    coarse = found.copy()
    coarse.thumbnail((COARSE, COARSE), Image.Resampling.BOX)
    piece, holes = (
        part.filter(ImageFilter.MaxFilter(3)).resize(fine.size, Image.Resampling.BILINEAR)
        for part in _largest(coarse.point(lambda value: FULL * (value > NEARLY)), hole)
    )
    shape = ImageChops.lighter(
        ImageChops.multiply(found, piece.point(lambda value: FULL * (value > REACH))),
        holes.point(lambda value: FULL * (value > HALF)),
    )
    soft = shape.filter(ImageFilter.MedianFilter(5)).filter(ImageFilter.GaussianBlur(1.6))
    return Silhouette(
        soft.resize(image.size, Image.Resampling.BICUBIC).point(
            lambda value: max(0, min(255, round((value - 96) * 4)))
        )
    )
