import pytest
from PIL import Image, ImageDraw, ImageFilter

from bot.dialogue.events import Refusal
from bot.orders import Flaw
from bot.photos import Inspected, PictureInfo, check_picture, inspect
from tests.photos import pictures


def test_a_good_photo_has_no_flaws() -> None:
    assert inspect(pictures.jpeg()) == Inspected(600, 800, ())


@pytest.mark.parametrize("kind", ["JPEG", "HEIF"])
def test_a_camera_photo_is_measured_upright(kind: str) -> None:
    assert inspect(pictures.camera(kind, 900, 1200)) == Inspected(900, 1200, ())


def test_a_small_photo_is_flagged() -> None:
    assert inspect(pictures.jpeg(399, 500)) == Inspected(399, 500, (Flaw.SMALL,))
    assert inspect(pictures.jpeg(400, 500)) == Inspected(400, 500, ())


def test_a_photo_taken_at_night_is_flagged() -> None:
    night = pictures.drawing().point(lambda value: value // 6)

    assert inspect(pictures.encoded(night)) == Inspected(600, 800, (Flaw.DARK,))


def test_a_black_dress_in_daylight_is_not_dark() -> None:
    image = Image.new("RGB", (600, 800), (210, 210, 205))
    ImageDraw.Draw(image).rounded_rectangle((60, 40, 540, 760), 60, fill=(12, 12, 14))

    assert inspect(pictures.encoded(image)) == Inspected(600, 800, ())


@pytest.mark.parametrize("radius", [8, 12])
def test_a_photo_out_of_focus_is_flagged(radius: float) -> None:
    assert inspect(pictures.blurred(radius)) == Inspected(600, 800, (Flaw.BLURRED,))


@pytest.mark.parametrize("radius", [0, 1, 1.5])
def test_a_slightly_soft_photo_is_not_called_blurred(radius: float) -> None:
    assert inspect(pictures.blurred(radius)) == Inspected(600, 800, ())


def test_a_white_shirt_on_a_white_sheet_is_not_called_blurred() -> None:
    image = Image.new("RGB", (600, 800), (252, 252, 252))
    ImageDraw.Draw(image).rounded_rectangle((90, 120, 510, 700), 60, fill=(222, 222, 222))
    image = image.filter(ImageFilter.GaussianBlur(0.8))

    assert inspect(pictures.encoded(image)) == Inspected(600, 800, ())


def test_a_picture_without_any_edge_is_not_judged() -> None:
    assert inspect(pictures.encoded(Image.new("RGB", (600, 800), "beige"))) == Inspected(600, 800)


@pytest.mark.parametrize(
    ("size", "found"),
    [
        ((150, 400), Refusal.TOO_SMALL),
        ((151, 400), Inspected(151, 400, (Flaw.SMALL,))),
        ((1600, 400), Inspected(1600, 400, ())),
        ((1601, 400), Refusal.EXTREME_RATIO),
        ((2, 2), Refusal.TOO_SMALL),
        ((2, 10), Refusal.EXTREME_RATIO),
    ],
)
def test_the_limits_of_size_and_shape(size: tuple[int, int], found: Inspected | Refusal) -> None:
    assert inspect(pictures.encoded(pictures.drawing(*size), "PNG")) == found


@pytest.mark.parametrize(
    ("kind", "media_type"),
    [
        ("JPEG", "image/jpeg"),
        ("PNG", "image/png"),
        ("WEBP", "image/webp"),
        ("HEIF", "image/heif"),
        ("BMP", "image/bmp"),
    ],
)
def test_a_result_is_named_and_measured(kind: str, media_type: str) -> None:
    data = pictures.encoded(pictures.drawing(90, 500), kind)

    assert check_picture(data) == PictureInfo(media_type, 90, 500)


def test_a_web_page_is_no_result() -> None:
    assert check_picture(b"<!doctype html><title>403</title>") is None
