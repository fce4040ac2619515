"""The local segmentation is as strict as the documents, and cuts out what somebody wears."""

import io
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from PIL import Image, ImageStat

from bot.demo.drawing.parsing import cut_piece
from bot.demo.samples import SAMPLES
from bot.demo.services.parsing import Parsing
from tests.demo.dashscope_rig import Rig, picture, refusal

PATH = "/services/vision/image-process/process"
MODEL = "aitryon-parsing-v1"


def body(kinds: object = ("upper", "lower"), **given: Any) -> dict[str, Any]:  # noqa: ANN401  any JSON
    kinds = list(kinds) if isinstance(kinds, tuple) else kinds
    given = {"image_url": "https://photos.test/woman.jpg"} | given
    return {"model": MODEL, "input": given, "parameters": {"clothes_type": kinds}}


@pytest.fixture
async def rig() -> AsyncIterator[Rig]:
    rig = Rig([Parsing()])
    rig.service.set_runtime(MODEL, 0)
    rig.web |= {f"https://photos.test/{n}.jpg": SAMPLES[n].draw() for n in ("woman", "portrait")}
    rig.web["https://photos.test/small.jpg"] = picture(400, 600)
    yield rig
    await rig.close()


async def asked(rig: Rig, document: object) -> httpx.Response:
    return await rig.submit(document, path=PATH, headers={"X-DashScope-Async": None})


async def test_garments_come_in_the_order_in_which_they_were_asked_for(rig: Rig) -> None:
    answer = await asked(rig, body())
    output = answer.json()["output"]
    assert {len(found) for found in output.values()} == {2}
    assert set(output) == {"crop_img_url", "parsing_img_url", "bbox"}
    (_, _, _, hem), (_, waist, _, _) = output["bbox"]
    assert abs(hem - waist) < 40
    crops = [Image.open(io.BytesIO(await _fetched(rig, url))) for url in output["crop_img_url"]]
    previews = [Image.open(io.BytesIO(await _fetched(rig, u))) for u in output["parsing_img_url"]]
    assert [crop.mode for crop in crops] == ["RGB", "RGB"]
    assert [preview.mode for preview in previews] == ["RGBA", "RGBA"]
    assert await rig.service.paid("1001")


async def _fetched(rig: Rig, url: str) -> bytes:
    return (await rig.client.get(url)).content


async def test_what_is_not_on_the_photo_is_null_and_still_an_answer(rig: Rig) -> None:
    answer = await asked(rig, body(["lower"], image_url="https://photos.test/portrait.jpg"))
    assert answer.status_code == 200
    nothing = {"crop_img_url": [None], "parsing_img_url": [None], "bbox": [None]}
    assert answer.json()["output"] == nothing


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (body(None), "InvalidParameter.ClothesType"),
        (body([]), "InvalidParameter.ClothesType"),
        (body("upper"), "InvalidParameter.ClothesType"),
        (body(["top"]), "InvalidParameter.ClothesType"),
        (body(["lower", "upper"]), "InvalidParameter.ClothesType"),
        (body(["upper", "dress"]), "InvalidParameter.ClothesType"),
        (body(image_url=None), "InvalidParameter"),
        (body(image_url=7), "InvalidParameter"),
        (body(image_url=""), "InvalidParameter"),
        (body(image_url="/photo.jpg"), "InvalidURL"),
        (body(image_url="https://photos.test/nowhere.jpg"), "InvalidURL"),
        (body(image_url="https://photos.test/small.jpg"), "InvalidInputLength"),
        (body(person_image_url="https://photos.test/woman.jpg"), "InvalidParameter"),
        (body() | {"input": []}, "InvalidParameter"),
        (body() | {"parameters": None}, "InvalidParameter"),
    ],
)
async def test_a_wrong_request_is_refused(rig: Rig, document: object, code: str) -> None:
    assert refusal(await asked(rig, document)) == (400, code)
    assert await rig.service.paid("1001") == []


async def test_the_asynchronous_header_is_refused(rig: Rig) -> None:
    answer = await rig.submit(body(), path=PATH)
    assert refusal(answer) == (403, "AccessDenied")


@pytest.mark.parametrize("name", ["woman", "man"])
@pytest.mark.parametrize("kind", ["upper", "lower"])
def test_only_the_cloth_is_cut_out(name: str, kind: str) -> None:
    photo = Image.open(io.BytesIO(SAMPLES[name].draw())).convert("RGB")
    piece = cut_piece(photo, kind)
    assert piece is not None
    preview = Image.open(io.BytesIO(piece.preview))
    mask = preview.getchannel("A").point([255 * (v > 200) for v in range(256)])
    spread = ImageStat.Stat(preview.convert("YCbCr"), mask).stddev
    assert max(spread[1:]) < 8  # one colour: no skin, nothing of the background
    assert len(piece.crop) > 5 * 1024
    assert min(Image.open(io.BytesIO(piece.crop)).size) >= 150
