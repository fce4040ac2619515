"""What the two Wan models are asked for, offer, and answer with."""

import json

import pytest

from providers import prompts
from providers.base import Accepted, CancelsTasks, ListsTasks, Provider, Succeeded
from providers.messages import picture_urls
from providers.wan import SPECS
from providers.wishes import Face, Size, TryOnRequest, Wear
from tests.providers.support import RESULT, answering, drawn, task

URL = "https://r.oss-cn-beijing.aliyuncs.com/1.png?Expires=1&Signature=a%2Bb%3D"
OTHER = "https://r.oss-cn-beijing.aliyuncs.com/2.png"


@pytest.mark.parametrize(
    ("request_", "images"),
    [
        (TryOnRequest("oss://p", "oss://t", None, Wear.TOP), ["oss://t", "oss://p"]),
        (TryOnRequest("oss://p", None, "oss://b", Wear.BOTTOM), ["oss://b", "oss://p"]),
        (
            TryOnRequest("oss://p", "oss://t", "oss://b", Wear.OUTFIT, Face.NEW),
            ["oss://t", "oss://b", "oss://p"],
        ),
        (TryOnRequest("oss://p", "oss://t", None, Wear.DRESS), ["oss://t", "oss://p"]),
    ],
)
async def test_an_order_becomes_one_message_with_the_person_last(
    request_: TryOnRequest, images: list[str]
) -> None:
    service = answering(200, task("PENDING"))
    assert await service.wan.submit(request_) == Accepted("t-1")
    (sent,) = service.requests
    assert sent.url.path == "/api/v1/services/aigc/image-generation/generation"
    assert sent.headers["x-dashscope-async"] == "enable"
    assert sent.headers["x-dashscope-ossresourceresolve"] == "enable"
    text = prompts.try_on(request_.wear, request_.face)
    content = [*({"image": url} for url in images), {"text": text}]
    assert json.loads(sent.content) == {
        "model": "wan2.7-image-pro",
        "input": {"messages": [{"role": "user", "content": content}]},
        "parameters": {"size": "2K", "n": 1, "watermark": False},
    }


async def test_a_finished_task_shows_its_picture_in_a_message() -> None:
    service = answering(200, task("SUCCEEDED", **drawn(RESULT)))
    assert await service.wan.query("t-1") == Succeeded((RESULT.replace("http://", "https://"),))


@pytest.mark.parametrize(
    "output",
    [
        drawn(URL),
        drawn(URL, URL),
        drawn(URL.replace("https", "http")),
        drawn(None, 7, "no url", URL),
        {"choices": [None, [], {"message": None}, *drawn(URL)["choices"]]},
        {"choices": [{"message": {"content": [{"text": "done"}, {"image": URL}, "?"]}}]},
    ],
)
def test_the_picture_is_found_in_the_messages(output: dict[str, object]) -> None:
    assert picture_urls(output) == (URL,)


def test_several_pictures_keep_their_order() -> None:
    assert picture_urls(drawn(OTHER, URL)) == (OTHER, URL)


@pytest.mark.parametrize(
    "output",
    [
        {},
        {"choices": None},
        {"choices": {"message": {"content": [{"image": URL}]}}},
        {"choices": [{"message": {"content": {"image": URL}}}]},
        {"choices": [{"message": {"content": [{"image": {"url": URL}}]}}]},
        {"image_url": URL},
    ],
)
def test_elsewhere_there_is_no_picture(output: dict[str, object]) -> None:
    assert picture_urls(output) == ()


def test_the_two_models_differ_in_price_only() -> None:
    pro, standard = SPECS
    assert (pro.model, pro.credits, pro.cost_of(3)) == ("wan2.7-image-pro", 2, 500)
    assert (standard.model, standard.credits, standard.cost_of(2)) == ("wan2.7-image", 1, 200)
    for spec in SPECS:
        assert spec.account == "dashscope"
        assert (spec.submits_per_second, spec.in_progress, spec.queries_per_second) == (5, 5, 10)
        assert spec.typical_seconds == (12, 60)
        assert spec.wears == frozenset(Wear)
        assert (spec.faces, spec.sizes) == ((Face.KEEP, Face.NEW), (Size.ORIGINAL,))
        assert (spec.photos.min_side, spec.photos.max_side) == (240, 8000)
        assert spec.photos.max_bytes <= 20_000_000


def test_its_tasks_can_be_cancelled_and_found_again() -> None:
    model: Provider = answering(200).wan
    assert isinstance(model, CancelsTasks)
    assert isinstance(model, ListsTasks)
