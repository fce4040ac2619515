"""The twin of `qwen-image-3.0` and `qwen-image-2.0`: the answer to the call is the picture.

Sources: the vendor's pages "Qwen image generation and editing" and, for the length of a
text and the sizes of photos, "Qwen-Image-Edit". Making a picture from a text alone is left
out: nobody here asks for it.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from bot.demo.services.editing import (
    LARGEST_SEED,
    Brush,
    EditOrder,
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

# "<= 10 MB"; "384-3072 px" is a recommendation, kept to here so that somebody notices
PHOTOS = Rules(min_bytes=1, max_bytes=10 * 1024 * 1024, min_side=384, max_side=3072)
MOST_IMAGES = 3
LONGEST_TEXT = 800  # characters
LONGEST_NEGATIVE = 500  # characters, of what is not to be seen
SMALLEST, LARGEST = 512 * 512, 2048 * 2048  # px in all
USUAL = 1024 * 1024  # px in all, of the last photo's proportions, where no size is asked for
MOST_PICTURES = 6
PARAMETERS = frozenset({"size", "n", "watermark", "seed", "prompt_extend", "negative_prompt"})


class QwenImage:
    """Both models: they differ in price only."""

    path = "services/aigc/multimodal-generation/generation"
    models: Mapping[str, Traits] = MappingProxyType(
        {
            name: Traits(submits_per_second=2, in_progress=5, seconds=(3.0, 30.0))
            for name in ("qwen-image-3.0", "qwen-image-2.0")
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
        flag(given, "prompt_extend")
        whole(given, "seed", 0, 0, LARGEST_SEED)
        negative = given.get("negative_prompt", "")
        if not isinstance(negative, str) or len(negative) > LONGEST_NEGATIVE:
            raise Refusal(INVALID_PARAMETER)
        count = whole(given, "n", 1, 1, MOST_PICTURES)
        frame = read_size(given["size"], SMALLEST, LARGEST) if "size" in given else USUAL
        return EditOrder(message, frame, count, PHOTOS, self._brush)

    def answer(self, urls: tuple[str, ...], _product: Product) -> Mapping[str, Any]:
        """Return what the call answers."""
        return answer(urls)

    def usage(self, product: Product) -> Mapping[str, Any]:
        """Return how many pictures were made."""
        width, height = size_of(product)
        return {"image_count": len(product.pictures), "width": width, "height": height}
