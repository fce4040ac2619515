"""Sample photos for the demo, at hand with one click: people, clothes and a portrait.

All are drawn by us, the same every time; each is drawn when it is first asked for and
kept. What they look like is written down in `bot.demo.drawing`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, partial
from types import MappingProxyType

from PIL import Image

from bot.demo.drawing.canvas import jpeg
from bot.demo.drawing.dress import draw_dress
from bot.demo.drawing.hoodie import draw_hoodie
from bot.demo.drawing.jeans import draw_jeans
from bot.demo.drawing.people import MAN, WOMAN, draw_person
from bot.demo.drawing.portrait import draw_portrait
from bot.demo.drawing.tee import draw_tee


class Kind(StrEnum):
    """What a sample photo shows."""

    PERSON = "person"
    TOP = "top"
    BOTTOM = "bottom"
    DRESS = "dress"
    PORTRAIT = "portrait"


@cache
def _encoded(paint: Callable[[], Image.Image]) -> bytes:
    return jpeg(paint())


@dataclass(frozen=True, slots=True)
class Sample:
    """One sample photo, 900x1200 px."""

    label_en: str
    label_zh: str
    kind: Kind
    paint: Callable[[], Image.Image]

    def draw(self) -> bytes:
        """Return the photo as JPEG; the first call draws it and takes some tenths of a second."""
        return _encoded(self.paint)


SAMPLES: Mapping[str, Sample] = MappingProxyType(
    {
        "woman": Sample("Woman", "女士", Kind.PERSON, partial(draw_person, WOMAN)),
        "man": Sample("Man", "男士", Kind.PERSON, partial(draw_person, MAN)),
        "tee": Sample("Striped T-shirt", "条纹T恤", Kind.TOP, draw_tee),
        "hoodie": Sample("Mustard hoodie", "芥末黄卫衣", Kind.TOP, draw_hoodie),
        "jeans": Sample("Blue jeans", "蓝色牛仔裤", Kind.BOTTOM, draw_jeans),
        "dress": Sample("Dotted dress", "波点连衣裙", Kind.DRESS, draw_dress),
        "portrait": Sample("Portrait", "肖像", Kind.PORTRAIT, draw_portrait),
    }
)
