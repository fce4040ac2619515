"""The guided way: consent, person, what to wear, garments; forward, back and out."""

from dataclasses import replace

import pytest

from bot.dialogue import step
from bot.dialogue.effects import Effect, GiveConsent, Reply, Retire, Say, Show
from bot.dialogue.events import Command, Event, Pressed, Refusal, Said, Unusable
from bot.dialogue.states import (
    AwaitConsent,
    AwaitGarment,
    AwaitPerson,
    AwaitRole,
    AwaitWear,
    Confirm,
    Draft,
    Idle,
    Look,
    Project,
    Session,
    State,
)
from bot.dialogue.world import World
from bot.orders import Photo, Slot
from providers.wishes import Wear
from tests.dialogue.people import (
    ANNA,
    BEN,
    GOWN,
    JEANS,
    RICH,
    SHIRT,
    WORLD,
    below,
    here,
    job,
    press,
    sent,
    step_from,
)

NOTHING = Draft()
SOMEBODY = Draft(person=ANNA)
TOP = Draft(person=ANNA, wear=Wear.TOP)
IN_SHIRT = Draft(person=ANNA, wear=Wear.TOP, top=SHIRT, model=RICH.model)
IN_JEANS = Draft(person=ANNA, wear=Wear.BOTTOM, bottom=JEANS, model=RICH.model)
HALF_DRESSED = Draft(person=ANNA, wear=Wear.OUTFIT, top=SHIRT)
DRESSED = Draft(person=ANNA, wear=Wear.OUTFIT, top=SHIRT, bottom=JEANS, model=RICH.model)
UNNAMED = Draft(person=ANNA, top=SHIRT)
WITHOUT_CONSENT = replace(WORLD, consented=False)

FORWARD: dict[str, tuple[State, Event, State, tuple[Effect, ...]]] = {
    "tryon begins with the person": (
        Idle(), Command("tryon"), AwaitPerson(NOTHING), (Show(),)),
    "tryon in the middle begins anew": (
        Confirm(IN_SHIRT), Command("tryon"), AwaitPerson(NOTHING), below()),
    "after the person comes what to wear": (
        AwaitPerson(NOTHING), sent(ANNA), AwaitWear(SOMEBODY), below()),
    "a new photo replaces the person": (
        AwaitPerson(SOMEBODY), sent(BEN), AwaitWear(Draft(person=BEN)), below()),
    "a top needs its photo": (
        AwaitWear(SOMEBODY), press("wear", "top"), AwaitGarment(TOP, Slot.TOP), here()),
    "a bottom needs its photo": (
        AwaitWear(SOMEBODY), press("wear", "bottom"),
        AwaitGarment(replace(SOMEBODY, wear=Wear.BOTTOM), Slot.BOTTOM), here()),
    "a dress needs its photo": (
        AwaitWear(SOMEBODY), press("wear", "dress"),
        AwaitGarment(replace(SOMEBODY, wear=Wear.DRESS), Slot.TOP), here()),
    "an outfit begins with the top": (
        AwaitWear(SOMEBODY), press("wear", "outfit"),
        AwaitGarment(replace(SOMEBODY, wear=Wear.OUTFIT), Slot.TOP), here()),
    "the top's photo leads to the card": (
        AwaitGarment(TOP, Slot.TOP), sent(SHIRT), Confirm(IN_SHIRT), below()),
    "after an outfit's top comes its bottom": (
        AwaitGarment(replace(SOMEBODY, wear=Wear.OUTFIT), Slot.TOP), sent(SHIRT),
        AwaitGarment(HALF_DRESSED, Slot.BOTTOM), below()),
    "an outfit's bottom leads to the card": (
        AwaitGarment(HALF_DRESSED, Slot.BOTTOM), sent(JEANS), Confirm(DRESSED), below()),
    "a garment before its kind is asked about": (
        AwaitWear(SOMEBODY), sent(SHIRT), AwaitWear(UNNAMED), below()),
    "naming the kind of a garment leads to the card": (
        AwaitWear(UNNAMED), press("wear", "top"), Confirm(IN_SHIRT), here()),
    "a garment named a bottom is put there": (
        AwaitWear(Draft(person=ANNA, top=JEANS)), press("wear", "bottom"),
        Confirm(IN_JEANS), here()),
    "a garment named half an outfit needs the other half": (
        AwaitWear(UNNAMED), press("wear", "outfit"),
        AwaitGarment(HALF_DRESSED, Slot.BOTTOM), here()),
    "person and garment trade places before they are named": (
        AwaitWear(UNNAMED), press("swap", "person"),
        AwaitWear(Draft(person=SHIRT, top=ANNA)), here()),
}  # fmt: skip

BACK: dict[str, tuple[State, Event, State, tuple[Effect, ...]]] = {
    "back from the first step leads out": (
        AwaitPerson(NOTHING), press("back"), Idle(), here()),
    "back from the person of a complete order leads to its card": (
        AwaitPerson(IN_SHIRT), press("back"), Confirm(IN_SHIRT), here()),
    "back from the person asks again what the garment is": (
        AwaitPerson(Draft(wear=Wear.TOP, top=SHIRT)), press("back"),
        AwaitRole(NOTHING, SHIRT), here()),
    "back from what to wear leads to the person": (
        AwaitWear(SOMEBODY), press("back"), AwaitPerson(SOMEBODY), here()),
    "back from the garment leads to what to wear": (
        AwaitGarment(TOP, Slot.TOP), press("back"), AwaitWear(TOP), here()),
    "back from an outfit's bottom leads to its top": (
        AwaitGarment(HALF_DRESSED, Slot.BOTTOM), press("back"),
        AwaitGarment(HALF_DRESSED, Slot.TOP), here()),
    "back from the card leads to its last garment": (
        Confirm(DRESSED), press("back"), AwaitGarment(DRESSED, Slot.BOTTOM), here()),
    "back from a dress's card leads to the dress": (
        Confirm(replace(IN_SHIRT, wear=Wear.DRESS)), press("back"),
        AwaitGarment(replace(IN_SHIRT, wear=Wear.DRESS), Slot.TOP), here()),
    "back from the role of a first photo drops it": (
        AwaitRole(NOTHING, SHIRT), press("back"), Idle(), here()),
    "back from the role of a further photo leaves it out": (
        AwaitRole(IN_SHIRT, GOWN), press("back"), Confirm(IN_SHIRT), here()),
    "keep goes on with the person": (
        AwaitPerson(SOMEBODY), press("keep"), AwaitWear(SOMEBODY), here()),
    "keep goes back to the card": (
        AwaitWear(IN_SHIRT), press("keep"), Confirm(IN_SHIRT), here()),
    "keep the garment goes back to the card": (
        AwaitGarment(IN_SHIRT, Slot.TOP), press("keep"), Confirm(IN_SHIRT), here()),
    "keep an outfit's top asks for its bottom": (
        AwaitGarment(DRESSED, Slot.TOP), press("keep"), AwaitGarment(DRESSED, Slot.BOTTOM), here()),
    "the same kind once more asks for another photo": (
        AwaitWear(IN_SHIRT), press("wear", "top"), AwaitGarment(IN_SHIRT, Slot.TOP), here()),
    "another kind keeps the photo": (
        AwaitWear(IN_SHIRT), press("wear", "dress"),
        Confirm(replace(IN_SHIRT, wear=Wear.DRESS)), here()),
    "one half of an outfit can be left out": (
        AwaitWear(DRESSED), press("wear", "bottom"),
        Confirm(replace(DRESSED, wear=Wear.BOTTOM)), here()),
}  # fmt: skip

ROLES: dict[str, tuple[State, Event, State, tuple[Effect, ...]]] = {
    "me leads to what to wear": (
        AwaitRole(NOTHING, ANNA), press("role", "person"), AwaitWear(SOMEBODY), here()),
    "a top needs a person": (
        AwaitRole(NOTHING, SHIRT), press("role", "top"),
        AwaitPerson(Draft(wear=Wear.TOP, top=SHIRT)), here()),
    "a bottom needs a person": (
        AwaitRole(NOTHING, JEANS), press("role", "bottom"),
        AwaitPerson(Draft(wear=Wear.BOTTOM, bottom=JEANS)), here()),
    "a dress needs a person": (
        AwaitRole(NOTHING, GOWN), press("role", "dress"),
        AwaitPerson(Draft(wear=Wear.DRESS, top=GOWN)), here()),
    "another person replaces the first": (
        AwaitRole(IN_SHIRT, BEN), press("role", "person"),
        Confirm(replace(IN_SHIRT, person=BEN)), here()),
    "another top replaces the first": (
        AwaitRole(DRESSED, GOWN), press("role", "top"),
        Confirm(replace(DRESSED, top=GOWN)), here()),
    "a bottom joins the top": (
        AwaitRole(IN_SHIRT, JEANS), press("role", "bottom"), Confirm(DRESSED), here()),
    "a top joins the bottom": (
        AwaitRole(IN_JEANS, SHIRT), press("role", "top"), Confirm(DRESSED), here()),
    "a bottom joins a garment nobody named": (
        AwaitRole(UNNAMED, JEANS), press("role", "bottom"), Confirm(DRESSED), here()),
    "a dress replaces what was worn": (
        AwaitRole(DRESSED, GOWN), press("role", "dress"),
        Confirm(replace(DRESSED, wear=Wear.DRESS, top=GOWN, bottom=None)), here()),
    "a top replaces a dress": (
        AwaitRole(replace(IN_SHIRT, wear=Wear.DRESS, top=GOWN), SHIRT), press("role", "top"),
        Confirm(IN_SHIRT), here()),
}  # fmt: skip

NOT_UNDERSTOOD: dict[str, tuple[State, Event, State, tuple[Effect, ...]]] = {
    "words instead of a photo": (
        AwaitPerson(NOTHING), Said("hello"), AwaitPerson(NOTHING), below("no_words")),
    "words instead of a garment": (
        AwaitGarment(TOP, Slot.TOP), Said("red"), AwaitGarment(TOP, Slot.TOP), below("no_words")),
    "words instead of a choice": (
        AwaitWear(SOMEBODY), Said("a top"), AwaitWear(SOMEBODY), below("use_buttons")),
    "words under the card": (
        Confirm(IN_SHIRT), Said("go"), Confirm(IN_SHIRT), below("use_buttons")),
    "words when nothing is going on": (
        Idle(), Said("hello"), Idle(), (Say("hint"),)),
    "a sticker in the middle": (
        AwaitPerson(NOTHING), Unusable(Refusal.STICKER),
        AwaitPerson(NOTHING), below("refused.sticker")),
    "a voice message when nothing is going on": (
        Idle(), Unusable(Refusal.VOICE), Idle(), (Say("refused.voice"),)),
    "an unknown command in the middle": (
        Confirm(IN_SHIRT), Command("grant", "5"), Confirm(IN_SHIRT), below("not_known")),
    "an unknown command when nothing is going on": (
        Idle(), Command("grant", "5"), Idle(), (Say("unknown_command"),)),
    "a button that makes no sense": (
        Confirm(IN_SHIRT), press("explode"), Confirm(IN_SHIRT), (Reply("bad_button"),)),
    "a choice that does not exist": (
        AwaitWear(SOMEBODY), press("wear", "hat"), AwaitWear(SOMEBODY), (Reply("bad_button"),)),
    "an older button while something is put together": (
        Confirm(IN_SHIRT), Pressed(3, "wear", "top"), Confirm(IN_SHIRT), (Reply("stale.Confirm"),)),
    "an older button when nothing is going on": (
        Idle(), Pressed(3, "back"), Idle(), (Reply("stale.Idle"),)),
    "a button of another step under this prompt": (
        AwaitPerson(NOTHING), press("go", "2"),
        AwaitPerson(NOTHING), (Reply("stale.AwaitPerson"),)),
    "keep where there is nothing to keep": (
        AwaitPerson(NOTHING), press("keep"), AwaitPerson(NOTHING), (Reply("stale.AwaitPerson"),)),
    "last where there is no last": (
        AwaitPerson(NOTHING), press("last"), AwaitPerson(NOTHING), (Reply("stale.AwaitPerson"),)),
}  # fmt: skip

EVERYTHING = FORWARD | BACK | ROLES | NOT_UNDERSTOOD


@pytest.mark.parametrize("way", EVERYTHING.values(), ids=EVERYTHING.keys())
def test_a_step_leads_where_one_expects(
    way: tuple[State, Event, State, tuple[Effect, ...]],
) -> None:
    state, event, expected_state, expected_effects = way

    assert step_from(state, event) == (expected_state, expected_effects)


def test_the_last_person_is_taken_by_one_tap() -> None:
    reached = step_from(AwaitPerson(NOTHING), press("last"), last_person=BEN)

    assert reached == (AwaitWear(Draft(person=BEN)), here())


def test_tryon_asks_for_consent_first() -> None:
    assert step_from(Idle(), Command("tryon"), WITHOUT_CONSENT) == (
        AwaitConsent(NOTHING),
        (Show(),),
    )


def test_photos_sent_before_consent_are_kept_and_used_after_it() -> None:
    waiting, effects = step_from(Idle(), sent(ANNA, SHIRT, album="a"), WITHOUT_CONSENT)
    assert (waiting, effects) == (AwaitConsent(NOTHING, (ANNA, SHIRT)), (Show(),))

    agreed = step_from(waiting, press("agree"), WITHOUT_CONSENT)
    assert agreed == (AwaitWear(UNNAMED), (GiveConsent(), *here()))


@pytest.mark.parametrize(("name", "project"), [("tryon", NOTHING), ("restyle", Look())])
def test_photos_that_wait_for_consent_survive_a_command(name: str, project: Project) -> None:
    waiting = AwaitConsent(Look() if name == "tryon" else NOTHING, (ANNA,))
    begun, _ = step_from(waiting, Command(name), WITHOUT_CONSENT)

    assert begun == AwaitConsent(project, (ANNA,))


def test_single_photos_before_consent_add_up() -> None:
    waiting, effects = step_from(AwaitConsent(NOTHING, (ANNA,)), sent(SHIRT), WITHOUT_CONSENT)

    assert (waiting, effects) == (AwaitConsent(NOTHING, (ANNA, SHIRT)), below())


@pytest.mark.parametrize(
    ("photos", "expected"),
    [
        ((), AwaitPerson(NOTHING)),
        ((SHIRT,), AwaitRole(NOTHING, SHIRT)),
        ((ANNA, SHIRT, JEANS), Confirm(DRESSED)),
    ],
)
def test_consent_goes_on_with_whatever_was_sent(photos: tuple[Photo, ...], expected: State) -> None:
    state, effects = step_from(AwaitConsent(NOTHING, photos), press("agree"), WITHOUT_CONSENT)

    assert state == expected
    assert GiveConsent() in effects


def test_declining_keeps_nothing() -> None:
    waiting = Session(AwaitConsent(NOTHING, (ANNA,)), serial=5, last_person=BEN, card=5)

    assert step(waiting, press("decline"), WITHOUT_CONSENT) == (
        Session(Idle(), serial=6, card=5),
        here("declined"),
    )


@pytest.mark.parametrize(
    "state",
    [
        AwaitConsent(NOTHING, (ANNA,)),
        AwaitPerson(NOTHING),
        AwaitWear(SOMEBODY),
        AwaitGarment(TOP, Slot.TOP),
        AwaitRole(NOTHING, SHIRT),
        Confirm(IN_SHIRT),
    ],
)
def test_cancel_leads_out_of_every_step(state: State) -> None:
    assert step_from(state, Command("cancel")) == (Idle(), below("cancelled"))
    if not isinstance(state, AwaitConsent):
        assert step_from(state, press("cancel")) == (Idle(), here("cancelled"))


def test_cancelling_a_draft_leaves_orders_alone_and_says_so() -> None:
    busy = replace(WORLD, jobs=(job(state="running"),))

    assert step_from(Confirm(IN_SHIRT), Command("cancel"), busy) == (
        Idle(),
        below("cancelled_orders_run"),
    )


def test_start_leaves_everything_and_welcomes() -> None:
    assert step_from(Confirm(IN_SHIRT), Command("start")) == (Idle(), (Say("welcome"), Retire(5)))
    assert step_from(Idle(), Command("start", "payload")) == (Idle(), (Say("welcome"),))


@pytest.mark.parametrize(
    ("world", "note"),
    [
        (replace(WORLD, offers=()), "no_model"),
        (replace(WORLD, offers=(), budget_left=False), "no_budget"),
        (replace(WORLD, daily=0), "no_credits"),
    ],
)
def test_what_stands_in_the_way_is_said_at_the_beginning(world: World, note: str) -> None:
    assert step_from(Idle(), Command("tryon"), world) == (
        AwaitPerson(NOTHING),
        (Show(note=note),),
    )
