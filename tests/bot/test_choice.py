"""Which models are left out, and whether somebody is told."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.settings import SettingsProblem, load
from bot.settings.choice import OTHER_HOST, Choice, LeftOut, sorted_out
from providers.catalogue import SPECS
from tests.bot.environment import TOKEN, Given

SPEC = next(spec for spec in SPECS if spec.model == "aitryon")
FETCHES = replace(SPEC, model="far", needs_http_host=True)
KEY = "dashscope_api_key"

environment = pytest.mark.usefixtures("empty_environment")


def left_out(photo_host: str, *given: str, by_default: bool = False) -> dict[str, LeftOut]:
    usable, others = sorted_out(
        ("far", "aitryon"),
        setting="TRYON_MODELS",
        given=given,
        photo_host=photo_host,
        by_default=by_default,
        specs=(SPEC, FETCHES),
    )
    found = {one.model: one for one in others}
    assert {*usable, *found} == {"far", "aitryon"}
    return found


@pytest.mark.parametrize("photo_host", ["self", "s3"])
def test_with_a_key_and_a_host_on_the_web_every_model_can_be_used(photo_host: str) -> None:
    assert left_out(photo_host, KEY) == {}


def test_what_fetches_photos_from_the_web_needs_a_host_there() -> None:
    found = left_out("dashscope", KEY, by_default=True)

    assert found == {"far": LeftOut("TRYON_MODELS", "far", OTHER_HOST)}
    assert str(found["far"]).startswith("TRYON_MODELS: far is left out; it needs PUBLIC_URL, or")


def test_a_missing_key_is_no_surprise_where_nobody_asked_for_the_model() -> None:
    for by_default in (True, False):
        found = left_out("self", by_default=by_default)
        assert set(found) == {"far", "aitryon"}
        assert {one.expected for one in found.values()} == {by_default}
        assert {one.needs for one in found.values()} == {"DASHSCOPE_API_KEY"}


@environment
def test_all_models_of_a_key_can_be_used_with_what_refines_their_pictures(given: Given) -> None:
    choice = given(TRYON_MODELS="qwen-image-3.0,aitryon").choice

    assert choice.tryon == ("qwen-image-3.0", "aitryon")
    assert choice.models == (
        "qwen-image-3.0",
        "aitryon",
        "wanx-style-repaint-v1",
        "wan2.7-image-pro",
        "aitryon-refiner",
    )
    assert choice.left_out == choice.surprises == ()


@environment
def test_another_vendors_key_is_enough_where_photos_can_be_fetched(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, text in (("TELEGRAM_BOT_TOKEN", TOKEN), ("PUBLIC_URL", "https://bot.example")):
        monkeypatch.setenv(name, text)
    Path("key").write_text("fa-canary\n", "utf-8")
    monkeypatch.setenv("FASHN_API_KEY_FILE", "key")

    choice = load().choice

    assert (choice.tryon, choice.restyle) == (("fashn",), ())
    assert choice.surprises == ()


@environment
def test_another_vendors_key_without_a_place_for_photos_is_explained(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("FASHN_API_KEY", "fa-canary")

    with pytest.raises(SettingsProblem) as caught:
        load()

    assert caught.value.lines == (
        (
            "PHOTO_HOST: 'dashscope' needs DASHSCOPE_API_KEY; without it set PUBLIC_URL, so that"
            " this bot hands photos out itself, or PHOTO_HOST=s3 with a bucket"
        ),
    )


@environment
def test_models_that_all_lack_something_are_explained(given: Given) -> None:
    lines = given.problems(TRYON_MODELS="fashn", PUBLIC_URL="https://bot.example")

    assert lines == ("TRYON_MODELS: none of these models can be used: fashn needs FASHN_API_KEY",)


@environment
def test_what_is_left_out_is_named_only_where_somebody_asked_for_it(given: Given) -> None:
    by_default = given().choice
    listed = given(TRYON_MODELS="aitryon,fashn").choice
    no_place = given(TRYON_MODELS="aitryon,fashn", FASHN_API_KEY="fa-canary").choice

    assert [one.model for one in by_default.left_out] == ["damo", "fashn"]
    assert by_default.surprises == ()
    assert [str(one) for one in listed.surprises] == [
        "TRYON_MODELS: fashn is left out; it needs FASHN_API_KEY"
    ]
    assert "PUBLIC_URL" in str(no_place.surprises[0])
    assert no_place.tryon == ("aitryon",)


@pytest.mark.parametrize(
    ("tryon", "restyle", "together"),
    [
        (("a", "b"), ("x", "b"), ("a", "x", "b")),
        (("a", "b"), ("b", "x"), ("a", "b", "x")),
        (("a", "b", "c"), ("x", "c", "y"), ("a", "b", "x", "c", "y")),
        (("a",), ("x", "y", "a"), ("x", "y", "a")),
        (("a", "b"), ("b", "a"), ("a", "b")),
        (("a",), (), ("a",)),
    ],
)
def test_both_lists_keep_their_order_as_far_as_they_agree(
    tryon: tuple[str, ...], restyle: tuple[str, ...], together: tuple[str, ...]
) -> None:
    assert Choice(tryon, restyle, ()).models == together


DAMO = "appcode0canary0123456789"


@pytest.mark.usefixtures("empty_environment")
def test_damo_needs_its_appcode_and_a_host_on_the_web(given: Given) -> None:
    assert "damo" not in given().choice.tryon
    assert given().choice.surprises == ()
    assert given(DAMO_APPCODE=DAMO).choice.surprises == (
        LeftOut("TRYON_MODELS", "damo", OTHER_HOST),
    )
    settings = given(DAMO_APPCODE=DAMO, PUBLIC_URL="https://bot.example")
    assert settings.choice.tryon[-1] == "damo"
    assert settings.choice.surprises == ()
    assert DAMO in settings.secrets
    assert DAMO not in repr(settings)


@pytest.mark.usefixtures("empty_environment")
def test_an_appcode_alone_is_enough_and_may_stand_in_a_file(
    given: Given, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "appcode"
    file.write_text(DAMO)
    given.set(PUBLIC_URL="https://bot.example", DAMO_APPCODE_FILE=str(file))
    monkeypatch.delenv("DASHSCOPE_API_KEY")
    settings = load()
    assert settings.choice.models == ("damo",)
    assert settings.damo_appcode is not None
    assert settings.damo_appcode.get_secret_value() == DAMO
