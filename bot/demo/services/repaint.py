"""The twin of `wanx-style-repaint-v1`: a portrait and the number of a style, one picture.

Source: provider docs 004; the styles from 14 on, the style of a given picture (-1) and the
refusal of photos beyond 2:1 stand in newer pages of the vendor. Fields are checked at once;
photos, which take time to fetch, while the task runs.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeAlias

from PIL import Image

from bot.demo.drawing.restyle import draw_restyle
from bot.demo.services.aitryon import SCHEMES, shows_somebody
from bot.demo.services.photos import Rules
from bot.demo.services.refusals import (
    INVALID_PARAMETER,
    INVALID_PERSON,
    Refusal,
    Wording,
)
from bot.demo.services.twin import Desk, Product, Traits

# provider docs 004: "不小于256*256", "不超过5760*3240", "不超过10M", "长宽比不超过1.5:1"
PHOTOS = Rules(min_bytes=1, max_bytes=10 * 1024 * 1024, min_side=256, max_side=5760)
MOST_SHORT = 3240  # px, of the shorter side
CROPPED = 1.5  # longer to shorter side: what is beyond it is cut off
REFUSED = 2.0  # beyond it nothing is drawn
OF_PICTURE = -1
INDEXES = frozenset({OF_PICTURE, *range(10), 14, 15, *range(30, 41)})

INVALID_STYLE_URL = Wording(
    400, "InvalidURL", "The request URL is invalid, make sure the url is correct and is an image"
)
INVALID_RESOLUTION = Wording(
    400, "InvalidImageResolution", "The input image resolution is too large or small"
)
# What the photos of all models are checked for, in the words of this one (004, the last table).
IN_ITS_WORDS: Mapping[str, Wording] = MappingProxyType(
    {"InvalidURL": INVALID_STYLE_URL, "InvalidInputLength": INVALID_RESOLUTION}
)


# Draws a portrait in the style of a number, or in that of an example.
Draw: TypeAlias = Callable[[Image.Image, int, Image.Image | None], bytes]


@dataclass(frozen=True, slots=True)
class RestyleOrder:
    """One restyle as it was asked for."""

    portrait: str
    index: int
    example: str | None
    draw: Draw

    @property
    def urls(self) -> tuple[str, ...]:
        """The URLs of the portrait and of the picture whose style is meant."""
        return tuple(url for url in (self.portrait, self.example) if url is not None)

    async def carry_out(self, desk: Desk) -> Product:
        """Fetch and check the photos, then draw."""
        portrait, *examples = await asyncio.gather(*(_photo(desk, url) for url in self.urls))

        def drawn() -> bytes:
            photo = _cut(portrait)
            if not shows_somebody(photo):
                raise Refusal(INVALID_PERSON)
            return self.draw(photo, self.index, examples[0] if examples else None)

        return Product((await desk.compute(drawn),))


class StyleRepaint:
    """The model. `draw` makes the picture."""

    path = "services/aigc/image-generation/generation"
    # 004: "任务下发接口限制QPS为2", "并发任务数量限制为1"; about 15 s
    models: Mapping[str, Traits] = MappingProxyType(
        {"wanx-style-repaint-v1": Traits(submits_per_second=2, in_progress=1, seconds=(12.0, 18.0))}
    )

    def __init__(self, draw: Draw = draw_restyle) -> None:
        self._draw = draw

    def read(self, body: Mapping[str, Any]) -> RestyleOrder:
        """Read a request body.

        Raises:
            Refusal: if a field is missing, has the wrong type or an unknown value.

        """
        given = body.get("input")
        if not isinstance(given, dict):
            raise Refusal(INVALID_PARAMETER)
        portrait, index = _url(given, "image_url"), given.get("style_index")
        if portrait is None or type(index) is not int or index not in INDEXES:
            raise Refusal(INVALID_PARAMETER)
        example = _url(given, "style_ref_url") if index == OF_PICTURE else None
        if index == OF_PICTURE and example is None:
            raise Refusal(INVALID_PARAMETER)
        return RestyleOrder(portrait, index, example, self._draw)

    def output(self, urls: tuple[str, ...]) -> Mapping[str, Any]:
        """Return where the picture is, and that nothing went wrong."""
        found = [{"url": url} for url in urls]
        return {"error_code": 0, "error_message": "Success", "results": found}

    def usage(self, product: Product) -> Mapping[str, Any]:
        """Return how many pictures were made."""
        return {"image_count": len(product.pictures)}


def _url(given: Mapping[str, Any], field: str) -> str | None:
    """Return a URL, None where it is left out."""
    value = given.get(field)
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise Refusal(INVALID_PARAMETER)
    if not value.startswith(SCHEMES) or not value.isascii():
        raise Refusal(INVALID_STYLE_URL)
    return value


async def _photo(desk: Desk, url: str) -> Image.Image:
    try:
        photo = await desk.photo(url, PHOTOS)
    except Refusal as refusal:
        raise Refusal(IN_ITS_WORDS.get(refusal.wording.code, refusal.wording)) from None
    short, long = sorted(photo.size)
    if short > MOST_SHORT or long > short * REFUSED:
        raise Refusal(INVALID_RESOLUTION)
    return photo


def _cut(photo: Image.Image) -> Image.Image:
    """Cut a photo that is too long in its middle, wherever the face is."""
    short, long = sorted(photo.size)
    if long <= short * CROPPED:
        return photo
    keep = round(short * CROPPED)
    start = (long - keep) // 2
    if photo.height > photo.width:
        return photo.crop((0, start, photo.width, start + keep))
    return photo.crop((start, 0, start + keep, photo.height))
