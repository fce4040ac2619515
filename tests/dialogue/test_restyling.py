"""The way to a restyle: portrait, gallery, card, Go; and what can go otherwise."""

from dataclasses import replace

import pytest

from bot.codec import dump_order, dump_session, load_order, load_session
from bot.dialogue import step
from bot.dialogue.effects import PlaceOrder, Reply
from bot.dialogue.events import Command, JobPressed, Pressed
from bot.dialogue.states import (
    AwaitConsent,
    AwaitPortrait,
    AwaitRole,
    AwaitStylePicture,
    AwaitStyles,
    ConfirmLook,
    Draft,
    Idle,
    Look,
    Session,
)
from bot.dialogue.words import Line
from bot.dialogue.world import Feature, Offer, World
from bot.orders import Restyle
from bot.views import prompts
from providers.styles import Style
from tests.dialogue.people import (
    ANNA,
    BEN,
    ORDER,
    PAINTER,
    RESTYLE,
    SERIAL,
    WORLD,
    below,
    here,
    job,
    photo,
    press,
    sent,
    step_from,
)

COMIC, ANIME, FRESH = Style.RETRO_COMIC, Style.ANIME, Style.FRESH
TICKED = Look(ANNA, (COMIC, ANIME))
CARD = replace(TICKED, model=PAINTER.model)
SMALL = replace(photo("small"), width=200, height=300)


def test_the_command_asks_for_a_portrait_and_the_portrait_leads_to_the_gallery() -> None:
    state, effects = step_from(AwaitPortrait(Look()), Command("restyle"))
    assert (state, effects) == (AwaitPortrait(Look()), below())
    assert step_from(state, sent(ANNA)) == (AwaitStyles(Look(ANNA)), below())


def test_whoever_has_not_agreed_is_asked_first_and_then_goes_on_with_the_portrait() -> None:
    asked, _ = step(Session(), Command("restyle"), replace(WORLD, consented=False))
    assert asked.state == AwaitConsent(Look())
    waiting, _ = step(asked, sent(ANNA), replace(WORLD, consented=False))
    assert load_session(dump_session(waiting)) == waiting
    agreed, _ = step(waiting, Pressed(waiting.serial, "agree"), WORLD)
    assert agreed.state == AwaitStyles(Look(ANNA))


def test_styles_are_ticked_and_unticked() -> None:
    state, effects = step_from(AwaitStyles(Look(ANNA)), press("style", ANIME))
    assert (state, effects) == (AwaitStyles(Look(ANNA, (ANIME,))), here())
    assert step_from(state, press("style", ANIME))[0] == AwaitStyles(Look(ANNA))


def test_no_more_styles_can_be_ticked_than_orders_may_be_open() -> None:
    one = replace(WORLD, max_open_jobs=1)
    state, effects = step_from(AwaitStyles(Look(ANNA, (COMIC,))), press("style", ANIME), one)
    assert state == AwaitStyles(Look(ANNA, (COMIC,)))
    assert effects == (Reply(Line.STYLES_FULL, alert=True),)


def test_going_on_without_a_style_is_explained() -> None:
    _, effects = step_from(AwaitStyles(Look(ANNA)), press("on"))
    assert effects == (Reply(Line.NO_STYLE_YET, alert=True),)


def test_the_style_of_a_picture_asks_for_the_picture() -> None:
    state, _ = step_from(AwaitStyles(Look(ANNA)), press("style", Style.OF_PICTURE))
    assert state == AwaitStylePicture(Look(ANNA))
    assert step_from(state, sent(ANNA))[1] == below(Line.SAME_PHOTO)
    card, _ = step_from(state, sent(BEN))
    assert card == ConfirmLook(Look(ANNA, (Style.OF_PICTURE,), BEN, PAINTER.model))


@pytest.mark.parametrize(
    ("state", "back"),
    [
        (AwaitPortrait(Look()), Idle()),
        (AwaitPortrait(CARD), ConfirmLook(CARD)),
        (AwaitStyles(TICKED), AwaitPortrait(TICKED)),
        (AwaitStylePicture(TICKED), AwaitStyles(TICKED)),
        (AwaitStylePicture(replace(TICKED, styles=(Style.OF_PICTURE,))), AwaitStyles(Look(ANNA))),
        (ConfirmLook(CARD), AwaitStyles(CARD)),
    ],
)
def test_back_keeps_what_was_chosen(state: AwaitPortrait, back: AwaitPortrait) -> None:
    assert step_from(state, press("back"))[0] == back
    assert step_from(state, press("cancel"))[0] == Idle()


def test_a_photo_at_the_gallery_or_card_is_another_portrait() -> None:
    for kind in (AwaitStyles, ConfirmLook):
        state, effects = step_from(kind(CARD), sent(BEN))
        assert (state, effects) == (kind(replace(CARD, person=BEN)), below(Line.NEW_PORTRAIT))


def test_of_an_album_the_first_photo_is_taken() -> None:
    state, effects = step_from(AwaitPortrait(Look()), sent(ANNA, BEN, album="a"))
    assert (state, effects) == (AwaitStyles(Look(ANNA)), below(Line.ONE_PORTRAIT))


def test_a_portrait_too_small_for_the_model_is_refused_before_it_costs_anything() -> None:
    state, effects = step_from(AwaitPortrait(Look()), sent(SMALL))
    assert (state, effects) == (AwaitPortrait(Look()), below(Line.PORTRAIT_SMALL))
    assert step_from(AwaitRole(Draft(), SMALL), press("restyle"))[1] == here(Line.PORTRAIT_SMALL)


def test_go_places_an_order_for_each_style() -> None:
    state, effects = step_from(ConfirmLook(CARD), press("go", "2"))
    assert state == Idle()
    assert effects == (
        PlaceOrder(Restyle(ANNA, COMIC, PAINTER.model), SERIAL, 1, part=0),
        PlaceOrder(Restyle(ANNA, ANIME, PAINTER.model), SERIAL, 1, part=1),
        Reply(Line.ORDERED),
    )


@pytest.mark.parametrize(
    ("world", "line"),
    [
        (replace(WORLD, daily=1), Line.FEWER_FIT),
        (replace(WORLD, daily=0), Line.NO_CREDITS),
        (replace(WORLD, limit=4, used_here=3), Line.FEWER_FIT),
        (replace(WORLD, features=frozenset({Feature.TRY_ON})), Line.RESTYLE_OFF),
        (replace(WORLD, budget=200), Line.NO_BUDGET),  # two cost 240
        (replace(WORLD, jobs=tuple(job(n, "queued") for n in range(4))), Line.TOO_MANY_STYLES),
        (replace(WORLD, offers=()), Line.NO_MODEL),
    ],
)
def test_go_says_why_not(world: World, line: Line) -> None:
    state, effects = step_from(ConfirmLook(CARD), press("go", "2"), world)
    assert (state, effects) == (ConfirmLook(CARD), (Reply(line, alert=True),))


def test_go_shows_the_card_again_where_the_price_is_another_one() -> None:
    dearer = replace(WORLD, offers=(Offer(replace(PAINTER, credits=2), 18.0),))
    state, effects = step_from(ConfirmLook(CARD), press("go", "2"), dearer)
    assert state == ConfirmLook(CARD)
    assert effects == here(Line.PRICE_CHANGED, Line.PRICE_CHANGED, alert=True)


def test_styles_that_are_no_longer_offered_fall_away_and_that_is_said() -> None:
    fewer = replace(WORLD, offers=(Offer(replace(PAINTER, styles=(ANIME,)), 18.0),))
    state, effects = step_from(ConfirmLook(CARD), press("go", "2"), fewer)
    assert state == ConfirmLook(replace(CARD, styles=(ANIME,)))
    assert effects == here(Line.STYLES_CHANGED)


def test_a_photo_nobody_has_named_can_be_restyled() -> None:
    assert step_from(AwaitRole(Draft(), ANNA), press("restyle"))[0] == AwaitStyles(Look(ANNA))


def test_the_buttons_under_results_lead_on() -> None:
    tried, restyled = (replace(WORLD, job=job(order=order)) for order in (ORDER, RESTYLE))

    def after(action: str, world: World) -> object:
        return step_from(Idle(), JobPressed(7, action), world)[0]

    result = photo("result-7")
    assert after("restyle", tried) == AwaitStyles(Look(result))
    assert after("other_style", restyled) == AwaitStyles(Look(ANNA, model=PAINTER.model))
    assert after("again", restyled) == ConfirmLook(Look(ANNA, (ANIME,), None, PAINTER.model))
    assert after("other_person", restyled) == AwaitPortrait(
        Look(ANNA, (ANIME,), None, PAINTER.model)
    )
    assert after("other_garment", restyled) == Idle()
    assert after("new_face", restyled) == Idle()
    assert after("other_style", tried) == Idle()


def test_orders_and_sessions_of_the_first_program_still_load() -> None:
    stored = dump_order(ORDER).replace('"is":"TryOn",', "").replace(',"is":"TryOn"', "")
    assert '"is"' not in stored
    assert load_order(stored) == ORDER
    assert load_order(dump_order(RESTYLE)) == RESTYLE
    session = Session(AwaitConsent(Draft(ANNA), (BEN,)), 3)
    text = dump_session(session)
    old = text.replace('"is":"Draft",', "").replace(',"is":"Draft"', "")
    assert old != text
    assert load_session(old) == session


def test_the_card_says_whether_a_model_draws_one_picture_after_the_other() -> None:
    busy = Offer(replace(PAINTER, in_progress=5), 18.0, 3.0)
    for offer, said in (
        (Offer(PAINTER, 18.0, 15.0), "One picture after the other, the last in <b>about 35 s</b>"),
        (busy, "2 pictures, each as soon as it is ready, the last in <b>about 25 s</b>"),
    ):
        world = replace(WORLD, offers=(offer,))
        assert said in prompts.prompt(Session(ConfirmLook(CARD), SERIAL), world).text
