"""What is said of another way: what changes, what is asked, and how it ended, in every language."""

from dataclasses import replace

import pytest

from bot.detours import way
from bot.engine.questions import Settled
from bot.messages import Content
from bot.orders import Photo, TryOn
from bot.views import detour, says
from bot.views.texts import LANGUAGES
from providers.wishes import Face, Size, Wear
from tests.dialogue.people import CHEAP, PLAIN, RICH, WORLD
from tests.views.limits import assert_keeps_limits

PHOTO = Photo("file", "unique", 600, 800)
ORDER = TryOn(Wear.TOP, PHOTO, PHOTO, None, RICH.model, Face.NEW, Size.W576)
DEAR = replace(CHEAP, credits=3)

languages = pytest.mark.parametrize("language", LANGUAGES)


@languages
@pytest.mark.parametrize("spec", [CHEAP, PLAIN, DEAR])
def test_what_changes_fits_below_a_picture(language: str, spec: object) -> None:
    other = way(ORDER, spec)  # type: ignore[arg-type]  # one of the specs above
    said = detour.noted(language, Content("⏳"), (ORDER, 2), (other.order, other.credits))
    assert said.text.startswith("⏳\n")
    assert_keeps_limits(said)


@languages
def test_the_question_names_both_prices_and_what_falls_away(language: str) -> None:
    dear = way(ORDER, replace(PLAIN, credits=3))
    asked = detour.question(language, 10**17, 99, wished=ORDER, way=dear, prices=(2, 3))
    assert all(price in asked.text for price in ("2", "3", "576"))
    assert [len(row) for row in asked.keyboard] == [1, 1]
    assert_keeps_limits(asked)
    assert_keeps_limits(detour.asked(language, job_id=10**17))


@languages
def test_of_several_pictures_the_price_of_all_is_named(language: str) -> None:
    dear = way(ORDER, DEAR)
    prices = (8, 12)
    asked = detour.question(language, 10**17, 99, wished=ORDER, way=dear, prices=prices, pictures=4)
    said = detour.noted(language, Content("⏳"), (ORDER, 8), (dear.order, 12), 4)
    for one in (asked, said):
        assert all(number in one.text for number in ("8", "12", "4"))
        assert_keeps_limits(one)


@languages
@pytest.mark.parametrize("how", Settled)
def test_every_end_of_a_question_is_said_without_buttons(language: str, how: Settled) -> None:
    said = detour.settled(language, how, 2)
    assert said.text
    assert said.keyboard == ()


@languages
@pytest.mark.parametrize("key", ["offer_taken", "offer_declined", "offer_over", "offer_too_dear"])
def test_every_answer_to_a_press_is_short_enough(language: str, key: str) -> None:
    said = says.reply(key, replace(WORLD, language=language))
    assert 0 < len(said) < says.MAX_ANSWER


def test_an_option_without_words_of_its_own_is_still_mentioned() -> None:
    changed = replace(ORDER, top=None)
    said = detour.noted("en", Content("⏳"), (ORDER, 2), (changed, 2))
    assert "one of your options" in said.text
