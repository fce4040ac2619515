"""What the editors are told, kind of order by kind: short enough, and each photo by its name."""

import re

import pytest

from providers import prompts
from providers.messages import photos
from providers.wishes import Face, TryOnRequest, Wear

GARMENTS = {
    Wear.TOP: ["top"],
    Wear.BOTTOM: ["bottom"],
    Wear.OUTFIT: ["top", "bottom"],
    Wear.DRESS: ["dress"],
}
UNCHANGED = ("body shape", "pose", "hands", "background", "light", "camera angle", "framing")
ORDERS = [(wear, face) for wear in Wear for face in Face]


def said(text: str) -> dict[int, str]:
    """Return what the first sentence about each image calls it."""
    found: dict[int, str] = {}
    for number, words in re.findall(r"Image (\d)(?:, the last one)?: ([^.]*)\.", text):
        found[int(number)] = words
    return found


@pytest.mark.parametrize(("wear", "face"), ORDERS)
def test_every_photo_is_named_in_the_order_of_the_message(wear: Wear, face: Face) -> None:
    named = said(prompts.try_on(wear, face))
    garments = GARMENTS[wear]
    assert list(named) == list(range(1, len(garments) + 2))
    for place, garment in enumerate(garments, start=1):
        assert re.match(rf"an? {garment}\b", named[place])
    assert named[len(garments) + 1] == "the person"

    request = TryOnRequest(
        "person",
        "top" if {"top", "dress"} & set(garments) else None,
        "bottom" if "bottom" in garments else None,
        wear,
        face,
    )
    assert len(photos(request)) == len(named)
    assert photos(request)[-1] == "person"


@pytest.mark.parametrize(("wear", "face"), ORDERS)
def test_no_photo_is_spoken_of_that_the_message_does_not_have(wear: Wear, face: Face) -> None:
    text = prompts.try_on(wear, face)
    numbers = {int(number) for number in re.findall(r"[Ii]mage (\d+)", text)}
    assert numbers == set(range(1, len(GARMENTS[wear]) + 2))


@pytest.mark.parametrize(("wear", "face"), ORDERS)
def test_everything_but_the_clothes_is_pinned(wear: Wear, face: Face) -> None:
    text = prompts.try_on(wear, face)
    last = len(GARMENTS[wear]) + 1
    pinned = re.search(rf"Keep ([^.]*) of image {last} unchanged", text)
    assert pinned is not None
    assert all(what in pinned[1] for what in UNCHANGED)
    assert ("same person" in text) is (face is Face.KEEP)
    assert ("another natural face" in text) is (face is Face.NEW)


@pytest.mark.parametrize(
    ("wear", "kept"),
    [
        (Wear.TOP, "trousers or skirt, shoes and accessories"),
        (Wear.BOTTOM, "top, shoes and accessories"),
        (Wear.OUTFIT, "shoes and accessories"),
        (Wear.DRESS, "shoes and accessories"),
    ],
)
def test_the_clothes_that_are_not_ordered_stay(wear: Wear, kept: str) -> None:
    assert f"Their {kept} stay exactly as they are." in prompts.try_on(wear, Face.KEEP)


@pytest.mark.parametrize(("wear", "face"), ORDERS)
def test_every_instruction_is_read_to_its_end(wear: Wear, face: Face) -> None:
    assert len(prompts.try_on(wear, face)) <= prompts.LONGEST


def test_every_order_has_its_own_instruction() -> None:
    assert len({prompts.try_on(wear, face) for wear, face in ORDERS}) == len(ORDERS)
