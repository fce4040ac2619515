"""Over real sockets: how connections break, and what that says about a paid submit."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

import httpx
import pytest

from providers.base import Accepted, Collected, NoAnswer, Provider, Refused, Unclear
from providers.catalogue import dashscope_models
from providers.causes import Cause
from tests.providers.support import KEY, ORDER, Moments

ACCEPTED = b'{"output":{"task_id":"t-1","task_status":"PENDING"},"request_id":"r"}'


@contextlib.asynccontextmanager
async def saying(answer: bytes) -> AsyncIterator[tuple[Provider, list[bytes], str]]:
    """Serve raw bytes to every request and close; gives a provider, what it sent, and a URL."""
    heard: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(answer)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server, httpx.AsyncClient() as client:
        yield model(client, port), heard, f"http://127.0.0.1:{port}/picture.jpg"


def model(client: httpx.AsyncClient, port: int) -> Provider:
    moments = Moments()
    base = f"http://127.0.0.1:{port}/api/v1"
    models = dashscope_models(client, KEY, base, now=moments.now, sleep=moments.sleep)
    return models["aitryon"]


def http(body: bytes, length: int, status: str = "200 OK") -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Length: {length}\r\n\r\n".encode() + body


async def test_a_whole_answer_is_accepted() -> None:
    async with saying(http(ACCEPTED, len(ACCEPTED))) as (provider, heard, _):
        assert await provider.submit(ORDER) == Accepted("t-1")
        assert heard[0].startswith(b"POST /api/v1/services/aigc/image2image/image-synthesis ")


async def test_where_nobody_listens_nothing_was_accepted() -> None:
    async with saying(b"") as (_, _, url):
        port = int(url.split(":")[2].split("/")[0])
    async with httpx.AsyncClient() as client:
        submission = await model(client, port).submit(ORDER)
    assert isinstance(submission, Refused)
    assert submission.problem.cause is Cause.SERVICE_FAILED
    assert submission.problem.code == "not_sent"


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"HTTP/1.1 200",
        http(ACCEPTED[:30], len(ACCEPTED)),
        http(ACCEPTED[:30], 30),
        b"SSH-2.0-OpenSSH_9.9\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nnonsense",
        http(b"", 0, "502 Bad Gateway"),
    ],
)
async def test_a_submit_answered_by_half_is_unclear_and_was_sent_once(answer: bytes) -> None:
    async with saying(answer) as (provider, heard, _):
        assert isinstance(await provider.submit(ORDER), Unclear)
        assert len(heard) == 1


async def test_a_picture_that_broke_off_is_asked_for_again() -> None:
    for answer, expected in (
        (http(b"half", 8), NoAnswer),
        (http(b"whole", 5), Collected),
    ):
        async with saying(answer) as (provider, _, url):
            assert isinstance(await provider.collect(url), expected)
