"""Several outfits and pictures on one card: what is drawn, what it costs, what is ordered."""

from dataclasses import replace

import pytest

from bot.codec import dump_session, load_session
from bot.dialogue import several
from bot.dialogue.effects import PlaceOrder, Share
from bot.dialogue.states import (
    AwaitGarment,
    AwaitPerson,
    AwaitWear,
    Confirm,
    Draft,
    Idle,
    Outfit,
    Session,
    State,
)
from bot.dialogue.world import Offer
from bot.messages import SideBySide
from bot.orders import Slot, TryOn
from bot.views import prompts
from providers.wishes import Wear
from tests.dialogue.people import (
    ANNA,
    GOWN,
    JEANS,
    PLAIN,
    RICH,
    SERIAL,
    SHIRT,
    WORLD,
    here,
    job,
    photo,
    press,
    sent,
    step_from,
)

STUDIO = replace(
    PLAIN,
    model="damo",
    credits=3,
    cost=950,
    samples=4,
    outfits=3,
    together={Wear.TOP: "half", Wear.OUTFIT: "whole", Wear.DRESS: "whole"},
)
HOUSE = replace(
    WORLD, daily=90, offers=(Offer(RICH, 30.0), Offer(STUDIO, 40.0, 10.0), *WORLD.offers[1:])
)
IN_SHIRT = Draft(person=ANNA, wear=Wear.TOP, top=SHIRT, model="damo")
THREE = Draft(
    person=ANNA,
    wear=Wear.DRESS,
    top=GOWN,
    model="damo",
    samples=2,
    more=(Outfit(Wear.TOP, SHIRT, None), Outfit(Wear.OUTFIT, SHIRT, JEANS)),
)


def order(wear: Wear, top: object, bottom: object = None) -> TryOn:
    return TryOn(wear, ANNA, top, bottom, model="damo")  # type: ignore[arg-type]  # photos


def card(draft: Draft) -> tuple[str, dict[str, str]]:
    content = prompts.prompt(Session(Confirm(draft), SERIAL), HOUSE)
    rows = content.keyboard
    return content.text, {b.data: b.text for row in rows for b in row}


def pressed(draft: Draft, action: str, arg: str = "") -> tuple[State, tuple[object, ...]]:
    return step_from(Confirm(draft), press(action, arg), HOUSE)


def test_the_number_of_pictures_goes_round() -> None:
    draft = IN_SHIRT
    for wished in (2, 3, 4, 1):
        state, effects = pressed(draft, "samples")
        draft = replace(draft, samples=wished)
        assert (state, effects) == (Confirm(draft), here())


def test_another_outfit_is_asked_for_and_comes_onto_the_same_card() -> None:
    state, _ = pressed(IN_SHIRT, "another")
    begun = Draft(person=ANNA, model="damo", more=(Outfit(Wear.TOP, SHIRT, None),))
    assert state == AwaitWear(begun)
    state, _ = step_from(state, press("wear", Wear.OUTFIT), HOUSE)
    assert isinstance(state, AwaitGarment)
    state, _ = step_from(state, sent(SHIRT), HOUSE)
    assert state == AwaitGarment(replace(begun, wear=Wear.OUTFIT, top=SHIRT), Slot.BOTTOM)
    state, _ = step_from(state, sent(JEANS), HOUSE)
    assert state == Confirm(replace(begun, wear=Wear.OUTFIT, top=SHIRT, bottom=JEANS))
    assert load_session(dump_session(Session(state))) == Session(state)


def test_back_from_an_outfit_only_thought_of_leads_to_the_card_as_it_was() -> None:
    state, _ = pressed(IN_SHIRT, "another")
    assert step_from(state, press("back"), HOUSE)[0] == Confirm(IN_SHIRT)


def test_of_the_kinds_only_those_the_chosen_model_draws_are_offered() -> None:
    state, _ = pressed(IN_SHIRT, "another")
    content = prompts.prompt(Session(state, SERIAL), HOUSE)
    data = [button.data for row in content.keyboard for button in row]
    assert "p1:5:wear:dress" in data
    assert "p1:5:wear:bottom" not in data


def test_another_outfit_is_asked_for_as_one_more_and_nobody_is_swapped_any_more() -> None:
    begun = replace(THREE, wear=None, top=None)
    for draft, asked in (
        (begun, "What comes next?"),
        (replace(begun, top=GOWN), "What is the last one on the right?"),
    ):
        content = prompts.prompt(Session(AwaitWear(draft), SERIAL), HOUSE)
        assert asked in content.text
        assert all("swap" not in button.data for row in content.keyboard for button in row)
    assert any("swap" in data for data in card(IN_SHIRT)[1])
    assert not any("swap" in data for data in card(THREE)[1])


def test_one_less_leaves_the_latest_out() -> None:
    state, effects = pressed(THREE, "one_less")
    assert (state, effects) == (
        Confirm(replace(THREE, wear=Wear.OUTFIT, top=SHIRT, bottom=JEANS, more=THREE.more[:1])),
        here(),
    )
    assert pressed(IN_SHIRT, "one_less")[0] == Confirm(IN_SHIRT)


def test_no_more_outfits_than_the_model_takes() -> None:
    assert "p1:5:another" in card(IN_SHIRT)[1]
    assert "p1:5:another" not in card(THREE)[1]
    assert pressed(THREE, "another")[0] == Confirm(THREE)
    plain = replace(IN_SHIRT, model=RICH.model)
    assert not {"p1:5:another", "p1:5:samples", "p1:5:one_less"} & card(plain)[1].keys()


def test_the_card_shows_everything_with_the_price_and_the_time_of_all() -> None:
    text, buttons = card(THREE)
    assert "1. 👕 Top\n2. 👕👖 Top + bottom\n3. 👗 Dress" in text
    assert "18 credits" in text
    assert "6 pictures" in text
    assert "about 60 s" in text
    assert "18 credits" in buttons["p1:5:go:18"]
    assert "2 (up to 4)" in buttons["p1:5:samples"]
    content = prompts.prompt(Session(Confirm(THREE), SERIAL), HOUSE)
    assert content.picture == SideBySide(
        tuple(one.file_id for one in (ANNA, SHIRT, SHIRT, JEANS, GOWN))
    )


def test_go_orders_every_picture_and_says_which_go_together() -> None:
    state, effects = pressed(THREE, "go", "18")
    assert isinstance(state, Idle)
    placed = [one for one in effects if isinstance(one, PlaceOrder)]
    shirt, suit, gown = (
        order(Wear.TOP, SHIRT),
        order(Wear.OUTFIT, SHIRT, JEANS),
        order(Wear.DRESS, GOWN),
    )
    assert placed == [
        PlaceOrder(shirt, SERIAL, 3, 0, Share(0, 0, leads=0)),
        PlaceOrder(shirt, SERIAL, 3, 1, Share(0, 1, leads=0)),
        PlaceOrder(suit, SERIAL, 3, 2, Share(1, 0, leads=2)),
        PlaceOrder(suit, SERIAL, 3, 3, Share(1, 1, leads=2)),
        PlaceOrder(gown, SERIAL, 3, 4, Share(2, 0, leads=2)),
        PlaceOrder(gown, SERIAL, 3, 5, Share(2, 1, leads=2)),
    ]


def test_one_picture_is_an_order_like_any() -> None:
    _, effects = pressed(IN_SHIRT, "go", "3")
    assert PlaceOrder(order(Wear.TOP, SHIRT), SERIAL, 3) in effects


def test_a_model_that_draws_less_says_so_and_throws_nothing_away() -> None:
    state, effects = pressed(THREE, "model")
    assert isinstance(state, Confirm)
    other = state.draft
    assert other.model != "damo"
    assert effects == here("options_changed")
    assert (other.more, other.samples) == (THREE.more, 2)
    text, buttons = card(other)
    assert "last outfit only" in text
    assert "p1:5:one_less" in buttons
    price = next(o.spec.credits for o in HOUSE.offers if o.spec.model == other.model)
    _, effects = pressed(other, "go", str(price))
    placed = [one for one in effects if isinstance(one, PlaceOrder)]
    assert [(one.order.model, one.share) for one in placed] == [(other.model, None)]
    while other.model != "damo":
        state, _ = pressed(other, "model")
        assert isinstance(state, Confirm)
        other = state.draft
    assert other == THREE


@pytest.mark.parametrize(
    ("credits", "budget", "reply"),
    [
        (17, None, "fewer_pictures"),
        (2, None, "cheaper_fits"),
        (90, 6 * 950 - 1, "no_budget"),
        (90, 6 * 950, "ordered"),
    ],
)
def test_all_pictures_must_be_paid(credits: int, budget: int | None, reply: str) -> None:  # noqa: A002  the word
    world = replace(HOUSE, daily=credits, budget=budget)
    _, effects = step_from(Confirm(THREE), press("go", "18"), world)
    assert reply in {getattr(one, "key", "") for one in effects}


def test_an_order_of_several_counts_as_one() -> None:
    world = replace(HOUSE, jobs=tuple(job(n, "running") for n in range(4)))
    _, effects = step_from(Confirm(THREE), press("go", "18"), world)
    assert sum(isinstance(one, PlaceOrder) for one in effects) == 6


def test_a_new_photo_of_the_person_is_for_all_outfits() -> None:
    ben = photo("ben")
    state, _ = step_from(AwaitPerson(THREE), sent(ben), HOUSE)
    assert state == Confirm(replace(THREE, person=ben))
    assert {one.person for one in several.orders(replace(THREE, person=ben), HOUSE)} == {ben}
