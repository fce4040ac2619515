"""The twin of `aitryon` and `aitryon-plus`: a person, one or two garments, one picture.

Sources: provider docs 000 (both), 001 (aitryon), 003 (aitryon-plus). The documents show
broken requests as HTTP 400 and broken photos as tasks that fail (001, "异常响应示例"); so
fields are checked at once, and photos, which take time to fetch, while the task runs.

Whether a photo shows a person is only guessed: a picture that is nearly one colour shows
nobody. Callers may put in a better judge.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Any, Protocol, TypeAlias

from PIL import Image, ImageStat

from bot.demo.drawing.tryon import draw_tryon
from bot.demo.services.photos import Rules
from bot.demo.services.refusals import (
    INVALID_GARMENT,
    INVALID_PARAMETER,
    INVALID_PERSON,
    INVALID_URL,
    Refusal,
)
from bot.demo.services.twin import Desk, Product, Traits

# provider docs 000: "5KB≤图像文件≤5M", "150≤图像边长≤4096"
PHOTOS = Rules(min_bytes=5 * 1024, max_bytes=5 * 1024 * 1024, min_side=150, max_side=4096)
RESOLUTIONS = (-1, 1024, 1280)  # provider docs 000, "parameters.resolution"
SCHEMES = ("http://", "https://", "oss://")
BLANK = 5.0  # standard deviation of brightness, 0-255, below which a photo shows nothing

Judge: TypeAlias = Callable[[Image.Image], bool]


class Draw(Protocol):
    """Draws a person wearing garments; see `draw_tryon`."""

    def __call__(
        self,
        person: Image.Image,
        top: Image.Image | None,
        bottom: Image.Image | None,
        *,
        resolution: int,
        keep_face: bool,
    ) -> bytes:
        """Return the picture as JPEG."""


draw_whole: Draw = partial(draw_tryon, invent=True)
"""A half that is left out is made up (provider docs 000, "下装效果将随机生成")."""


def shows_somebody(photo: Image.Image) -> bool:
    """Guess whether a photo shows a person: yes, unless it is nearly one colour."""
    small = photo.convert("L").resize((48, 48), Image.Resampling.BOX)
    return ImageStat.Stat(small).stddev[0] >= BLANK


@dataclass(frozen=True, slots=True)
class TryOnOrder:
    """One try-on as it was asked for."""

    person: str
    top: str | None
    bottom: str | None
    resolution: int
    restore_face: bool
    judge: Judge
    draw: Draw

    @property
    def urls(self) -> tuple[str, ...]:
        """The URLs of person, top and bottom, as far as given."""
        return tuple(url for url in (self.person, self.top, self.bottom) if url is not None)

    async def carry_out(self, desk: Desk) -> Product:
        """Fetch and check the photos, then draw."""
        photos = dict(
            zip(
                self.urls,
                await asyncio.gather(*(desk.photo(url, PHOTOS) for url in self.urls)),
                strict=True,
            )
        )
        person = photos[self.person]
        top, bottom = (None if url is None else photos[url] for url in (self.top, self.bottom))

        def drawn() -> bytes:
            if not self.judge(person):
                raise Refusal(INVALID_PERSON)
            return self.draw(
                person, top, bottom, resolution=self.resolution, keep_face=self.restore_face
            )

        return Product((await desk.compute(drawn),))


class AiTryOn:
    """Both models: they differ in time and price only.

    `judge` tells whether a photo shows a person, `draw` makes the picture.
    """

    path = "services/aigc/image2image/image-synthesis"
    # Limits: provider docs 003, "限流". Times: 001 ("about 15 seconds") and 003 ("15-30").
    models: Mapping[str, Traits] = MappingProxyType(
        {
            "aitryon": Traits(submits_per_second=10, in_progress=5, seconds=(7.0, 15.0)),
            "aitryon-plus": Traits(submits_per_second=10, in_progress=5, seconds=(15.0, 30.0)),
        }
    )

    def __init__(self, judge: Judge = shows_somebody, draw: Draw = draw_whole) -> None:
        self._judge = judge
        self._draw = draw

    def read(self, body: Mapping[str, Any]) -> TryOnOrder:
        """Read a request body.

        Raises:
            Refusal: if a field is missing, has the wrong type or an unknown value.

        """
        given, parameters = body.get("input"), body.get("parameters") or {}
        if not isinstance(given, dict) or not isinstance(parameters, dict):
            raise Refusal(INVALID_PARAMETER)
        person = _url(given, "person_image_url")
        if person is None:
            raise Refusal(INVALID_PARAMETER)
        top, bottom = _url(given, "top_garment_url"), _url(given, "bottom_garment_url")
        if top is None and bottom is None:
            raise Refusal(INVALID_GARMENT)
        resolution = parameters.get("resolution", -1)
        restore = parameters.get("restore_face", True)
        if type(resolution) is not int or resolution not in RESOLUTIONS:
            raise Refusal(INVALID_PARAMETER)
        if not isinstance(restore, bool):
            raise Refusal(INVALID_PARAMETER)
        return TryOnOrder(person, top, bottom, resolution, restore, self._judge, self._draw)

    def output(self, urls: tuple[str, ...]) -> Mapping[str, Any]:
        """Return where the picture is."""
        return {"image_url": urls[0]}

    def usage(self, product: Product) -> Mapping[str, Any]:
        """Return how many pictures were made."""
        return {"image_count": len(product.pictures)}


def _url(given: Mapping[str, Any], field: str) -> str | None:
    """Return a URL, None where it is left out or left empty."""
    value = given.get(field)
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise Refusal(INVALID_PARAMETER)
    if not value.startswith(SCHEMES):
        raise Refusal(INVALID_URL)
    return value
