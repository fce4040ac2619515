"""The twin of `aitryon-parsing-v1`: what somebody wears, cut out of their photo, in one call.

Source: the vendor's page "AI try-on: image segmentation". Fields and photo are checked at
once; garments are answered in the order in which they were asked for, null for one that is
not worn.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeAlias

from PIL import Image

from bot.demo.drawing.parsing import Piece, cut_piece
from bot.demo.services.aitryon import SCHEMES
from bot.demo.services.photos import Rules
from bot.demo.services.refusals import (
    INVALID_LENGTH,
    INVALID_PARAMETER,
    INVALID_URL,
    Refusal,
    Wording,
)
from bot.demo.services.twin import Desk, Product, Traits

PHOTOS = Rules(min_bytes=5 * 1024, max_bytes=5 * 1024 * 1024, min_side=401, max_side=4096)
CHOICES = (["upper"], ["lower"], ["dress"], ["upper", "lower"])

INVALID_CLOTHES = Wording(
    400,
    "InvalidParameter.ClothesType",
    "The clothes type is invalid, please choose from upper, lower and dress.",
)
TOO_SMALL = Wording(
    400,
    "InvalidInputLength",
    "The image resolution is invalid, please make sure that the largest length of image is "
    "smaller than 4096, and the smallest length of image is larger than 400. and the size of "
    "image ranges from 5KB to 5MB.",
)

Cutter: TypeAlias = Callable[[Image.Image, str], Piece | None]


@dataclass(frozen=True, slots=True)
class ParsingOrder:
    """One photo as it is to be taken apart."""

    photo: str
    kinds: tuple[str, ...]
    cut: Cutter

    @property
    def urls(self) -> tuple[str, ...]:
        """The URL of the photo."""
        return (self.photo,)

    async def carry_out(self, desk: Desk) -> Product:
        """Fetch and check the photo, then cut."""
        try:
            photo = await desk.photo(self.photo, PHOTOS)
        except Refusal as refusal:
            raise Refusal(
                TOO_SMALL if refusal.wording == INVALID_LENGTH else refusal.wording
            ) from None
        pieces = await desk.compute(lambda: [self.cut(photo, kind) for kind in self.kinds])
        boxes = [None if piece is None else list(piece.box) for piece in pieces]
        found = [piece for piece in pieces if piece is not None]
        pictures = [picture for piece in found for picture in (piece.crop, piece.preview)]
        return Product(tuple(pictures), "image/png", {"boxes": boxes})


class Parsing:
    """The model. `cut` finds a garment on a photo."""

    path = "services/vision/image-process/process"
    # Vendor's page on rate limits: 10 requests a second, any number at a time.
    models: Mapping[str, Traits] = MappingProxyType(
        {"aitryon-parsing-v1": Traits(submits_per_second=10, in_progress=1000, seconds=(0.8, 2.0))}
    )

    def __init__(self, cut: Cutter = cut_piece) -> None:
        self._cut = cut

    def read(self, body: Mapping[str, Any]) -> ParsingOrder:
        """Read a request body.

        Raises:
            Refusal: if a field is missing, has the wrong type or an unknown value.

        """
        given, parameters = body.get("input"), body.get("parameters")
        if not isinstance(given, dict) or not isinstance(parameters, dict):
            raise Refusal(INVALID_PARAMETER)
        url, kinds = given.get("image_url"), parameters.get("clothes_type")
        if not isinstance(url, str) or not url or given.keys() != {"image_url"}:
            raise Refusal(INVALID_PARAMETER)
        if not url.startswith(SCHEMES):
            raise Refusal(INVALID_URL)
        if kinds not in CHOICES:
            raise Refusal(INVALID_CLOTHES)
        return ParsingOrder(url, tuple(kinds), self._cut)

    def answer(self, urls: tuple[str, ...], product: Product) -> Mapping[str, Any]:
        """Return the cut-outs in the order asked for, null where there is none."""
        boxes, left = product.notes["boxes"], iter(urls)
        pairs = [(None, None) if box is None else (next(left), next(left)) for box in boxes]
        return {
            "crop_img_url": [crop for crop, _ in pairs],
            "parsing_img_url": [preview for _, preview in pairs],
            "bbox": boxes,
        }

    def usage(self, _product: Product) -> Mapping[str, Any]:
        """Return how many photos were taken apart."""
        return {"image_count": 1}
