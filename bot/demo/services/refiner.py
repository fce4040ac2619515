"""The twin of `aitryon-refiner`: the picture of a try-on, its photos, one sharper picture.

Source: the vendor's page "AI try-on: image refinement". Fields are checked at once; photos,
which take time to fetch, while the task runs.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeAlias

from PIL import Image

from bot.demo.drawing.refined import draw_refined
from bot.demo.services.aitryon import PHOTOS, SCHEMES, shows_somebody
from bot.demo.services.refusals import (
    INVALID_PARAMETER,
    INVALID_PERSON,
    INVALID_URL,
    Refusal,
    Wording,
)
from bot.demo.services.twin import Desk, Product, Traits

GENDERS = frozenset({"woman", "man"})
REQUIRED = ("person_image_url", "coarse_image_url", "top_garment_url")
FIELDS = frozenset({*REQUIRED, "bottom_garment_url"})
SIZES_DIFFER = Wording(
    400, "InvalidParameter", "The size of person image and coarse_image are not the same."
)

Draw: TypeAlias = Callable[[Image.Image], bytes]


@dataclass(frozen=True, slots=True)
class RefineOrder:
    """One refinement as it was asked for: the URLs of person, coarse picture and garments."""

    urls: tuple[str, ...]
    draw: Draw

    async def carry_out(self, desk: Desk) -> Product:
        """Fetch and check the photos, then draw."""
        found = await asyncio.gather(*(desk.photo(url, PHOTOS) for url in self.urls))
        person, coarse = found[0], found[1]
        if person.size != coarse.size:
            raise Refusal(SIZES_DIFFER)

        def drawn() -> bytes:
            if not shows_somebody(person):
                raise Refusal(INVALID_PERSON)
            return self.draw(coarse)

        return Product((await desk.compute(drawn),))


class Refiner:
    """The model. `draw` makes the picture."""

    path = "services/aigc/image2image/image-synthesis"
    models: Mapping[str, Traits] = MappingProxyType(
        {"aitryon-refiner": Traits(submits_per_second=10, in_progress=5, seconds=(5.0, 15.0))}
    )

    def __init__(self, draw: Draw = draw_refined) -> None:
        self._draw = draw

    def read(self, body: Mapping[str, Any]) -> RefineOrder:
        """Read a request body.

        Raises:
            Refusal: if a field is missing, has the wrong type or an unknown value.

        """
        given, parameters = body.get("input"), body.get("parameters")
        if not isinstance(given, dict) or not isinstance(parameters, dict):
            raise Refusal(INVALID_PARAMETER)
        gender = parameters.get("gender")
        if not isinstance(gender, str) or gender not in GENDERS or not given.keys() <= FIELDS:
            raise Refusal(INVALID_PARAMETER)
        required = tuple(_url(given, field) for field in REQUIRED)
        optional = (_url(given, "bottom_garment_url"),) if "bottom_garment_url" in given else ()
        return RefineOrder((*required, *optional), self._draw)

    def output(self, urls: tuple[str, ...]) -> Mapping[str, Any]:
        """Return where the picture is: a list, as the page's table says."""
        return {"image_url": list(urls)}

    def usage(self, product: Product) -> Mapping[str, Any]:
        """Return how many pictures were made."""
        return {"image_count": len(product.pictures)}


def _url(given: Mapping[str, Any], field: str) -> str:
    value = given.get(field)
    if not isinstance(value, str) or not value:
        raise Refusal(INVALID_PARAMETER)
    if not value.startswith(SCHEMES):
        raise Refusal(INVALID_URL)
    return value
