"""The refining model: what it is asked, and where its pictures stand."""

import json
from dataclasses import replace

import httpx
import pytest

from providers import aitryon
from providers.base import Accepted, Failed, Refused, Succeeded, Unclear
from providers.causes import Cause
from providers.parsing import SPEC as HELPER
from providers.refiner import MODEL, SPEC
from providers.wishes import Gender, RefineRequest
from tests.providers.support import ORDER, RESTYLE, RESULT, answering, failing, task

REFINE = RefineRequest(
    "oss://d/person.jpg", "oss://d/top.jpg", None, "oss://d/coarse.jpg", Gender.WOMAN
)
HTTPS = RESULT.replace("http://", "https://")


@pytest.mark.parametrize("bottom", [None, "https://r.aliyuncs.com/crop.png?Signature=a%2Bb"])
@pytest.mark.parametrize("gender", Gender)
async def test_what_it_is_asked(bottom: str | None, gender: Gender) -> None:
    service = answering(200, task("PENDING"))
    request = replace(REFINE, bottom_url=bottom, gender=gender)
    assert await service.refiner.submit(request) == Accepted("t-1")
    (sent,) = service.requests
    assert sent.url.path == "/api/v1/services/aigc/image2image/image-synthesis"
    assert sent.headers["X-DashScope-Async"] == "enable"
    assert sent.headers["X-DashScope-OssResourceResolve"] == "enable"
    given = {
        "person_image_url": "oss://d/person.jpg",
        "top_garment_url": "oss://d/top.jpg",
        "coarse_image_url": "oss://d/coarse.jpg",
    }
    assert json.loads(sent.content) == {
        "model": "aitryon-refiner",
        "input": given | ({"bottom_garment_url": bottom} if bottom else {}),
        "parameters": {"gender": str(gender)},
    }


async def test_it_takes_nothing_else() -> None:
    service = answering(200, task("PENDING"))
    for other in (ORDER, RESTYLE):
        assert isinstance(await service.refiner.submit(other), Refused)
    assert isinstance(await service.model.submit(REFINE), Refused)
    assert isinstance(await service.repaint.submit(REFINE), Refused)
    assert isinstance(await service.wan.submit(REFINE), Refused)
    assert isinstance(await service.qwen.submit(REFINE), Refused)
    assert service.requests == []


@pytest.mark.parametrize(
    "output",
    [
        {"image_url": RESULT},
        {"image_url": [RESULT]},
        {"image_url": [RESULT, RESULT]},
        {"results": {"image_url": RESULT}},
        {"results": [{"url": RESULT}]},
    ],
)
async def test_the_picture_is_found_in_every_documented_place(output: dict[str, object]) -> None:
    service = answering(200, task("SUCCEEDED", **output))
    assert await service.refiner.query("t-1") == Succeeded((HTTPS,))


@pytest.mark.parametrize("output", [{}, {"image_url": []}, {"image_url": [None, 7]}])
async def test_a_success_without_a_picture_is_a_failure(output: dict[str, object]) -> None:
    found = await answering(200, task("SUCCEEDED", **output)).refiner.query("t-1")
    assert isinstance(found, Failed)
    assert found.problem.cause is Cause.RESULT_UNUSABLE


@pytest.mark.parametrize(
    ("code", "message", "cause"),
    [
        (
            "InvalidParameter",
            "The size of person image and coarse_image are not the same.",
            Cause.REQUEST_REFUSED,
        ),
        ("InvalidPerson", "no human body", Cause.PERSON_UNCLEAR),
        ("InvalidURL", "not available", Cause.PHOTO_UNREACHABLE),
        ("ModelNotFound", "gone", Cause.MODEL_GONE),
        ("SomethingNew", "never seen", Cause.SERVICE_FAILED),
    ],
)
async def test_each_failure_says_why(code: str, message: str, cause: Cause) -> None:
    failed = task("FAILED", code=code, message=message)
    found = await answering(200, failed).refiner.query("t-1")
    assert isinstance(found, Failed)
    assert (found.problem.cause, found.problem.code) == (cause, code)


async def test_a_lost_answer_is_unclear() -> None:
    service = failing(httpx.ReadTimeout)
    assert isinstance(await service.refiner.submit(REFINE), Unclear)
    assert len(service.requests) == 1


def test_what_it_costs_and_allows() -> None:
    assert (SPEC.cost, SPEC.submits_per_second, SPEC.in_progress) == (300, 10, 5)
    assert SPEC.keeps_with is HELPER
    assert {spec.refines_with for spec in aitryon.SPECS} == {MODEL}
    assert {spec.photos for spec in aitryon.SPECS} == {SPEC.photos}  # sizes come out the same
