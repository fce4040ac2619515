"""Which models are left out, and whether somebody is told."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.settings import load
from bot.settings.choice import OTHER_HOST, LeftOut, sorted_out
from providers.catalogue import SPECS
from tests.bot.environment import Given

SPEC = next(spec for spec in SPECS if spec.model == "aitryon")
FETCHES = replace(SPEC, model="far", needs_http_host=True)
KEY = "dashscope_api_key"


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


@pytest.mark.usefixtures("empty_environment")
def test_all_models_of_a_key_can_be_used(given: Given) -> None:
    choice = given(TRYON_MODELS="qwen-image-3.0,aitryon").choice

    assert choice.tryon == ("qwen-image-3.0", "aitryon")
    assert choice.models == ("qwen-image-3.0", "aitryon", "wanx-style-repaint-v1")
    assert choice.left_out == choice.surprises == ()


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
