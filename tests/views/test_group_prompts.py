"""What is shown in a group: short, without the menu, and answers instead of buttons for photos."""

from dataclasses import replace

import pytest

from bot.dialogue.places import Group
from bot.dialogue.states import (
    AwaitGarment,
    AwaitPerson,
    AwaitPortrait,
    AwaitRole,
    AwaitStylePicture,
    Draft,
    Idle,
    Look,
    Session,
    State,
)
from bot.dialogue.words import Line
from bot.orders import Slot
from bot.views import prompts, says
from bot.views.group_prompts import awaits_photo, placeholder
from bot.views.phrases import line
from bot.views.texts import LANGUAGES
from providers.wishes import Wear
from tests.dialogue.people import ANNA, WORLD, job
from tests.views.limits import assert_keeps_limits

HERE = replace(WORLD, place=Group("try_bot"))
DRESS = Draft(person=ANNA, wear=Wear.DRESS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "state",
    [
        AwaitPerson(Draft()),
        AwaitGarment(DRESS, Slot.TOP),
        AwaitPortrait(Look()),
        AwaitStylePicture(Look(ANNA)),
    ],
)
def test_a_step_that_waits_for_a_photo_has_no_buttons(state: State, language: str) -> None:
    world = replace(HERE, language=language)
    content = prompts.prompt(Session(state, 3, last_person=ANNA), world, Line.SAME_PHOTO)

    assert awaits_photo(state)
    assert content.keyboard == ()
    assert "/cancel" in content.text
    assert_keeps_limits(content)
    assert 1 <= len(placeholder(world)) <= 64  # Bot API, ForceReply.input_field_placeholder


def test_other_steps_have_their_buttons() -> None:
    state = AwaitRole(Draft(), ANNA)
    assert prompts.prompt(Session(state, 3), HERE) == prompts.prompt(Session(state, 3), WORLD)
    assert not awaits_photo(state)


def test_whoever_has_stopped_is_shown_no_menu() -> None:
    content = prompts.prompt(Session(Idle(), 3), HERE, Line.CANCELLED)
    assert content.keyboard == ()
    assert content.text == line(Line.CANCELLED, WORLD)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("line", [Line.WELCOME, Line.HELP, Line.UNKNOWN_COMMAND])
def test_what_is_said_is_short_and_shows_the_way_to_the_private_chat(
    line: Line, language: str
) -> None:
    content = says.say(line, replace(HERE, language=language))
    assert content.keyboard == ()
    assert content.link is not None
    assert content.link.url == "https://t.me/try_bot?start=group"
    assert len(content.text) < 400


def test_orders_of_other_chats_are_not_spoken_of() -> None:
    elsewhere = replace(job(8, "queued"), here=False)
    world = replace(HERE, jobs=(job(7, "queued"), elsewhere, job(9, "queued")))
    asked = says.say(Line.WHICH_TO_CANCEL, world)
    assert [button.data for (button,) in asked.keyboard] == ["j1:7:cancel", "j1:9:cancel"]
    assert replace(world, place=WORLD.place).jobs_here == world.jobs
