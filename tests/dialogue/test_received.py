"""What photos become: albums, single photos in a row, late items, flaws and refusals."""

from dataclasses import replace

import pytest

from bot.dialogue import step
from bot.dialogue.effects import Effect, Say, Show
from bot.dialogue.events import Event, PhotosSent, Refusal
from bot.dialogue.states import (
    AwaitConsent,
    AwaitGarment,
    AwaitPerson,
    AwaitRole,
    AwaitWear,
    Confirm,
    Draft,
    Idle,
    Session,
    State,
)
from bot.orders import Flaw, Slot
from providers.wishes import Face, Wear
from tests.dialogue.people import (
    ANNA,
    BEN,
    GOWN,
    JEANS,
    RICH,
    SHIRT,
    WORLD,
    below,
    photo,
    sent,
    step_from,
)

NOTHING = Draft()
SOMEBODY = Draft(person=ANNA)
UNNAMED = Draft(person=ANNA, top=SHIRT)
TOP = Draft(person=ANNA, wear=Wear.TOP)
IN_SHIRT = Draft(person=ANNA, wear=Wear.TOP, top=SHIRT, model=RICH.model)
DRESSED = Draft(person=ANNA, wear=Wear.OUTFIT, top=SHIRT, bottom=JEANS, model=RICH.model)
DARK = photo("dark", Flaw.DARK, Flaw.SMALL)
DARK_SHIRT = photo("dark shirt", Flaw.DARK)

WAYS: dict[str, tuple[State, Event, State, tuple[Effect, ...]]] = {
    "a single photo is asked about": (
        Idle(), sent(SHIRT), AwaitRole(NOTHING, SHIRT), (Show(),)),
    "a single photo under the card is asked about": (
        Confirm(IN_SHIRT), sent(JEANS), AwaitRole(IN_SHIRT, JEANS), below()),
    "an album of two is a person and a garment": (
        Idle(), sent(ANNA, SHIRT, album="a"), AwaitWear(UNNAMED), (Show(),)),
    "an album of three is a person, a top and a bottom": (
        Idle(), sent(ANNA, SHIRT, JEANS, album="a"), Confirm(DRESSED), (Show(),)),
    "of a larger album the first three are used": (
        Idle(), sent(ANNA, SHIRT, JEANS, GOWN, BEN, album="a"),
        Confirm(DRESSED), (Show(note="album_many"),)),
    "the same photo twice in an album is one": (
        Idle(), sent(ANNA, ANNA, album="a"), AwaitRole(NOTHING, ANNA), (Show(),)),
    "an album instead of the person is the whole set": (
        AwaitPerson(NOTHING), sent(ANNA, SHIRT, album="a"), AwaitWear(UNNAMED), below()),
    "an album instead of the person keeps the kind that was chosen": (
        AwaitPerson(Draft(wear=Wear.TOP)), sent(ANNA, SHIRT, album="a"),
        Confirm(IN_SHIRT), below()),
    "two photos for somebody known are top and bottom": (
        AwaitWear(SOMEBODY), sent(SHIRT, JEANS, album="a"), Confirm(DRESSED), below()),
    "two photos instead of one garment are top and bottom": (
        AwaitGarment(TOP, Slot.TOP), sent(SHIRT, JEANS, album="a"), Confirm(DRESSED), below()),
    "three photos for somebody known are a whole new set": (
        AwaitWear(Draft(person=BEN)), sent(ANNA, SHIRT, JEANS, album="a"),
        Confirm(DRESSED), below()),
    "an album under the card begins a new set": (
        Confirm(DRESSED), sent(BEN, GOWN, album="a"),
        AwaitWear(Draft(person=BEN, top=GOWN, model=RICH.model)), below()),
    "two single photos in a row are read like an album of two": (
        AwaitRole(NOTHING, ANNA), sent(SHIRT), AwaitWear(UNNAMED), below()),
    "the same photo twice in a row is still asked about": (
        AwaitRole(NOTHING, ANNA), sent(ANNA), AwaitRole(NOTHING, ANNA), below()),
    "a newer photo is asked about instead of the one before": (
        AwaitRole(IN_SHIRT, JEANS), sent(GOWN), AwaitRole(IN_SHIRT, GOWN), below()),
    "a third single photo is asked about": (
        AwaitWear(UNNAMED), sent(JEANS), AwaitRole(UNNAMED, JEANS), below()),
    "the person's own photo is no garment": (
        AwaitGarment(TOP, Slot.TOP), sent(ANNA), AwaitGarment(TOP, Slot.TOP), below("same_photo")),
    "the garment's photo is no person": (
        AwaitPerson(Draft(wear=Wear.TOP, top=SHIRT)), sent(SHIRT),
        AwaitPerson(Draft(wear=Wear.TOP, top=SHIRT)), below("same_photo")),
    "the person's own photo is no garment of unknown kind": (
        AwaitWear(SOMEBODY), sent(ANNA), AwaitWear(SOMEBODY), below("same_photo")),
    "a flawed photo is taken with a warning": (
        AwaitPerson(NOTHING), sent(DARK), AwaitWear(Draft(person=DARK)), below("flaw.dark")),
    "a card names the flaws itself": (
        AwaitGarment(TOP, Slot.TOP), sent(DARK_SHIRT),
        Confirm(replace(IN_SHIRT, top=DARK_SHIRT)), below()),
    "a refused photo is explained in the middle": (
        AwaitPerson(NOTHING), PhotosSent((), (Refusal.TOO_SMALL,)),
        AwaitPerson(NOTHING), below("refused.too_small")),
    "a refused photo is explained when nothing is going on": (
        Idle(), PhotosSent((), (Refusal.UNREADABLE,)), Idle(), (Say("refused.unreadable"),)),
    "the usable photos of an album are used, the others explained": (
        Idle(), PhotosSent((ANNA, SHIRT), (Refusal.TOO_LARGE,), "a"),
        AwaitWear(UNNAMED), (Show(note="refused.too_large"),)),
    "a message without any picture is explained": (
        Idle(), PhotosSent(()), Idle(), (Say("refused.not_a_picture"),)),
}  # fmt: skip

LATE: dict[str, tuple[State, Event, State, tuple[Effect, ...]]] = {
    "the rest of an album joins its first photo": (
        AwaitRole(NOTHING, ANNA), sent(SHIRT, JEANS, album="a"), Confirm(DRESSED), below()),
    "a late second photo joins the first": (
        AwaitRole(NOTHING, ANNA), sent(SHIRT, album="a"), AwaitWear(UNNAMED), below()),
    "a late third photo is the bottom": (
        AwaitWear(UNNAMED), sent(JEANS, album="a"), Confirm(DRESSED), below()),
    "a late photo is the garment where one is missing": (
        AwaitWear(SOMEBODY), sent(SHIRT, album="a"), AwaitWear(UNNAMED), below()),
    "a late pair joins the person as top and bottom": (
        AwaitWear(SOMEBODY), sent(SHIRT, JEANS, album="a"), Confirm(DRESSED), below()),
    "of a late pair the first is the person, the other is left out aloud": (
        AwaitPerson(replace(IN_SHIRT, person=None)), sent(ANNA, JEANS, album="a"),
        Confirm(IN_SHIRT), below("album_late")),
    "a late pair is an outfit where one garment was waited for": (
        AwaitGarment(TOP, Slot.TOP), sent(SHIRT, JEANS, album="a"), Confirm(DRESSED), below()),
    "a late photo is the garment that is waited for": (
        AwaitGarment(TOP, Slot.TOP), sent(SHIRT, album="a"), Confirm(IN_SHIRT), below()),
    "a late photo is left out once everything is there": (
        Confirm(DRESSED), sent(GOWN, album="a"), Confirm(DRESSED), below("album_late")),
    "a late photo is left out where its role was asked among others": (
        AwaitRole(IN_SHIRT, GOWN), sent(JEANS, album="a"),
        AwaitRole(IN_SHIRT, GOWN), below("album_late")),
    "a late photo is left out once all is over": (
        Idle(), sent(GOWN, album="a"), Idle(), (Say("album_late"),)),
    "a late photo waits for consent with the others": (
        AwaitConsent(NOTHING, (ANNA,)), sent(SHIRT, album="a"),
        AwaitConsent(NOTHING, (ANNA, SHIRT)), below()),
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
def test_photos_become_what_one_expects(
    way: tuple[State, Event, State, tuple[Effect, ...]],
) -> None:
    state, event, expected_state, expected_effects = way

    assert step_from(state, event) == (expected_state, expected_effects)


@pytest.mark.parametrize("way", LATE.values(), ids=LATE.keys())
def test_late_items_of_an_album_are_recognised(
    way: tuple[State, Event, State, tuple[Effect, ...]],
) -> None:
    state, event, expected_state, expected_effects = way

    reached = step_from(state, event, last_album="a")

    assert reached == (expected_state, expected_effects)


def test_an_album_is_remembered_when_it_is_taken() -> None:
    after, _ = step(Session(), sent(ANNA, SHIRT, album="a"), WORLD)
    assert after.last_album == "a"

    after, _ = step(Session(last_album="a"), PhotosSent((), (Refusal.VIDEO,), "b"), WORLD)
    assert after.last_album == "a"


def test_options_chosen_before_survive_a_new_set_of_photos() -> None:
    draft = replace(DRESSED, face=Face.NEW)

    state, _ = step_from(Confirm(draft), sent(BEN, GOWN, JEANS, album="a"))

    assert state == Confirm(replace(draft, person=BEN, top=GOWN))


def test_photos_of_somebody_who_took_back_consent_wait_for_it() -> None:
    unsettled = replace(WORLD, consented=False)

    state, _ = step_from(AwaitGarment(TOP, Slot.TOP), sent(SHIRT), unsettled)

    assert state == AwaitConsent(TOP, (SHIRT,))


def test_consent_given_elsewhere_counts_here_too() -> None:
    state, _ = step_from(AwaitConsent(NOTHING, (ANNA,)), sent(SHIRT))

    assert state == AwaitWear(UNNAMED)


def test_of_many_photos_before_consent_only_what_can_be_used_is_kept() -> None:
    unsettled = replace(WORLD, consented=False)

    state, _ = step_from(Idle(), sent(ANNA, SHIRT, JEANS, GOWN, BEN, album="a"), unsettled)

    assert state == AwaitConsent(NOTHING, (ANNA, SHIRT, JEANS, GOWN))
