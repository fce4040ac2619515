"""What the two try-on models are asked for, offer, and answer with."""

import json

import httpx
import pytest

from providers import catalogue
from providers.aitryon import SPECS, picture_urls
from providers.base import Provider
from providers.catalogue import dashscope_models
from providers.dashscope import ACCOUNT
from providers.wishes import Face, Size, TryOnRequest, Wear
from tests.providers.support import KEY, Moments, answering, task

URL = "https://r.oss-cn-beijing.aliyuncs.com/1.jpg?Expires=1&Signature=a%2Bb%3D"
OTHER = "https://r.oss-cn-beijing.aliyuncs.com/2.jpg"


@pytest.mark.parametrize(
    ("request_", "inputs", "parameters"),
    [
        (
            TryOnRequest("https://h/p", "https://h/t", None, Wear.TOP),
            {"person_image_url": "https://h/p", "top_garment_url": "https://h/t"},
            {"resolution": -1, "restore_face": True},
        ),
        (
            TryOnRequest("https://h/p", None, "https://h/b", Wear.BOTTOM, Face.NEW, Size.W576),
            {"person_image_url": "https://h/p", "bottom_garment_url": "https://h/b"},
            {"resolution": 1024, "restore_face": False},
        ),
        (
            TryOnRequest(
                "https://h/p", "https://h/t", "https://h/b", Wear.OUTFIT, Face.KEEP, Size.W720
            ),
            {
                "person_image_url": "https://h/p",
                "top_garment_url": "https://h/t",
                "bottom_garment_url": "https://h/b",
            },
            {"resolution": 1280, "restore_face": True},
        ),
    ],
)
async def test_an_order_becomes_the_documented_body(
    request_: TryOnRequest, inputs: dict[str, str], parameters: dict[str, object]
) -> None:
    service = answering(200, task("PENDING"))
    await service.model.submit(request_)
    assert json.loads(service.requests[0].content) == {
        "model": "aitryon-plus",
        "input": inputs,
        "parameters": parameters,
    }


@pytest.mark.parametrize(
    "output",
    [
        {"image_url": URL},
        {"image_url": [URL]},
        {"image_url": None, "results": {"image_url": URL}},
        {"results": {"image_url": [URL]}},
        {"results": [{"url": URL}]},
        {"results": [{"image_url": URL}]},
        {"results": [{"url": None}, {"url": URL}]},
        {"results": [URL]},
        {"image_url": [], "results": URL},
        {"image_url": {"url": URL}},
        {"result_url": URL},
        {"image_url": URL.replace("https", "http"), "results": [{"url": OTHER}]},
        {"image_url": [URL, URL, 7, None, "not a url"]},
    ],
)
def test_the_picture_is_found_in_every_documented_place(output: dict[str, object]) -> None:
    assert picture_urls(output) == (URL,)


def test_several_pictures_keep_their_order() -> None:
    assert picture_urls({"results": [{"url": OTHER}, {"url": URL}]}) == (OTHER, URL)


@pytest.mark.parametrize(
    "output",
    [
        {},
        {"image_url": ""},
        {"image_url": 5},
        {"results": []},
        {"results": [[[URL]]]},
        {"url": URL},
    ],
)
def test_elsewhere_there_is_no_picture(output: dict[str, object]) -> None:
    assert picture_urls(output) == ()


def test_the_two_models_differ_in_price_and_pace_only() -> None:
    small, plus = SPECS
    assert (small.model, small.credits, small.cost) == ("aitryon", 1, 200)
    assert (plus.model, plus.credits, plus.cost) == ("aitryon-plus", 2, 500)
    assert (small.typical_seconds, plus.typical_seconds) == ((7, 15), (15, 30))
    for spec in SPECS:
        assert spec.account == "dashscope"
        assert (spec.submits_per_second, spec.in_progress, spec.queries_per_second) == (10, 5, 10)
        assert spec.wears == frozenset(Wear)
        assert spec.faces == (Face.KEEP, Face.NEW)
        assert spec.sizes == (Size.ORIGINAL, Size.W576, Size.W720)


def test_photos_stay_strictly_inside_every_reading_of_the_limits() -> None:
    for rules in (spec.photos for spec in SPECS):
        assert 150 < rules.min_side <= rules.max_side < 4096
        assert 5 * 1024 < rules.min_bytes <= rules.max_bytes < 5_000_000


def test_the_catalogue_wires_every_model_over_one_host() -> None:
    moments = Moments()
    models: dict[str, Provider] = dashscope_models(
        httpx.AsyncClient(), KEY, now=moments.now, sleep=moments.sleep
    )
    ours = [spec.model for spec in catalogue.SPECS if spec.account == ACCOUNT]
    assert list(models) == ours
    assert len({id(model.host) for model in models.values()}) == 1
    assert all(name == model.spec.model for name, model in models.items())


async def test_pictures_may_come_from_a_plain_http_base_of_the_operators_own() -> None:
    moments = Moments()
    transport = httpx.MockTransport(lambda _: httpx.Response(200, content=b"picture"))
    models = dashscope_models(
        httpx.AsyncClient(transport=transport),
        KEY,
        "http://127.0.0.1:8080/dashscope/api/v1",
        now=moments.now,
        sleep=moments.sleep,
        trusted=["10.0.0.7:443"],
    )
    collect = models["aitryon"].collect
    assert "Collected" in repr(await collect("http://127.0.0.1:8080/dashscope/results/1.jpg"))
    assert "Collected" in repr(await collect("https://10.0.0.7/1.jpg"))
    assert "Failed" in repr(await collect("http://127.0.0.1:8081/1.jpg"))
    assert "Failed" in repr(await collect("http://localhost:8080/1.jpg"))
