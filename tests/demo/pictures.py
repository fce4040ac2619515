"""Small pictures to send."""

import functools
import io

from PIL import Image


@functools.cache
def picture(
    width: int = 300, height: int = 400, colour: str = "tomato", kind: str = "JPEG"
) -> bytes:
    """Return a picture of one colour."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, kind)
    return out.getvalue()


def size_of(data: bytes) -> tuple[int, int]:
    """Return a picture's width and height."""
    with Image.open(io.BytesIO(data)) as image:
        return image.size


def format_of(data: bytes) -> str | None:
    """Return a picture's format."""
    with Image.open(io.BytesIO(data)) as image:
        return image.format
