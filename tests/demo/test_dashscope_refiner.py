"""The local refinement is as strict as the documents, and draws a sharper, marked picture."""

import io
from collections.abc import AsyncIterator
from typing import Any

import pytest
from PIL import Image, ImageFilter, ImageStat

from bot.demo.drawing.refined import draw_refined
from bot.demo.samples import SAMPLES
from bot.demo.services.refiner import Refiner
from tests.demo.dashscope_rig import Rig, refusal

WEB = "https://photos.test"


def body(gender: object = "woman", **changed: Any) -> dict[str, Any]:  # noqa: ANN401  any JSON
    given = {
        "person_image_url": f"{WEB}/person.jpg",
        "top_garment_url": f"{WEB}/top.jpg",
        "coarse_image_url": f"{WEB}/bottom.jpg",  # of the person's size
    }
    given = {name: value for name, value in (given | changed).items() if value is not None}
    return {"model": "aitryon-refiner", "input": given, "parameters": {"gender": gender}}


@pytest.fixture
async def rig() -> AsyncIterator[Rig]:
    rig = Rig([Refiner()])
    rig.service.set_runtime("aitryon-refiner", 20)
    yield rig
    await rig.close()


async def test_a_picture_is_made_and_shown_as_a_list(rig: Rig) -> None:
    task = await rig.begin(body(bottom_garment_url=f"{WEB}/bottom.jpg"))
    rig.clock.advance(20)
    output = await rig.output(task)
    assert output["task_status"] == "SUCCEEDED"
    [url] = output["image_url"]
    assert (await rig.client.get(url)).content.startswith(b"\xff\xd8")


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (body(None), "InvalidParameter"),
        (body("female"), "InvalidParameter"),
        (body(["woman"]), "InvalidParameter"),
        (body() | {"parameters": {}}, "InvalidParameter"),
        (body() | {"parameters": None}, "InvalidParameter"),
        (body(person_image_url=None), "InvalidParameter"),
        (body(top_garment_url=None), "InvalidParameter"),
        (body(coarse_image_url=None), "InvalidParameter"),
        (body(coarse_image_url=[]), "InvalidParameter"),
        (body(bottom_garment_url=""), "InvalidParameter"),
        (body(mask_image_url=f"{WEB}/top.jpg"), "InvalidParameter"),
        (body(top_garment_url="/top.jpg"), "InvalidURL"),
    ],
)
async def test_a_wrong_request_is_refused(rig: Rig, document: object, code: str) -> None:
    assert refusal(await rig.submit(document)) == (400, code)


async def test_it_cannot_be_called_synchronously(rig: Rig) -> None:
    answer = await rig.submit(body(), headers={"X-DashScope-Async": None})
    assert refusal(answer) == (403, "AccessDenied")


def test_the_picture_is_sharper_and_marked() -> None:
    coarse = Image.open(io.BytesIO(SAMPLES["woman"].draw())).convert("RGB")
    fine = Image.open(io.BytesIO(draw_refined(coarse))).convert("RGB")
    assert fine.size == coarse.size
    assert _edges(fine) > 1.15 * _edges(coarse)
    corner = (0, round(fine.height * 0.9), round(fine.width * 0.15), fine.height)
    blue = [ImageStat.Stat(one.crop(corner)).mean[2] for one in (coarse, fine)]
    assert abs(blue[0] - blue[1]) > 5


def _edges(image: Image.Image) -> float:
    return ImageStat.Stat(image.convert("L").filter(ImageFilter.FIND_EDGES)).mean[0]
