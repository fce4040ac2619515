"""Which model an order goes to, and how options turn."""

from dataclasses import replace

import pytest

from bot.orders import choose, cycled, fitted
from providers.spec import ModelSpec
from providers.wishes import Face, Size, Wear
from tests.dialogue.people import CHEAP, ORDER, PLAIN, RICH

SPECS = (PLAIN, RICH, CHEAP)


@pytest.mark.parametrize(
    ("wear", "face", "size", "wanted", "expected"),
    [
        (Wear.TOP, Face.KEEP, Size.ORIGINAL, None, PLAIN),  # the first that can
        (Wear.TOP, Face.NEW, Size.ORIGINAL, None, RICH),  # the first that leaves nothing out
        (Wear.TOP, Face.NEW, Size.ORIGINAL, "plain", PLAIN),  # a wish wins over an option
        (Wear.BOTTOM, Face.KEEP, Size.ORIGINAL, "plain", RICH),  # but not over what is worn
        (Wear.TOP, Face.KEEP, Size.ORIGINAL, "gone", PLAIN),
    ],
)
def test_an_order_goes_to_the_model_one_expects(
    wear: Wear, face: Face, size: Size, wanted: str | None, expected: ModelSpec
) -> None:
    assert choose(SPECS, wear, face, size, wanted) is expected


def test_an_option_nobody_has_still_finds_a_model() -> None:
    assert choose((PLAIN,), Wear.TOP, Face.NEW, Size.W720, None) is PLAIN


def test_what_nobody_can_draw_goes_nowhere() -> None:
    assert choose((PLAIN,), Wear.BOTTOM, Face.KEEP, Size.ORIGINAL, None) is None
    assert choose((), Wear.TOP, Face.KEEP, Size.ORIGINAL, None) is None


def test_options_turn_round_and_round() -> None:
    assert [cycled("abc", option) for option in "abcx"] == ["b", "c", "a", "a"]
    assert cycled(("only",), "only") == "only"


def test_a_fitted_order_names_the_model_and_keeps_what_it_can() -> None:
    order = replace(ORDER, face=Face.NEW, size=Size.W720)

    assert fitted(order, CHEAP) == replace(order, model="aitryon")
    assert fitted(order, PLAIN) == replace(ORDER, model="plain")
