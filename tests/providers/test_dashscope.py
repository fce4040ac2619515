"""Submit, query, cancel and list: what is sent, and what each answer means."""

from datetime import datetime

import httpx
import pytest

from providers.base import (
    Accepted,
    Failed,
    KnownTask,
    Listing,
    NoAnswer,
    Refused,
    Stage,
    Succeeded,
    TooLate,
    Unclear,
    Underway,
    Withdrawn,
)
from providers.causes import Cause, Problem
from providers.dashscope_list import BEIJING
from providers.wishes import TryOnRequest, Wear
from tests.providers.support import (
    KEY,
    NOON,
    ORDER,
    RESULT,
    SECRET,
    Service,
    answering,
    failing,
    task,
)

TASKS = "https://dashscope.aliyuncs.com/api/v1/tasks/"


async def test_a_submit_carries_key_async_header_and_resolves_uploads() -> None:
    service = answering(200, task("PENDING"))
    assert await service.model.submit(ORDER) == Accepted("t-1")
    (request,) = service.requests
    assert request.method == "POST"
    assert str(request.url) == (
        "https://dashscope.aliyuncs.com/api/v1/services/aigc/image2image/image-synthesis"
    )
    assert request.headers["authorization"] == f"Bearer {KEY}"
    assert request.headers["content-type"] == "application/json"
    assert request.headers["x-dashscope-async"] == "enable"
    assert request.headers["x-dashscope-ossresourceresolve"] == "enable"
    assert "x-dashscope-workspace" not in request.headers


async def test_photos_with_ordinary_urls_need_no_resolving() -> None:
    service = answering(200, task("PENDING"))
    await service.model.submit(
        TryOnRequest("https://a.example/p", None, "https://a.example/b", Wear.BOTTOM)
    )
    assert "x-dashscope-ossresourceresolve" not in service.requests[0].headers


async def test_the_key_of_a_sub_account_names_its_workspace() -> None:
    service = Service(lambda _: httpx.Response(200, json=task("PENDING")), workspace="ws-1")
    await service.model.submit(ORDER)
    await service.model.query("t-1")
    assert [r.headers["x-dashscope-workspace"] for r in service.requests] == ["ws-1", "ws-1"]


@pytest.mark.parametrize("error", [httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout])
async def test_a_submit_that_never_left_is_refused(error: type[Exception]) -> None:
    submission = await failing(error).model.submit(ORDER)
    assert isinstance(submission, Refused)
    assert submission.problem.cause is Cause.SERVICE_FAILED


@pytest.mark.parametrize(
    "error", [httpx.ReadTimeout, httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError]
)
async def test_a_submit_whose_answer_was_lost_is_unclear_and_sent_once(
    error: type[Exception],
) -> None:
    service = failing(error)
    assert await service.model.submit(ORDER) == Unclear(error.__name__)
    assert len(service.requests) == 1


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, b""),
        (200, b"<html>"),
        (200, b'{"output":{"task_id":"t-'),
        (200, {}),
        (200, {"output": None}),
        (200, {"output": {"task_id": "../../etc", "task_status": "PENDING"}}),
        (200, {"output": {"task_id": 17}}),
        (200, {"code": "Brand.New", "message": "?"}),
        (302, b""),
        (408, b""),
        (500, b"<html>"),
        (502, b""),
        (503, {"code": "ModelUnavailable"}),
        (503, {"code": "InvalidParameter"}),
        (504, {"output": {"task_id": "t-1"}}),
    ],
)
async def test_a_submit_that_cannot_be_told_accepted_from_refused_is_unclear(
    status: int, body: object
) -> None:
    service = answering(status, body)
    assert isinstance(await service.model.submit(ORDER), Unclear)
    assert len(service.requests) == 1


async def test_a_submit_accepted_with_a_task_that_failed_at_once_is_accepted() -> None:
    document = task("FAILED", code="InvalidPerson", message="nobody")
    assert await answering(200, document).model.submit(ORDER) == Accepted("t-1")


@pytest.mark.parametrize(
    ("status", "cause"),
    [(400, Cause.REQUEST_REFUSED), (401, Cause.KEY_REFUSED), (429, Cause.THROTTLED)],
)
async def test_a_gateways_page_refuses_by_its_status(status: int, cause: Cause) -> None:
    submission = await answering(status, b"<html>no</html>").model.submit(ORDER)
    assert submission == Refused(Problem(cause, f"http_{status}", "15 bytes without a code"))


async def test_a_throttled_submit_says_how_long_to_wait() -> None:
    service = answering(429, {"code": "Throttling"}, {"retry-after": "12"})
    submission = await service.model.submit(ORDER)
    assert submission == Refused(Problem(Cause.THROTTLED, "Throttling"), 12.0)
    assert service.moments.slept == []


@pytest.mark.parametrize(
    ("state", "report"),
    [
        ("PENDING", Underway(Stage.PENDING)),
        ("PRE-PROCESSING", Underway(Stage.RUNNING)),
        ("RUNNING", Underway(Stage.RUNNING)),
        ("POST-PROCESSING", Underway(Stage.RUNNING)),
        ("SUSPENDED", Underway(Stage.RUNNING)),
        ("DREAMING", Underway(Stage.RUNNING)),
        (" pending ", Underway(Stage.PENDING)),
        ("CANCELED", Withdrawn()),
    ],
)
async def test_each_state_of_a_task_is_understood(state: str, report: object) -> None:
    assert await answering(200, task(state)).model.query("t-1") == report


async def test_a_task_the_service_does_not_know_is_lost() -> None:
    report = await answering(200, task("UNKNOWN")).model.query("t-1")
    assert isinstance(report, Failed)
    assert report.problem.cause is Cause.TASK_LOST


async def test_a_success_names_its_picture_over_https_with_the_query_untouched() -> None:
    report = await answering(200, task("SUCCEEDED", image_url=RESULT)).model.query("t-1")
    assert report == Succeeded((RESULT.replace("http://", "https://"),))


async def test_a_success_without_a_picture_is_unusable() -> None:
    report = await answering(200, task("SUCCEEDED", image_url="")).model.query("t-1")
    assert isinstance(report, Failed)
    assert report.problem.cause is Cause.RESULT_UNUSABLE


async def test_a_task_metric_never_speaks_for_the_task() -> None:
    document = task("RUNNING", task_metrics={"TOTAL": 1, "SUCCEEDED": 1, "FAILED": 0})
    assert await answering(200, document).model.query("t-1") == Underway(Stage.RUNNING)


async def test_a_failure_without_a_code_is_the_services_own() -> None:
    report = await answering(200, task("FAILED")).model.query("t-1")
    assert report == Failed(Problem(Cause.SERVICE_FAILED, "", "failed without a code"))


async def test_a_failure_may_put_its_code_beside_the_output() -> None:
    document = {**task("FAILED"), "code": "InvalidPerson", "message": "two people"}
    report = await answering(200, document).model.query("t-1")
    assert report == Failed(Problem(Cause.PERSON_UNCLEAR, "InvalidPerson", "two people"))


async def test_an_answer_about_another_task_is_not_taken_for_this_one() -> None:
    document = task("SUCCEEDED", image_url=RESULT)
    assert isinstance(await answering(200, document).model.query("t-2"), NoAnswer)


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, b""),
        (200, b"<html>"),
        (200, {}),
        (200, {"output": {}}),
        (200, {"output": {"task_status": None}}),
        (200, {"output": {"task_status": " "}}),
        (200, {"output": "SUCCEEDED"}),
        (200, {"output": {"code": "Throttling", "message": "slow down"}}),
        (302, {"output": {"task_status": "UNKNOWN"}}),
        (404, b""),
        (500, {"output": {"task_status": "FAILED"}}),
    ],
)
async def test_a_query_without_a_clear_answer_says_nothing_about_the_task(
    status: int, body: object
) -> None:
    service = answering(status, body)
    assert isinstance(await service.model.query("t-1"), NoAnswer)
    assert len(service.requests) == 1, "queries are spent from one budget: none is repeated here"


async def test_a_throttled_query_says_how_long_to_wait() -> None:
    report = await answering(429, {"code": "Throttling"}, {"retry-after": "3"}).model.query("t-1")
    assert report == NoAnswer(Problem(Cause.THROTTLED, "Throttling"), 3.0)


async def test_a_query_that_found_nobody_is_asked_again_later() -> None:
    for error in (httpx.ConnectError, httpx.ReadTimeout):
        report = await failing(error).model.query("t-1")
        assert isinstance(report, NoAnswer)
        assert report.problem.cause is Cause.SERVICE_FAILED


async def test_a_pending_task_can_be_cancelled() -> None:
    service = answering(200, {"request_id": "r"})
    assert await service.model.cancel("t-1") == Withdrawn()
    assert service.requests[0].method == "POST"
    assert str(service.requests[0].url) == f"{TASKS}t-1/cancel"


async def test_a_task_that_has_begun_cannot_be_cancelled() -> None:
    refusal = {"code": "UnsupportedOperation", "message": "", "request_id": "r"}
    for status, body in ((400, refusal), (200, refusal), (200, {"output": refusal})):
        assert await answering(status, body).model.cancel("t-1") == TooLate()


@pytest.mark.parametrize(
    ("status", "body"),
    [(200, b"<html>"), (200, {}), (200, b""), (500, b""), (401, {"code": "InvalidApiKey"})],
)
async def test_a_cancel_without_a_clear_answer_is_no_cancel(status: int, body: object) -> None:
    assert isinstance(await answering(status, body).model.cancel("t-1"), NoAnswer)


def listed(*rows: dict[str, object], pages: object = 1) -> dict[str, object]:
    return {"request_id": "r", "total_page": pages, "page_no": 1, "data": list(rows)}


def row(name: str, created: float, **more: object) -> dict[str, object]:
    return {
        "task_id": name,
        "status": "RUNNING",
        "model_name": "aitryon-plus",
        "gmt_create": int(created * 1000),
        **more,
    }


async def test_the_list_is_asked_in_beijing_time_to_the_second() -> None:
    service = answering(200, listed())
    assert await service.model.list_tasks(NOON + 0.9, NOON + 59.1) == Listing(())
    (request,) = service.requests
    assert request.url.path == "/api/v1/tasks/"
    assert dict(request.url.params) == {
        "start_time": "20260801120000",
        "end_time": "20260801120100",
        "model_name": "aitryon-plus",
        "page_no": "1",
        "page_size": "50",
    }


async def test_the_list_never_asks_for_more_than_a_day() -> None:
    service = answering(200, listed())
    await service.model.list_tasks(0, NOON)
    params = service.requests[0].url.params
    begin, end = (
        datetime.strptime(params[name], "%Y%m%d%H%M%S").replace(tzinfo=BEIJING)
        for name in ("start_time", "end_time")
    )
    assert (end - begin).total_seconds() == 24 * 3600


async def test_all_pages_of_the_list_are_read_oldest_first_each_task_once() -> None:
    pages = {
        "1": listed(row("c", NOON + 3.5), row("b", NOON + 2), pages=2),
        "2": listed(row("b", NOON + 2), row("a", NOON + 1), pages="2"),
    }

    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json=pages[request.url.params["page_no"]])

    listing = await Service(answer).model.list_tasks(NOON, NOON + 9)
    assert listing == Listing(
        (KnownTask("a", NOON + 1), KnownTask("b", NOON + 2), KnownTask("c", NOON + 3.5))
    )


async def test_tasks_of_other_models_and_times_are_left_out_of_the_list() -> None:
    document = listed(
        row("x", NOON + 1, model_name="aitryon"),
        row("y", NOON - 5),
        row("z", NOON + 99),
        row("mine", NOON + 2),
    )
    listing = await answering(200, document).model.list_tasks(NOON, NOON + 9)
    assert listing == Listing((KnownTask("mine", NOON + 2),))


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"data": None, "total_page": 1},
        {"data": {}, "total_page": 1},
        listed(row("a", NOON + 1), pages=None),
        listed(row("a", NOON + 1), pages="many"),
        listed(row("", NOON + 1)),
        listed(row("../a", NOON + 1)),
        listed(row("a", 0)),
        listed(row("a", NOON + 1, gmt_create="yesterday")),
        listed(row("a", NOON + 1, gmt_create=True)),
        listed(row("a", NOON + 1, gmt_create=10**40)),
        {"data": ["a"], "total_page": 1},
    ],
)
async def test_a_list_that_makes_no_sense_does_not_pass_for_an_empty_one(
    document: dict[str, object],
) -> None:
    assert isinstance(await answering(200, document).model.list_tasks(NOON, NOON + 9), NoAnswer)


async def test_a_list_that_never_ends_is_given_up() -> None:
    service = answering(200, listed(row("a", NOON + 1), pages=10**9))
    assert isinstance(await service.model.list_tasks(NOON, NOON + 9), NoAnswer)
    assert len(service.requests) == 40


async def test_the_list_is_tried_again_when_the_service_stumbles() -> None:
    service = answering(503, b"")
    listing = await service.model.list_tasks(NOON, NOON + 9)
    assert isinstance(listing, NoAnswer)
    assert len(service.requests) == 3


async def test_no_outcome_repeats_the_key_or_a_signature() -> None:
    message = f"the key {KEY} may not read http://b.oss.aliyuncs.com/p.jpg?{SECRET}"
    refusal = {"code": KEY, "message": message}
    service = answering(400, refusal)
    failed = answering(200, task("FAILED", **refusal))
    outcomes = [
        await service.model.submit(ORDER),
        await service.model.query("t-1"),
        await service.model.cancel("t-1"),
        await service.model.list_tasks(NOON, NOON + 9),
        await failed.model.query("t-1"),
        await failing(httpx.ReadError).model.submit(ORDER),
        await failing(httpx.ConnectError).model.collect(RESULT),
    ]
    for outcome in outcomes:
        assert KEY not in repr(outcome)
        assert "canary" not in repr(outcome)
