import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping

import httpx
import pytest

from bot.values import Address
from bot.web import CannotListen, Web, application

ANYWHERE = Address("127.0.0.1", 0)


class Parts:
    """What the web server asks, with answers a test can change."""

    def __init__(self) -> None:
        self.well: Mapping[str, bool] = {"database": True, "engine": True}
        self.trouble: Exception | None = None
        self.status = 200
        self.accepted: list[tuple[str | None, bytes]] = []
        self.shown: dict[str, bytes | OSError] = {}
        self.before_answer: Callable[[], Awaitable[object]] | None = None

    async def health(self) -> Mapping[str, bool]:
        if self.trouble is not None:
            raise self.trouble
        return self.well

    async def metrics(self) -> bytes:
        return b"fitting_room_jobs 3\n"

    async def accept(self, secret: str | None, body: bytes) -> int:
        self.accepted.append((secret, body))
        if self.before_answer is not None:
            await self.before_answer()
        return self.status

    async def photos(self, name: str) -> bytes | None:
        found = self.shown.get(name)
        if isinstance(found, OSError):
            raise found
        return found


@pytest.fixture
def parts() -> Parts:
    return Parts()


@pytest.fixture
async def web(parts: Parts) -> AsyncIterator[Web]:
    app = application(
        health=parts.health, metrics=parts.metrics, accept=parts.accept, photos=parts.photos
    )
    web = Web(ANYWHERE, app)
    await web.start()
    yield web
    await web.stop()


@pytest.fixture
async def client(web: Web) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=f"http://{web.address}", timeout=10) as client:
        yield client


async def test_a_well_bot_says_so(client: httpx.AsyncClient) -> None:
    answer = await client.get("/healthz")

    assert answer.status_code == 200
    assert answer.json() == {"ok": True, "parts": {"database": True, "engine": True}}


async def test_a_part_that_is_not_well_is_named(client: httpx.AsyncClient, parts: Parts) -> None:
    parts.well = {"database": True, "engine": False}

    answer = await client.get("/healthz")

    assert answer.status_code == 503
    assert answer.json() == {"ok": False, "parts": {"database": True, "engine": False}}


async def test_a_bot_that_cannot_tell_is_not_well(client: httpx.AsyncClient, parts: Parts) -> None:
    parts.trouble = RuntimeError("database is locked")

    answer = await client.get("/healthz")

    assert answer.status_code == 503
    assert "locked" not in answer.text


async def test_a_bot_of_no_parts_is_not_well(client: httpx.AsyncClient, parts: Parts) -> None:
    parts.well = {}

    assert (await client.get("/healthz")).status_code == 503


async def test_metrics_are_handed_out_as_prometheus_reads_them(client: httpx.AsyncClient) -> None:
    answer = await client.get("/metrics")

    assert answer.text == "fitting_room_jobs 3\n"
    assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"


@pytest.mark.parametrize("status", [200, 400, 403, 503])
async def test_an_update_is_handed_on_and_answered_as_the_intake_says(
    client: httpx.AsyncClient, parts: Parts, status: int
) -> None:
    parts.status = status
    headers = {"X-Telegram-Bot-Api-Secret-Token": "canary"}

    answer = await client.post("/telegram", content=b'{"update_id":1}', headers=headers)

    assert (answer.status_code, answer.text) == (status, "")
    assert parts.accepted == [("canary", b'{"update_id":1}')]


async def test_a_request_without_the_secret_is_the_intakes_to_judge(
    client: httpx.AsyncClient, parts: Parts
) -> None:
    await client.post("/telegram", content=b"{}")

    assert parts.accepted == [(None, b"{}")]


def for_one_reader(answer: httpx.Response) -> bool:
    """Tell whether an answer about a photo asks everybody else to look away."""
    wanted = {
        "cache-control": "no-store",
        "x-robots-tag": "noindex",
        "x-content-type-options": "nosniff",
    }
    return wanted.items() <= dict(answer.headers).items()


async def test_a_hosted_photo_is_handed_out_and_nobody_is_to_keep_it(
    client: httpx.AsyncClient, parts: Parts
) -> None:
    parts.shown["abc.jpg"] = b"\xff\xd8\xff photo"

    answer = await client.get("/p/abc.jpg")
    head = await client.head("/p/abc.jpg")

    assert (answer.status_code, answer.content) == (200, b"\xff\xd8\xff photo")
    assert (head.status_code, head.content) == (200, b"")
    for one in (answer, head):
        assert one.headers["content-type"] == "image/jpeg"
        assert for_one_reader(one)


async def test_whatever_is_no_photo_gets_one_and_the_same_answer(
    client: httpx.AsyncClient,
) -> None:
    paths = ["abc.jpg", "", "a/b.jpg", "..%2f..%2fdata%2fbot.db", "%00", "x" * 3000, "abc.jpg/"]

    answers = [await client.get(f"/p/{path}") for path in paths]

    seen = {(one.status_code, one.content, _headers(one)) for one in answers}
    assert len(seen) == 1
    assert (answers[0].status_code, answers[0].content) == (404, b"")
    assert for_one_reader(answers[0])


def _headers(answer: httpx.Response) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((name, text) for name, text in answer.headers.items() if name != "date"))


async def test_a_photo_that_cannot_be_read_now_may_be_asked_for_again(
    client: httpx.AsyncClient, parts: Parts
) -> None:
    parts.shown["abc.jpg"] = OSError(5, "Input/output error", "/data/photos/abc.jpg")

    answer = await client.get("/p/abc.jpg")

    assert (answer.status_code, answer.content) == (503, b"")
    assert for_one_reader(answer)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
async def test_photos_cannot_be_put_there_from_outside(
    client: httpx.AsyncClient, method: str
) -> None:
    assert (await client.request(method, "/p/abc.jpg")).status_code == 405


async def test_without_own_photos_their_path_is_unknown(parts: Parts) -> None:
    web = Web(ANYWHERE, application(health=parts.health, metrics=parts.metrics))
    await web.start()
    async with httpx.AsyncClient(base_url=f"http://{web.address}") as client:
        assert (await client.get("/p/abc.jpg")).status_code == 404
    await web.stop()


async def test_a_body_without_end_is_cut_off(client: httpx.AsyncClient, parts: Parts) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while sent < 64 * 1024 * 1024:
            sent += 65536
            yield bytes(65536)

    try:
        answer = await client.post("/telegram", content=endless())
    except httpx.TransportError:
        pass  # it hung up while we were still sending
    else:
        assert answer.status_code == 413
    assert parts.accepted == []
    assert sent < 64 * 1024 * 1024


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/telegram", 405),
        ("POST", "/healthz", 405),
        ("GET", "/", 404),
        ("GET", "/docs", 404),
        ("GET", "/../.env", 404),
        ("POST", "/telegram/x", 404),
    ],
)
async def test_nothing_else_is_answered(
    client: httpx.AsyncClient, parts: Parts, method: str, path: str, status: int
) -> None:
    answer = await client.request(method, path)

    assert answer.status_code == status
    assert "server" not in answer.headers
    assert parts.accepted == []


async def test_without_a_webhook_its_path_is_unknown(parts: Parts) -> None:
    web = Web(ANYWHERE, application(health=parts.health, metrics=parts.metrics))
    await web.start()
    async with httpx.AsyncClient(base_url=f"http://{web.address}") as client:
        assert (await client.post("/telegram", content=b"{}")).status_code == 404
    await web.stop()


async def test_a_stop_lets_an_update_be_stored_first(web: Web, parts: Parts) -> None:
    arrived, stored = asyncio.Event(), asyncio.Event()

    async def store() -> None:
        arrived.set()
        await stored.wait()

    parts.before_answer = store
    async with httpx.AsyncClient(base_url=f"http://{web.address}") as client:
        answer = asyncio.ensure_future(client.post("/telegram", content=b"{}"))
        await arrived.wait()
        stopping = asyncio.ensure_future(web.stop())
        stored.set()

        assert (await answer).status_code == 200
        await stopping
        with pytest.raises(httpx.ConnectError):
            await client.get("/healthz")


async def test_a_stop_is_over_soon_even_if_an_answer_never_is(web: Web, parts: Parts) -> None:
    arrived = asyncio.Event()

    async def never() -> None:
        arrived.set()
        await asyncio.Event().wait()

    parts.before_answer = never
    async with httpx.AsyncClient(base_url=f"http://{web.address}") as client:
        answer = asyncio.ensure_future(client.post("/telegram", content=b"{}"))
        await arrived.wait()
        async with asyncio.timeout(8):
            await web.stop()
        with pytest.raises(httpx.HTTPError):
            (await answer).raise_for_status()


async def test_a_taken_address_is_told_in_words(web: Web, parts: Parts) -> None:
    app = application(health=parts.health, metrics=parts.metrics)
    with pytest.raises(CannotListen, match=r"LISTEN: 127\.0\.0\.1:\d+ cannot be listened on"):
        await Web(web.address, app).start()


async def test_stopping_what_never_started_is_no_trouble(parts: Parts) -> None:
    app = application(health=parts.health, metrics=parts.metrics)

    await Web(ANYWHERE, app).stop()


@pytest.mark.skipif(not socket.has_ipv6, reason="this machine has no IPv6")
async def test_an_ipv6_address_can_be_listened_on(parts: Parts) -> None:
    web = Web(Address("::1", 0), application(health=parts.health, metrics=parts.metrics))
    try:
        await web.start()
    except CannotListen:
        pytest.skip("this machine has no IPv6 loopback")
    async with httpx.AsyncClient(base_url=f"http://{web.address}") as client:
        assert (await client.get("/healthz")).status_code == 200
    await web.stop()
