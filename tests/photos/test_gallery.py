"""The gallery of styles, and the crop to a person's upper part."""

import io

import pytest
from PIL import Image, ImageChops, ImageStat

from bot.photos import Normalised, normalise
from bot.photos.bust import bust
from bot.photos.fitting import cropped
from bot.photos.gallery import style_gallery
from bot.photos.styles import STYLES, in_style
from providers.repaint import PHOTOS, SPEC
from providers.styles import Style, documented
from tests.photos.pictures import jpeg

NAMED = documented(style for style in SPEC.styles if style is not Style.OF_PICTURE)
MOST_BYTES = 10 * 1024 * 1024  # of a photo, Bot API


def test_the_sheet_fits_telegram_and_has_a_tile_for_each_style() -> None:
    sheet = style_gallery(NAMED)
    with Image.open(io.BytesIO(sheet)) as picture:
        assert picture.format == "JPEG"
        assert picture.width == 1280
        assert picture.width / 20 < picture.height < 10_000 - picture.width
    assert len(sheet) < MOST_BYTES
    assert style_gallery(NAMED) is sheet  # drawn once


def test_a_gallery_of_nothing_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="at least one"):
        style_gallery(())


def test_every_style_but_that_of_a_picture_has_looks_of_its_own() -> None:
    assert set(STYLES) == set(Style) - {Style.OF_PICTURE}
    small = bust().resize((120, 150))
    looks = {style: in_style(small, style) for style in NAMED}
    for style, look in looks.items():
        assert look.size == small.size
        for other in looks.keys() - {style}:
            apart = ImageStat.Stat(ImageChops.difference(look, looks[other])).mean
            assert max(apart) > 8, (style, other)


@pytest.mark.parametrize(
    ("size", "box"),
    [
        ((300, 900), (0, 0, 300, 450)),  # the upper part
        ((900, 300), (225, 0, 675, 300)),  # the middle
        ((300, 450), (0, 0, 300, 450)),  # as it is
        ((450, 300), (0, 0, 450, 300)),
    ],
)
def test_a_photo_that_is_too_long_is_cropped_to_where_the_face_is(
    size: tuple[int, int], box: tuple[int, int, int, int]
) -> None:
    photo = Image.effect_noise(size, 90).convert("RGB")
    assert cropped(photo, 1.5).tobytes() == photo.crop(box).tobytes()
    assert cropped(photo, None) is photo


def test_a_normalised_portrait_keeps_the_models_rules() -> None:
    found = normalise(jpeg(700, 1900), PHOTOS)
    assert isinstance(found, Normalised)
    assert found.height <= found.width * 1.5
    assert min(found.width, found.height) >= 256
