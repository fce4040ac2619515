"""What the restyling model is asked for, offers, and answers with."""

import json

import pytest

from providers.base import (
    Accepted,
    CancelsTasks,
    Failed,
    ListsTasks,
    Refused,
    Submission,
    Succeeded,
)
from providers.causes import Cause
from providers.repaint import (
    INDEXES,
    SPEC,
    StyleRepaint,
    picture_urls,
)
from providers.styles import NEWER, Style, documented
from providers.wishes import RestyleRequest
from tests.providers.support import ORDER, RESULT, Service, answering, task

URL = "https://r.oss-cn-beijing.aliyuncs.com/1.png?Expires=1&Signature=a%2Bb%3D"


async def submitted(service: Service, request: RestyleRequest) -> Submission:
    model = StyleRepaint(SPEC, service.transport, service.host, service.results)
    return await model.submit(request)


@pytest.mark.parametrize("style", INDEXES)
async def test_an_order_names_the_photo_and_the_number_of_the_style(style: Style) -> None:
    service = answering(200, task("PENDING"))
    example = "oss://example" if style is Style.OF_PICTURE else None
    assert await submitted(service, RestyleRequest("oss://p", style, example)) == Accepted("t-1")
    (sent,) = service.requests
    assert sent.url.path == "/api/v1/services/aigc/image-generation/generation"
    assert sent.headers["x-dashscope-async"] == "enable"
    assert sent.headers["x-dashscope-ossresourceresolve"] == "enable"
    more = {"style_ref_url": example} if example else {}
    assert json.loads(sent.content) == {
        "model": "wanx-style-repaint-v1",
        "input": {"image_url": "oss://p", "style_index": INDEXES[style], **more},
    }


def test_the_styles_have_the_numbers_of_the_documents() -> None:
    assert [INDEXES[style] for style in documented(INDEXES)] == [*range(10), -1]
    assert [INDEXES[style] for style in INDEXES if style in NEWER] == [14, 15, *range(30, 41)]
    assert set(SPEC.styles) == set(INDEXES) == set(Style)


async def test_what_it_does_not_offer_is_refused_without_a_call() -> None:
    service = answering(200, task("PENDING"))
    for request in (
        ORDER,
        RestyleRequest("oss://p", Style.OF_PICTURE),
        RestyleRequest("oss://p", Style.CLAY_WORLD),
    ):
        answer = await service.repaint.submit(request)
        assert isinstance(answer, Refused)
        assert answer.problem.cause is Cause.REQUEST_REFUSED
    other = await service.model.submit(RestyleRequest("oss://p", Style.ANIME))
    assert isinstance(other, Refused)
    assert service.requests == []


@pytest.mark.parametrize(
    "output",
    [
        {"results": [{"url": URL}], "error_code": 0, "error_message": "Success"},
        {"result_url": URL},
        {"results": [], "result_url": URL},
        {"results": [{"url": 7}], "result_url": URL},
        {"results": [{"url": URL.replace("https://", "http://")}], "result_url": "https://x/"},
    ],
)
def test_the_picture_is_found_in_every_documented_place(output: dict[str, object]) -> None:
    assert picture_urls(output) == (URL,)


@pytest.mark.parametrize("output", [{}, {"results": [None]}, {"results": {}}, {"result_url": "x"}])
def test_where_there_is_no_url_there_is_no_picture(output: dict[str, object]) -> None:
    assert picture_urls(output) == ()


async def test_a_success_says_so_although_an_error_code_stands_beside_it() -> None:
    more = {"results": [{"url": RESULT}], "error_code": 0, "error_message": "Success"}
    report = await answering(200, task("SUCCEEDED", **more)).repaint.query("t-1")
    assert report == Succeeded((RESULT.replace("http://", "https://"),))


@pytest.mark.parametrize(
    ("code", "cause"),
    [
        ("InvalidURL", Cause.PHOTO_UNREACHABLE),
        ("InvalidImageResolution", Cause.PHOTO_UNFIT),
        ("InvalidPerson", Cause.PERSON_UNCLEAR),
        ("DataInspectionFailed", Cause.CONTENT_REFUSED),
        ("Throttling.RateQuota", Cause.THROTTLED),
        ("Arrearage", Cause.ARREARS),
        ("ModelNotFound", Cause.MODEL_GONE),
        ("InternalError", Cause.SERVICE_FAILED),
        ("NeverSeenBefore", Cause.SERVICE_FAILED),
    ],
)
async def test_a_failed_task_names_its_cause(code: str, cause: Cause) -> None:
    failed = task("FAILED", code=code, message="")
    report = await answering(200, {**failed, "usage": {"image_num": 0}}).repaint.query("t-1")
    assert isinstance(report, Failed)
    assert report.problem.cause is cause


def test_its_tasks_can_be_listed_and_cancelled_and_only_one_is_in_progress() -> None:
    service = answering(200)
    assert isinstance(service.repaint, CancelsTasks)
    assert isinstance(service.repaint, ListsTasks)
    assert (SPEC.in_progress, SPEC.submits_per_second, SPEC.cost) == (1, 2, 120)
    assert SPEC.photos.max_ratio == 1.5
