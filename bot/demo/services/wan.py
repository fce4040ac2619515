"""The twin of `wan2.7-image-pro` and `wan2.7-image`: a message becomes a task.

Sources: the vendor's page "Wan2.7 image generation and editing", and its rate limits.
Making a picture from a text alone is left out: nobody here asks for it.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from bot.demo.services.editing import (
    LARGEST_SEED,
    Brush,
    EditOrder,
    Frame,
    answer,
    flag,
    read_message,
    read_size,
    size_of,
    whole,
)
from bot.demo.services.photos import Rules
from bot.demo.services.refusals import INVALID_PARAMETER, Refusal
from bot.demo.services.twin import Product, Traits

# The vendor writes "240-8000 px", "1:8 to 8:1" and "<= 20 MB".
PHOTOS = Rules(min_bytes=1, max_bytes=20 * 1024 * 1024, min_side=240, max_side=8000, max_ratio=8.0)
MOST_IMAGES = 9
LONGEST_TEXT = 5000  # characters
SIZES: Mapping[str, int] = MappingProxyType({"1K": 1024 * 1024, "2K": 2048 * 2048})  # px in all
SMALLEST, LARGEST = 768 * 768, 2048 * 2048  # px in all
MOST_PICTURES = 4  # also what is made where `n` is left out
PARAMETERS = frozenset({"size", "n", "watermark", "seed", "thinking_mode"})


class WanImage:
    """Both models: they differ in price only."""

    path = "services/aigc/image-generation/generation"
    models: Mapping[str, Traits] = MappingProxyType(
        {
            name: Traits(submits_per_second=5, in_progress=5, seconds=(12.0, 60.0))
            for name in ("wan2.7-image-pro", "wan2.7-image")
        }
    )

    def __init__(self, brush: Brush | None = None) -> None:
        self._brush = brush or Brush()

    def read(self, body: Mapping[str, Any]) -> EditOrder:
        """Read a request body.

        Raises:
            Refusal: if a part is missing, has the wrong type or an unknown value.

        """
        message = read_message(body, most_images=MOST_IMAGES, longest_text=LONGEST_TEXT)
        given = body.get("parameters", {})
        if not isinstance(given, dict) or not given.keys() <= PARAMETERS:
            raise Refusal(INVALID_PARAMETER)
        flag(given, "watermark")
        flag(given, "thinking_mode")
        whole(given, "seed", 0, 0, LARGEST_SEED)
        count = whole(given, "n", MOST_PICTURES, 1, MOST_PICTURES)
        return EditOrder(message, _frame(given.get("size", "2K")), count, PHOTOS, self._brush)

    def output(self, urls: tuple[str, ...]) -> Mapping[str, Any]:
        """Return where the pictures are."""
        return answer(urls)

    def usage(self, product: Product) -> Mapping[str, Any]:
        """Return how many pictures were made."""
        width, height = size_of(product)
        return {"image_count": len(product.pictures), "size": f"{width}*{height}"}


def _frame(size: object) -> Frame:
    if isinstance(size, str) and size in SIZES:
        return SIZES[size]
    return read_size(size, SMALLEST, LARGEST)
