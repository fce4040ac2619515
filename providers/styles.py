"""Pure: the styles in which portraits can be restyled, whichever model paints them."""

from collections.abc import Iterable
from enum import StrEnum


class Style(StrEnum):
    """In which style somebody's portrait is painted anew."""

    RETRO_COMIC = "retro_comic"
    FAIRY_TALE_3D = "fairy_tale_3d"
    ANIME = "anime"
    FRESH = "fresh"
    FUTURE_TECH = "future_tech"
    CLASSICAL_CHINESE = "classical_chinese"
    WARRIOR_GENERAL = "warrior_general"
    VIVID_CARTOON = "vivid_cartoon"
    ELEGANT_CHINESE = "elegant_chinese"
    NEW_YEAR = "new_year"
    FINE_BRUSH = "fine_brush"
    NEW_YEAR_WISHES = "new_year_wishes"
    FAIRY_WORLD = "fairy_world"
    CLAY_WORLD = "clay_world"
    PIXEL_WORLD = "pixel_world"
    ADVENTURE_WORLD = "adventure_world"
    MANGA_WORLD = "manga_world"
    WORLD_3D = "world_3d"
    ANIME_WORLD = "anime_world"
    HAND_DRAWN_WORLD = "hand_drawn_world"
    CRAYON_WORLD = "crayon_world"
    FRIDGE_MAGNET_WORLD = "fridge_magnet_world"
    BADGE_WORLD = "badge_world"
    OF_PICTURE = "of_picture"  # the style of a picture that is given


NEWER = frozenset(
    {
        Style.FINE_BRUSH,
        Style.NEW_YEAR_WISHES,
        Style.FAIRY_WORLD,
        Style.CLAY_WORLD,
        Style.PIXEL_WORLD,
        Style.ADVENTURE_WORLD,
        Style.MANGA_WORLD,
        Style.WORLD_3D,
        Style.ANIME_WORLD,
        Style.HAND_DRAWN_WORLD,
        Style.CRAYON_WORLD,
        Style.FRIDGE_MAGNET_WORLD,
        Style.BADGE_WORLD,
    }
)
"""Styles that stand in newer pages of the vendor only, not in its reference (provider docs 004)."""


def documented(styles: Iterable[Style]) -> tuple[Style, ...]:
    """Return those of the styles that are not newer than the reference."""
    return tuple(style for style in styles if style not in NEWER)
