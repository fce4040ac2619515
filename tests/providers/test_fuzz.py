"""Thousands of damaged answers to every call: always a typed outcome, never a secret."""

import json
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from providers.base import (
    Accepted,
    Collected,
    CutOut,
    Failed,
    Finished,
    Listing,
    NoAnswer,
    NotWorn,
    Published,
    Refused,
    Succeeded,
    TooLate,
    Unclear,
    Underway,
    Withdrawn,
)
from providers.wishes import Wear
from tests.providers.support import KEY, NOON, ORDER, RESTYLE, RESULT, SECRET, Service, drawn, task
from tests.providers.test_hosting import EXPIRED, POLICY
from tests.providers.test_refiner import REFINE

ROUNDS = 2000  # per call, so at least as many for each service


@dataclass(frozen=True)
class Call:
    """One method of a provider: good answers to spoil, and every outcome it may have."""

    answers: tuple[object, ...]
    outcomes: tuple[type, ...]
    make: Callable[[Service], Awaitable[object]]


ROW = {"task_id": "t-1", "status": "RUNNING", "model_name": "aitryon-plus"}
PAGE = {"total": 1, "total_page": 1, "data": [{**ROW, "gmt_create": int(NOON * 1000) + 1}]}
PICTURE = "https://cdn.fashn.ai/p-1/output_0.png"
REFUSAL = {"code": "InvalidParameter", "message": f"{KEY} {RESULT}", "request_id": "r"}


def cut(crop: object, **more: object) -> dict[str, object]:
    found = {"crop_img_url": [crop], "parsing_img_url": [crop], "bbox": [None], **more}
    return {"output": found, "usage": {"image_count": 1}, "request_id": "r"}


CALLS = {
    "submit": Call(
        (task("PENDING"), REFUSAL, {"output": REFUSAL}),
        (Accepted, Refused, Unclear),
        lambda service: service.model.submit(ORDER),
    ),
    "query": Call(
        (
            task("PENDING"),
            task("SUCCEEDED", image_url=RESULT, usage={"image_count": 1}),
            task("SUCCEEDED", results=[{"url": RESULT}]),
            task("FAILED", **REFUSAL),
            task("CANCELED"),
            REFUSAL,
        ),
        (Underway, Succeeded, Failed, Withdrawn, NoAnswer),
        lambda service: service.model.query("t-1"),
    ),
    "cancel": Call(
        ({"request_id": "r"}, {**REFUSAL, "code": "UnsupportedOperation"}),
        (Withdrawn, TooLate, NoAnswer),
        lambda service: service.model.cancel("t-1"),
    ),
    "list": Call(
        (PAGE, {"data": [], "total_page": 0}, REFUSAL),
        (Listing, NoAnswer),
        lambda service: service.model.list_tasks(NOON, NOON + 60),
    ),
    "upload": Call(
        ({"request_id": "r", "data": POLICY}, REFUSAL, EXPIRED),
        (Published, Refused, NoAnswer),
        lambda service: service.host.publish(b"photo", model="aitryon"),
    ),
    "submit to wan": Call(
        (task("PENDING"), REFUSAL, {"output": REFUSAL}),
        (Accepted, Refused, Unclear),
        lambda service: service.wan.submit(ORDER),
    ),
    "query of wan": Call(
        (
            task("RUNNING"),
            task("SUCCEEDED", **drawn(RESULT)),
            task("FAILED", **REFUSAL),
            task("CANCELED"),
            REFUSAL,
        ),
        (Underway, Succeeded, Failed, Withdrawn, NoAnswer),
        lambda service: service.wan.query("t-1"),
    ),
    "call of qwen": Call(
        ({"output": drawn(RESULT), "request_id": "r"}, REFUSAL, {"output": REFUSAL}),
        (Finished, Refused, Unclear),
        lambda service: service.qwen.submit(ORDER),
    ),
    "call of qwen for several": Call(
        ({"output": drawn(RESULT, RESULT), "usage": {"image_count": 2}}, EXPIRED),
        (Finished, Refused, Unclear),
        lambda service: service.qwen.submit(ORDER),
    ),
    "submit to repaint": Call(
        (task("PENDING"), REFUSAL, {"output": REFUSAL}),
        (Accepted, Refused, Unclear),
        lambda service: service.repaint.submit(RESTYLE),
    ),
    "query of repaint": Call(
        (
            task("RUNNING", task_metrics={"TOTAL": 1, "SUCCEEDED": 1, "FAILED": 0}),
            task("SUCCEEDED", results=[{"url": RESULT}], error_code=0, error_message="Success"),
            task("SUCCEEDED", result_url=RESULT),
            task("FAILED", code="InvalidImageResolution", message=SECRET),
            task("CANCELED"),
            REFUSAL,
        ),
        (Underway, Succeeded, Failed, Withdrawn, NoAnswer),
        lambda service: service.repaint.query("t-1"),
    ),
    "submit to refiner": Call(
        (task("PENDING"), REFUSAL, {"output": REFUSAL}),
        (Accepted, Refused, Unclear),
        lambda service: service.refiner.submit(REFINE),
    ),
    "query of refiner": Call(
        (
            task("RUNNING"),
            task("SUCCEEDED", image_url=[RESULT]),
            task("SUCCEEDED", image_url=RESULT),
            task("FAILED", **REFUSAL),
            task("CANCELED"),
            REFUSAL,
        ),
        (Underway, Succeeded, Failed, Withdrawn, NoAnswer),
        lambda service: service.refiner.query("t-1"),
    ),
    "call of parsing": Call(
        (cut(RESULT), cut(None), REFUSAL, {"output": REFUSAL}),
        (CutOut, NotWorn, Refused, NoAnswer),
        lambda service: service.parsing.cut_out("oss://dir/person.jpg", Wear.BOTTOM),
    ),
    "call of parsing again": Call(
        (cut(RESULT, bbox=None), cut(None, parsing_img_url=None), EXPIRED),
        (CutOut, NotWorn, Refused, NoAnswer),
        lambda service: service.parsing.cut_out("oss://dir/person.jpg", Wear.TOP),
    ),
    "run at fashn": Call(
        (
            {"id": "p-1", "error": None},
            {"error": "OutOfCredits", "message": f"{KEY} {RESULT}"},
            {"id": None, "error": {"name": "BadRequest", "message": SECRET}},
        ),
        (Accepted, Refused, Unclear),
        lambda service: service.fashn.submit(ORDER),
    ),
    "status at fashn": Call(
        (
            {"id": "p-1", "status": "in_queue", "error": None},
            {"id": "p-1", "status": "completed", "output": [PICTURE], "error": None},
            {"id": "p-1", "status": "failed", "error": {"name": "PoseError", "message": KEY}},
            {"error": "NotFound", "message": RESULT},
        ),
        (Underway, Succeeded, Failed, NoAnswer),
        lambda service: service.fashn.query("p-1"),
    ),
    "credits at fashn": Call(
        ({"credits": {"total": 234, "subscription": 100, "on_demand": 134}},),
        (int, NoAnswer),
        lambda service: service.fashn.credits_left(),
    ),
    "collect from fashn": Call(
        (b"\x89PNG\r\n\x1a\n" + bytes(500), REFUSAL),
        (Collected, Failed, NoAnswer),
        lambda service: service.fashn.collect(PICTURE),
    ),
    "collect": Call(
        (b"\x89PNG\r\n\x1a\n" + bytes(500), EXPIRED),
        (Collected, Failed, NoAnswer),
        lambda service: service.model.collect(RESULT.replace("http://", "https://")),
    ),
}

JUNK: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    1.5,
    10**30,
    "",
    " ",
    "SUCCEEDED",
    "FAILED",
    "UNKNOWN",
    "\ud800\x00\u202e",
    "../../etc/passwd",
    "https://127.0.0.1/",
    "http://x" * 999,
    RESULT,
    KEY,
    [],
    {},
    [[[[]]]],
    [None, 1, {}],
    {"code": "Throttling", "message": 7},
    {"url": {"url": []}},
)
PAGES = (b"", b"<html>", b"null", b"[]", b"\xff\xfe{}", b"[" * 5000, b'{"a":' * 5000, b"\x00" * 99)
STATUSES = (
    200,
    200,
    200,
    200,
    201,
    204,
    302,
    400,
    401,
    403,
    404,
    408,
    409,
    429,
    500,
    502,
    503,
    599,
)
HEADERS: tuple[dict[str, str], ...] = (
    {},
    {},
    {"retry-after": "1"},
    {"retry-after": "never"},
    {"retry-after": "9" * 400},
    {"content-type": "image/nothing; charset=\x7f"},
    {"content-encoding": "gzip"},
    {"content-length": "99999999999"},
    {"location": "http://127.0.0.1/"},
)
ERRORS = (httpx.ConnectError, httpx.ReadTimeout, httpx.RemoteProtocolError, OSError, ValueError)


def spoil(dice: random.Random, value: Any) -> Any:  # noqa: ANN401  any JSON becomes any JSON
    """Return the value with something in it replaced, removed, doubled or wrapped."""
    if isinstance(value, dict) and value and dice.random() < 0.8:
        key = dice.choice(list(value))
        if dice.random() < 0.15:
            return {k: v for k, v in value.items() if k != key}
        return {**value, key: spoil(dice, value[key])}
    if isinstance(value, list) and value and dice.random() < 0.6:
        return [*value, spoil(dice, value[0])]
    return [value] if dice.random() < 0.2 else dice.choice(JUNK)


def bytes_of(dice: random.Random, answer: object) -> bytes:
    """Return an answer as bytes, damaged in its structure, its bytes, or both."""
    if dice.random() < 0.1:
        return dice.choice(PAGES)
    if not isinstance(answer, bytes):
        for _ in range(dice.randrange(3)):
            answer = spoil(dice, answer)
        answer = json.dumps(answer).encode()
    body = bytearray(answer)
    for _ in range(dice.choice((0, 0, 0, 1, 3))):
        if body:
            body[dice.randrange(len(body))] = dice.randrange(256)
    return bytes(body[: dice.randrange(len(body) + 1)] if dice.random() < 0.15 else body)


def respond(dice: random.Random, answers: tuple[object, ...]) -> httpx.Response:
    if dice.random() < 0.05:
        message = f"{RESULT} {KEY}"
        raise dice.choice(ERRORS)(message)
    body = bytes_of(dice, dice.choice(answers))
    return httpx.Response(dice.choice(STATUSES), headers=dice.choice(HEADERS), content=body)


@pytest.mark.parametrize("name", CALLS)
async def test_no_damaged_answer_gets_past_a_provider_as_an_exception(name: str) -> None:
    call = CALLS[name]
    dice = random.Random(f"fitting room {name}")  # noqa: S311  the same damage in every run
    service = Service(lambda _request: respond(dice, call.answers))
    met: set[type] = set()
    for _ in range(ROUNDS):
        outcome = await call.make(service)
        assert isinstance(outcome, call.outcomes), outcome
        if not isinstance(
            outcome, Succeeded | Finished | Collected | CutOut
        ):  # those carry URLs and bytes by design
            assert KEY not in repr(outcome)
            assert SECRET not in repr(outcome)
        met.add(type(outcome))
    assert met == set(call.outcomes), "the damage is varied enough to reach every outcome"
