"""Messages of their own, answers to presses, times and amounts."""

from dataclasses import replace

import pytest

from bot.dialogue.events import Refusal
from bot.dialogue.table import STATES
from bot.dialogue.words import Line
from bot.dialogue.world import Offer, World
from bot.views import alerts, menus
from bot.views.phrases import COMMANDS, about, credits_, duration, model, took
from bot.views.says import MAX_ANSWER, reply, say
from bot.views.texts import LANGUAGES
from providers.causes import Cause
from providers.wishes import Wear
from tests.dialogue.people import ORDER, PLAIN, WORLD, job
from tests.views.limits import TEXT, assert_keeps_limits, visible

NAMED = replace(WORLD, first_name="<a href=…>'--")
BUSY = replace(WORLD, extra=2, jobs=(job(1, "running"), job(2, "queued")))

SAID = (
    *(Line.WELCOME, Line.HELP, Line.QUOTA, Line.LANGUAGE, Line.HINT, Line.UNKNOWN_COMMAND),
    *(Line.NOTHING_TO_CANCEL, Line.WHICH_TO_CANCEL, Line.LANGUAGE_SET, Line.ALBUM_LATE),
    *(Line.CANCEL_DONE, Line.CANCEL_ASKED, Line.CANCEL_TOO_LATE),
    *(f"refused.{refusal}" for refusal in Refusal),
)
REPLIED = (
    *(Line.NO_MODEL, Line.NO_BUDGET, Line.NO_CREDITS, Line.CHEAPER_FITS, Line.MODEL_CHANGED),
    *(Line.FEWER_FIT, Line.TRY_ON_OFF, Line.RESTYLE_OFF),
    *(Line.OPTIONS_CHANGED, Line.PRICE_CHANGED, Line.ORDERED, Line.TOO_MANY_ORDERS),
    *(Line.GOING_ON, Line.BAD_BUTTON, Line.CANCEL_DONE, Line.CANCEL_ASKED, Line.CANCEL_TOO_LATE),
    *(Line.ORIGINAL_COMES, Line.ORIGINAL_GONE, Line.BEFORE_AFTER_COMES, Line.NOT_READY),
    Line.NO_NEW_FACE,
    *(f"stale.{state.__name__}" for state in STATES),
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", SAID)
@pytest.mark.parametrize("world", [NAMED, BUSY, replace(WORLD, offers=())])
def test_messages_keep_telegrams_limits(key: str, language: str, world: World) -> None:
    assert_keeps_limits(say(key, replace(world, language=language)), TEXT)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", REPLIED)
@pytest.mark.parametrize("limit", [None, 50_000])
@pytest.mark.parametrize("pool", [True, False])
def test_answers_are_short_and_without_markup(
    key: str, language: str, limit: int | None, *, pool: bool
) -> None:
    rich = replace(
        BUSY, language=language, daily=100_000, renews_in=86_399.0, pool=pool, limit=limit
    )

    said = reply(key, rich)

    assert 0 < len(said) < MAX_ANSWER  # nothing was cut off
    assert not {"<", "&"} & set(said)


POOR = replace(WORLD, daily=1)
PURSES = {
    POOR: "You have 1 credit left, that is not enough. New credits come in 3 h 10 min. "
    "More: /quota",
    replace(POOR, pool=True): "The group has 1 credit left today, that is not enough. New ones "
    "for the group come in 3 h 10 min. More: /quota",
    replace(POOR, daily=9, pool=True, limit=5, used_here=4): "You have 1 credit left in this "
    "group today, that is not enough. In 3 h 10 min you get 5 credits again. More: /quota",
    replace(POOR, pool=True, limit=5, used_here=9): "You have 0 credits left in this group "
    "today, that is not enough. In 3 h 10 min you get 5 credits again. More: /quota",
}


@pytest.mark.parametrize(("world", "said"), PURSES.items())
def test_a_refusal_says_what_is_left_of_what_and_when_there_is_more(
    world: World, said: str
) -> None:
    assert reply(Line.NO_CREDITS, world) == said


def test_an_answer_may_say_nothing() -> None:
    assert reply("", WORLD) == ""


def test_welcome_shows_the_name_as_it_is() -> None:
    assert visible(say(Line.WELCOME, NAMED).text).startswith("Hi <a href=…>'--! 👋")


def test_credits_are_told_in_words() -> None:
    assert visible(say(Line.QUOTA, BUSY).text) == (
        "🎟 Your credits\n"
        "Today: 5 credits left. New ones come in 3 h 10 min.\n"
        "Extra: 2 credits. They don't expire.\n\n"
        "Under way\n"
        "• 👕 Top: being drawn\n"
        "• 👕 Top: number 2 in the queue\n\n"
        "What a picture costs, by quality\n"
        "• fine: 2 credits, about 30 s\n"
        "• standard: 1 credit, about 15 s\n"
        "• plain: 1 credit, about 20 s\n"
        "• painter: 1 credit, about 20 s\n"
        "Failed and cancelled orders cost nothing."
    )


def test_credits_without_extras_orders_or_models() -> None:
    bare = replace(WORLD, daily=1, offers=())

    assert visible(say(Line.QUOTA, bare).text) == (
        "🎟 Your credits\n"
        "Today: 1 credit left. New ones come in 3 h 10 min.\n\n"
        "Nothing is under way.\n\n"
        "No picture can be drawn right now. Please try again in a few minutes."
    )


def test_the_language_is_asked_for_in_every_language() -> None:
    content = say(Line.LANGUAGE, WORLD)

    assert content.text == "Which language shall I speak?\n想让我说哪种语言？"  # noqa: RUF001
    assert [(b.text, b.data) for row in content.keyboard for b in row] == [
        ("English", "p1:0:language:en"),
        ("简体中文", "p1:0:language:zh"),
    ]


def test_each_order_has_its_own_cancel_button() -> None:
    outfit = job(3, "queued", replace(ORDER, wear=Wear.OUTFIT))

    content = say(Line.WHICH_TO_CANCEL, replace(BUSY, jobs=(*BUSY.jobs, outfit)))

    assert [(b.text, b.data) for row in content.keyboard for b in row] == [
        ("✕ 👕 Top · being drawn", "j1:1:cancel"),
        ("✕ 👕 Top · number 2", "j1:2:cancel"),
        ("✕ 👕👖 Top + bottom · number 2", "j1:3:cancel"),
    ]


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (0, "5 s"),
        (12.3, "15 s"),
        (90, "2 min"),
        (89.5, "90 s"),
        (121, "3 min"),
        (3600, "1 h"),
        (3601, "1 h 1 min"),
        (11_400, "3 h 10 min"),
        (86_399, "24 h"),
    ],
)
def test_times_are_rounded_up(seconds: float, expected: str) -> None:
    assert duration("en", seconds) == expected
    assert about("en", seconds) == f"about {expected}"


def test_how_long_it_took_is_told_to_the_second() -> None:
    assert [took("en", s) for s in (0.2, 18.4, 240)] == ["1 s", "18 s", "4 min"]


def test_one_credit_is_not_many() -> None:
    assert [credits_("en", n) for n in (0, 1, 2)] == ["0 credits", "1 credit", "2 credits"]
    assert credits_("zh", 1) == "1 积分"


def test_a_model_nobody_named_goes_by_its_own_name() -> None:
    assert [model("en", name) for name in ("aitryon-plus", "wan9")] == ["fine", "wan9"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_bots_profile_keeps_telegrams_limits(language: str) -> None:
    commands = menus.commands(language)

    assert tuple(name for name, _ in commands) == COMMANDS
    assert all(0 < len(said) <= 256 for _, said in commands)
    assert 0 < len(menus.description(language)) <= menus.MAX_DESCRIPTION
    assert 0 < len(menus.short_description(language)) <= menus.MAX_SHORT_DESCRIPTION


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "cause", [*Cause, "set_aside", "unsent", "budget", "disk_low", "job_stuck"]
)
def test_operators_are_told_what_to_do(cause: str, language: str) -> None:
    content = alerts.alert(cause, times=3, detail="x < y" * 500, language=language)

    assert_keeps_limits(content, TEXT)
    assert content.text.count("\n") == 3


def test_an_alert_tells_each_thing_once() -> None:
    assert alerts.alert("arrears").text == (
        "🔔 <b>An image service's account has no money or no quota left</b>\n"
        "Orders are kept and wait. Top the account up; it goes on by itself."
    )
    assert "Something needs your attention: gremlins" in alerts.alert("gremlins").text


def test_help_names_another_company_where_photos_may_go_there() -> None:
    elsewhere = Offer(replace(PLAIN, account="fashn"), 20.0)
    assert "FASHN" not in say(Line.HELP, WORLD).text
    there = say(Line.HELP, replace(WORLD, offers=(*WORLD.offers, elsewhere)))
    assert "72 hours" in there.text
    assert_keeps_limits(there, TEXT)
