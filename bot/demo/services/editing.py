"""Pictures edited by instruction: what the message-style models have in common.

A message holds photos and one text. A real editor understands any text; this one looks in
it for a style ('in the style "anime"', "in the style of image 1") and repaints the portrait; or
else for what each image shows ("image 2 … person", "image 1 … skirt") and for a new face, and
draws a try-on from that. Nobody on the last photo is no reason for it to refuse.
Source: the vendor's pages on editing with Wan 2.7 and Qwen-Image.
"""

import asyncio
import io
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeAlias

from PIL import Image

from bot.demo.drawing.restyle import draw_restyle
from bot.demo.drawing.tryon import SIZES, draw_tryon
from bot.demo.services.aitryon import Draw
from bot.demo.services.photos import Rules
from bot.demo.services.refusals import INVALID_PARAMETER, INVALID_URL, Refusal
from bot.demo.services.repaint import Draw as DrawStyle
from bot.demo.services.twin import Desk, Product

SCHEMES = ("http://", "https://", "oss://")
LARGEST_SEED = 2_147_483_647
PNG_EFFORT = 1  # of zlib, 0-9: twice the bytes, a tenth of the time

Area: TypeAlias = int  # px, width times height
Frame: TypeAlias = tuple[int, int] | Area  # a size, or how much of the photo's proportions

_IMAGE = r"(?:\bimage\s*|图)"
_MENTIONED = re.compile(rf"{_IMAGE}(\d+)(.*?)(?={_IMAGE}\d|[.;。\n]|$)", re.IGNORECASE)
_PERSON = re.compile(r"\b(person|man|woman|model)\b|人", re.IGNORECASE)
_BOTTOM = re.compile(r"\b(bottom|trousers|pants|jeans|shorts|skirt)\b|下装|裤|裙", re.IGNORECASE)
_NEW_FACE = re.compile(r"\b(another|a different|a new)\b[^.\n]*\bface\b", re.IGNORECASE)
_NAMED = re.compile(r'\bin the style "([^"]+)"', re.IGNORECASE)
_LIKE_IMAGE = re.compile(rf"\bin the style of {_IMAGE}(\d+)", re.IGNORECASE)
_SIZE = re.compile(r"([1-9]\d{0,4})\*([1-9]\d{0,4})", re.ASCII)


# The styles by name, with the numbers that the painter knows them by.
CARTOON = 7
STYLES: Mapping[str, int] = MappingProxyType(
    {
        "retro comic": 0,
        "3d fairy tale": 1,
        "anime": 2,
        "fresh": 3,
        "future tech": 4,
        "classical chinese painting": 5,
        "warrior general": 6,
        "vivid cartoon": CARTOON,
        "elegant chinese": 8,
        "chinese new year": 9,
        "gongbi fine brushwork": 14,
        "new year wishes": 15,
        "fairy-tale world": 30,
        "clay world": 31,
        "pixel world": 32,
        "adventure world": 33,
        "japanese manga": 34,
        "3d world": 35,
        "anime world": 36,
        "hand-drawn world": 37,
        "crayon world": 38,
        "fridge magnet": 39,
        "badge": 40,
    }
)


@dataclass(frozen=True, slots=True)
class Look:
    """In which style a portrait is to be repainted: of a number, or like a photo (from 0)."""

    number: int
    example: int | None = None


@dataclass(frozen=True, slots=True)
class Brush:
    """Who draws: try-ons, and portraits in a style."""

    tryon: Draw = draw_tryon
    restyle: DrawStyle = draw_restyle


@dataclass(frozen=True, slots=True)
class Message:
    """The photos of a message in their order, and what it says."""

    images: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class EditOrder:
    """One message to be drawn, `count` times, within limits for its photos."""

    message: Message
    frame: Frame
    count: int
    rules: Rules
    brush: Brush

    @property
    def urls(self) -> tuple[str, ...]:
        """The URLs of all photos."""
        return self.message.images

    async def carry_out(self, desk: Desk) -> Product:
        """Fetch and check the photos, then draw."""
        photos = await asyncio.gather(*(desk.photo(url, self.rules) for url in self.urls))
        size = _size_of(photos[-1], self.frame)
        look = wanted_look(self.message)

        def drawn() -> bytes:
            picture = self._dressed(photos, size) if look is None else self._restyled(photos, look)
            return _png(picture, size)

        return Product((await desk.compute(drawn),) * self.count, "image/png")

    def _dressed(self, photos: Sequence[Image.Image], size: tuple[int, int]) -> bytes:
        roles = understood(self.message)
        resolution = next((key for key, frame in SIZES.items() if frame == size), -1)
        return self.brush.tryon(
            photos[roles.person],
            None if roles.top is None else photos[roles.top],
            None if roles.bottom is None else photos[roles.bottom],
            resolution=resolution,
            keep_face=not roles.new_face,
        )

    def _restyled(self, photos: Sequence[Image.Image], look: Look) -> bytes:
        example = None if look.example is None else photos[look.example]
        return self.brush.restyle(photos[-1], look.number, example)


def wanted_look(message: Message) -> Look | None:
    """Find out from the text in which style to repaint, None if it speaks of none.

    A style that has no name here is painted like a cartoon.
    """
    of_image = _LIKE_IMAGE.search(message.text)
    if of_image and 0 < int(of_image[1]) < len(message.images):
        return Look(CARTOON, int(of_image[1]) - 1)
    named = _NAMED.search(message.text)
    return Look(STYLES.get(named[1].lower(), CARTOON)) if named else None


@dataclass(frozen=True, slots=True)
class Roles:
    """Which photo (from 0) shows what, as far as the text says."""

    person: int
    top: int | None
    bottom: int | None
    new_face: bool


def understood(message: Message) -> Roles:
    """Find out from the text what each photo shows; the last one is the person unless it says."""
    said: dict[int, str] = {}
    for number, words in _MENTIONED.findall(message.text):
        said.setdefault(int(number) - 1, words)
    places = range(len(message.images))
    people = [place for place in places if _PERSON.search(said.get(place, ""))]
    person = people[0] if people else places[-1]
    garments = [place for place in places if place != person]
    bottoms = [place for place in garments if _BOTTOM.search(said.get(place, ""))]
    tops = [place for place in garments if place not in bottoms]
    return Roles(
        person,
        tops[0] if tops else None,
        bottoms[0] if bottoms else None,
        bool(_NEW_FACE.search(message.text)),
    )


def read_message(body: Mapping[str, Any], *, most_images: int, longest_text: int) -> Message:
    """Read the one message of a request body.

    The services cut longer texts off without a word; here they are refused, so that
    somebody notices.

    Raises:
        Refusal: if it is not written as documented.

    """
    given = body.get("input")
    messages = given.get("messages") if isinstance(given, dict) else None
    if not isinstance(messages, list) or len(messages) != 1 or not isinstance(messages[0], dict):
        raise Refusal(INVALID_PARAMETER)
    content = messages[0].get("content")
    if messages[0].get("role") != "user" or not isinstance(content, list):
        raise Refusal(INVALID_PARAMETER)
    parts = [_part(item) for item in content]
    images = tuple(value for kind, value in parts if kind == "image")
    texts = [value for kind, value in parts if kind == "text"]
    if not 1 <= len(images) <= most_images or len(texts) != 1:
        raise Refusal(INVALID_PARAMETER)
    if not 0 < len(texts[0]) <= longest_text:
        raise Refusal(INVALID_PARAMETER)
    if not all(url.startswith(SCHEMES) for url in images):
        raise Refusal(INVALID_URL)
    return Message(images, texts[0])


def _part(item: object) -> tuple[str, str]:
    if not isinstance(item, dict) or len(item) != 1:
        raise Refusal(INVALID_PARAMETER)
    ((kind, value),) = item.items()
    if kind not in {"image", "text"} or not isinstance(value, str):
        raise Refusal(INVALID_PARAMETER)
    return str(kind), value


def whole(given: Mapping[str, Any], name: str, default: int, least: int, most: int) -> int:
    """Return a parameter that must be a whole number between two others."""
    value = given.get(name, default)
    if type(value) is not int or not least <= value <= most:
        raise Refusal(INVALID_PARAMETER)
    return value


def flag(given: Mapping[str, Any], name: str) -> None:
    """Check a parameter that must be true or false, if it is there."""
    if not isinstance(given.get(name, False), bool):
        raise Refusal(INVALID_PARAMETER)


def read_size(text: object, least: Area, most: Area) -> tuple[int, int]:
    """Read a size such as "1024*1536" of at least and at most so many px in all."""
    match = _SIZE.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        raise Refusal(INVALID_PARAMETER)
    width, height = int(match[1]), int(match[2])
    long, short = max(width, height), min(width, height)
    if not least <= width * height <= most or long > 8 * short:
        raise Refusal(INVALID_PARAMETER)
    return width, height


def answer(urls: tuple[str, ...]) -> dict[str, Any]:
    """Return the output of a finished order: a choice for each picture."""
    return {
        "choices": [
            {
                "finish_reason": "stop",
                "message": {"role": "assistant", "content": [{"image": url, "type": "image"}]},
            }
            for url in urls
        ],
        "finished": True,
    }


def size_of(product: Product) -> tuple[int, int]:
    """Return the size of the pictures made, in px."""
    with Image.open(io.BytesIO(product.pictures[0])) as picture:
        return picture.size


def _size_of(photo: Image.Image, frame: Frame) -> tuple[int, int]:
    if isinstance(frame, tuple):
        return frame
    factor = math.sqrt(frame / (photo.width * photo.height))
    return round(photo.width * factor), round(photo.height * factor)


def _png(picture: bytes, size: tuple[int, int]) -> bytes:
    out = io.BytesIO()
    with Image.open(io.BytesIO(picture)) as image:
        image.resize(size, Image.Resampling.BICUBIC).save(out, "PNG", compress_level=PNG_EFFORT)
    return out.getvalue()
