"""Keeping one's own other half: what the card offers, what is ordered, what it costs."""

from dataclasses import replace

import pytest

from bot.dialogue.drafts import draft_from, order_of, settled
from bot.dialogue.effects import PlaceOrder
from bot.dialogue.states import Confirm, Draft, Session
from bot.dialogue.world import Offer
from bot.orders import choose, cost, cost_at_most, draws, fitted, halves_of, moved, staged
from bot.views.prompts import prompt
from providers import aitryon, qwen, wan
from providers.wishes import Face, OtherHalf, Size, Wear
from tests.dialogue.people import (
    ANNA,
    JEANS,
    ORDER,
    PLAIN,
    SERIAL,
    SHIRT,
    WORLD,
    here,
    press,
    step_from,
)

NEW, KEEP = OtherHalf.NEW, OtherHalf.KEEP
PLUS, WAN = aitryon.SPECS[1], wan.SPECS[0]
OFFERED = replace(WORLD, offers=(Offer(PLUS, 30.0), Offer(WAN, 20.0), Offer(PLAIN, 20.0)))
IN_SHIRT = Draft(person=ANNA, wear=Wear.TOP, top=SHIRT, model=PLUS.model)
KEPT = replace(IN_SHIRT, half=KEEP)
ORDERED = replace(ORDER, model=PLUS.model)
OUTFIT = Draft(person=ANNA, wear=Wear.OUTFIT, top=SHIRT, bottom=JEANS, model=PLUS.model)


def buttons(draft: Draft) -> list[str]:
    shown = prompt(Session(Confirm(draft), SERIAL), OFFERED)
    return [button.text for row in shown.keyboard for button in row]


def test_the_card_turns_between_ones_own_and_the_models_choice() -> None:
    kept, effects = step_from(Confirm(IN_SHIRT), press("half"), OFFERED)
    assert (kept, effects) == (Confirm(KEPT), here())
    assert step_from(kept, press("half"), OFFERED) == (Confirm(IN_SHIRT), here())


def test_the_card_names_the_half_that_is_left_over() -> None:
    assert "👖 Bottom: the model's choice" in buttons(IN_SHIRT)
    assert "👖 Bottom: my own" in buttons(KEPT)
    jeans = Draft(person=ANNA, wear=Wear.BOTTOM, bottom=JEANS, model=PLUS.model)
    assert "👕 Top: the model's choice" in buttons(jeans)
    assert "👕 Top: my own" in buttons(replace(jeans, half=KEEP))


@pytest.mark.parametrize(
    "draft",
    [
        OUTFIT,
        replace(OUTFIT, wear=Wear.DRESS),
        replace(IN_SHIRT, model=WAN.model),  # keeps it by itself
        replace(IN_SHIRT, model=PLAIN.model),  # cannot keep it
    ],
)
def test_where_there_is_no_choice_none_is_shown(draft: Draft) -> None:
    assert not any("my own" in text or "choice" in text for text in buttons(draft))


def test_go_orders_what_the_card_shows() -> None:
    _, effects = step_from(Confirm(KEPT), press("go", "2"), OFFERED)
    order = replace(ORDERED, half=KEEP)
    assert PlaceOrder(order, SERIAL, 2) in effects
    assert draft_from(order) == KEPT


def test_a_wish_survives_models_that_keep_it_and_is_told_where_it_falls_away() -> None:
    state, effects = step_from(Confirm(KEPT), press("model"), OFFERED)
    assert (state, effects) == (Confirm(replace(KEPT, model=WAN.model)), here())
    state, effects = step_from(state, press("model"), OFFERED)
    assert state == Confirm(replace(IN_SHIRT, model=PLAIN.model))
    assert effects == here("options_changed")


def test_who_does_not_care_is_told_of_no_change() -> None:
    state, effects = step_from(Confirm(IN_SHIRT), press("model"), OFFERED)
    assert (state, effects) == (Confirm(replace(IN_SHIRT, model=WAN.model)), here())


def test_a_wish_for_more_than_one_garment_means_nothing() -> None:
    assert settled(replace(OUTFIT, half=KEEP), OFFERED) == OUTFIT
    order = order_of(replace(OUTFIT, half=KEEP), OFFERED)
    assert order is not None
    assert order.half is NEW


def test_the_first_model_that_can_keep_it_is_chosen() -> None:
    specs = (PLAIN, WAN, PLUS)
    assert choose(specs, Wear.TOP, Face.KEEP, Size.ORIGINAL, None, KEEP) is WAN
    assert choose(specs, Wear.DRESS, Face.KEEP, Size.ORIGINAL, None, KEEP) is PLAIN


def test_an_order_that_moves_keeps_the_wish_where_it_can_be_kept() -> None:
    order = replace(ORDERED, half=KEEP)
    assert draws(WAN, order)
    assert not draws(PLAIN, order)
    assert draws(WAN, ORDERED)
    assert moved(order, WAN) == replace(order, model=WAN.model)
    assert fitted(order, PLAIN) == replace(ORDERED, model=PLAIN.model)


def test_only_a_helper_makes_a_stage_and_costs_four_thousandths() -> None:
    order = replace(ORDERED, half=KEEP)
    assert staged(order, PLUS) is PLUS.keeps_with
    assert staged(ORDERED, PLUS) is None
    assert staged(order, WAN) is None
    assert staged(replace(order, wear=Wear.DRESS), PLUS) is None
    assert cost(order, PLUS) == cost(ORDERED, PLUS) + 4 == 504
    assert cost_at_most(PLUS) == 504
    assert cost(order, WAN) == cost(ORDERED, WAN)


def test_what_each_service_says_of_itself() -> None:
    assert {spec.halves for spec in aitryon.SPECS} == {(NEW, KEEP)}
    assert {spec.halves for spec in (*wan.SPECS, *qwen.SPECS)} == {(KEEP,)}
    assert halves_of(WAN, Wear.TOP) == (NEW, KEEP)
    assert halves_of(PLUS, Wear.OUTFIT) == (NEW,)
