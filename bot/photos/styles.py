"""What each style looks like, as a mixture of filters: for the gallery that people choose from.

An illustration, so that nobody has to guess behind a name; the picture itself is painted by
an image service. CPU work.
"""

from collections.abc import Mapping
from types import MappingProxyType

from PIL import Image

from bot.photos.strokes import (
    Filter,
    bright,
    colour,
    contrast,
    cut_out,
    dotted,
    drawn_over,
    flat,
    framed,
    glowing,
    grained,
    mixed,
    outlined,
    pixels,
    relief,
    scanned,
    sealed,
    shaded,
    smooth,
    strewn,
    toned,
    washed,
)
from providers.styles import Style

_RICE, _INK, _RED, _GOLD = (246, 238, 220), (34, 32, 36), (190, 40, 36), (240, 200, 110)
_PETALS = ((240, 170, 180), (250, 210, 214), (226, 130, 150))

STYLES: Mapping[Style, tuple[Filter, ...]] = MappingProxyType(
    {
        Style.RETRO_COMIC: (
            smooth, contrast(1.25), colour(1.5), flat(14), washed((255, 226, 160), 0.8),
            dotted(0.016, (150, 40, 30), 0.35), outlined(0.012),
        ),
        Style.FAIRY_TALE_3D: (
            smooth, colour(1.45), bright(1.06), relief(2.2), glowing, shaded((120, 70, 140), 0.5),
        ),
        Style.ANIME: (
            smooth, bright(1.1), colour(1.5), flat(24), outlined(0.007, (70, 46, 60)), glowing,
        ),
        Style.FRESH: (
            smooth, bright(1.12), colour(0.8), contrast(0.85), washed((206, 240, 222), 0.75),
            grained(0.15), outlined(0.006, (90, 130, 120), 0.6),
        ),
        Style.FUTURE_TECH: (
            smooth, toned((8, 10, 46), (150, 250, 255), (150, 50, 190), 0.85),
            outlined(0.007, (90, 250, 255), 0.8), scanned((10, 10, 40), 0.4), glowing,
        ),
        Style.CLASSICAL_CHINESE: (
            smooth, flat(16), toned(_INK, _RICE, (168, 156, 140), 0.92),
            outlined(0.008, _INK, 0.7), grained(0.2), sealed,
        ),
        Style.WARRIOR_GENERAL: (
            smooth, contrast(1.35), toned((20, 8, 8), (255, 220, 150), (150, 62, 30), 0.75),
            relief(2.4), shaded((14, 6, 6), 0.9), strewn((_GOLD, (250, 140, 50)), 46, 0.009),
        ),
        Style.VIVID_CARTOON: (
            smooth, contrast(1.15), colour(2.3), flat(10), outlined(0.018),
        ),
        Style.ELEGANT_CHINESE: (
            smooth, colour(0.55), toned((60, 84, 84), (246, 246, 232), (150, 190, 176), 0.5),
            outlined(0.006, (50, 70, 70), 0.7), strewn(_PETALS, 34, 0.02), grained(0.14),
        ),
        Style.NEW_YEAR: (
            smooth, colour(1.4), washed((255, 196, 170), 0.7), outlined(0.008, (120, 20, 20)),
            shaded(_RED, 0.85), strewn((_GOLD, (255, 236, 170)), 40, 0.014), framed(_RED, _GOLD),
        ),
        Style.FINE_BRUSH: (
            smooth, colour(0.75), washed((250, 236, 204), 0.9), flat(24),
            outlined(0.005, (60, 40, 36)), grained(0.18), sealed,
        ),
        Style.NEW_YEAR_WISHES: (
            smooth, toned((110, 10, 16), (255, 232, 160), (214, 60, 40), 0.85), flat(12),
            outlined(0.009, (96, 8, 12)), framed(_GOLD, _RED, 0.06),
        ),
        Style.FAIRY_WORLD: (
            smooth, bright(1.08), toned((84, 60, 130), (255, 240, 250), (210, 150, 210), 0.45),
            glowing, strewn(((255, 250, 220), (250, 220, 255)), 50, 0.010),
        ),
        Style.CLAY_WORLD: (
            smooth, smooth, colour(1.35), flat(14), relief(3.4), grained(0.12, 0.012),
        ),
        Style.PIXEL_WORLD: (smooth, colour(1.4), flat(20), pixels(46)),
        Style.ADVENTURE_WORLD: (
            smooth, contrast(1.2), toned((6, 46, 60), (255, 208, 140), (120, 120, 96), 0.5),
            relief(1.8), shaded((4, 26, 36), 0.85),
        ),
        Style.MANGA_WORLD: (
            smooth, contrast(1.3), toned((20, 20, 24), (255, 255, 255)), flat(5),
            dotted(0.012, (30, 30, 34), 0.6), outlined(0.010),
        ),
        Style.WORLD_3D: (
            smooth, colour(1.2), relief(3.2), bright(1.05), shaded((40, 60, 110), 0.6),
        ),
        Style.ANIME_WORLD: (
            smooth, bright(1.08), toned((50, 50, 110), (255, 246, 236), (240, 150, 170), 0.35),
            colour(1.3), flat(20), outlined(0.006, (60, 40, 90)), glowing,
            strewn(((255, 255, 255), (190, 230, 255)), 26, 0.008),
        ),
        Style.HAND_DRAWN_WORLD: (
            smooth, colour(0.9), bright(1.15), drawn_over, washed((255, 248, 232), 0.9),
            grained(0.18),
        ),
        Style.CRAYON_WORLD: (
            smooth, colour(1.9), flat(14), grained(0.8, 0.008), outlined(0.012, (70, 50, 50), 0.75),
            bright(1.08),
        ),
        Style.FRIDGE_MAGNET_WORLD: (
            smooth, colour(1.6), flat(14), outlined(0.012), relief(2.4),
            cut_out((206, 226, 232), round_=False),
        ),
        Style.BADGE_WORLD: (
            smooth, colour(1.5), flat(16), outlined(0.010), relief(2.0),
            cut_out((250, 214, 206), round_=True),
        ),
    }
)  # fmt: skip
"""Every style that can be shown before there is a picture."""


def in_style(image: Image.Image, style: Style) -> Image.Image:
    """Return an RGB picture as the style would have it; as it is where the style has no looks."""
    return mixed(image, STYLES.get(style, ()))
