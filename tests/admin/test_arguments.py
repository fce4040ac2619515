"""What operators write behind a command, as a table."""

import pytest

from bot.handlers.admin.arguments import Fault, Handle, Misread, PersonId, Wanted, Words

BEN = PersonId(1002)


def words(text: str) -> Words:
    return Words(tuple(text.split()))


@pytest.mark.parametrize(
    ("text", "replied", "found", "left"),
    [
        ("@ben 5", None, Handle("ben"), ("5",)),
        ("@Ben_1", None, Handle("Ben_1"), ()),
        ("1002 5 a b", None, BEN, ("5", "a", "b")),
        ("5", BEN, BEN, ("5",)),
        ("5 because", BEN, BEN, ("5", "because")),
        ("@anna 5", BEN, Handle("anna"), ("5",)),
        ("", BEN, BEN, ()),
    ],
)
def test_who_is_meant(
    text: str, replied: Wanted | None, found: Wanted, left: tuple[str, ...]
) -> None:
    said = words(text)

    assert (said.who(replied), said.left) == (found, left)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", Fault.NO_WHO),
        ("ben", Fault.WHO),
        ("@", Fault.WHO),
        ("@bén", Fault.WHO),
        ("@ben@anna", Fault.WHO),
        ("-5", Fault.WHO),
        ("0", Fault.WHO),
        ("12345678901234567", Fault.WHO),
    ],
)
def test_nobody_can_be_meant_by_that(text: str, fault: Fault) -> None:
    with pytest.raises(Misread) as misread:
        words(text).who()

    assert misread.value.fault is fault


@pytest.mark.parametrize(("text", "number"), [("5", 5), ("+5", 5), ("-3", -3), ("007", 7)])
def test_whole_numbers(text: str, number: int) -> None:
    assert words(text).number() == number


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", Fault.NO_NUMBER),
        ("five", Fault.NUMBER),
        ("1.5", Fault.NUMBER),
        ("1_000", Fault.NUMBER),
        ("--1", Fault.NUMBER),
        ("1000001", Fault.RANGE),
        ("-1000001", Fault.RANGE),
        ("99999999999999", Fault.NUMBER),
    ],
)
def test_what_is_no_amount(text: str, fault: Fault) -> None:
    with pytest.raises(Misread) as misread:
        words(text).number()

    assert misread.value.fault is fault


def test_a_reason_is_what_is_left_and_not_too_long() -> None:
    assert words("happy birthday").rest() == "happy birthday"
    assert words("").rest() is None
    with pytest.raises(Misread):
        words("x" * 201).rest()


def test_nothing_may_be_left_over() -> None:
    words("").end()
    with pytest.raises(Misread) as misread:
        words("what now").end()
    assert (misread.value.fault, misread.value.word) == (Fault.MORE, "what")
