"""How orders of several pictures are counted and named."""

from dataclasses import replace

import pytest

from bot.dialogue.words import Line
from bot.views import says, several
from tests.dialogue.people import WORLD, job


@pytest.mark.parametrize(
    ("here", "failed", "over", "said"),
    [
        (1, 0, False, ["1 of 6 pictures are here", "others follow"]),
        (2, 1, False, ["2 of 6 pictures are here", "not charged: 1"]),
        (6, 0, True, ["6 of 6 pictures are below"]),
        (4, 2, True, ["4 of 6 pictures are below", "not charged: 2"]),
    ],
)
def test_a_card_counts(here: int, failed: int, said: list[str], *, over: bool) -> None:
    text = several.counted("en", here=here, failed=failed, of=6, over=over).text
    assert all(part in text for part in said)
    assert ("not charged" in text) is bool(failed)


def test_a_picture_says_which_it_is_where_there_are_several() -> None:
    assert several.which("en", outfit=(2, 3), picture=(1, 1)) == "outfit 2 of 3"
    assert several.which("en", outfit=(1, 1), picture=(4, 4)) == "picture 4 of 4"
    assert several.which("en", outfit=(2, 3), picture=(1, 4)) == "outfit 2 of 3, picture 1 of 4"
    assert several.which("zh", outfit=(2, 3), picture=(1, 4)).startswith("第 2 套")


def test_an_open_order_is_one_however_many_pictures_are_to_come() -> None:
    many = replace(job(state="running"), pictures=6)
    text = says.say(Line.QUOTA, replace(WORLD, jobs=(many, job(8, "running")))).text
    assert text.count("6 pictures") == 1
