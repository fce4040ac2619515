"""The segmentation model: what it is asked, and what each of its answers means."""

import json

import httpx
import pytest

from providers.base import CutOut, NoAnswer, NotWorn, Refused
from providers.causes import Cause
from providers.parsing import SPEC
from providers.wishes import Wear
from tests.providers.support import KEY, RESULT, SECRET, Service, answering, failing

PHOTO = "oss://dir/person.jpg"
PREVIEW = RESULT.replace("/1.jpg", "/2.png")


def output(*crops: object, **more: object) -> dict[str, object]:
    found = {"crop_img_url": list(crops), "parsing_img_url": [PREVIEW], "bbox": [[1, 2, 3, 4]]}
    return {"request_id": "r", "output": {**found, **more}, "usage": {"image_count": 1}}


@pytest.mark.parametrize(
    ("garment", "kind"), [(Wear.TOP, "upper"), (Wear.BOTTOM, "lower"), (Wear.DRESS, "dress")]
)
async def test_it_is_asked_synchronously_for_one_garment(garment: Wear, kind: str) -> None:
    service = answering(200, output(RESULT))
    assert await service.parsing.cut_out(PHOTO, garment) == CutOut(RESULT)
    (request,) = service.requests
    assert request.method == "POST"
    assert request.url.path == "/api/v1/services/vision/image-process/process"
    assert "X-DashScope-Async" not in request.headers
    assert request.headers["X-DashScope-OssResourceResolve"] == "enable"
    assert request.headers["Authorization"] == f"Bearer {KEY}"
    assert json.loads(request.content) == {
        "model": "aitryon-parsing-v1",
        "input": {"image_url": PHOTO},
        "parameters": {"clothes_type": [kind]},
    }


async def test_an_outfit_is_not_one_garment_and_is_not_asked_for() -> None:
    service = answering(200, output(RESULT))
    assert isinstance(await service.parsing.cut_out(PHOTO, Wear.OUTFIT), Refused)
    assert service.requests == []


async def test_null_means_that_there_is_no_such_garment() -> None:
    answer = output(None, parsing_img_url=[None], bbox=[None])
    assert await answering(200, answer).parsing.cut_out(PHOTO, Wear.BOTTOM) == NotWorn()


async def test_what_it_costs_and_allows() -> None:
    assert (SPEC.cost, SPEC.calls_per_second) == (4, 10)
    assert SPEC.photos.min_side > 400


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"output": {}},
        {"output": None},
        {"output": {"crop_img_url": []}},
        {"output": {"crop_img_url": RESULT}},
        output(RESULT, RESULT),
        output("oss://elsewhere/1.jpg"),
        output("file:///etc/passwd"),
        output("http://x.aliyuncs.com/" + "1" * 5000),
        output("http://x.aliyuncs.com/\u2028"),
        output(7),
        b"",
        b"<html>",
        b"[" * 5000,
        b'{"output": {"crop_img_url": ["http',
        b" " * 10_000_000,
    ],
)
async def test_an_answer_that_makes_no_sense_is_none(answer: object) -> None:
    found = await answering(200, answer).parsing.cut_out(PHOTO, Wear.TOP)
    assert isinstance(found, NoAnswer)
    assert found.problem.cause is Cause.SERVICE_FAILED


@pytest.mark.parametrize("nested", [False, True])
@pytest.mark.parametrize(
    ("status", "code", "message", "cause"),
    [
        (400, "InvalidParameter.ClothesType", "wrong type", Cause.REQUEST_REFUSED),
        (400, "InvalidInputLength", "larger than 400", Cause.PHOTO_UNFIT),
        (400, "InvalidPerson", "no human body", Cause.PERSON_UNCLEAR),
        (400, "InvalidURL", "not available", Cause.PHOTO_UNREACHABLE),
        (400, "DataInspectionFailed", "inappropriate", Cause.CONTENT_REFUSED),
        (400, "InvalidParameter", "Model not exist.", Cause.MODEL_GONE),
        (403, "AccessDenied.Unpurchased", "not eligible", Cause.NOT_ALLOWED),
        (403, "AccessDenied", "does not support asynchronous calls", Cause.REQUEST_REFUSED),
        (429, "Throttling.RateQuota", "too many", Cause.THROTTLED),
        (400, "Arrearage", "overdue", Cause.ARREARS),
        (401, "InvalidApiKey", "no such key", Cause.KEY_REFUSED),
    ],
)
async def test_a_refusal_says_why_wherever_it_stands(
    status: int, code: str, message: str, cause: Cause, *, nested: bool
) -> None:
    said = {"code": code, "message": f"{message} {SECRET}", "request_id": "r"}
    answer = {"output": said, "request_id": "r"} if nested else said
    for answered in (status, 200):
        found = await answering(answered, answer).parsing.cut_out(PHOTO, Wear.TOP)
        assert isinstance(found, Refused)
        assert (found.problem.cause, found.problem.code) == (cause, code)
        assert SECRET not in repr(found)


async def test_how_long_to_wait_is_passed_on() -> None:
    service = answering(429, {"code": "Throttling", "message": "wait"}, {"retry-after": "7"})
    found = await service.parsing.cut_out(PHOTO, Wear.TOP)
    assert isinstance(found, Refused)
    assert found.retry_after == 7


@pytest.mark.parametrize("code", ["InternalError", "SystemError", "ModelUnavailable"])
async def test_a_service_in_trouble_has_not_answered(code: str) -> None:
    found = await answering(500, {"code": code, "message": "x"}).parsing.cut_out(PHOTO, Wear.TOP)
    assert isinstance(found, NoAnswer)


@pytest.mark.parametrize("error", [httpx.ConnectError, httpx.ReadTimeout, OSError, ValueError])
async def test_a_lost_answer_is_asked_for_once_and_left_to_the_caller(
    error: type[Exception],
) -> None:
    service: Service = failing(error)
    assert isinstance(await service.parsing.cut_out(PHOTO, Wear.TOP), NoAnswer)
    assert len(service.requests) == 1
