"""One exchange: what is sent once, what again, how much is read, what may be said."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from providers.http import (
    JSON_LIMIT,
    SAID_LIMIT,
    Answered,
    Http,
    Lost,
    NotSent,
    retry_after,
    said,
    task_id,
)
from tests.providers.support import KEY, NOON, Handler, Moments

URL = "https://service.example/x"


def http(handler: Handler, moments: Moments | None = None) -> Http:
    moments = moments or Moments()
    client = httpx.AsyncClient(transport=httpx.MockTransport(handler), follow_redirects=True)
    return Http(client, now=moments.now, sleep=moments.sleep, jitter=lambda: 0.5)


class Endless(httpx.AsyncByteStream):
    """A body that never ends; `read` counts what was taken of it."""

    def __init__(self) -> None:
        self.read = 0

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while True:
            self.read += 1 << 16
            yield bytes(1 << 16)


@pytest.mark.parametrize(
    "error",
    [
        httpx.ConnectError,
        httpx.ConnectTimeout,
        httpx.PoolTimeout,
        httpx.ProxyError,
        httpx.UnsupportedProtocol,
        httpx.LocalProtocolError,
        httpx.InvalidURL,
    ],
)
async def test_a_call_that_never_left_is_told_from_one_whose_answer_was_lost(
    error: type[Exception],
) -> None:
    def fail(request: httpx.Request) -> httpx.Response:
        raise error(str(request.url))

    assert await http(fail).post(URL, headers={}) == NotSent(error.__name__)


@pytest.mark.parametrize(
    "error",
    [
        httpx.ReadTimeout,
        httpx.ReadError,
        httpx.WriteError,
        httpx.WriteTimeout,
        httpx.RemoteProtocolError,
        httpx.DecodingError,
        TimeoutError,
        ConnectionResetError,
        ValueError,
    ],
)
async def test_a_call_that_may_have_arrived_counts_as_lost(error: type[Exception]) -> None:
    def fail(request: httpx.Request) -> httpx.Response:
        raise error(str(request.url))

    assert await http(fail).post(URL, headers={}) == Lost(error.__name__)


async def test_a_post_is_never_repeated() -> None:
    calls: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        calls.append(request.method)
        return httpx.Response(503, headers={"retry-after": "0"})

    reply = await http(answer).post(URL, headers={}, body={"a": 1})
    assert reply == Answered(503, retry_after=0.0)
    assert calls == ["POST"]


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
async def test_a_get_is_tried_again_with_growing_pauses_and_then_given_up(status: int) -> None:
    moments, calls = Moments(), []

    def answer(_request: httpx.Request) -> httpx.Response:
        calls.append(status)
        return httpx.Response(status)

    reply = await http(answer, moments).get(URL, headers={})
    assert isinstance(reply, Answered)
    assert len(calls) == 3
    assert moments.slept == [0.5, 1.0]


@pytest.mark.parametrize("status", [200, 204, 302, 400, 401, 403, 404])
async def test_a_get_with_a_clear_answer_is_not_repeated(status: int) -> None:
    moments = Moments()
    headers = {"location": "https://elsewhere.example/"}
    reply = await http(lambda _: httpx.Response(status, headers=headers), moments).get(
        URL, headers={}
    )
    assert isinstance(reply, Answered)
    assert reply.status == status
    assert moments.slept == []


async def test_a_get_recovers_when_the_second_answer_arrives() -> None:
    tries: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        tries.append(request)
        if len(tries) == 1:
            message = "no"
            raise httpx.ConnectError(message)
        return httpx.Response(200, json={"fine": True})

    reply = await http(answer).get(URL, headers={})
    assert isinstance(reply, Answered)
    assert reply.document() == {"fine": True}


async def test_a_short_retry_after_is_waited_for_and_a_long_one_is_handed_on() -> None:
    moments = Moments()
    await http(lambda _: httpx.Response(429, headers={"retry-after": "4"}), moments).get(
        URL, headers={}
    )
    assert moments.slept == [4.0, 4.0]
    reply = await http(lambda _: httpx.Response(429, headers={"retry-after": "60"}), moments).get(
        URL, headers={}
    )
    assert moments.slept == [4.0, 4.0]
    assert reply == Answered(429, retry_after=60.0)


async def test_redirects_are_answers_even_if_the_client_would_follow_them() -> None:
    hosts: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        hosts.append(request.url.host)
        return httpx.Response(307, headers={"location": "http://127.0.0.1/"})

    await http(answer).post(URL, headers={"Authorization": f"Bearer {KEY}"}, body={})
    assert hosts == ["service.example"]


async def test_reading_stops_soon_after_the_limit() -> None:
    body = Endless()
    reply = await http(lambda _: httpx.Response(200, stream=body)).get(URL, headers={})
    assert isinstance(reply, Answered)
    assert reply.unread
    assert reply.body == b""
    assert body.read <= JSON_LIMIT + (1 << 17)


async def test_a_body_announced_too_large_is_not_read_at_all() -> None:
    body = Endless()
    headers = {"content-length": str(JSON_LIMIT + 1)}
    reply = await http(lambda _: httpx.Response(200, headers=headers, stream=body)).get(
        URL, headers={}
    )
    assert isinstance(reply, Answered)
    assert reply.unread
    assert body.read == 0


async def test_compressed_bodies_are_neither_asked_for_nor_unfolded() -> None:
    asked: list[str] = []
    body = Endless()

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.headers["accept-encoding"])
        return httpx.Response(200, headers={"content-encoding": "gzip"}, stream=body)

    reply = await http(answer).get(URL, headers={})
    assert asked == ["identity"]
    assert reply == Answered(200, unread="compressed")
    assert body.read == 0


async def test_an_exchange_that_drips_for_too_long_is_given_up() -> None:
    class Hanging(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            del request
            await asyncio.Event().wait()
            raise AssertionError

    moments = Moments()
    calls = Http(httpx.AsyncClient(transport=Hanging()), now=moments.now, sleep=moments.sleep)
    assert await calls.exchange("POST", URL, headers={}, seconds=0.01) == Lost("TimeoutError")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html><body>502 Bad Gateway</body></html>",
        b'{"output": {"task_id": "t',
        b"null",
        b"[]",
        b'"text"',
        b"17",
        b"\xff\xfe\x00",
        b"[" * 200_000,
        b'{"a":' * 100_000,
        b'{"a": ' + b"9" * 10_000 + b"}",
    ],
)
def test_a_body_that_is_no_json_object_is_no_document(body: bytes) -> None:
    assert Answered(200, body).document() is None


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None),
        ("0", 0.0),
        ("7", 7.0),
        (" 2.5 ", 2.5),
        ("999999999", 3600.0),
        ("Sat, 01 Aug 2026 04:00:30 GMT", 30.0),
        ("Sat, 01 Aug 2026 03:00:00 GMT", 0.0),
        ("Sat, 01 Aug 2026 04:00:30", 30.0),
        ("-5", None),
        ("nan", None),
        ("soon", None),
        ("٣", None),
        ("", None),
    ],
)
def test_retry_after_is_read_as_seconds_or_as_a_date(
    value: str | None, seconds: float | None
) -> None:
    assert retry_after(value, NOON) == seconds


@given(st.text())
@settings(deadline=None)
def test_retry_after_is_bounded_whatever_it_says(value: str) -> None:
    seconds = retry_after(value, NOON)
    assert seconds is None or 0 <= seconds <= 3600


@pytest.mark.parametrize(
    "value", ["", ".", "..", "../models", "a/b", "a?b", "a b", "é", "x" * 129, 7, None, ["t"]]
)
def test_what_cannot_be_part_of_a_path_is_no_task_id(value: object) -> None:
    assert task_id(value) is None


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"key {KEY} is wrong", "key [hidden] is wrong"),
        ("key sk-other-987654 is wrong", "key [hidden] is wrong"),
        (
            "cannot get http://b.aliyuncs.com/p/1.jpg?Expires=1&Signature=abc now",
            "cannot get http://b.aliyuncs.com/… now",
        ),
        ("see oss://bucket/dir/name.jpg", "see oss://bucket/…"),
        ("at https://user:pass@host.example/p", "at https://host.example/…"),
        ("Authorization: Bearer abc.def", "Authorization: [hidden] [hidden]"),
        ("OSSAccessKeyId=LTAI5t&x", "OSSAccessKeyId=[hidden]&x"),
        (
            "Invalid according to Policy: Policy expired.",
            "Invalid according to Policy: Policy expired.",
        ),
        ("line\none\x00\u202etwo", "line one two"),
        ("\ud800", ""),
        (None, ""),
        (17, "17"),
    ],
)
def test_what_a_service_says_is_made_safe_to_repeat(text: object, left: str) -> None:
    assert said(text, KEY) == left


@given(st.text(max_size=400), st.text(max_size=400))
@settings(deadline=None)
def test_a_secret_never_survives_being_said(before: str, after: str) -> None:
    secret = "opaque~secret~value"
    assert secret not in said(before + secret + after, secret)


@given(st.text(max_size=2000))
@settings(deadline=None)
def test_what_is_said_is_one_short_printable_line(text: str) -> None:
    line = said(text)
    assert len(line) <= SAID_LIMIT
    assert line.isprintable()
    line.encode()
