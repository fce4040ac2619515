"""Restyling by the general editors: the card names who paints, and another steps in."""

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageStat

from bot.demo.services.catalogue import Standing
from providers.style_prompts import restyle
from providers.styles import Style
from tests.journeys.guest import Guest
from tests.journeys.house import open_house
from tests.journeys.photos import SIZE, decoded, photo
from tests.people import Message, buttons, words

EDITORS = ("wan2.7-image-pro", "wan2.7-image", "qwen-image-3.0", "qwen-image-2.0")
PAINTED = 10.0  # mean difference of two pictures that nobody takes for one another, of 255


async def gallery(anna: Guest) -> Message:
    await anna.say("/restyle")
    await anna.tap(await anna.shown("ask.consent"), "button.agree")
    await anna.shown("ask.portrait")
    await anna.send_photos(photo("portrait"))
    return await anna.shown("ask.styles")


def button(message: Message, part: str) -> str:
    return next(data for name, data in buttons(message).items() if part in name)


async def card(anna: Guest, style: str) -> Message:
    await anna.press(await gallery(anna), button(await anna.shown("ask.styles"), style))
    chosen = await anna.wait_for(lambda one: any("→" in name for name in buttons(one)))
    await anna.press(chosen, button(chosen, "→"))
    return await anna.wait_for(lambda one: any("Go" in name for name in buttons(one)))


def text_of(body: Any) -> str:  # noqa: ANN401  JSON
    text: str = body["input"]["messages"][0]["content"][-1]["text"]
    return text


def difference(one: bytes, other: bytes) -> float:
    a, b = (Image.open(io.BytesIO(each)).convert("RGB") for each in (one, other))
    return max(ImageStat.Stat(ImageChops.difference(a.resize(SIZE), b.resize(SIZE))).mean)


async def painted(anna: Guest, result: Message) -> None:
    """Check that a picture has the portrait's shape and is not the portrait."""
    shown = await anna.picture(result)
    size = decoded(shown).size
    assert size[0] / size[1] == pytest.approx(SIZE[0] / SIZE[1], abs=0.02)
    assert difference(shown, photo("portrait")) > PAINTED


@pytest.mark.parametrize("model", EDITORS)
async def test_each_editor_paints_a_named_style(tmp_path: Path, model: str) -> None:
    async with open_house(tmp_path, restyle_models=(model,)) as house:
        house.server.dashscope.set_runtime(model, 12.0)
        anna = house.guest()
        await anna.tap(await card(anna, "Anime"), "button.go")
        await painted(anna, await anna.shown("result.restyle", seconds=20))

        (body,) = house.ordered()
        assert body["model"] == model
        assert body["parameters"]["n"] == 1
        assert text_of(body) == restyle(Style.ANIME)


async def test_an_editor_paints_in_the_style_of_a_picture(tmp_path: Path) -> None:
    async with open_house(tmp_path, restyle_models=("wan2.7-image-pro",)) as house:
        house.server.dashscope.set_runtime("wan2.7-image-pro", 12.0)
        anna = house.guest()
        sheet = await gallery(anna)
        await anna.press(sheet, button(sheet, "The style of a picture"))
        await anna.shown("ask.style_picture")
        await anna.send_photos(photo("dress"))
        ready = await anna.wait_for(lambda one: any("Go" in name for name in buttons(one)))
        await anna.tap(ready, "button.go")
        await painted(anna, await anna.shown("result.restyle", seconds=20))

        (body,) = house.ordered()
        images = [part["image"] for part in body["input"]["messages"][0]["content"][:-1]]
        assert len(images) == 2
        assert text_of(body) == restyle(Style.OF_PICTURE)


async def test_the_card_lets_people_choose_who_paints_and_names_the_price(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        house.server.dashscope.set_runtime("wan2.7-image-pro", 12.0)
        anna = house.guest()
        ready = await card(anna, "Retro comic")
        assert "1 credit" in words(ready)
        await anna.tap(ready, "button.model")
        dear = await anna.wait_for(lambda one: "2 credits" in words(one))
        assert any("Wan Pro" in name for name in buttons(dear))
        await anna.tap(dear, "button.go")
        await painted(anna, await anna.shown("result.restyle", seconds=20))

        assert [body["model"] for body in house.ordered()] == ["wan2.7-image-pro"]


async def test_where_the_repainter_is_gone_an_editor_is_offered(tmp_path: Path) -> None:
    async with open_house(
        tmp_path,
        trouble=True,
        restyle_models=("wanx-style-repaint-v1", "wan2.7-image"),
    ) as house:
        house.server.dashscope.catalogue.put("wanx-style-repaint-v1", Standing.NOT_FOUND)
        house.server.dashscope.set_runtime("wan2.7-image", 12.0)
        anna = house.guest()
        await anna.tap(await card(anna, "Fresh"), "button.go")
        await painted(anna, await anna.shown("result.restyle", seconds=20))

        assert [body["model"] for body in house.ordered()] == ["wan2.7-image"]


async def test_who_only_restyles_is_not_offered_for_a_try_on(tmp_path: Path) -> None:
    settings: dict[str, Any] = {
        "tryon_models": ("aitryon",),
        "restyle_models": ("wanx-style-repaint-v1", "wan2.7-image-pro"),
    }
    async with open_house(tmp_path, **settings) as house:
        anna = house.guest()
        ready = await anna.card(photo("woman"), photo("tee"))

        assert not any("Wan" in name for name in buttons(ready))
