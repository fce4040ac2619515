"""What can be asked for at any time: commands, the menu, and buttons under orders."""

from dataclasses import replace

import pytest

from bot.dialogue.effects import (
    CancelJob,
    Effect,
    Reply,
    Say,
    SendBeforeAfter,
    SendOriginal,
    SetLanguage,
    Show,
)
from bot.dialogue.events import BadButton, Command, JobPressed, Pressed
from bot.dialogue.states import (
    AwaitConsent,
    AwaitGarment,
    AwaitPerson,
    AwaitWear,
    Confirm,
    Draft,
    Idle,
    State,
)
from bot.dialogue.world import Feature, JobFacts, Offer, World
from bot.orders import Slot
from providers.wishes import Face, Wear
from tests.dialogue.people import (
    ANNA,
    CHEAP,
    ORDER,
    PLAIN,
    RICH,
    SHIRT,
    WORLD,
    below,
    job,
    step_from,
)

IN_SHIRT = Draft(person=ANNA, wear=Wear.TOP, top=SHIRT, model=RICH.model)
WITHOUT_CONSENT = replace(WORLD, consented=False)


def with_job(state: str = "done", **changes: object) -> World:
    return replace(WORLD, job=replace(job(state=state), **changes))  # type: ignore[arg-type]


# --- commands and the menu -----------------------------------------------------------


@pytest.mark.parametrize("name", ["quota", "help", "language"])
@pytest.mark.parametrize("state", [Idle(), Confirm(IN_SHIRT)])
def test_questions_are_answered_without_moving(name: str, state: State) -> None:
    assert step_from(state, Command(name)) == (state, (Say(name),))
    assert step_from(state, Pressed(0, name)) == (state, (Say(name), Reply()))


def test_the_menu_begins_an_order() -> None:
    assert step_from(Idle(), Pressed(0, "tryon")) == (AwaitPerson(Draft()), (Show(), Reply()))


def test_the_menu_goes_on_with_what_is_being_put_together() -> None:
    assert step_from(Confirm(IN_SHIRT), Pressed(0, "tryon")) == (
        Confirm(IN_SHIRT),
        (*below(), Reply("going_on")),
    )


@pytest.mark.parametrize(
    ("state", "world"),
    [(AwaitPerson(Draft()), WORLD), (AwaitConsent(Draft()), WITHOUT_CONSENT)],
)
def test_a_double_tap_on_the_menu_asks_only_once(state: State, world: World) -> None:
    assert step_from(state, Pressed(0, "tryon"), world) == (state, (Reply("going_on"),))


def test_a_language_is_chosen_by_a_button() -> None:
    chosen = Pressed(0, "language", "zh")

    assert step_from(Idle(), chosen) == (
        Idle(),
        (SetLanguage("zh"), Say("language_set"), Reply()),
    )
    assert step_from(AwaitWear(Draft(person=ANNA)), chosen) == (
        AwaitWear(Draft(person=ANNA)),
        (SetLanguage("zh"), *below("language_set"), Reply()),
    )


def test_the_menu_knows_no_actions_of_prompts() -> None:
    assert step_from(Confirm(IN_SHIRT), Pressed(0, "go", "2")) == (
        Confirm(IN_SHIRT),
        (Reply("bad_button"),),
    )


def test_a_button_of_nobody_is_answered() -> None:
    assert step_from(Idle(), BadButton()) == (Idle(), (Reply("bad_button"),))


# --- cancelling orders ---------------------------------------------------------------

CANCELLING: list[tuple[str, str, tuple[Effect, ...]]] = [
    ("queued", "cancel_done", (CancelJob(7),)),
    ("preparing", "cancel_done", (CancelJob(7),)),
    ("submitting", "cancel_asked", (CancelJob(7),)),
    ("running", "cancel_asked", (CancelJob(7),)),
    ("collecting", "cancel_too_late", ()),
    ("delivering", "cancel_too_late", ()),
    ("done", "cancel_too_late", ()),
    ("failed", "cancel_too_late", ()),
    ("cancelled", "cancel_too_late", ()),
]


@pytest.mark.parametrize(("state", "line", "deeds"), CANCELLING)
def test_an_order_is_cancelled_while_it_can_be(
    state: str, line: str, deeds: tuple[Effect, ...]
) -> None:
    pressed = step_from(Idle(), JobPressed(7, "cancel"), with_job(state))
    assert pressed == (Idle(), (*deeds, Reply(line)))

    commanded = step_from(Idle(), Command("cancel"), replace(WORLD, jobs=(job(state=state),)))
    assert commanded == (Idle(), (*deeds, Say(line)))


def test_an_order_that_is_being_drawn_can_no_longer_be_stopped() -> None:
    pressed = step_from(Idle(), JobPressed(7, "cancel"), with_job("running", begun=True))

    assert pressed == (Idle(), (Reply("cancel_too_late"),))


def test_of_several_orders_one_is_chosen() -> None:
    busy = replace(WORLD, jobs=(job(1, "running"), job(2, "queued")))

    assert step_from(Idle(), Command("cancel"), busy) == (Idle(), (Say("which_to_cancel"),))


def test_nothing_to_cancel_is_said() -> None:
    assert step_from(Idle(), Command("cancel")) == (Idle(), (Say("nothing_to_cancel"),))


# --- buttons under a result ----------------------------------------------------------


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        ("again", Confirm(IN_SHIRT)),
        ("new_face", Confirm(replace(IN_SHIRT, face=Face.NEW))),
        ("other_garment", AwaitGarment(IN_SHIRT, Slot.TOP)),
        ("other_person", AwaitPerson(IN_SHIRT)),
    ],
)
def test_a_result_leads_straight_to_the_next_order(action: str, expected: State) -> None:
    pressed = JobPressed(7, action)

    assert step_from(Idle(), pressed, with_job()) == (expected, (Show(), Reply()))
    assert step_from(AwaitWear(Draft()), pressed, with_job()) == (expected, (*below(), Reply()))


def test_a_bottoms_only_result_asks_for_another_bottom() -> None:
    order = replace(ORDER, wear=Wear.BOTTOM, top=None, bottom=SHIRT)

    state, _ = step_from(Idle(), JobPressed(7, "other_garment"), with_job(order=order))

    assert state == AwaitGarment(
        Draft(person=ANNA, wear=Wear.BOTTOM, bottom=SHIRT, model=RICH.model), Slot.BOTTOM
    )


@pytest.mark.parametrize("action", ["again", "new_face", "other_garment", "other_person"])
def test_a_result_of_somebody_without_consent_asks_for_it(action: str) -> None:
    world = replace(with_job(), consented=False)

    assert step_from(Idle(), JobPressed(7, action), world) == (
        AwaitConsent(IN_SHIRT),
        (Show(), Reply()),
    )


def test_again_with_a_model_that_is_gone_says_what_changes() -> None:
    world = replace(with_job(), offers=(Offer(CHEAP, 10.0),))

    assert step_from(Idle(), JobPressed(7, "again"), world) == (
        Confirm(replace(IN_SHIRT, model=CHEAP.model)),
        (Show(note="model_changed"), Reply()),
    )


def test_a_new_face_goes_to_a_model_that_draws_one() -> None:
    world = replace(with_job(order=replace(ORDER, model=PLAIN.model)))

    state, _ = step_from(Idle(), JobPressed(7, "new_face"), world)

    assert state == Confirm(replace(IN_SHIRT, face=Face.NEW))


def test_a_new_face_that_nobody_draws_is_declined() -> None:
    world = replace(with_job(), offers=(Offer(PLAIN, 10.0),))

    assert step_from(Idle(), JobPressed(7, "new_face"), world) == (
        Idle(),
        (Reply("no_new_face", alert=True),),
    )


PICTURES: list[tuple[JobFacts, str, tuple[Effect, ...]]] = [
    (job(), "original", (SendOriginal(7), Reply("original_comes"))),
    (replace(job(), has_original=False), "original", (Reply("original_gone", alert=True),)),
    (job(state="running"), "original", (Reply("not_ready"),)),
    (job(), "before_after", (SendBeforeAfter(7), Reply("before_after_comes"))),
    (job(state="delivering"), "before_after", (SendBeforeAfter(7), Reply("before_after_comes"))),
    (job(state="failed"), "before_after", (Reply("not_ready"),)),
]


@pytest.mark.parametrize(("facts", "action", "effects"), PICTURES)
def test_pictures_are_sent_again_if_there_are_any(
    facts: JobFacts, action: str, effects: tuple[Effect, ...]
) -> None:
    reached = step_from(Idle(), JobPressed(7, action), replace(WORLD, job=facts))

    assert reached == (Idle(), effects)


@pytest.mark.parametrize(
    "action",
    ["cancel", "again", "new_face", "other_garment", "other_person", "original", "before_after"],
)
def test_somebody_elses_order_is_nobodys_business(action: str) -> None:
    assert step_from(Idle(), JobPressed(8, action)) == (Idle(), (Reply("bad_button"),))


@pytest.mark.parametrize("feature", Feature)
def test_what_a_group_has_turned_off_does_not_begin(feature: Feature) -> None:
    world = replace(WORLD, features=frozenset(Feature) - {feature})
    command = Command({Feature.TRY_ON: "tryon", Feature.RESTYLE: "restyle"}[feature])
    assert step_from(Idle(), command, world) == (Idle(), (Say(f"{feature}_off"),))
