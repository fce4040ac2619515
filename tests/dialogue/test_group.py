"""The dialogue in a group: photos that are handed over, and what others may not do."""

from dataclasses import replace

from bot.dialogue.effects import CancelJob, Reply, Retire, Say, Show
from bot.dialogue.events import Command, OthersButton, PhotosSent
from bot.dialogue.places import Group
from bot.dialogue.states import (
    AwaitConsent,
    AwaitGarment,
    AwaitPerson,
    AwaitPortrait,
    AwaitStyles,
    AwaitWear,
    Confirm,
    ConfirmLook,
    Draft,
    Idle,
    Look,
)
from bot.dialogue.words import Line
from bot.orders import Slot
from providers.styles import Style
from providers.wishes import Wear
from tests.dialogue.people import ANNA, BEN, SERIAL, SHIRT, WORLD, job, sent, step_from

HERE = replace(WORLD, place=Group("try_bot"))
TRYON = Command("tryon", hands_over=True)
RESTYLE = Command("restyle", hands_over=True)


def test_photos_for_a_try_on_go_on_with_what_waits_for_them() -> None:
    for state in (
        Idle(),
        AwaitPerson(Draft()),
        AwaitGarment(Draft(ANNA, Wear.TOP), Slot.TOP),
        Confirm(Draft(ANNA, Wear.TOP, SHIRT)),
        AwaitConsent(Draft()),
    ):
        assert step_from(state, TRYON, HERE) == (state, ())


def test_photos_for_a_try_on_end_a_restyle() -> None:
    for state in (
        AwaitPortrait(Look()),
        AwaitStyles(Look(ANNA)),
        ConfirmLook(Look(ANNA, (Style.ANIME,))),
        AwaitConsent(Look()),
    ):
        assert step_from(state, TRYON, HERE) == (Idle(), (Retire(SERIAL),))


def test_a_photo_for_a_restyle_is_the_portrait_that_was_asked_for() -> None:
    state = AwaitPortrait(Look(styles=(Style.ANIME,)))
    assert step_from(state, RESTYLE, HERE) == (state, ())
    card, _ = step_from(state, sent(ANNA), HERE)
    assert isinstance(card, ConfirmLook)
    assert card.draft.styles == (Style.ANIME,)


def test_a_named_style_begins_a_restyle_of_its_own() -> None:
    named = replace(HERE, wished=(Style.FRESH,))
    command = replace(RESTYLE, args="fresh")
    for state in (Idle(), AwaitPortrait(Look(styles=(Style.ANIME,))), AwaitWear(Draft(ANNA))):
        begun, _ = step_from(state, command, named)
        assert begun == AwaitPortrait(Look(styles=(Style.FRESH,)))


def test_a_style_nobody_knows_is_said_so() -> None:
    begun, effects = step_from(Idle(), Command("restyle", "cubism"), HERE)
    assert begun == AwaitPortrait(Look())
    assert effects == (Show(note=Line.STYLE_UNKNOWN),)


def test_somebody_elses_button_changes_nothing() -> None:
    state = Confirm(Draft(ANNA, Wear.TOP, SHIRT))
    assert step_from(state, OthersButton(), HERE) == (state, (Reply(Line.NOT_YOURS),))


def test_one_item_of_an_album_is_all_a_group_shows() -> None:
    _, effects = step_from(Idle(), sent(ANNA, album="a"), HERE)
    assert effects == (Show(note=Line.ALBUM_UNSEEN),)
    for world, event in ((WORLD, sent(ANNA, album="a")), (HERE, sent(ANNA, BEN, album="a"))):
        _, effects = step_from(Idle(), event, world)
        assert effects == (Show(note=None),)
    _, effects = step_from(Idle(), PhotosSent((ANNA,)), HERE)
    assert effects == (Show(note=None),)


def test_cancel_in_a_group_reaches_the_orders_of_that_group() -> None:
    elsewhere = replace(job(8, "queued"), here=False)
    world = replace(HERE, jobs=(elsewhere,))
    assert step_from(Idle(), Command("cancel"), world)[1] == (Say(Line.NOTHING_TO_CANCEL),)
    world = replace(HERE, jobs=(elsewhere, job(9, "queued")))
    assert step_from(Idle(), Command("cancel"), world)[1] == (
        CancelJob(9),
        Say(Line.CANCEL_DONE),
    )
