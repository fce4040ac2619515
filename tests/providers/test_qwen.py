"""What the two Qwen models are asked for, offer, and answer with: the picture, or why not."""

import json

import httpx
import pytest

from providers import prompts
from providers.base import Finished, KeepsTasks, Provider, Refused, Unclear
from providers.causes import Cause, Problem
from providers.qwen import SPECS, drawn_size
from providers.wishes import Face, Size, TryOnRequest, Wear
from tests.providers.support import (
    KEY,
    ORDER,
    RESULT,
    SECRET,
    Service,
    answering,
    drawn,
    failing,
)

URL = RESULT.replace("http://", "https://")
ANSWER = {"output": drawn(RESULT), "usage": {"image_count": 1}, "request_id": "r"}


@pytest.mark.parametrize(
    ("request_", "images", "size"),
    [
        (
            TryOnRequest("oss://p", "oss://t", None, Wear.TOP, person_size=(960, 1280)),
            ["oss://t", "oss://p"],
            "960*1280",
        ),
        (
            TryOnRequest("oss://p", None, "oss://b", Wear.BOTTOM, Face.NEW, Size.W576),
            ["oss://b", "oss://p"],
            "576*1024",
        ),
        (
            TryOnRequest("oss://p", "oss://t", "oss://b", Wear.OUTFIT, Face.KEEP, Size.W720),
            ["oss://t", "oss://b", "oss://p"],
            "720*1280",
        ),
    ],
)
async def test_an_order_becomes_one_synchronous_call_with_the_person_last(
    request_: TryOnRequest, images: list[str], size: str
) -> None:
    service = answering(200, ANSWER)
    assert await service.qwen.submit(request_) == Finished((URL,))
    (sent,) = service.requests
    assert sent.url.path == "/api/v1/services/aigc/multimodal-generation/generation"
    assert "x-dashscope-async" not in sent.headers
    assert sent.headers["x-dashscope-ossresourceresolve"] == "enable"
    text = prompts.try_on(request_.wear, request_.face)
    content = [*({"image": url} for url in images), {"text": text}]
    assert json.loads(sent.content) == {
        "model": "qwen-image-3.0",
        "input": {"messages": [{"role": "user", "content": content}]},
        "parameters": {"size": size, "n": 1, "prompt_extend": False, "watermark": False},
    }


@pytest.mark.parametrize(
    ("photo", "size"),
    [
        ((960, 1280), (960, 1280)),
        ((1280, 853), (1280, 848)),
        ((3000, 4000), (1536, 2048)),
        ((200, 300), (512, 768)),
        ((500, 2000), (512, 2048)),
        ((2000, 500), (2048, 512)),
        ((151, 604), (512, 2048)),
    ],
)
def test_a_picture_is_as_large_as_the_photo_where_that_is_possible(
    photo: tuple[int, int], size: tuple[int, int]
) -> None:
    assert drawn_size(*photo) == size


async def test_the_call_may_last_as_long_as_the_service_works_on_it() -> None:
    service = answering(200, ANSWER)
    await service.qwen.submit(ORDER)
    assert service.requests[0].extensions["timeout"]["read"] > 300
    await service.model.query("t-1")
    assert service.requests[1].extensions["timeout"]["read"] < 60


async def test_where_no_connection_came_about_nothing_was_ordered() -> None:
    submission = await failing(httpx.ConnectError).qwen.submit(ORDER)
    assert submission == Refused(Problem(Cause.SERVICE_FAILED, "not_sent", "ConnectError"))


@pytest.mark.parametrize("error", [httpx.ReadTimeout, httpx.RemoteProtocolError, httpx.ReadError])
async def test_a_lost_answer_is_unclear_and_the_call_is_not_repeated(
    error: type[Exception],
) -> None:
    service = failing(error)
    assert await service.qwen.submit(ORDER) == Unclear(error.__name__)
    assert len(service.requests) == 1


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, b""),
        (200, b"<html>"),
        (200, {"output": {"choices": []}, "request_id": "r"}),
        (200, {"output": {"task_id": "t-1", "task_status": "PENDING"}, "request_id": "r"}),
        (200, b" " * 3_000_000),
        (302, b""),
        (408, b""),
        (500, b""),
        (502, b"<html>Bad Gateway</html>"),
        (504, {"code": "GatewayTimeout", "message": ""}),
        (500, {"code": "RequestTimeOut", "message": "Request timed out"}),
        (500, {"code": "InternalError.Timeout", "message": ""}),
    ],
)
async def test_an_answer_that_decides_nothing_is_unclear(status: int, body: object) -> None:
    service = answering(status, body)
    assert isinstance(await service.qwen.submit(ORDER), Unclear)
    assert len(service.requests) == 1


async def test_what_the_service_says_of_its_own_failure_is_a_clear_no() -> None:
    failure = {"code": "InternalError", "message": f"{KEY} {RESULT}", "request_id": "r"}
    submission = await answering(500, failure).qwen.submit(ORDER)
    assert isinstance(submission, Refused)
    assert submission.problem.cause is Cause.SERVICE_FAILED
    assert KEY not in repr(submission)
    assert SECRET not in repr(submission)


async def test_a_throttled_call_says_when_to_come_back() -> None:
    throttled = {"code": "Throttling.RateQuota", "message": "", "request_id": "r"}
    submission = await answering(429, throttled, {"retry-after": "7"}).qwen.submit(ORDER)
    assert isinstance(submission, Refused)
    assert (submission.problem.cause, submission.retry_after) == (Cause.THROTTLED, 7)


def test_the_two_models_differ_in_price_only() -> None:
    third, second = SPECS
    assert (third.model, third.credits) == ("qwen-image-3.0", 1)
    assert [third.cost_of(inputs) for inputs in (1, 2, 3)] == [200, 220, 240]
    assert (second.model, second.credits) == ("qwen-image-2.0", 1)
    assert [second.cost_of(inputs) for inputs in (1, 2, 3)] == [200, 200, 200]
    for spec in SPECS:
        assert spec.account == "dashscope"
        assert spec.typical_seconds == (3, 30)
        assert spec.wears == frozenset(Wear)
        assert spec.faces == (Face.KEEP, Face.NEW)
        assert spec.sizes == (Size.ORIGINAL, Size.W576, Size.W720)
        assert spec.photos.max_bytes <= 10_000_000


def test_it_keeps_no_tasks_to_ask_about() -> None:
    model: Provider = Service(lambda _request: httpx.Response(200)).qwen
    assert not isinstance(model, KeepsTasks)
