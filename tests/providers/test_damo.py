"""What DAMO is asked for, offers, and answers: every code, every state, and nonsense."""

import json
import random

import httpx
import pytest

from providers.base import (
    Accepted,
    Failed,
    NoAnswer,
    Refused,
    Reports,
    Stage,
    Submission,
    Succeeded,
    TakesSeveral,
    Unclear,
    Underway,
)
from providers.causes import Cause, Problem
from providers.damo import SPEC
from providers.damo_errors import CODES, ENDED
from providers.styles import Style
from providers.wishes import RestyleRequest, TryOnRequest, Wear
from tests.providers.damo import (
    APPCODE,
    ORDER,
    RESULT,
    SUIT,
    URL,
    Answering,
    document,
    refusal,
    saying,
)
from tests.providers.test_fuzz import respond

WAITING = {"status": "WAITING", "results": [RESULT]}
DONE = {"status": "SUCCESS", "results": [RESULT, f"{RESULT}2"]}

# provider docs 002, "状态码说明": the HTTP status and the code
TABLE = [
    (500, "23500000", Cause.SERVICE_FAILED),
    (401, "23500001", Cause.KEY_REFUSED),
    (404, "23500002", Cause.REQUEST_REFUSED),
    (403, "23500003", Cause.ARREARS),
    (403, "23500004", Cause.THROTTLED),
    (403, "23500005", Cause.CONTENT_REFUSED),
    (400, "23500006", Cause.PHOTO_UNREACHABLE),
    (400, "23500007", Cause.PHOTO_UNFIT),
    (400, "23500008", Cause.TASK_LOST),
    (400, "23500009", Cause.REQUEST_REFUSED),
    (500, "23500011", Cause.SERVICE_FAILED),
    (400, "23500012", Cause.REQUEST_REFUSED),
    (400, "23500013", Cause.REQUEST_REFUSED),
    (400, "23500014", Cause.REQUEST_REFUSED),
    (400, "23500015", Cause.PERSON_UNCLEAR),
    (400, "23500016", Cause.PERSON_UNCLEAR),
]
UNKNOWN = [
    (400, "23599999", Cause.REQUEST_REFUSED),
    (403, "23599999", Cause.KEY_REFUSED),
    (500, "23599999", Cause.SERVICE_FAILED),
    (200, "Surprise", Cause.SERVICE_FAILED),
]
GATEWAY = [
    (400, {"X-Ca-Error-Code": "A400AC"}, Cause.KEY_REFUSED),
    (401, {"X-Ca-Error-Code": "A401XX"}, Cause.KEY_REFUSED),
    (403, {"X-Ca-Error-Code": "A403IP"}, Cause.KEY_REFUSED),
    (403, {"X-Ca-Error-Code": "I403AA"}, Cause.KEY_REFUSED),
    (403, {"X-Ca-Error-Code": "B403MQ"}, Cause.ARREARS),
    (403, {"X-Ca-Error-Code": "B403ME"}, Cause.ARREARS),
    (403, {"X-Ca-Error-Code": "B403MI"}, Cause.ARREARS),
    (403, {"X-Ca-Error-Code": "B403OD"}, Cause.ARREARS),
    (403, {"X-Ca-Error-Message": "Quota Exhausted"}, Cause.ARREARS),
    (403, {"X-Ca-Error-Message": "Nonce Used"}, Cause.REQUEST_REFUSED),
    (429, {"X-Ca-Error-Code": "T429ID"}, Cause.THROTTLED),
    (429, {}, Cause.THROTTLED),
    (503, {"X-Ca-Error-Code": "D503BB"}, Cause.SERVICE_FAILED),
    (401, {}, Cause.KEY_REFUSED),
    (403, {}, Cause.KEY_REFUSED),
    (404, {}, Cause.REQUEST_REFUSED),
    (400, {"X-Ca-Error-Code": "Z999ZZ"}, Cause.REQUEST_REFUSED),
]


async def test_a_submit_names_all_outfits_and_how_often_each_is_drawn() -> None:
    service = saying(200, document(WAITING, WAITING))
    dress = TryOnRequest(SUIT.person_url, "https://h.test/d.jpg", None, Wear.DRESS)
    assert await service.model.submit_all([SUIT, dress], 3) == Accepted("k-1")
    (sent,) = service.requests
    base = "https://damotryon.market.alicloudapi.com/api/v1/tryon"
    assert str(sent.url) == f"{base}/submit"
    assert sent.headers["authorization"] == f"APPCODE {APPCODE}"
    assert sent.headers["content-type"] == "application/json"
    assert json.loads(sent.content) == {
        "data": {
            "fit_type": "FULL_BODY",
            "inference_num": 3,
            "task_list": [
                {
                    "model_image": "https://h.test/p.jpg",
                    "tops_image": "https://h.test/t.jpg",
                    "pants_image": "https://h.test/b.jpg",
                },
                {"model_image": "https://h.test/p.jpg", "tops_image": "https://h.test/d.jpg"},
            ],
        }
    }


async def test_one_picture_of_a_single_piece_is_the_smallest_submit() -> None:
    service = saying(200, document(WAITING))
    assert await service.model.submit(ORDER) == Accepted("k-1")
    data = json.loads(service.requests[0].content)["data"]
    assert (data["fit_type"], data["inference_num"], len(data["task_list"])) == ("HALF_BODY", 1, 1)


async def test_every_request_has_a_nonce_of_its_own() -> None:
    service = saying(200, document(WAITING))
    for _ in range(50):
        await service.model.submit(ORDER)
        await service.model.query("k-1")
    assert len({request.headers["x-ca-nonce"] for request in service.requests}) == 100


@pytest.mark.parametrize(
    ("requests", "samples"),
    [
        ([], 1),
        ([ORDER] * 11, 1),
        ([ORDER], 0),
        ([ORDER], 5),
        ([ORDER, SUIT], 1),  # one fit_type for a whole submit
        ([TryOnRequest("https://h.test/p", None, "https://h.test/b", Wear.BOTTOM)], 1),
        ([RestyleRequest("https://h.test/p", Style.ANIME)], 1),
    ],
)
async def test_what_it_does_not_offer_is_refused_without_a_call(
    requests: list[TryOnRequest], samples: int
) -> None:
    service = saying(200, document(WAITING))
    refused = await service.model.submit_all(requests, samples)
    assert isinstance(refused, Refused)
    assert refused.problem.code == "not_offered"
    assert service.requests == []


def test_its_capabilities_are_those_of_the_document() -> None:
    model = saying(200).model
    assert isinstance(model, TakesSeveral)
    assert (SPEC.samples, SPEC.outfits) == (4, 10)
    assert Wear.BOTTOM not in SPEC.wears
    assert SPEC.together.keys() == SPEC.wears
    assert SPEC.needs_http_host
    assert SPEC.cost == 475_000 / 500
    assert CODES.keys() == {code for _, code, _ in TABLE}


# --- what answers mean -----------------------------------------------------------------


@pytest.mark.parametrize("number", [False, True], ids=["as text", "as a number"])
@pytest.mark.parametrize(("status", "code", "cause"), [*TABLE, *UNKNOWN])
async def test_each_code_is_understood_whatever_it_is_written_as(
    status: int, code: str, cause: Cause, *, number: bool
) -> None:
    written = int(code) if number and code.isdecimal() else code
    for told in {status, 200}:
        service = saying(told, refusal(written, "why"))
        known = Problem(CODES[code], code, "why") if code in CODES else None
        expected = known or Problem(cause, code, "why")
        if known is not None or told == status:
            assert await service.model.submit(ORDER) == Refused(expected)
            ended = Failed(expected) if code in ENDED else NoAnswer(expected)
            assert await service.model.query("k-1") == ended
            assert await service.model.query_all("k-1") == ended


@pytest.mark.parametrize("body", [b"", b"<html>", {"message": "x"}], ids=["empty", "html", "json"])
@pytest.mark.parametrize(("status", "headers", "cause"), GATEWAY)
async def test_what_the_gateway_says_in_headers_is_understood(
    status: int, headers: dict[str, str], cause: Cause, body: object
) -> None:
    service = saying(status, body, headers)
    refused, silent = await service.model.submit(ORDER), await service.model.query("k-1")
    assert isinstance(refused, Refused)
    assert isinstance(silent, NoAnswer)
    assert refused.problem.cause is silent.problem.cause is cause


@pytest.mark.parametrize(
    ("status", "body", "headers"),
    [
        (200, b"", {}),
        (200, b"<html>", {}),
        (200, document(WAITING, key=""), {}),
        (200, {"code": 0, "success": True, "data": {}}, {}),
        (200, document(WAITING, code=23500000), {}),  # taken on or not?
        (200, b" " * 10_000_000, {}),
        (302, b"", {}),
        (408, b"", {}),
        (500, b"", {}),
        (502, b"<html>Bad Gateway</html>", {}),
        (504, b"", {"X-Ca-Error-Code": "D504TO"}),
    ],
)
async def test_where_nobody_knows_what_became_of_a_submit_it_is_unclear(
    status: int, body: object, headers: dict[str, str]
) -> None:
    service = saying(status, body, headers)
    assert isinstance(await service.model.submit(ORDER), Unclear)
    assert len(service.requests) == 1


@pytest.mark.parametrize("error", [httpx.ReadTimeout, httpx.RemoteProtocolError, httpx.ReadError])
async def test_a_lost_answer_is_unclear_and_the_submit_is_not_repeated(
    error: type[Exception],
) -> None:
    service = _breaking(error)
    assert await service.model.submit(ORDER) == Unclear(error.__name__)
    assert len(service.requests) == 1
    assert isinstance(await service.model.query("k-1"), NoAnswer)


async def test_where_no_connection_came_about_nothing_was_ordered() -> None:
    refused = await _breaking(httpx.ConnectError).model.submit(ORDER)
    assert refused == Refused(Problem(Cause.SERVICE_FAILED, "not_sent", "ConnectError"))


def _breaking(error: type[Exception]) -> Answering:
    def fail(request: httpx.Request) -> httpx.Response:
        message = f"cannot reach {request.url}"
        raise error(message)

    return Answering(fail)


async def test_the_parts_of_a_submit_are_told_apart() -> None:
    service = saying(
        200,
        document(WAITING, {"status": "RUNNING"}, DONE, {"status": "FAILED"}, {"status": "NEWER"}),
    )
    found = await service.model.query_all("k-1")
    assert isinstance(found, Reports)
    assert found.parts[:3] == (
        Underway(Stage.PENDING),  # whatever the document's example shows as its results
        Underway(Stage.RUNNING),
        Succeeded((URL, f"{URL}2")),
    )
    failed = found.parts[3]
    assert isinstance(failed, Failed)
    assert failed.problem.cause is Cause.NOT_DRAWN
    assert found.parts[4] == Underway(Stage.RUNNING)


@pytest.mark.parametrize("code", [0, "0"])
async def test_the_code_of_success_may_be_a_text(code: object) -> None:
    service = saying(200, document(DONE, code=code))
    assert await service.model.submit(ORDER) == Accepted("k-1")
    assert await service.model.query("k-1") == Succeeded((URL, f"{URL}2"))


@pytest.mark.parametrize(
    ("results", "urls"),
    [(RESULT, (URL,)), ([], ()), (None, ()), ([7, "oss://x", "", RESULT, RESULT], (URL,))],
)
async def test_only_addresses_count_as_pictures(results: object, urls: tuple[str, ...]) -> None:
    service = saying(200, document({"status": "SUCCESS", "results": results}))
    assert await service.model.query("k-1") == Succeeded(urls)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b'{"code": 0, "data": {"result_key"',
        b" " * 10_000_000,
        document(),
        document(DONE, key="another's"),
        {"code": 0, "data": []},
        {"code": 0, "data": {"result_key": "k-1", "task_list": "x"}},
        {"data": {"result_key": "k-1", "task_list": [DONE]}},
        document({"status": None}),
    ],
)
async def test_an_answer_that_makes_no_sense_says_nothing_about_the_task(body: object) -> None:
    assert isinstance(await saying(200, body).model.query("k-1"), NoAnswer)


async def test_the_appcode_is_in_no_problem() -> None:
    service = saying(400, refusal("23500013", f"APPCODE {APPCODE} is wrong at {RESULT}"))
    refused = await service.model.submit(ORDER)
    assert APPCODE not in repr(refused)
    assert "Signature" not in repr(refused)


@pytest.mark.parametrize("url", ["https://127.0.0.1/a.jpg", "http://evil.example/a.jpg"])
async def test_pictures_are_only_fetched_where_the_service_keeps_them(url: str) -> None:
    service = saying(200, b"picture")
    failed = await service.model.collect(url)
    assert isinstance(failed, Failed)
    assert service.requests == []


# --- damage ----------------------------------------------------------------------------

ROUNDS = 2000
SUBMITTED = (document(WAITING), document(DONE, DONE), refusal(23500013, f"{APPCODE} {RESULT}"))
ASKED = (
    document(WAITING, DONE),
    document(DONE),
    document({"status": "FAILED"}),
    refusal("23500008"),
    refusal("23500004", f"{APPCODE} {RESULT}"),
)


async def test_no_damaged_answer_to_a_submit_gets_past_the_provider_as_an_exception() -> None:
    dice = random.Random("damo submit")  # noqa: S311  the same damage in every run
    service = Answering(lambda _request: respond(dice, SUBMITTED))
    met: set[type] = set()
    for _ in range(ROUNDS):
        outcome: Submission = await service.model.submit_all([ORDER, ORDER], 2)
        assert isinstance(outcome, Accepted | Refused | Unclear)
        assert isinstance(outcome, Accepted) or APPCODE not in repr(outcome)
        met.add(type(outcome))
    assert met == {Accepted, Refused, Unclear}


async def test_no_damaged_answer_to_a_query_gets_past_the_provider_as_an_exception() -> None:
    dice = random.Random("damo query")  # noqa: S311  the same damage in every run
    service = Answering(lambda _request: respond(dice, ASKED))
    met: set[type] = set()
    for _ in range(ROUNDS):
        outcome = await service.model.query_all("k-1")
        assert isinstance(outcome, Reports | Failed | NoAnswer)
        parts = outcome.parts if isinstance(outcome, Reports) else ()
        assert all(isinstance(one, Underway | Succeeded | Failed | NoAnswer) for one in parts)
        met |= {type(outcome), *map(type, parts)}
    assert met == {Reports, Failed, NoAnswer, Underway, Succeeded}
