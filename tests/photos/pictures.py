"""Pictures for the photo tests, made on the spot: good ones, odd ones and hostile ones."""

import functools
import io
import struct
import zlib
from typing import Any

from PIL import Image, ImageDraw, ImageFilter

from bot.photos import opening  # noqa: F401  teaches Pillow HEIC


def drawing(width: int = 600, height: int = 800) -> Image.Image:
    """Return a bright picture with sharp edges; its top left quarter is red."""
    image = Image.new("RGB", (width, height), (225, 220, 210))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, width // 2 - 1, height // 2 - 1), fill=(200, 30, 30))
    for step in range(8):
        left, top = width * step // 9, height // 2 + height * step // 20
        draw.ellipse((left, top, left + width // 6, top + width // 6), fill=(20, 25 * step, 90))
    return image


def encoded(image: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:  # noqa: ANN401  Pillow's
    """Return the picture as a file of this kind."""
    target = io.BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def jpeg(width: int = 600, height: int = 800, **options: Any) -> bytes:  # noqa: ANN401  Pillow's
    """Return the drawing as JPEG."""
    return encoded(drawing(width, height), **options)


def decoded(data: bytes) -> Image.Image:
    """Open one of our own results."""
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def blurred(radius: float) -> bytes:
    """Return the drawing out of focus."""
    return encoded(drawing().filter(ImageFilter.GaussianBlur(radius)))


@functools.cache
def camera(kind: str = "JPEG", width: int = 3024, height: int = 4032) -> bytes:
    """Return a photo with noise as a phone held upright makes it: lying, with a note."""
    rough = Image.effect_noise((height // 8, width // 8), 40).convert("RGB")
    image = Image.blend(rough.resize((height, width)), drawing(height, width), 0.6)
    exif = Image.Exif()
    exif[0x0112] = 6
    return encoded(image, kind, quality=85 if kind == "JPEG" else 50, exif=exif.tobytes())


def chunk(kind: bytes, body: bytes) -> bytes:
    """Return one PNG chunk."""
    checksum = struct.pack(">I", zlib.crc32(kind + body))
    return struct.pack(">I", len(body)) + kind + body + checksum


def png_claiming(width: int, height: int, pixels: bytes = b"") -> bytes:
    """Return a PNG whose header says this size, whatever its pixels say."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(pixels, 9))
    return b"\x89PNG\r\n\x1a\n" + header + body + chunk(b"IEND", b"")


def swapped_profile() -> bytes:
    """Return an ICC profile in which red means green and green means red."""
    red, green, blue = (0.4361, 0.2225, 0.0139), (0.3851, 0.7169, 0.0971), (0.1431, 0.0606, 0.7141)
    gamma = b"curv" + bytes(4) + struct.pack(">IH", 1, 0x0233) + bytes(2)
    words = b"swapped"
    tags = {
        b"desc": b"desc" + struct.pack(">4xI", len(words) + 1) + words + bytes(80),
        b"wtpt": _xyz((0.9642, 1.0, 0.8249)),
        b"rXYZ": _xyz(green),
        b"gXYZ": _xyz(red),
        b"bXYZ": _xyz(blue),
        b"rTRC": gamma,
        b"gTRC": gamma,
        b"bTRC": gamma,
    }
    table, body = struct.pack(">I", len(tags)), b""
    start = 128 + 4 + 12 * len(tags)
    for name, value in tags.items():
        table += name + struct.pack(">II", start + len(body), len(value))
        body += value + bytes(-len(value) % 4)
    head = struct.pack(">I4xI4s4s4s", start + len(body), 0x02100000, b"mntr", b"RGB ", b"XYZ ")
    head += bytes(12) + b"acsp" + bytes(28) + _xyz((0.9642, 1.0, 0.8249))[8:]
    return head.ljust(128, b"\x00") + table + body


def _xyz(values: tuple[float, float, float]) -> bytes:
    return b"XYZ " + bytes(4) + struct.pack(">3i", *(round(value * 65536) for value in values))
