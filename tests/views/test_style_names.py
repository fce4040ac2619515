"""Styles behind /restyle: by number, by name in any language, several at once, or not at all."""

import pytest

from bot.views.style_names import styles_named
from bot.views.texts import LANGUAGES, plain
from providers.styles import Style

GALLERY = (Style.RETRO_COMIC, Style.ANIME, Style.ANIME_WORLD, Style.NEW_YEAR, Style.FRESH)


@pytest.mark.parametrize(
    ("words", "styles"),
    [
        ("anime", (Style.ANIME,)),
        ("  ANIME! ", (Style.ANIME,)),
        ("Retro comic", (Style.RETRO_COMIC,)),
        ("retro", (Style.RETRO_COMIC,)),
        ("二次元", (Style.ANIME,)),
        ("1", (Style.RETRO_COMIC,)),
        ("\uff12", (Style.ANIME,)),  # a wide 2
        ("2, 1", (Style.ANIME, Style.RETRO_COMIC)),
        ("anime\uff0cnew year\u3001anime", (Style.ANIME, Style.NEW_YEAR)),
        ("0", ()),
        ("6", ()),
        ("world", (Style.ANIME_WORLD,)),
        ("anim", ()),  # two begin like that
        ("anime, cubism", ()),
        ("fridge magnet", ()),  # not offered here
        ("", ()),
        (" , ", ()),
    ],
)
def test_what_people_write_behind_the_command(words: str, styles: tuple[Style, ...]) -> None:
    assert styles_named(words, GALLERY) == styles


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_style_is_found_by_its_full_name(language: str) -> None:
    gallery = tuple(style for style in Style if style is not Style.OF_PICTURE)
    for style in gallery:
        assert styles_named(plain(language, f"style.{style}"), gallery) == (style,)
