"""Refining a picture: where it is offered, what is asked once, and what Go orders."""

from dataclasses import replace

import pytest

from bot.codec import dump_order, dump_session, load_order, load_session
from bot.dialogue.effects import PlaceOrder, Reply, SetGender, Show
from bot.dialogue.events import JobPressed
from bot.dialogue.states import (
    AwaitConsent,
    AwaitGarment,
    AwaitGender,
    AwaitPerson,
    ConfirmRefine,
    Idle,
    Refinement,
    Session,
)
from bot.dialogue.world import JobFacts, Offer, World
from bot.orders import Refine, Slot, TryOn, cost, draws, moved, photos_of, refinable, staged
from bot.views import progress
from bot.views.prompts import prompt
from providers import aitryon, refiner, wan
from providers.causes import Cause
from providers.wishes import Face, Gender, OtherHalf, Size, Wear
from tests.dialogue.people import ANNA, JEANS, ORDER, SERIAL, SHIRT, WORLD, here, job, photo, press
from tests.dialogue.people import step_from as taken

PLUS, HD = aitryon.SPECS[1], refiner.SPEC
TRIED = replace(ORDER, model=PLUS.model)
DRAWN = replace(job(), order=TRIED, stored="picture-7", refines_with=HD.model)
OFFERED = replace(WORLD, offers=(*WORLD.offers, Offer(HD, 13.0)), job=DRAWN)
DRAFT = Refinement(TRIED, "picture-7", photo("result-7"), HD.model)
WOMAN = replace(DRAFT, gender=Gender.WOMAN)
REFINE = Refine(TRIED, "picture-7", photo("result-7"), Gender.WOMAN, HD.model)
PRESSED = JobPressed(7, "refine")
BELOW = (Show(), Reply())


def test_who_is_on_the_picture_is_asked_once_and_remembered() -> None:
    assert taken(Idle(), PRESSED, OFFERED) == (AwaitGender(DRAFT), BELOW)
    state, effects = taken(AwaitGender(DRAFT), press("gender", "woman"), OFFERED)
    assert state == ConfirmRefine(WOMAN)
    assert effects == (SetGender(Gender.WOMAN), *here())
    known = replace(OFFERED, gender=Gender.WOMAN)
    assert taken(Idle(), PRESSED, known) == (ConfirmRefine(WOMAN), BELOW)


def test_the_card_corrects_it() -> None:
    state, effects = taken(ConfirmRefine(WOMAN), press("gender", "man"), OFFERED)
    assert state == ConfirmRefine(replace(WOMAN, gender=Gender.MAN))
    assert SetGender(Gender.MAN) in effects


def test_the_card_shows_picture_price_and_time() -> None:
    shown = prompt(Session(ConfirmRefine(WOMAN), SERIAL), OFFERED)
    assert "1 credit" in shown.text
    assert "15 s" in shown.text
    names = [button.text for row in shown.keyboard for button in row]
    assert names[:2] == ["✨ Go · 1 credit", "👩 On the picture: a woman"]


def test_go_orders_it_once() -> None:
    state, effects = taken(ConfirmRefine(WOMAN), press("go", "1"), OFFERED)
    assert (state, effects) == (Idle(), (PlaceOrder(REFINE, SERIAL, 1), Reply("ordered")))


REFUSALS: dict[str, tuple[World, str]] = {
    "nobody refines now": (WORLD, "no_refine"),
    "the house limit is reached": (replace(WORLD, budget_left=False), "no_budget"),
    "the house limit is reached with somebody there": (
        replace(OFFERED, budget_left=False), "no_budget"),
    "too many orders": (
        replace(OFFERED, jobs=tuple(job(n, "queued") for n in range(1, 6))), "too_many_orders"),
    "no credits": (replace(OFFERED, daily=0), "no_credits"),
}  # fmt: skip


@pytest.mark.parametrize(("world", "line"), REFUSALS.values(), ids=REFUSALS.keys())
def test_go_is_refused_with_a_reason_and_the_card_stays(world: World, line: str) -> None:
    state, effects = taken(ConfirmRefine(WOMAN), press("go", "1"), world)
    assert (state, effects) == (ConfirmRefine(WOMAN), (Reply(line, alert=True),))


def test_a_price_the_card_did_not_show_is_shown_first() -> None:
    state, effects = taken(ConfirmRefine(WOMAN), press("go", "9"), OFFERED)
    assert state == ConfirmRefine(WOMAN)
    assert effects == here("price_changed", "price_changed", alert=True)


@pytest.mark.parametrize(
    ("found", "line", "alert"),
    [
        (replace(DRAWN, stored=None), "refine_gone", True),
        (replace(DRAWN, picture=None), "not_ready", False),
        (replace(DRAWN, refines_with=None), "bad_button", False),
        (replace(DRAWN, order=REFINE), "bad_button", False),
        (None, "bad_button", False),
    ],
)
def test_where_it_cannot_begin_the_button_says_why(
    found: JobFacts | None, line: str, *, alert: bool
) -> None:
    reached = taken(Idle(), PRESSED, replace(OFFERED, job=found))
    assert reached == (Idle(), (Reply(line, alert=alert),))


def test_nobody_to_do_it_is_said_at_once() -> None:
    reached = taken(Idle(), PRESSED, replace(WORLD, job=DRAWN))
    assert reached == (Idle(), (Reply("no_refine", alert=True),))


def test_it_waits_for_consent_and_goes_on_after_it() -> None:
    without = replace(OFFERED, consented=False)
    assert taken(Idle(), PRESSED, without)[0] == AwaitConsent(DRAFT)
    assert taken(AwaitConsent(DRAFT), press("agree"), without)[0] == AwaitGender(DRAFT)


def test_back_leaves_the_picture_as_it_is() -> None:
    for state in (AwaitGender(DRAFT), ConfirmRefine(WOMAN)):
        assert taken(state, press("back"), OFFERED)[0] == Idle()


def test_below_a_refined_picture_everything_leads_on() -> None:
    refined = replace(OFFERED, job=replace(DRAWN, order=REFINE))
    assert taken(Idle(), JobPressed(7, "again"), refined)[0] == ConfirmRefine(WOMAN)
    garment = taken(Idle(), JobPressed(7, "other_garment"), refined)[0]
    assert isinstance(garment, AwaitGarment)
    assert isinstance(taken(Idle(), JobPressed(7, "other_person"), refined)[0], AwaitPerson)


ALLOWED = [
    (TRIED, True),
    (replace(TRIED, wear=Wear.DRESS), True),
    (replace(TRIED, wear=Wear.OUTFIT, bottom=JEANS), True),
    (replace(TRIED, wear=Wear.BOTTOM, top=None, bottom=JEANS), False),
    (replace(TRIED, face=Face.NEW), False),
    (replace(TRIED, size=Size.W576), False),
]


@pytest.mark.parametrize(("order", "allowed"), ALLOWED)
def test_only_what_the_first_stage_allows_is_refined(order: TryOn, *, allowed: bool) -> None:
    assert refinable(order, PLUS) is allowed
    assert not refinable(order, wan.SPECS[0])


def test_the_button_stands_only_where_it_may() -> None:
    for refine in (True, False):
        shown = progress.result("en", 7, TRIED, PLUS.model, 20.0, refine=refine)
        names = [button.text for row in shown.keyboard for button in row]
        assert ("🔍 Refine (HD)" in names) is refine
    assert not refinable(REFINE, HD)


def test_the_order_is_made_of_the_photos_of_the_first() -> None:
    assert photos_of(REFINE) == {Slot.PERSON: ANNA, Slot.TOP: SHIRT}
    assert draws(HD, REFINE)
    assert not draws(PLUS, REFINE)
    assert moved(REFINE, replace(HD, model="other")) == replace(REFINE, model="other")
    kept = replace(REFINE, of=replace(TRIED, half=OtherHalf.KEEP), keeps=True)
    assert staged(kept, HD) is HD.keeps_with
    assert staged(REFINE, HD) is None
    assert (cost(REFINE, HD), cost(kept, HD)) == (300, 304)


def test_it_is_stored_and_read_like_the_others() -> None:
    assert load_order(dump_order(REFINE)) == REFINE
    for state in (AwaitGender(DRAFT), ConfirmRefine(WOMAN), AwaitConsent(DRAFT)):
        session = Session(state, SERIAL)
        assert load_session(dump_session(session)) == session


def test_what_went_wrong_is_told_in_its_own_words() -> None:
    gone = progress.failed("en", Cause.PHOTO_GONE, 1, job_id=7, order=REFINE)
    assert "24 hours" in gone.text
    assert (
        "order again with another"
        not in progress.failed("en", Cause.MODEL_GONE, 1, job_id=7, order=REFINE).text
    )
