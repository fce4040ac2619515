import pytest
from PIL import Image

from bot.photos import NotAPicture, side_by_side
from tests.photos import pictures

RED, GREEN, BLUE = (200, 30, 30), (30, 160, 60), (30, 60, 200)


def plain(colour: tuple[int, int, int], size: tuple[int, int] = (600, 800)) -> bytes:
    return pictures.encoded(Image.new("RGB", size, colour))


def extent(data: bytes, colour: tuple[int, int, int]) -> tuple[int, int, int, int]:
    """Return where in the card this colour is."""
    image = pictures.decoded(data)
    bands = [
        band.point([255 if abs(value - wanted) < 15 else 0 for value in range(256)])
        for band, wanted in zip(image.split(), colour, strict=True)
    ]
    mask = Image.new("L", image.size, 0)
    mask.paste(bands[0], mask=Image.composite(bands[1], mask, bands[2]))
    box = mask.getbbox()
    assert box is not None
    return box


def test_the_person_stands_left_and_the_garments_right_from_top_to_bottom() -> None:
    card = side_by_side([plain(RED), plain(GREEN), plain(BLUE)])

    person, top, bottom = extent(card, RED), extent(card, GREEN), extent(card, BLUE)
    assert person[2] < top[0]
    assert person[2] < bottom[0]
    assert top[3] < bottom[1]
    assert person[3] - person[1] > 1.8 * (top[3] - top[1])


def test_before_and_after_are_equally_large() -> None:
    card = side_by_side([plain(RED), plain(GREEN)])

    before, after = extent(card, RED), extent(card, GREEN)
    assert (before[1], before[3]) == (after[1], after[3])
    assert before[2] - before[0] == after[2] - after[0]


@pytest.mark.parametrize("size", [(600, 800), (1200, 500), (300, 1200), (40, 40)])
@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 9, 21])
def test_a_card_is_never_larger_than_telegram_shows(size: tuple[int, int], count: int) -> None:
    image = pictures.decoded(side_by_side([plain(RED, size)] * count))

    assert image.format == "JPEG"
    assert max(image.size) <= 1280


def test_many_garments_stand_in_several_columns_large_enough_to_be_seen() -> None:
    for count in (4, 10, 20):
        garments = [plain(BLUE, (600, 600))] * (count - 1)
        card = side_by_side([plain(RED), *garments, plain(GREEN, (600, 600))])
        last = extent(card, GREEN)
        assert last[0] > extent(card, RED)[2]
        assert last[2] - last[0] > 120  # px


def test_the_paper_is_light_and_the_corners_are_round() -> None:
    image = pictures.decoded(side_by_side([plain(RED), plain(GREEN)]))

    for corner in ((1, 1), (25, 25)):
        pixel = image.getpixel(corner)
        assert isinstance(pixel, tuple)
        assert min(pixel) > 220


def test_a_camera_photo_is_drawn_upright() -> None:
    card = side_by_side([pictures.camera(), plain(GREEN)])
    image = pictures.decoded(card)

    assert image.height > 800


def test_a_card_without_pictures_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="at least one"):
        side_by_side([])


def test_a_card_of_something_else_says_so() -> None:
    with pytest.raises(NotAPicture):
        side_by_side([plain(RED), b"not a picture"])
