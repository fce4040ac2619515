"""The panel of a group's settings: everything can be chosen, and nothing else."""

from dataclasses import fields, replace

import pytest

from bot.views.group_panel import Choice, chosen, decode, panel
from bot.views.texts import LANGUAGES
from storage.groups import Choices, Payer, Results
from tests.views.limits import TEXT, visible

NEXT = {
    "enabled": Choices(enabled=False),
    "try_on": Choices(try_on=False),
    "restyle": Choices(restyle=False),
    "payer": Choices(payer=Payer.MEMBERS),
    "member_limit": Choices(member_limit=1),
    "results": Choices(results=Results.PRIVATE),
    "language": Choices(language="en"),
}


def press(choices: Choices, name: str) -> Choices:
    """Press the button of a setting."""
    rows = panel("en", choices, 20).keyboard
    [data] = [one.data for row in rows for one in row if one.data.startswith(f"g1:{name}:")]
    choice = decode(data)
    assert choice is not None
    assert chosen(chosen(choices, choice), choice) == chosen(choices, choice), "a double tap"
    return chosen(choices, choice)


@pytest.mark.parametrize("name", NEXT)
def test_a_press_chooses_what_comes_next(name: str) -> None:
    assert press(Choices(), name) == NEXT[name]


def test_there_is_a_button_for_everything_that_can_be_chosen() -> None:
    assert sorted(NEXT) == sorted(field.name for field in fields(Choices))


@pytest.mark.parametrize("name", NEXT)
def test_presses_come_around(name: str) -> None:
    seen = [Choices()]
    while len(seen) == 1 or seen[-1] != Choices():
        seen.append(press(seen[-1], name))
    assert len(seen) > 2


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("choices", [Choices(), *NEXT.values(), Choices(member_limit=77)])
def test_the_panel_keeps_telegrams_limits(language: str, choices: Choices) -> None:
    content = panel(language, choices, 20)
    assert 0 < len(visible(content.text)) < TEXT
    for row in content.keyboard:
        for button in row:
            assert 0 < len(button.text) <= 40
            assert decode(button.data) is not None


def test_a_limit_that_is_not_in_the_row_is_shown_and_can_be_left() -> None:
    odd = replace(Choices(), member_limit=77)
    assert "👤 77 credits per member and day" in str(panel("en", odd, 20).keyboard)
    assert press(odd, "member_limit") == Choices()


@pytest.mark.parametrize(
    "data", ["", "g1:", "g1:enabled", "g1:enabled:maybe", "g1:id:on", "g1:payer:me", "g2:try_on:on"]
)
def test_no_other_button_is_understood(data: str) -> None:
    assert decode(data) is None


def test_what_a_button_says_is_read() -> None:
    assert decode("g1:payer:members") == Choice("payer", "members")
