"""What can be ordered: the words a request to any image service is made of.

Standard library only: the pure parts of the bot build on these types.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TypeAlias

from providers.styles import Style


class Wear(StrEnum):
    """What is put on: decides which garment photos an order needs."""

    TOP = "top"
    BOTTOM = "bottom"
    OUTFIT = "outfit"  # a top and a bottom, two photos
    DRESS = "dress"  # or a jumpsuit: one photo, sent where a top goes


class Face(StrEnum):
    """Whose face the finished picture shows."""

    KEEP = "keep"
    NEW = "new"


class Size(StrEnum):
    """The size of the finished picture, width x height in px."""

    ORIGINAL = "original"
    W576 = "576x1024"
    W720 = "720x1280"


class OtherHalf(StrEnum):
    """What becomes of the half of the body for which no garment was sent."""

    NEW = "new"  # no wish: a model that cannot see to it makes something up
    KEEP = "keep"  # what the person wears there stays


OTHER_HALF: Mapping[Wear, Wear] = MappingProxyType({Wear.TOP: Wear.BOTTOM, Wear.BOTTOM: Wear.TOP})
"""What else is worn with a single garment; a dress or an outfit leaves nothing over."""


class Gender(StrEnum):
    """Who is on a picture, for the one service that has to be told."""

    WOMAN = "woman"
    MAN = "man"


PORTRAIT = (768, 1024)  # px: an upright photo that nobody measured


@dataclass(frozen=True, slots=True)
class TryOnRequest:
    """One try-on, its photos already published under URLs the service can fetch.

    `person_size` is the width and height of the person's photo in px, for services that
    have to be told which size "as the photo" is.
    """

    person_url: str
    top_url: str | None
    bottom_url: str | None
    wear: Wear
    face: Face = Face.KEEP
    size: Size = Size.ORIGINAL
    person_size: tuple[int, int] = PORTRAIT


@dataclass(frozen=True, slots=True)
class RestyleRequest:
    """One portrait painted anew, its photo already published where the service can fetch it.

    `style_url` is the picture whose style is meant, for `Style.OF_PICTURE`. `person_size` is
    as in a `TryOnRequest`.
    """

    person_url: str
    style: Style
    style_url: str | None = None
    person_size: tuple[int, int] = PORTRAIT


@dataclass(frozen=True, slots=True)
class RefineRequest:
    """The picture of a try-on, drawn once more: with the photos of then and that picture.

    `person_size` is as in a `TryOnRequest`.
    """

    person_url: str
    top_url: str
    bottom_url: str | None
    coarse_url: str
    gender: Gender
    person_size: tuple[int, int] = PORTRAIT


Request: TypeAlias = TryOnRequest | RestyleRequest | RefineRequest
