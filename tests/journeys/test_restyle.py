"""Restyling with the whole bot between local services, over real HTTP."""
# ruff: noqa: RUF001  Chinese punctuation is meant as it stands

import asyncio
import contextlib
import io
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from bot import app
from bot.clock import Clock
from bot.demo.run import demo_settings
from bot.demo.samples import SAMPLES
from bot.demo.server import DemoServer
from tests.people import Message, Person, buttons, has_button, has_picture, says, words

ANNA, MEI = 1001, 1003
SPEED = 40.0  # times real time
PATIENCE = 30  # seconds


@contextlib.asynccontextmanager
async def house(folder: Path, **settings: object) -> AsyncIterator[DemoServer]:
    """Run a bot between local services whose pictures take 12 s of its quick clock."""
    clock = Clock(speed=SPEED)
    server = DemoServer(clock)
    server.dashscope.set_runtime("wanx-style-repaint-v1", 12.0)
    stop, ready = asyncio.Event(), asyncio.Event()
    try:
        await server.start()
        given = demo_settings(server, folder, **settings)
        running = asyncio.create_task(app.serve(given, stop, clock, ready=ready.set))
        await asyncio.wait_for(ready.wait(), PATIENCE)
        yield server
        stop.set()
        await running
    finally:
        await server.stop()


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[DemoServer]:
    async with house(tmp_path) as server:
        yield server


def portrait() -> bytes:
    """Return the sample portrait at half its size: as good here, and quicker."""
    photo = Image.open(io.BytesIO(SAMPLES["portrait"].draw())).resize((450, 600))
    target = io.BytesIO()
    photo.save(target, "JPEG", quality=90)
    return target.getvalue()


def data(message: Message, part: str) -> str:
    return next(code for name, code in buttons(message).items() if part in name)


async def gallery(anna: Person) -> Message:
    await anna.say("/restyle")
    await anna.press(await anna.wait_for(has_button("✅ Yes, I agree")), "✅ Yes, I agree")
    await anna.wait_for(says("Whose portrait"))
    await anna.send_photos(portrait())
    return await anna.wait_for(says("Which style?"), PATIENCE)


def orders(server: DemoServer) -> list[dict[str, object]]:
    entries = server.requests.of("dashscope", "submit")
    return [entry.details["body"]["input"] for entry in entries if entry.status == 200]


def refused(server: DemoServer) -> list[str]:
    return [one.call for one in server.requests.of("dashscope") if one.status != 200]


async def test_two_styles_in_one_go_become_two_pictures_one_after_the_other(
    server: DemoServer,
) -> None:
    async with Person(server.url, ANNA) as anna:
        sheet = await gallery(anna)
        assert has_picture(sheet)
        assert [name for name in buttons(sheet) if " · " in name][:2] == [
            "1 · Retro comic",
            "2 · 3D fairy tale",
        ]
        await anna.press(sheet, data(sheet, "Retro comic"))
        sheet = await anna.wait_for(has_button("✓ 1 · Retro comic"))
        await anna.press(sheet, data(sheet, "Anime"))
        sheet = await anna.wait_for(has_button("→ Go on (2)"))
        await anna.press(sheet, "→ Go on (2)")
        card = await anna.wait_for(says("Ready?"))
        assert "Retro comic, Anime" in words(card)
        assert "2 credits" in words(card)
        assert "the last in" in words(card)

        await anna.press(card, data(card, "Go"))
        first = await anna.wait_for(says("Here you are!\nRetro comic"), PATIENCE)
        second = await anna.wait_for(says("Here you are!\nAnime"), PATIENCE)

        pictures = [await anna.picture(one) for one in (first, second)]
        await anna.say("/quota")
        assert "3 credits left" in words(await anna.wait_for(says("Your credits")))

    assert {order["style_index"] for order in orders(server)} == {0, 2}
    assert refused(server) == []
    one, other = (Image.open(io.BytesIO(each)).convert("RGB") for each in pictures)
    assert min(one.size) / max(one.size) == pytest.approx(450 / 600, abs=0.01)
    assert max(ImageStat.Stat(ImageChops.difference(one, other.resize(one.size))).mean) > 10


async def test_the_style_of_a_picture(server: DemoServer) -> None:
    async with Person(server.url, ANNA) as anna:
        sheet = await gallery(anna)
        await anna.press(sheet, data(sheet, "The style of a picture"))
        await anna.wait_for(says("In the style of which picture?"))
        await anna.send_photos(SAMPLES["dress"].draw())
        card = await anna.wait_for(says("whose style is meant"), PATIENCE)
        await anna.press(card, data(card, "Go"))
        await anna.wait_for(says("Here you are!\nThe style of a picture"), PATIENCE)

    (order,) = orders(server)
    assert order["style_index"] == -1
    assert str(order["style_ref_url"]).startswith("oss://")
    assert refused(server) == []


async def test_a_photo_and_a_result_can_be_restyled_and_its_person_dressed(
    server: DemoServer,
) -> None:
    async with Person(server.url, ANNA) as anna:
        await anna.send_photos(portrait())
        await anna.press(await anna.wait_for(has_button("✅ Yes, I agree")), "✅ Yes, I agree")
        asked = await anna.wait_for(has_button("🎨 Restyle it"))
        await anna.press(asked, "🎨 Restyle it")
        sheet = await anna.wait_for(says("Which style?"), PATIENCE)
        await anna.press(sheet, data(sheet, "New Year"))
        await anna.press(await anna.wait_for(has_button("→ Go on (1)")), "→ Go on (1)")
        card = await anna.wait_for(says("Ready?"))
        await anna.press(card, data(card, "Go"))
        result = await anna.wait_for(says("Here you are!\nNew Year"), PATIENCE)

        await anna.press(result, "🎨 Other style")
        await anna.wait_for(says("Which style?"), PATIENCE)
        await anna.press(result, "👗 Try on")
        await anna.wait_for(says("What shall it be?"))
        await anna.press(result, "◧ Before / after")
        assert has_picture(await anna.wait_for(says("Before and after."), PATIENCE))

    assert refused(server) == []


async def test_the_newer_styles_are_offered_where_the_operator_wants_them(tmp_path: Path) -> None:
    async with house(tmp_path, restyle_styles="all") as server, Person(server.url, MEI) as mei:
        await mei.say("/restyle")
        asked = await mei.wait_for(has_button("✅ 可以，我同意"))
        await mei.press(asked, "✅ 可以，我同意")
        await mei.wait_for(says("给谁的照片换风格"))
        await mei.send_photos(portrait())
        sheet = await mei.wait_for(says("想要哪种风格"), PATIENCE)
        assert len([name for name in buttons(sheet) if " · " in name]) == 23
        await mei.press(sheet, data(sheet, "黏土世界"))
        go_on = await mei.wait_for(has_button("→ 继续（1）"))
        await mei.press(go_on, "→ 继续（1）")
        card = await mei.wait_for(says("黏土世界。"))
        await mei.press(card, data(card, "开始"))
        await mei.wait_for(says("画好啦！\n黏土世界"), PATIENCE)

        assert [order["style_index"] for order in orders(server)] == [31]
