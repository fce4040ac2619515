"""What the editors are told about each style, and that their twins understand it."""

import json
import re

import pytest

from bot.demo.services.editing import CARTOON, STYLES, Look, Message, wanted_look
from providers import messages, qwen, wan
from providers.base import Accepted, Finished, Refused
from providers.prompts import LONGEST, try_on
from providers.repaint import INDEXES
from providers.spec import ModelSpec
from providers.style_prompts import LOOKS, restyle
from providers.styles import Style
from providers.wishes import Face, RestyleRequest, Wear
from tests.providers.support import RESULT, answering, drawn, task

SPECS = (*wan.SPECS, *qwen.SPECS)
PINNED = ("face shape", "features", "expression", "age", "gender", "skin tone", "glasses", "pose")


def order(style: Style) -> RestyleRequest:
    example = "oss://example" if style is Style.OF_PICTURE else None
    return RestyleRequest("oss://p", style, example, person_size=(450, 600))


@pytest.mark.parametrize("style", Style)
def test_every_style_has_an_instruction_that_pins_the_person_and_is_read_to_its_end(
    style: Style,
) -> None:
    text = restyle(style)

    assert len(text) <= LONGEST
    assert all(word in text for word in PINNED)
    assert "One picture" in text or "One object" in text
    assert "{" not in text


def test_no_two_styles_are_told_alike() -> None:
    assert set(LOOKS) == set(Style) - {Style.OF_PICTURE}
    assert len({restyle(style) for style in Style}) == len(Style)


@pytest.mark.parametrize("style", Style)
def test_the_images_are_named_in_the_order_of_the_message(style: Style) -> None:
    request, text = order(style), restyle(style)
    images = messages.portraits(request) or ()
    named = dict(re.findall(r"Image (\d)(?:, the last one)?: ([^.]*)\.", text))

    assert images[-1] == "oss://p"
    assert list(named) == [str(place + 1) for place in range(len(images))]
    assert named[str(len(images))] == "the person"
    assert {int(place) for place in re.findall(r"image (\d)", text)} <= {1, len(images)}


@pytest.mark.parametrize("style", Style)
def test_the_twins_understand_which_style_is_meant(style: Style) -> None:
    images = messages.portraits(order(style)) or ()
    found = wanted_look(Message(images, restyle(style)))

    expected = Look(CARTOON, 0) if style is Style.OF_PICTURE else Look(INDEXES[style])
    assert found == expected


def test_the_twins_know_no_other_styles_and_take_no_try_on_for_one() -> None:
    assert sorted(STYLES.values()) == sorted(set(INDEXES.values()) - {-1})
    for wear in Wear:
        for face in Face:
            assert wanted_look(Message(("a", "b"), try_on(wear, face))) is None
    assert wanted_look(Message(("a",), 'Paint it in the style "never heard of"')) == Look(CARTOON)
    assert wanted_look(Message(("a",), "Paint it in the style of image 1")) is None


@pytest.mark.parametrize("style", [Style.ANIME, Style.BADGE_WORLD, Style.OF_PICTURE])
async def test_wan_is_sent_one_message_and_asked_for_one_picture(style: Style) -> None:
    service = answering(200, task("PENDING"))

    assert await service.wan.submit(order(style)) == Accepted("t-1")

    images = messages.portraits(order(style)) or ()
    content = [*({"image": url} for url in images), {"text": restyle(style)}]
    assert json.loads(service.requests[0].content) == {
        "model": "wan2.7-image-pro",
        "input": {"messages": [{"role": "user", "content": content}]},
        "parameters": {"size": "2K", "n": 1, "watermark": False},
    }


async def test_qwen_is_told_the_portraits_size() -> None:
    service = answering(200, {"output": drawn(RESULT), "request_id": "r"})

    assert isinstance(await service.qwen.submit(order(Style.OF_PICTURE)), Finished)

    body = json.loads(service.requests[0].content)
    assert body["parameters"] == {
        "size": "512*688",
        "n": 1,
        "prompt_extend": False,
        "watermark": False,
    }
    assert [list(part) for part in body["input"]["messages"][0]["content"]] == [
        ["image"],
        ["image"],
        ["text"],
    ]


async def test_the_style_of_a_picture_needs_one() -> None:
    for model in (answering(200, {}).wan, answering(200, {}).qwen):
        answer = await model.submit(RestyleRequest("oss://p", Style.OF_PICTURE))
        assert isinstance(answer, Refused)
        assert answer.problem.code == "not_offered"


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.model)
def test_each_of_them_offers_every_style(spec: ModelSpec) -> None:
    assert set(spec.styles) == set(Style)
