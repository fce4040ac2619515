"""Try-ons by the editors that outlive the try-on models: whole bot, local services, real HTTP."""

import asyncio
import contextlib
import io
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from bot import app
from bot.clock import Clock
from bot.demo.run import demo_settings
from bot.demo.samples import SAMPLES
from bot.demo.server import DemoServer
from providers import prompts
from providers.wishes import Face, Wear
from storage.database import Database
from tests.people import Message, Person, Predicate, buttons, has_picture, says, words

ANNA = 1001
SPEED = 40.0  # times real time
SECONDS = 15.0  # a picture takes here, of the quick clock
PATIENCE = 30  # real seconds
SIZE = (450, 600)  # px, of every photo in here

Box = tuple[float, float, float, float]  # left, top, right, bottom as parts of a picture
CHEST: Box = (0.44, 0.33, 0.56, 0.40)
LEG: Box = (0.43, 0.62, 0.47, 0.70)
FACE: Box = (0.45, 0.09, 0.55, 0.18)
ALIKE = 20.0  # distance of two colours that most people would call the same, of 442

TEE: Box = (0.40, 0.40, 0.60, 0.60)
JEANS: Box = (0.30, 0.40, 0.40, 0.60)
DRESS: Box = (0.40, 0.50, 0.60, 0.80)

# Model, its name for people, its price, the size it makes of a photo of 450x600.
MODELS = {
    "wan2.7-image-pro": ("fine, by Wan Pro", 2, (1774, 2365)),
    "wan2.7-image": ("standard, by Wan", 1, (1774, 2365)),
    "qwen-image-3.0": ("standard, by Qwen 3", 1, (512, 688)),
    "qwen-image-2.0": ("standard, by Qwen 2", 1, (512, 688)),
}


class House:
    """A running bot between local services, and Anna."""

    def __init__(self, server: DemoServer, folder: Path) -> None:
        self.server = server
        self.folder = folder
        self.anna = Person(server.url, ANNA)
        self.stop = asyncio.Event()
        self.running: asyncio.Task[None] | None = None

    async def start(self, clock: Clock, **settings: object) -> None:
        ready = asyncio.Event()
        given = demo_settings(self.server, self.folder, **settings)
        self.stop.clear()
        self.running = asyncio.create_task(app.serve(given, self.stop, clock, ready=ready.set))
        await asyncio.wait_for(ready.wait(), PATIENCE)

    async def end(self) -> None:
        self.stop.set()
        if self.running is not None:
            await self.running

    async def look(self, sql: str) -> list[tuple[Any, ...]]:
        """Return what the database says once the bot has stopped."""
        db = await Database.open(self.folder / "fitting-room.db")
        try:
            async with db.reading() as tx:
                return [tuple(row) for row in await tx.rows(sql)]
        finally:
            await db.close()

    def submitted(self) -> list[dict[str, Any]]:
        return [entry.details["body"] for entry in self.server.requests.of("dashscope", "submit")]

    def statuses(self) -> set[int | None]:
        return {entry.status for entry in self.server.requests.of("dashscope")}

    async def card(self, *photos: bytes, wear: str | None = None) -> Message:
        """Send the person and what to wear, and be shown the card."""
        await self.anna.send_photos(*photos)
        await self.press(await self.anna.wait_for(says("Before the first photo")), "I agree")
        if wear is not None:
            step = await self.anna.wait_for(lambda message: offers(message, wear), PATIENCE)
            await self.press(step, wear)
        return await self.anna.wait_for(lambda message: offers(message, "Go"), PATIENCE)

    async def press(self, message: Message, part: str) -> str:
        found = next(data for name, data in buttons(message).items() if part in name)
        return await self.anna.press(message, found)

    async def result(self) -> Message:
        return await self.anna.wait_for(
            lambda message: has_picture(message) and "Here you are" in words(message), PATIENCE
        )

    async def original(self, result: Message) -> bytes:
        """Return the picture's own file, as the service drew it."""
        await self.press(result, "Original")
        return await self.anna.picture(
            await self.anna.wait_for(lambda message: "document" in message, PATIENCE)
        )


@contextlib.asynccontextmanager
async def open_house(folder: Path, **settings: object) -> AsyncIterator[House]:
    clock = Clock(speed=SPEED)
    server = DemoServer(clock)
    for model in (*MODELS, "aitryon", "aitryon-plus"):
        server.dashscope.set_runtime(model, SECONDS)
    house = House(server, folder)
    try:
        await server.start()
        await house.start(clock, **settings)
        yield house
    finally:
        await house.end()
        await house.anna.http.aclose()
        await server.stop()


def offers(message: Message, part: str) -> bool:
    return any(part in name for name in buttons(message))


def offers_other(part: str, than: str) -> Predicate:
    """Return a predicate: a message with such a button, but another one than this."""
    return lambda message: any(part in name and name != than for name in buttons(message))


def photo(name: str) -> bytes:
    """Return a sample photo at half its size: as good here, and quicker."""
    target = io.BytesIO()
    Image.open(io.BytesIO(SAMPLES[name].draw())).resize(SIZE).save(target, "JPEG", quality=92)
    return target.getvalue()


def colour(picture: bytes, box: Box) -> tuple[float, ...]:
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    scale = (image.width, image.height, image.width, image.height)
    left, top, right, bottom = (int(a * b) for a, b in zip(box, scale, strict=True))
    pixel = image.crop((left, top, right, bottom)).resize((1, 1), Image.Resampling.BOX)
    found = pixel.getpixel((0, 0))
    assert isinstance(found, tuple)
    return found


def apart(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    return float(sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5)


def same(one: bytes, other: bytes, box: Box) -> bool:
    return apart(colour(one, box), colour(other, box)) < ALIKE


@pytest.mark.parametrize("model", MODELS)
async def test_each_of_them_draws_a_try_on_and_says_who_drew_it(tmp_path: Path, model: str) -> None:
    name, price, size = MODELS[model]
    woman, tee = photo("woman"), photo("tee")
    async with open_house(tmp_path, tryon_models=(model,)) as house:
        card = await house.card(woman, tee, wear="Top")
        assert f"{price} credit" in words(card)
        await house.press(card, "Go")
        result = await house.result()
        assert f"· {name} ·" in words(result)
        shown = await house.anna.picture(result)
        drawn = await house.original(result)
        await house.end()
        jobs = await house.look("SELECT state, model, credits, cost, attempts, task_id FROM jobs")
        ledger = await house.look("SELECT kind, cost FROM ledger WHERE job_id IS NOT NULL")
    image = Image.open(io.BytesIO(drawn))
    assert (image.format, image.size) == ("PNG", size)
    for picture in (shown, drawn):
        assert apart(colour(picture, CHEST), colour(tee, TEE)) < ALIKE
        assert not same(picture, woman, CHEST)
        assert same(picture, woman, LEG)  # her own other half
        assert same(picture, woman, FACE)

    cost = {"wan2.7-image-pro": 500, "qwen-image-3.0": 220}.get(model, 200)
    ((state, drawn_by, credits_, costs, attempts, task_id),) = jobs
    assert (state, drawn_by, credits_, costs, attempts) == ("done", model, price, cost, 1)
    assert (task_id is None) is model.startswith("qwen")
    assert ledger == [("hold", cost), ("commit", 0)]
    (order,) = house.submitted()
    (message,) = order["input"]["messages"]
    assert [*message["content"][-1].values()] == [prompts.try_on(Wear.TOP, Face.KEEP)]
    assert house.statuses() == {200}


@pytest.mark.parametrize("model", ["wan2.7-image-pro", "qwen-image-3.0"])
async def test_an_outfit_goes_out_in_the_right_order_and_is_worn_whole(
    tmp_path: Path, model: str
) -> None:
    woman, hoodie, jeans = (photo(name) for name in ("woman", "tee", "jeans"))
    async with open_house(tmp_path, tryon_models=(model,)) as house:
        await house.press(await house.card(woman, hoodie, jeans), "Go")
        drawn = await house.original(await house.result())
        await house.end()
        costs = await house.look("SELECT cost FROM jobs")
    assert apart(colour(drawn, CHEST), colour(hoodie, TEE)) < ALIKE
    assert apart(colour(drawn, LEG), colour(jeans, JEANS)) < ALIKE
    assert costs == [(240 if model.startswith("qwen") else 500,)]
    (order,) = house.submitted()
    *images, text = order["input"]["messages"][0]["content"]
    assert len(images) == 3
    assert text == {"text": prompts.try_on(Wear.OUTFIT, Face.KEEP)}


@pytest.mark.parametrize("model", ["wan2.7-image", "qwen-image-2.0"])
async def test_a_dress_with_a_new_face_is_drawn_as_ordered(tmp_path: Path, model: str) -> None:
    woman, dress = photo("woman"), photo("dress")
    async with open_house(tmp_path, tryon_models=(model,)) as house:
        card = await house.card(woman, dress, wear="Dress")
        await house.press(card, "Face")
        card = await house.anna.wait_for(lambda message: offers(message, "a new one"))
        await house.press(card, "Go")
        result = await house.result()
        drawn = await house.original(result)
    assert "new face" in words(result)
    assert apart(colour(drawn, CHEST), colour(dress, DRESS)) < ALIKE
    assert not same(drawn, woman, FACE)


async def test_the_choice_of_a_model_shows_what_each_can_do(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        card = await house.card(photo("woman"), photo("tee"), wear="Top")
        seen = []
        for _ in range(4):
            (quality,) = [name for name in buttons(card) if "Quality" in name]
            sized = any("Size" in name for name in buttons(card))
            seen.append((quality.partition(": ")[2], sized))
            pressed = await house.press(card, "Quality")
            assert await house.anna.wait_for_answer(pressed)
            card = await house.anna.wait_for(offers_other("Quality", quality))
    assert seen == [
        ("fine", True),
        ("standard", True),
        ("fine, by Wan Pro", False),  # always in the photo's proportions
        ("standard, by Qwen 3", True),
    ]


async def test_while_it_is_being_drawn_in_one_call_nothing_can_be_cancelled(
    tmp_path: Path,
) -> None:
    async with open_house(tmp_path, tryon_models=("qwen-image-3.0",)) as house:
        house.server.dashscope.set_runtime("qwen-image-3.0", 40)
        await house.press(await house.card(photo("woman"), photo("tee"), wear="Top"), "Go")
        drawing = await house.anna.wait_for(says("Being drawn"), PATIENCE)
        assert not offers(drawing, "Cancel")
        await house.anna.say("/cancel")
        await house.result()
        await house.end()
        assert await house.look("SELECT state FROM jobs") == [("done",)]


async def test_an_answer_that_never_comes_gives_the_credits_back_and_tells_the_operator(
    tmp_path: Path,
) -> None:
    async with open_house(tmp_path, tryon_models=("qwen-image-3.0",)) as house:
        house.server.faults.add("dashscope", "submit", "apply_then_drop")
        olga = Person(house.server.url, 1004)
        await olga.say("/start")
        await house.press(await house.card(photo("woman"), photo("tee"), wear="Top"), "Go")
        failed = await house.anna.wait_for(says("Not charged"), PATIENCE)
        assert offers(failed, "Again")
        alert = await olga.wait_for(says("qwen-image-3.0"), PATIENCE)
        assert "job 1" in words(alert)
        await olga.http.aclose()
        await house.end()
        assert await house.look("SELECT state, cause, attempts FROM jobs") == [
            ("failed", "submit_unclear", 1)
        ]
        kinds = await house.look("SELECT kind FROM ledger WHERE job_id IS NOT NULL")
        assert kinds == [("hold",), ("refund",)]
        assert len(house.submitted()) == 1


async def test_a_failed_call_is_made_again_and_paid_once(tmp_path: Path) -> None:
    async with open_house(tmp_path, tryon_models=("qwen-image-3.0",)) as house:
        house.server.faults.add("dashscope", "submit", "500")
        await house.press(await house.card(photo("woman"), photo("tee"), wear="Top"), "Go")
        await house.result()
        await house.end()
        assert len(await house.server.dashscope.paid()) == 1
        assert await house.look("SELECT state, attempts FROM jobs") == [("done", 1)]
