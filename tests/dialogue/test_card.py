"""The confirm card: toggles, ways back, and Go with everything that can refuse it."""

from dataclasses import replace

import pytest

from bot.dialogue import step
from bot.dialogue.effects import Effect, PlaceOrder, Reply, Show
from bot.dialogue.events import Command, Event
from bot.dialogue.states import (
    AwaitConsent,
    AwaitGarment,
    AwaitPerson,
    AwaitWear,
    Confirm,
    Draft,
    Idle,
    Session,
    State,
)
from bot.dialogue.world import Feature, Offer, World
from bot.orders import Slot, TryOn
from providers.wishes import Face, Size, Wear
from tests.dialogue.people import (
    ANNA,
    CHEAP,
    JEANS,
    PLAIN,
    RICH,
    SERIAL,
    SHIRT,
    WORLD,
    here,
    job,
    press,
    sent,
    step_from,
)

IN_SHIRT = Draft(person=ANNA, wear=Wear.TOP, top=SHIRT, model=RICH.model)
DRESSED = Draft(person=ANNA, wear=Wear.OUTFIT, top=SHIRT, bottom=JEANS, model=RICH.model)
CHOSEN = replace(IN_SHIRT, face=Face.NEW, size=Size.W720)
ORDER = TryOn(wear=Wear.TOP, person=ANNA, top=SHIRT, bottom=None, model=RICH.model)

WAYS: dict[str, tuple[State, Event, State, tuple[Effect, ...]]] = {
    "the face turns to a new one": (
        Confirm(IN_SHIRT), press("face"), Confirm(replace(IN_SHIRT, face=Face.NEW)), here()),
    "and back": (
        Confirm(replace(IN_SHIRT, face=Face.NEW)), press("face"), Confirm(IN_SHIRT), here()),
    "the size turns to the next": (
        Confirm(IN_SHIRT), press("size"), Confirm(replace(IN_SHIRT, size=Size.W576)), here()),
    "the quality turns to the next model": (
        Confirm(CHOSEN), press("model"), Confirm(replace(CHOSEN, model=CHEAP.model)), here()),
    "what the next model does not offer falls away and is told": (
        Confirm(replace(CHOSEN, model=CHEAP.model)), press("model"),
        Confirm(replace(IN_SHIRT, model=PLAIN.model)), here("options_changed")),
    "only models that can do this are offered": (
        Confirm(Draft(person=ANNA, wear=Wear.BOTTOM, bottom=JEANS, model=CHEAP.model)),
        press("model"),
        Confirm(Draft(person=ANNA, wear=Wear.BOTTOM, bottom=JEANS, model=RICH.model)), here()),
    "person and top trade places": (
        Confirm(IN_SHIRT), press("swap", "person"),
        Confirm(replace(IN_SHIRT, person=SHIRT, top=ANNA)), here()),
    "person and bottom trade places": (
        Confirm(Draft(person=ANNA, wear=Wear.BOTTOM, bottom=JEANS, model=RICH.model)),
        press("swap", "person"),
        Confirm(Draft(person=JEANS, wear=Wear.BOTTOM, bottom=ANNA, model=RICH.model)), here()),
    "top and bottom trade places": (
        Confirm(DRESSED), press("swap", "garments"),
        Confirm(replace(DRESSED, top=JEANS, bottom=SHIRT)), here()),
    "a single garment has nothing to trade with": (
        Confirm(IN_SHIRT), press("swap", "garments"),
        Confirm(IN_SHIRT), (Reply("stale.Confirm"),)),
    "other garments": (
        Confirm(IN_SHIRT), press("garments"), AwaitWear(IN_SHIRT), here()),
    "another person": (
        Confirm(IN_SHIRT), press("person"), AwaitPerson(IN_SHIRT), here()),
    "go places the order": (
        Confirm(IN_SHIRT), press("go", "2"), Idle(),
        (PlaceOrder(ORDER, SERIAL, 2), Reply("ordered"))),
    "go orders what was chosen": (
        Confirm(CHOSEN), press("go", "2"), Idle(),
        (PlaceOrder(replace(ORDER, face=Face.NEW, size=Size.W720), SERIAL, 2), Reply("ordered"))),
    "go orders only what is worn": (
        Confirm(replace(DRESSED, wear=Wear.TOP)), press("go", "2"), Idle(),
        (PlaceOrder(ORDER, SERIAL, 2), Reply("ordered"))),
    "a price the card did not show is shown first": (
        Confirm(IN_SHIRT), press("go", "1"),
        Confirm(IN_SHIRT), here("price_changed", "price_changed", alert=True)),
    "a card without a price is shown anew": (
        Confirm(replace(IN_SHIRT, model=None)), press("go"),
        Confirm(IN_SHIRT), here("price_changed", "price_changed", alert=True)),
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
def test_the_card_does_what_its_buttons_say(
    way: tuple[State, Event, State, tuple[Effect, ...]],
) -> None:
    state, event, expected_state, expected_effects = way

    assert step_from(state, event) == (expected_state, expected_effects)


REFUSALS: dict[str, tuple[World, str]] = {
    "nothing can draw it": (replace(WORLD, offers=()), "no_model"),
    "the house limit is reached": (replace(WORLD, offers=(), budget_left=False), "no_budget"),
    "the house limit is reached with models there": (
        replace(WORLD, budget_left=False), "no_budget"),
    "too many orders are under way": (
        replace(WORLD, jobs=tuple(job(n, "queued") for n in range(1, 6))), "too_many_orders"),
    "a cheaper quality would fit": (replace(WORLD, daily=1), "cheaper_fits"),
    "no credits are left": (replace(WORLD, daily=0), "no_credits"),
    "the member has used all they may here": (
        replace(WORLD, pool=True, daily=20, limit=3, used_here=3), "no_credits"),
    "the member may use a little more": (
        replace(WORLD, pool=True, daily=20, limit=3, used_here=2), "cheaper_fits"),
    "the group does not try on": (
        replace(WORLD, features=frozenset({Feature.RESTYLE})), "try_on_off"),
}  # fmt: skip


@pytest.mark.parametrize(("world", "line"), REFUSALS.values(), ids=REFUSALS.keys())
def test_go_is_refused_with_a_reason_and_the_card_stays(world: World, line: str) -> None:
    assert step_from(Confirm(IN_SHIRT), press("go", "2"), world) == (
        Confirm(IN_SHIRT),
        (Reply(line, alert=True),),
    )


@pytest.mark.parametrize("toggle", ["face", "size", "model"])
def test_toggles_do_nothing_while_nothing_can_draw(toggle: str) -> None:
    reached = step_from(Confirm(IN_SHIRT), press(toggle), replace(WORLD, offers=()))

    assert reached == (Confirm(IN_SHIRT), (Reply("no_model", alert=True),))


def test_the_card_begins_with_the_best_quality_that_can_be_paid() -> None:
    at_hand = AwaitGarment(Draft(person=ANNA, wear=Wear.TOP), Slot.TOP)
    offered = []
    for left in (2, 1, 0):
        after, _ = step_from(at_hand, sent(SHIRT), replace(WORLD, daily=left))
        assert isinstance(after, Confirm)
        offered.append(after.draft.model)
    assert offered == [RICH.model, CHEAP.model, RICH.model]


def test_extra_credits_pay_what_the_allowance_does_not() -> None:
    _, effects = step_from(Confirm(IN_SHIRT), press("go", "2"), replace(WORLD, daily=1, extra=1))

    assert PlaceOrder(ORDER, SERIAL, 2) in effects


def test_a_model_that_went_away_is_replaced_before_anything_is_ordered() -> None:
    without = replace(WORLD, offers=(Offer(CHEAP, 10.0),))
    changed = replace(IN_SHIRT, model=CHEAP.model)

    assert step_from(Confirm(IN_SHIRT), press("go", "2"), without) == (
        Confirm(changed),
        here("model_changed", "model_changed", alert=True),
    )
    assert step_from(Confirm(IN_SHIRT), press("face"), without) == (
        Confirm(replace(changed, face=Face.NEW)),
        here("model_changed"),
    )


def test_an_option_the_model_no_longer_offers_is_shown_before_anything_is_ordered() -> None:
    poorer = replace(WORLD, offers=(Offer(replace(RICH, faces=(Face.KEEP,)), 30.0),))
    draft = replace(IN_SHIRT, face=Face.NEW)

    assert step_from(Confirm(draft), press("go", "2"), poorer) == (
        Confirm(IN_SHIRT),
        here("options_changed", "options_changed", alert=True),
    )


def test_the_second_tap_on_go_hears_what_the_first_one_did() -> None:
    card = Session(Confirm(IN_SHIRT), SERIAL, card=SERIAL)

    ordered, _ = step(card, press("go", "2"), WORLD)
    again, effects = step(ordered, press("go", "2"), WORLD)

    assert again == ordered == Session(Idle(), SERIAL, last_person=ANNA, card=SERIAL)
    assert effects == (Reply("ordered"),)


def test_the_next_prompt_leaves_the_progress_of_the_last_order_alone() -> None:
    card = Session(Confirm(IN_SHIRT), SERIAL, card=SERIAL)

    ordered, _ = step(card, press("go", "2"), WORLD)
    next_one, effects = step(ordered, Command("tryon"), WORLD)

    assert effects == (Show(),)
    assert (next_one.serial, next_one.card) == (SERIAL + 1, SERIAL + 1)


def test_prompts_in_place_share_their_message() -> None:
    card = Session(Confirm(IN_SHIRT), SERIAL, card=3)

    turned, effects = step(card, press("face"), WORLD)

    assert (turned.serial, turned.card) == (SERIAL + 1, 3)
    assert Show(in_place=True) in effects


def test_nothing_is_ordered_without_consent() -> None:
    reached = step_from(Confirm(IN_SHIRT), press("go", "2"), replace(WORLD, consented=False))

    assert reached == (AwaitConsent(IN_SHIRT), here())
