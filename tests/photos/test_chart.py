"""The chart of what was used."""

import io

import pytest
from PIL import Image

from bot.messages import ChartDay
from bot.photos.chart import _AMBER, _GREEN, _GREY, _PAPER, _RED, usage_chart


def days(count: int, *, done: int = 8, failed: int = 3, other: int = 1) -> tuple[ChartDay, ...]:
    return tuple(
        ChartDay(f"2026-03-{number:02}", done, failed, other, 500 * number)
        for number in range(1, count + 1)
    )


def drawn(chart: tuple[ChartDay, ...]) -> Image.Image:
    image = Image.open(io.BytesIO(usage_chart(chart)))
    image.load()
    assert image.format == "PNG"
    return image.convert("RGB")


def colours(image: Image.Image) -> dict[tuple[int, ...], int]:
    found = image.getcolors(image.width * image.height)
    assert found is not None
    return {colour: number for number, colour in found if isinstance(colour, tuple)}


@pytest.mark.parametrize("count", [1, 7, 31])
def test_every_kind_of_end_has_its_colour_and_its_share(count: int) -> None:
    image = drawn(days(count))

    found = colours(image)

    assert image.size == (1280, 760)
    assert found[_GREEN] / found[_RED] == pytest.approx(8 / 3, rel=0.05)
    assert found[_RED] / found[_GREY] == pytest.approx(3, rel=0.1)
    assert _AMBER in found


def test_a_day_without_anything_is_an_empty_place() -> None:
    image = drawn((ChartDay("2026-03-01", 0, 0, 0, 0),))

    assert not {_GREEN, _RED, _GREY, _AMBER} & colours(image).keys()


def test_nothing_is_drawn_beyond_the_margins() -> None:
    image = drawn(days(31, done=999_999))

    assert {image.getpixel((x, y)) for x in (0, 1279) for y in range(760)} == {_PAPER}
    assert {image.getpixel((x, y)) for y in (0, 759) for x in range(1280)} == {_PAPER}


def test_a_chart_needs_a_day() -> None:
    with pytest.raises(ValueError, match="at least one day"):
        usage_chart(())
