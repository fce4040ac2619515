"""What the local services draw: the garment is on the person, the size is right, it is marked."""

import io
import itertools
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageStat

from bot.demo.drawing import tryon
from bot.demo.drawing.body import find_body
from bot.demo.drawing.canvas import jpeg
from bot.demo.drawing.cloth import cut_out
from bot.demo.drawing.silhouette import silhouette
from bot.demo.samples import SAMPLES


def draw_tryon(
    person: bytes,
    top: bytes | None,
    bottom: bytes | None,
    **how: Any,  # noqa: ANN401  passed on
) -> bytes:
    garments = (None if data is None else opened(data) for data in (top, bottom))
    return tryon.draw_tryon(opened(person), *garments, **how)


WOMAN, MAN = SAMPLES["woman"].draw(), SAMPLES["man"].draw()
TEE, HOODIE, JEANS, DRESS = (SAMPLES[key].draw() for key in ("tee", "hoodie", "jeans", "dress"))
CHEST = (410, 360, 490, 420)
SHORTS = (385, 600, 515, 660)
THIGHS = (380, 740, 520, 800)
FACE = (410, 110, 490, 230)
LEFT_HAND = (300, 625, 318, 645)


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


def colour(image: Image.Image, box: tuple[int, int, int, int]) -> tuple[float, ...]:
    return tuple(ImageStat.Stat(image.crop(box)).median)


def difference(first: Image.Image, second: Image.Image, box: tuple[int, int, int, int]) -> float:
    return max(ImageStat.Stat(ImageChops.difference(first.crop(box), second.crop(box))).mean)


def is_near(seen: tuple[float, ...], wanted: tuple[int, int, int]) -> bool:
    return max(abs(a - b) for a, b in zip(seen, wanted, strict=True)) < 40


def noise(width: int, height: int, seed: int) -> bytes:
    data = random.Random(seed).randbytes(width * height * 3)  # noqa: S311  noise, no secret
    return jpeg(Image.frombytes("RGB", (width, height), data))


@pytest.mark.parametrize("person", [WOMAN, MAN])
def test_a_top_covers_the_chest_and_leaves_the_legs(person: bytes) -> None:
    result = opened(draw_tryon(person, HOODIE, None))

    assert is_near(colour(result, CHEST), (222, 166, 58))
    assert difference(result, opened(person), THIGHS) < 4


@pytest.mark.parametrize("person", [WOMAN, MAN])
def test_trousers_cover_the_legs_and_leave_the_chest(person: bytes) -> None:
    result = opened(draw_tryon(person, None, JEANS))

    assert is_near(colour(result, THIGHS), (82, 116, 164))
    assert difference(result, opened(person), CHEST) < 4


@pytest.mark.parametrize("person", [WOMAN, MAN])
def test_an_outfit_shows_both_garments(person: bytes) -> None:
    result = opened(draw_tryon(person, HOODIE, JEANS))

    assert is_near(colour(result, CHEST), (222, 166, 58))
    assert is_near(colour(result, THIGHS), (82, 116, 164))


@pytest.mark.parametrize("person", [WOMAN, MAN])
def test_a_dress_reaches_from_the_chest_to_the_knees(person: bytes) -> None:
    result = opened(draw_tryon(person, DRESS, None))

    assert is_near(colour(result, CHEST), (206, 66, 72))
    assert is_near(colour(result, THIGHS), (206, 66, 72))


@pytest.mark.parametrize("person", [WOMAN, MAN])
def test_a_model_that_makes_up_the_other_half_draws_one_that_is_seen_to_be_new(
    person: bytes,
) -> None:
    before = opened(person)
    with_top = opened(draw_tryon(person, HOODIE, None, invent=True))
    with_bottom = opened(draw_tryon(person, None, JEANS, invent=True))

    assert is_near(colour(with_top, CHEST), (222, 166, 58))
    assert difference(with_top, before, SHORTS) > 60
    assert difference(with_top, before, THIGHS) > 20
    assert is_near(colour(with_bottom, THIGHS), (82, 116, 164))
    assert difference(with_bottom, before, CHEST) > 60


@pytest.mark.parametrize("garments", [(HOODIE, JEANS), (DRESS, None)])
def test_nothing_is_made_up_where_both_halves_are_there(
    garments: tuple[bytes, bytes | None],
) -> None:
    assert draw_tryon(WOMAN, *garments, invent=True) == draw_tryon(WOMAN, *garments)


def test_stripes_stay_stripes() -> None:
    result = opened(draw_tryon(WOMAN, TEE, None)).convert("L")
    column = result.crop((450, 360, 451, 500)).tobytes()
    changes = sum(a > 150 > b for a, b in itertools.pairwise(column))

    assert changes >= 5


@pytest.mark.parametrize("garments", [(TEE, JEANS), (HOODIE, None), (DRESS, None)])
def test_head_and_hands_stay_in_front(garments: tuple[bytes, bytes | None]) -> None:
    result, person = opened(draw_tryon(WOMAN, *garments)), opened(WOMAN)

    assert difference(result, person, FACE) < 4
    assert difference(result, person, LEFT_HAND) < 8


def test_a_new_face_is_another_face() -> None:
    result = opened(draw_tryon(WOMAN, TEE, None, keep_face=False))

    assert difference(result, opened(WOMAN), FACE) > 15


@pytest.mark.parametrize(
    ("resolution", "size"), [(-1, (900, 1200)), (1024, (576, 1024)), (1280, (720, 1280))]
)
def test_the_resolution_decides_the_size(resolution: int, size: tuple[int, int]) -> None:
    assert opened(draw_tryon(MAN, TEE, None, resolution=resolution)).size == size


def test_a_result_is_marked_in_its_corner() -> None:
    result, person = opened(draw_tryon(WOMAN, TEE, None)), opened(WOMAN)
    data = result.crop((600, 0, 900, 300)).tobytes()
    red = [rgb for rgb in zip(*[iter(data)] * 3, strict=True) if is_near(rgb, (214, 56, 64))]

    assert len(red) > 5000
    assert difference(result, person, (0, 0, 200, 200)) < 4


def test_a_recompressed_photo_fits_as_well() -> None:
    small = opened(WOMAN).resize((600, 800))
    out = io.BytesIO()
    small.save(out, "JPEG", quality=70)
    result = opened(draw_tryon(out.getvalue(), HOODIE, JEANS))

    assert is_near(colour(result, (275, 240, 325, 280)), (222, 166, 58))


def test_a_large_photo_keeps_its_size_and_detail() -> None:
    person = jpeg(opened(MAN).resize((2700, 3600)))

    assert opened(draw_tryon(person, HOODIE, None)).size == (2700, 3600)


def test_the_body_is_found_where_it_is() -> None:
    body = find_body(silhouette(opened(WOMAN)))

    assert body.found
    assert body.middle == pytest.approx(450, abs=8)
    assert body.shoulder == pytest.approx(280, abs=15)
    assert all(0.1 < arm.angle < 0.35 for arm in body.arms)


def test_without_a_plain_background_the_body_is_guessed() -> None:
    assert not find_body(silhouette(opened(noise(300, 400, 1)))).found


def test_a_dress_is_told_from_a_top_and_trousers_by_their_legs() -> None:
    cloths = {
        key: cut_out(opened(SAMPLES[key].draw())) for key in ("tee", "hoodie", "jeans", "dress")
    }

    assert [key for key, cloth in cloths.items() if cloth.dress] == ["dress"]
    assert cloths["jeans"].crotch is not None
    assert cloths["tee"].crotch is None
    assert {key: len(cloth.sleeves) for key, cloth in cloths.items() if key != "jeans"} == {
        "tee": 2,
        "hoodie": 2,
        "dress": 2,
    }


DESCRIPTIONS = st.tuples(
    st.sampled_from(["white", "grey", "black", "noise", *sorted(SAMPLES)]),
    st.integers(150, 300),  # width
    st.integers(150, 300),  # height
    st.integers(0, 500),  # left edge of a blob or of the part of a sample
    st.integers(0, 800),  # its upper edge
)
Description = tuple[str, int, int, int, int]


def photo(description: Description) -> bytes:
    """A photo of any shape: blank or with a blob anywhere, noise, a sample cut anyhow."""
    kind, width, height, left, top = description
    if kind == "noise":
        return noise(width, height, left)
    if kind in SAMPLES:
        sample = opened(SAMPLES[kind].draw())
        return jpeg(sample.crop((left, top, left + width, top + height)))
    image = Image.new("RGB", (width, height), kind)
    image.paste("teal", (left, top, left + width // 2, top + height))
    return jpeg(image)


@settings(deadline=None, max_examples=20)
@given(
    DESCRIPTIONS,
    DESCRIPTIONS,
    st.none() | DESCRIPTIONS,
    st.booleans(),
    st.sampled_from([-1, 1024]),
)
def test_any_photos_give_a_picture(
    person: Description,
    top: Description,
    bottom: Description | None,
    keep_face: bool,  # noqa: FBT001  drawn by name
    resolution: int,
) -> None:
    garments = (photo(top), None if bottom is None else photo(bottom))
    result = draw_tryon(
        photo(person), *garments, keep_face=keep_face, resolution=resolution, invent=True
    )

    assert opened(result).size == (person[1:3] if resolution == -1 else (576, 1024))
