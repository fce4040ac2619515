"""The texts: the same in every language, none missing, none too many."""

import pytest

from bot.dialogue.events import Refusal
from bot.dialogue.table import STATES
from bot.dialogue.words import JobAction, Line, Role, Standing
from bot.orders import Flaw, Slot
from bot.views import texts
from bot.views.phrases import COMMANDS
from bot.views.texts import TextsDiffer, check, pick_language, plain, text
from providers.causes import Cause
from providers.wishes import Face, Wear

FAMILIES = (
    "trouble",
    *Line,
    *(f"refused.{refusal}" for refusal in Refusal),
    *(f"flaw.{flaw}" for flaw in Flaw),
    *(f"card.flaw.{flaw}" for flaw in Flaw),
    *(f"stale.{state.__name__}" for state in STATES),
    *(f"fail.{cause}" for cause in Cause),
    *(f"wear.{wear}" for wear in Wear),
    *(f"card.{wear}" for wear in Wear),
    *(f"card.photo.{kind}" for kind in (*Slot, Wear.DRESS)),
    *(f"ask.garment.{kind}" for kind in (Slot.TOP, Slot.BOTTOM, Wear.DRESS)),
    *(f"face.{face}" for face in Face),
    *(f"role.{role}" for role in Role),
    *(f"menu.{action}" for action in Standing),
    *(f"job.{action}" for action in JobAction),
    *(f"command.{command}" for command in COMMANDS),
)


@pytest.mark.parametrize("key", FAMILIES)
def test_everything_that_can_be_said_has_a_text(key: str) -> None:
    assert texts.has(key)


def test_a_language_that_says_something_else_is_refused_in_words() -> None:
    source = {"a": "one {n}", "b": "two", "c": "three"}
    other = {"a": "eins {m}", "b": "zwei", "d": "vier"}

    with pytest.raises(TextsDiffer) as refused:
        check({"en": source, "de": other})

    assert str(refused.value) == (
        "de lacks 'c'; de has 'd', which en has not; de fills other names into 'a' than en"
    )


def test_english_comes_first_and_names_itself() -> None:
    assert list(texts.LANGUAGES.items()) == [("en", "English"), ("zh", "简体中文")]


def test_what_is_filled_in_cannot_become_markup() -> None:
    name = "<a href=…>'--"

    said = text("en", "welcome", name=name, balance="5 credits")

    assert said.startswith("Hi &lt;a href=…&gt;'--! ")
    assert plain("en", "size.other", width="<", height=">") == "< × >"  # noqa: RUF001  the sign


def test_a_language_nobody_speaks_falls_back_to_english() -> None:
    assert text("xx", "idle") == text("en", "idle")


@pytest.mark.parametrize(
    ("chosen", "client", "expected"),
    [
        (None, "en", "en"),
        (None, "zh", "zh"),
        (None, "zh-hans", "zh"),
        (None, "zh-CN", "zh"),
        (None, "ZH_TW", "zh"),
        (None, "en-GB", "en"),
        ("zh", "en", "zh"),
        ("xx", "zh", "zh"),
        (None, "fr", "zh"),
        (None, None, "zh"),
        (None, "", "zh"),
    ],
)
def test_the_language_is_the_chosen_one_else_the_clients_else_the_default(
    chosen: str | None, client: str | None, expected: str
) -> None:
    assert pick_language(chosen, client, "zh") == expected


def test_a_default_nobody_speaks_is_english() -> None:
    assert pick_language(None, None, "fr") == "en"


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_a_sentence_never_runs_into_a_missing_name(language: str) -> None:
    with pytest.raises(KeyError):
        text(language, "welcome")
