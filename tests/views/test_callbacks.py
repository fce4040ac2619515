"""What stands in buttons survives the way there and back, and nothing else gets through."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.dialogue.events import BadButton, JobPressed, OthersButton, Pressed
from bot.dialogue.words import ARGUMENTS, Action, JobAction, Role, Standing, Swap
from bot.messages import Button
from bot.views.callbacks import MAX_BYTES, decode, decode_in_group, encode, owned
from providers.wishes import Wear

HIGHEST = 10**18 - 1
presses = st.one_of(
    st.builds(
        Pressed,
        st.integers(1, HIGHEST),
        st.sampled_from([a for a in Action if a not in ARGUMENTS and a is not Action.GO]),
    ),
    st.builds(Pressed, st.integers(1, HIGHEST), st.just(Action.WEAR), st.sampled_from(Wear)),
    st.builds(Pressed, st.integers(1, HIGHEST), st.just(Action.ROLE), st.sampled_from(Role)),
    st.builds(Pressed, st.integers(1, HIGHEST), st.just(Action.SWAP), st.sampled_from(Swap)),
    st.builds(Pressed, st.integers(1, HIGHEST), st.just(Action.GO), st.integers(0).map(str)),
    st.builds(Pressed, st.just(0), st.sampled_from(Standing)),
    st.builds(Pressed, st.just(0), st.just(Standing.LANGUAGE), st.sampled_from(["en", "zh"])),
    st.builds(JobPressed, st.integers(1, HIGHEST), st.sampled_from(JobAction)),
    st.builds(
        JobPressed, st.integers(1, HIGHEST), st.sampled_from(JobAction), st.integers(1, 10**9 - 1)
    ),
)


@settings(deadline=None)
@given(presses.filter(lambda press: len(getattr(press, "arg", "")) <= 20))
def test_a_press_comes_back_as_it_was(press: Pressed | JobPressed) -> None:
    data = encode(press)

    assert len(data.encode()) <= MAX_BYTES
    assert decode(data) == press


@settings(deadline=None)
@given(st.text(max_size=70))
def test_anything_else_is_a_bad_button(data: str) -> None:
    assert decode(data) == BadButton() or encode(decode(data)) == data  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "data",
    [
        "",
        "p1:5",
        "p1:5:back:",
        "p1:5:back:x",
        "p1:05:back",
        "p1:-5:back",
        "p1:5:explode",
        "p1:5:wear",
        "p1:5:wear:hat",
        "p1:5:tryon",
        "p1:0:go:2",
        "p1:0:language:xx",
        "p2:5:back",
        "p1:٥:back",  # noqa: RUF001  a digit, but not one of ours
        "j1:0:cancel",
        "j1:7:explode",
        "j1:7:cancel:x",
        "j2:7:cancel",
        "p1:1234567890123456789:back",
    ],
)
def test_these_are_no_buttons_of_ours(data: str) -> None:
    assert decode(data) == BadButton()


# --- in groups, where everybody can press --------------------------------------------------


@settings(deadline=None)
@given(
    presses.filter(lambda press: len(getattr(press, "arg", "")) <= 20),
    st.integers(1, 2**52),
    st.integers(1, 2**52),
)
def test_a_prompts_button_in_a_group_works_for_its_owner_alone(
    press: Pressed | JobPressed, owner: int, other: int
) -> None:
    if isinstance(press, Pressed):  # serials count up; those of other versions are Unix times
        press = Pressed(press.serial % 10**10, press.action, press.arg)
        assume(press.serial or press.action in set(Standing))
    ((button,),) = owned(((Button("x", encode(press)),),), owner)

    assert len(button.data.encode()) <= MAX_BYTES
    assert decode_in_group(button.data, owner) == press
    if other != owner and isinstance(press, Pressed):
        assert decode_in_group(button.data, other) == OthersButton()


@pytest.mark.parametrize("data", ["p1:3:go:2", "o1:7:", "o1:x:p1:3:go:2", "o1:7:j1:3:again", "?"])
def test_what_stands_in_no_button_of_a_group_is_no_press(data: str) -> None:
    assert decode_in_group(data, 7) == BadButton()
