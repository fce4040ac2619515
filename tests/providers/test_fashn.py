"""What is sent to FASHN and how its answers are read, answer by answer."""

import json

import httpx
import pytest

from providers import fashn
from providers.base import (
    Accepted,
    Collected,
    Failed,
    KeepsTasks,
    ListsTasks,
    NoAnswer,
    Refused,
    Stage,
    Succeeded,
    Unclear,
    Underway,
)
from providers.causes import Cause
from providers.fashn import Fashn
from providers.fashn_errors import NAMES
from providers.http import Http
from providers.wishes import Face, RestyleRequest, TryOnRequest, Wear
from tests.providers.support import KEY, RESTYLE, answering, failing

PERSON, TOP, BOTTOM = (f"https://bot.example/p/{name}.jpg" for name in ("me", "top", "low"))
ORDER = TryOnRequest(PERSON, TOP, None, Wear.TOP)
ID = "123a87r9-4129-4bb3-be18-9c9fb5bd7fc1-u1"
PICTURE = f"https://cdn.fashn.ai/{ID}/output_0.png"


def error(name: object, message: str = "in words") -> dict[str, object]:
    return {"error": name, "message": message}


def failed(name: object, message: str = "in words") -> dict[str, object]:
    return {"id": ID, "status": "failed", "error": {"name": name, "message": message}}


async def test_an_order_is_written_as_the_page_shows_it() -> None:
    service = answering(200, {"id": ID, "error": None})

    assert await service.fashn.submit(ORDER) == Accepted(ID)

    (request,) = service.requests
    assert str(request.url) == "https://api.fashn.ai/v1/run"
    assert request.headers["authorization"].startswith("Bearer ")
    assert json.loads(request.content) == {
        "model_name": "tryon-v1.6",
        "inputs": {
            "model_image": PERSON,
            "garment_image": TOP,
            "category": "tops",
            "mode": "quality",
            "num_samples": 1,
            "seed": 7,
        },
    }


@pytest.mark.parametrize(
    ("wear", "top", "bottom", "garment", "category"),
    [
        (Wear.TOP, TOP, None, TOP, "tops"),
        (Wear.BOTTOM, None, BOTTOM, BOTTOM, "bottoms"),
        (Wear.DRESS, TOP, None, TOP, "one-pieces"),
    ],
)
async def test_the_category_follows_from_what_is_worn(
    wear: Wear, top: str | None, bottom: str | None, garment: str, category: str
) -> None:
    service = answering(200, {"id": ID, "error": None})

    await service.fashn.submit(TryOnRequest(PERSON, top, bottom, wear))

    inputs = json.loads(service.requests[0].content)["inputs"]
    assert (inputs["garment_image"], inputs["category"]) == (garment, category)


@pytest.mark.parametrize(
    "request_",
    [
        TryOnRequest(PERSON, TOP, BOTTOM, Wear.OUTFIT),
        TryOnRequest(PERSON, TOP, None, Wear.TOP, face=Face.NEW),
        RESTYLE,
    ],
)
async def test_what_is_not_offered_is_refused_without_a_call(
    request_: TryOnRequest | RestyleRequest,
) -> None:
    service = answering(200, {"id": ID, "error": None})

    answer = await service.fashn.submit(request_)

    assert isinstance(answer, Refused)
    assert answer.problem.code == "not_offered"
    assert service.requests == []


async def test_every_order_has_a_seed_of_its_own() -> None:
    service = answering(200, {"id": ID, "error": None})
    http = Http(service.client, now=service.moments.now, sleep=service.moments.sleep)
    model = Fashn(http, KEY, host=service.host, results=service.results)

    for _ in range(8):
        await model.submit(ORDER)

    seeds = [json.loads(request.content)["inputs"]["seed"] for request in service.requests]
    assert len(set(seeds)) > 1
    assert all(0 <= seed < fashn.SEEDS for seed in seeds)


@pytest.mark.parametrize(
    ("status", "body", "cause"),
    [
        (400, error("BadRequest"), Cause.REQUEST_REFUSED),
        (400, error("BadRequest", "unknown model_name"), Cause.MODEL_GONE),
        (401, error("UnauthorizedAccess"), Cause.KEY_REFUSED),
        (404, error("NotFound"), Cause.MODEL_GONE),
        (429, error("RateLimitExceeded"), Cause.THROTTLED),
        (429, error("ConcurrencyLimitExceeded"), Cause.THROTTLED),
        (429, error("OutOfCredits"), Cause.ARREARS),
        (500, error("InternalServerError"), Cause.SERVICE_FAILED),
        (200, {"id": None, "error": "OutOfCredits"}, Cause.ARREARS),
        (200, {"id": None, "error": {"name": "BadRequest"}}, Cause.REQUEST_REFUSED),
        (402, error("PayMore"), Cause.ARREARS),
        (403, b"<html>", Cause.KEY_REFUSED),
        (418, error("Teapot"), Cause.REQUEST_REFUSED),
        (429, b"", Cause.THROTTLED),
    ],
)
async def test_a_clear_no_is_a_refusal(status: int, body: object, cause: Cause) -> None:
    answer = await answering(status, body, {"retry-after": "3"}).fashn.submit(ORDER)

    assert isinstance(answer, Refused)
    assert (answer.problem.cause, answer.retry_after) == (cause, 3.0)


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, {}),
        (200, {"id": "../../etc", "error": None}),
        (200, b"<html>"),
        (408, b""),
        (500, b"<html>"),
        (502, error("BadGateway")),
        (503, {"id": ID}),
    ],
)
async def test_an_answer_that_leaves_it_open_is_unclear(status: int, body: object) -> None:
    assert isinstance(await answering(status, body).fashn.submit(ORDER), Unclear)


async def test_what_never_left_is_refused_and_what_may_have_is_unclear() -> None:
    assert isinstance(await failing(httpx.ConnectError).fashn.submit(ORDER), Refused)
    service = failing(httpx.ReadTimeout)
    assert isinstance(await service.fashn.submit(ORDER), Unclear)
    assert len(service.requests) == 1  # never repeated


@pytest.mark.parametrize(
    ("body", "report"),
    [
        ({"status": "starting"}, Underway(Stage.PENDING)),
        ({"status": "in_queue"}, Underway(Stage.PENDING)),
        ({"status": "processing"}, Underway(Stage.RUNNING)),
        ({"status": "Polishing"}, Underway(Stage.RUNNING)),
        ({"status": "canceled"}, Underway(Stage.RUNNING)),
        ({"status": "completed", "output": [PICTURE]}, Succeeded((PICTURE,))),
        ({"status": "completed", "output": [PICTURE, 4, PICTURE]}, Succeeded((PICTURE,))),
    ],
)
async def test_states_are_read(body: dict[str, object], report: object) -> None:
    service = answering(200, {"id": ID, **body})

    assert await service.fashn.query(ID) == report
    assert service.requests[0].url.path == f"/v1/status/{ID}"


@pytest.mark.parametrize("output", [None, [], [None], "https://cdn.fashn.ai/x", ["data:image/png"]])
async def test_a_success_without_a_picture_is_a_failure(output: object) -> None:
    answer = await answering(200, {"id": ID, "status": "completed", "output": output}).fashn.query(
        ID
    )

    assert isinstance(answer, Failed)
    assert answer.problem.cause is Cause.RESULT_UNUSABLE


@pytest.mark.parametrize(
    ("name", "cause"),
    [
        ("ImageLoadError", Cause.PHOTO_UNREACHABLE),
        ("ContentModerationError", Cause.CONTENT_REFUSED),
        ("PoseError", Cause.PERSON_UNCLEAR),
        ("InputValidationError", Cause.REQUEST_REFUSED),
        ("ThirdPartyError", Cause.CONTENT_REFUSED),
        ("UnavailableError", Cause.SERVICE_FAILED),
        ("PipelineError", Cause.SERVICE_FAILED),
        ("NobodyKnowsError", Cause.SERVICE_FAILED),
        (None, Cause.SERVICE_FAILED),
        (17, Cause.SERVICE_FAILED),
    ],
)
async def test_every_failure_has_its_cause(name: object, cause: Cause) -> None:
    answer = await answering(200, failed(name)).fashn.query(ID)

    assert isinstance(answer, Failed)
    assert answer.problem.cause is cause


def test_the_table_is_whole() -> None:
    assert len(NAMES) == 14


async def test_a_prediction_that_is_no_longer_tracked_is_lost() -> None:
    answer = await answering(404, error("NotFound")).fashn.query(ID)

    assert isinstance(answer, Failed)
    assert answer.problem.cause is Cause.TASK_LOST


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, {"id": "other-1", "status": "completed", "output": [PICTURE]}),
        (200, {"id": ID}),
        (200, {"id": ID, "status": 4}),
        (200, b"[]"),
        (404, b"<html>"),
        (429, error("RateLimitExceeded")),
        (500, error("InternalServerError")),
    ],
)
async def test_what_says_nothing_of_the_prediction_is_no_answer(status: int, body: object) -> None:
    service = answering(status, body)

    assert isinstance(await service.fashn.query(ID), NoAnswer)
    assert len(service.requests) == 1


async def test_pictures_come_from_the_services_own_hosts_only() -> None:
    service = answering(200, b"png")

    assert await service.fashn.collect(PICTURE) == Collected(b"png")
    for url in (
        "https://cdn.fashn.ai.evil.example/x",
        "http://cdn.fashn.ai/x",
        "https://evilfashn.ai/x",
        "https://oss-cn-beijing.aliyuncs.com/x",
    ):
        assert isinstance(await service.fashn.collect(url), Failed), url


async def test_the_credits_that_are_left_are_told_without_spending() -> None:
    body = {"credits": {"total": 234, "subscription": 100, "on_demand": 134}}
    service = answering(200, body)

    assert await service.fashn.credits_left() == 234
    assert service.requests[0].url.path == "/v1/credits"
    for odd in ({}, {"credits": 5}, {"credits": {"total": "x"}}, {"credits": {"total": True}}):
        assert isinstance(await answering(200, odd).fashn.credits_left(), NoAnswer)


def test_it_keeps_tasks_and_cannot_list_them() -> None:
    model = answering(200, {}).fashn

    assert isinstance(model, KeepsTasks)
    assert not isinstance(model, ListsTasks)


def test_the_price_is_the_vendors_in_our_money() -> None:
    assert fashn.SPEC.cost == 540  # 0.075 USD at 7.2
