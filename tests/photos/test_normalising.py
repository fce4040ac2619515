import io
import warnings
import zipfile
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from bot.dialogue.events import Refusal
from bot.photos import (
    Normalised,
    NotAPicture,
    normalise,
    normalise_like,
    reencode_for_telegram,
)
from providers.spec import PhotoRules
from tests.photos import pictures

RULES = PhotoRules(  # of aitryon, provider docs 000: both ends are outside
    min_bytes=5 * 1024 + 1, max_bytes=5 * 1024 * 1024 - 1, min_side=151, max_side=4095
)
_WHITE = pictures.encoded(Image.new("RGB", (600, 800), "white"))
_NOISE = pictures.encoded(Image.effect_noise((600, 800), 120))
RED, GREEN, WHITE = (200, 30, 30), (30, 200, 30), (255, 255, 255)


def normalised(data: bytes, rules: PhotoRules = RULES) -> Normalised:
    result = normalise(data, rules)
    assert isinstance(result, Normalised), result
    image = pictures.decoded(result.jpeg)
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (result.width, result.height))
    return result


def colour(result: Normalised | bytes, x: float, y: float) -> tuple[int, ...]:
    image = pictures.decoded(result if isinstance(result, bytes) else result.jpeg)
    value = image.getpixel((int(x * image.width), int(y * image.height)))
    assert isinstance(value, tuple)
    return value


def near(actual: tuple[int, ...], expected: tuple[int, ...]) -> bool:
    return all(abs(a - b) <= 12 for a, b in zip(actual, expected, strict=True))


def test_place_and_camera_do_not_leave_with_the_picture_and_it_comes_out_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "CanaryCamera"
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 31.0, 12.0), 3: "E", 4: (13.0, 24.0, 18.0)})
    lying = pictures.drawing().transpose(Image.Transpose.ROTATE_90)
    data = pictures.encoded(lying, exif=exif, comment=b"CanaryComment", dpi=(300, 300))
    assert Image.open(io.BytesIO(data)).getexif().get_ifd(0x8825)[4] == (13.0, 24.0, 18.0)

    result = normalised(data)

    assert (result.width, result.height) == (600, 800)
    assert near(colour(result, 0.1, 0.1), RED)
    assert not near(colour(result, 0.9, 0.1), RED)
    image = pictures.decoded(result.jpeg)
    assert not image.getexif()
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert b"Exif" not in result.jpeg
    assert b"Canary" not in result.jpeg


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_comes_out_upright(orientation: int) -> None:
    back = {
        1: None,
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }[orientation]
    image = pictures.drawing() if back is None else pictures.drawing().transpose(back)
    exif = Image.Exif()
    exif[0x0112] = orientation

    result = normalised(pictures.encoded(image, exif=exif))

    assert (result.width, result.height) == (600, 800)
    assert near(colour(result, 0.1, 0.1), RED)


@pytest.mark.parametrize("kind", ["JPEG", "MPO", "PNG", "WEBP", "HEIF", "BMP"])
def test_every_kind_on_the_list_is_understood(kind: str) -> None:
    result = normalised(pictures.encoded(pictures.drawing(), kind))

    assert (result.width, result.height) == (600, 800)
    assert near(colour(result, 0.1, 0.1), RED)


def test_a_photo_of_two_frames_from_a_camera_is_its_first() -> None:
    second = Image.new("RGB", (600, 800), GREEN)
    data = pictures.encoded(pictures.drawing(), "MPO", save_all=True, append_images=[second])

    assert near(colour(normalised(data), 0.1, 0.1), RED)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_way_a_png_stores_pixels_is_understood(mode: str) -> None:
    grey = pictures.drawing().convert("L")
    image = (
        grey.convert("I").point(lambda value: value * 257).convert("I;16")
        if mode == "I;16"
        else grey.convert(mode)
    )

    assert near(colour(normalised(pictures.encoded(image, "PNG")), 0.9, 0.1), (220, 220, 220)) == (
        mode != "1"  # which dithers
    )


def test_what_is_transparent_becomes_white() -> None:
    image = pictures.drawing().convert("RGBA")
    ImageDraw.Draw(image).rectangle((300, 0, 599, 399), fill=(0, 0, 0, 0))

    result = normalised(pictures.encoded(image, "PNG"))

    assert near(colour(result, 0.9, 0.1), WHITE)
    assert near(colour(result, 0.1, 0.1), RED)


def test_a_transparent_colour_of_a_palette_becomes_white() -> None:
    image = Image.new("P", (600, 800), 0)
    image.putpalette([0, 0, 0, *RED])
    ImageDraw.Draw(image).rectangle((0, 0, 299, 399), fill=1)

    result = normalised(pictures.encoded(image, "PNG", transparency=0))

    assert near(colour(result, 0.9, 0.9), WHITE)
    assert near(colour(result, 0.1, 0.1), RED)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_colours_of_another_profile_become_srgb(kind: str) -> None:
    options = {"lossless": True} if kind == "WEBP" else {}
    data = pictures.encoded(
        pictures.drawing(), kind, icc_profile=pictures.swapped_profile(), **options
    )

    result = normalised(data)

    red, green, _ = colour(result, 0.1, 0.1)
    assert green > 150
    assert red < 100
    assert "icc_profile" not in pictures.decoded(result.jpeg).info


def test_colours_of_print_are_converted() -> None:
    data = pictures.encoded(pictures.drawing().convert("CMYK"))

    assert near(colour(normalised(data), 0.1, 0.1), RED)


def test_a_photo_of_a_phone_is_shrunk_and_upright() -> None:
    result = normalised(pictures.camera())

    assert (result.width, result.height) == (1500, 2000)


def test_a_heic_photo_of_a_phone_is_upright() -> None:
    result = normalised(pictures.camera("HEIF", 900, 1200))

    assert (result.width, result.height) == (900, 1200)


@pytest.mark.parametrize("side", [151, 200, 399])
def test_a_small_flat_picture_still_weighs_enough(side: int) -> None:
    data = pictures.encoded(Image.new("RGB", (side, side), "white"), "PNG")

    result = normalised(data)

    assert RULES.min_bytes <= len(result.jpeg) <= RULES.max_bytes


def test_a_photo_that_cannot_weigh_enough_is_too_small() -> None:
    rules = PhotoRules(min_bytes=4_000_000, max_bytes=5_000_000, min_side=151, max_side=1000)

    assert normalise(pictures.jpeg(), rules) == Refusal.TOO_SMALL


def test_noise_is_made_light_enough() -> None:
    noise = Image.merge("RGB", [Image.effect_noise((2000, 2000), 120) for _ in "RGB"])
    rules = PhotoRules(min_bytes=5121, max_bytes=3_000_000, min_side=151, max_side=4095)

    assert len(normalised(pictures.encoded(noise, quality=95), rules).jpeg) <= rules.max_bytes


def test_what_cannot_be_made_light_enough_is_too_large() -> None:
    rules = PhotoRules(min_bytes=1, max_bytes=2000, min_side=151, max_side=4095)

    assert normalise(pictures.jpeg(), rules) == Refusal.TOO_LARGE


@pytest.mark.parametrize(
    ("width", "height", "refusal"),
    [
        (150, 300, Refusal.TOO_SMALL),
        (300, 150, Refusal.TOO_SMALL),
        (160, 641, Refusal.EXTREME_RATIO),
        (641, 160, Refusal.EXTREME_RATIO),
    ],
)
def test_a_shape_no_service_takes_is_refused(width: int, height: int, refusal: Refusal) -> None:
    assert normalise(pictures.jpeg(width, height), RULES) == refusal


@pytest.mark.parametrize(("width", "height"), [(151, 604), (604, 151), (200, 300), (383, 384)])
def test_a_photo_that_is_small_for_a_model_is_enlarged(width: int, height: int) -> None:
    rules = PhotoRules(min_bytes=1, max_bytes=10_000_000, min_side=384, max_side=3072)
    result = normalised(pictures.jpeg(width, height), rules)
    assert min(result.width, result.height) == 384
    assert result.width / result.height == pytest.approx(width / height, rel=0.01)


def test_a_photo_no_enlarging_makes_fit_is_refused() -> None:
    rules = PhotoRules(min_bytes=1, max_bytes=10_000_000, min_side=384, max_side=1000)
    assert normalise(pictures.jpeg(160, 640), rules) == Refusal.EXTREME_RATIO


@pytest.mark.parametrize("size", [(601, 798), (600, 800), (300, 400), (576, 1024), (2400, 3200)])
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_gets_the_very_size_that_a_photo_comes_out_with(
    size: tuple[int, int], kind: str
) -> None:
    rules = PhotoRules(min_bytes=5121, max_bytes=5_000_000, min_side=620, max_side=4095)
    person = normalised(pictures.jpeg(), rules)
    picture = pictures.encoded(pictures.drawing(*size), kind)

    result = normalise_like(picture, pictures.jpeg(), rules)

    assert isinstance(result, Normalised)
    assert pictures.decoded(result.jpeg).size == (result.width, result.height)
    assert (result.width, result.height) == (person.width, person.height)
    assert near(colour(result, 0.1, 0.1), RED)
    assert not near(colour(result, 0.9, 0.1), RED)


@pytest.mark.parametrize(
    ("picture", "like", "rules", "refusal"),
    [
        (b"", pictures.jpeg(), RULES, Refusal.NOT_A_PICTURE),
        (pictures.jpeg(), b"\xff\xd8\xff", RULES, Refusal.UNREADABLE),
        (pictures.jpeg(), pictures.jpeg(100, 100), RULES, Refusal.TOO_SMALL),
        (pictures.jpeg(), pictures.jpeg(), replace(RULES, max_bytes=2000), Refusal.TOO_LARGE),
        (_WHITE, pictures.jpeg(), replace(RULES, min_bytes=20_000), Refusal.TOO_SMALL),
        (_NOISE, pictures.jpeg(), replace(RULES, max_bytes=60_000), Refusal.TOO_LARGE),
    ],
)
def test_what_cannot_get_that_size_is_refused(
    picture: bytes, like: bytes, rules: PhotoRules, refusal: Refusal
) -> None:
    assert normalise_like(picture, like, rules) == refusal


@settings(deadline=None, max_examples=60)
@given(
    width=st.integers(151, 1600),
    height=st.integers(151, 1600),
    flat=st.booleans(),
    kind=st.sampled_from(["JPEG", "PNG", "BMP", "WEBP"]),
)
def test_what_comes_out_keeps_the_rules(width: int, height: int, flat: bool, kind: str) -> None:  # noqa: FBT001  drawn by hypothesis
    image = Image.new("RGB", (width, height), "beige") if flat else pictures.drawing(width, height)
    result = normalise(pictures.encoded(image, kind), RULES)
    if max(width, height) > 4 * min(width, height):
        assert result == Refusal.EXTREME_RATIO
        return
    assert isinstance(result, Normalised)
    assert RULES.min_bytes <= len(result.jpeg) <= RULES.max_bytes
    assert RULES.min_side <= min(result.width, result.height)
    assert max(result.width, result.height) <= RULES.max_side
    assert result.width / result.height == pytest.approx(width / height, rel=0.01)


def test_what_pillow_warns_about_reaches_nobody() -> None:
    image = Image.new("P", (600, 800), 1)
    image.putpalette([0, 0, 0, *RED])
    data = pictures.encoded(image, "PNG", transparency=bytes([0, 128]))

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        normalised(data)
        normalise(pictures.png_claiming(10_000, 10_000), RULES)


def test_a_result_too_large_for_a_telegram_photo_is_made_to_fit() -> None:
    noise = Image.effect_noise((1250, 1300), 90).resize((5000, 5200)).convert("RGB")

    data = reencode_for_telegram(pictures.encoded(noise, quality=75))

    image = pictures.decoded(data)
    assert (image.format, max(image.size)) == ("JPEG", 2560)
    assert len(data) <= 10 * 1024 * 1024


@pytest.mark.parametrize("size", [(2500, 60), (60, 2500), (21, 1)])
def test_a_result_too_long_for_a_telegram_photo_gets_a_border(size: tuple[int, int]) -> None:
    image = pictures.decoded(reencode_for_telegram(pictures.encoded(Image.new("RGB", size))))

    assert max(image.size) <= 20 * min(image.size)


def test_what_is_no_picture_cannot_be_reencoded() -> None:
    with pytest.raises(NotAPicture) as caught:
        reencode_for_telegram(b"<html>expired</html>")

    assert caught.value.refusal == Refusal.NOT_A_PICTURE


def test_nothing_hidden_behind_a_picture_comes_through() -> None:
    data = pictures.jpeg() + b"<script>CanaryPayload</script>"

    assert b"CanaryPayload" not in normalised(data).jpeg
    assert not zipfile.is_zipfile(io.BytesIO(normalised(data).jpeg))
