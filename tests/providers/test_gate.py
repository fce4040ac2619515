"""Result URLs come from outside: where they may lead, and how much is taken from there."""

import ipaddress
import ssl
from collections.abc import AsyncIterator

import httpcore
import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from providers.base import Collected, Failed, NoAnswer
from providers.causes import Cause
from providers.gate import Gate, Resolve, host_and_port, https_for, is_public
from providers.http import Http
from providers.results import LARGEST_PICTURE, ResultFetcher
from tests.providers.support import (
    PUBLIC,
    RESULT,
    SECRET,
    Handler,
    Moments,
    answering,
    failing,
    public,
)

GOOD = "https://dashscope-result-hz.oss-cn-hangzhou.aliyuncs.com/1.jpg?Expires=9&Signature=a%2Bb"


def addresses(*found: str) -> Resolve:
    async def resolve(_host: str, _port: int) -> list[str]:
        return list(found)

    return resolve


def fetcher(handler: Handler, *, resolve: Resolve = public) -> ResultFetcher:
    moments = Moments()
    client = httpx.AsyncClient(transport=httpx.MockTransport(handler), follow_redirects=True)
    http = Http(client, now=moments.now, sleep=moments.sleep)
    return ResultFetcher(Gate(http, resolve=resolve))


def untouched(request: httpx.Request) -> httpx.Response:
    message = f"nothing may be asked of {request.url.host}"
    raise AssertionError(message)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/x",
        "https://127.0.0.1/x",
        "https://169.254.169.254/latest/meta-data/",
        "http://100.100.100.200/latest/meta-data/",  # Alibaba Cloud's own metadata service
        "https://[::1]/x",
        "https://[::ffff:127.0.0.1]/x",
        "https://2130706433/x",
        "https://0x7f.1/x",
        "https://0177.0.0.1/x",
        "https://127.1/x",
        "https://0/x",
        "https://localhost/x",
        "https://user@r.aliyuncs.com/x",
        "https://r.aliyuncs.com@127.0.0.1/x",
        "https://r.aliyuncs.com:443@evil.example/x",
        "https://r.aliyuncs.com\\@evil.example/x",
        "https://evil.example/r.aliyuncs.com",
        "https://evil.example#.aliyuncs.com",
        "https://evil.example?.aliyuncs.com",
        "https://aliyuncs.com.evil.example/x",
        "https://evilaliyuncs.com/x",
        "https://aliyuncs.com/x",
        "https://r.aliyuncs.com./x",
        "https://r.aliyuncs.com:8443/x",
        "https://r.aliyuncs.com:80/x",
        "https://r.aliyuncs.com:99999/x",
        "http://r.aliyuncs.com/x",
        "ftp://r.aliyuncs.com/x",
        "file:///etc/passwd",
        "data:image/png;base64,AAAA",
        "gopher://r.aliyuncs.com/x",
        "//r.aliyuncs.com/x",
        "r.aliyuncs.com/x",
        "https:r.aliyuncs.com",
        "https:///r.aliyuncs.com",
        "https://",
        "",
        " https://r.aliyuncs.com/x",
        "https://r.aliyuncs.com/a b",
        "https://r.aliyuncs.com/a\r\nHost: evil",
        "https://r.aliyuncs.com/\u202e",
        "https://ｒ.aliyuncs.com/x",  # noqa: RUF001  a full-width letter is the attack
        "https://r.aliyuncs.com。evil.example/x",
        "https://r.aliyuncs.com/" + "x" * 5000,
    ],
)
async def test_addresses_that_lead_astray_are_refused_unasked(url: str) -> None:
    outcome = await fetcher(untouched).collect(url)
    assert isinstance(outcome, Failed)
    assert outcome.problem.cause is Cause.RESULT_UNUSABLE


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.8.8",
        "0.0.0.0",  # noqa: S104  an address to refuse, not to bind
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.100.100.200",
        "100.64.0.1",
        "192.0.2.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        "fc00::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
        "2001:db8::1",
        "not an address",
    ],
)
async def test_a_name_that_leads_into_a_private_network_is_refused(address: str) -> None:
    assert not is_public(address)
    for found in ([address], [PUBLIC, address], [address, PUBLIC]):
        outcome = await fetcher(untouched, resolve=addresses(*found)).collect(GOOD)
        assert isinstance(outcome, Failed)
        assert outcome.problem.cause is Cause.RESULT_UNUSABLE


@pytest.mark.parametrize(
    "address", [PUBLIC, "1.1.1.1", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"]
)
def test_open_addresses_are_public(address: str) -> None:
    assert is_public(address)


@given(st.integers(0, 2**32 - 1))
@settings(deadline=None)
def test_no_ipv4_address_becomes_public_by_being_wrapped(number: int) -> None:
    plain = ipaddress.IPv4Address(number)
    for prefix in ("::ffff:", "64:ff9b::"):
        assert is_public(f"{prefix}{plain}") == is_public(str(plain))


async def test_the_judged_address_is_the_one_connected_to_under_the_hosts_name() -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, content=b"picture")

    assert await fetcher(answer).collect(GOOD) == Collected(b"picture")
    (request,) = seen
    assert request.url.host == PUBLIC
    assert request.headers["host"] == "dashscope-result-hz.oss-cn-hangzhou.aliyuncs.com"
    assert request.extensions["sni_hostname"] == request.headers["host"]
    assert request.url.raw_path == b"/1.jpg?Expires=9&Signature=a%2Bb"
    assert "authorization" not in request.headers
    assert "cookie" not in request.headers


class Recorder(httpcore.AsyncNetworkBackend):
    """A network that notes whom it is asked to reach and whose certificate is checked."""

    def __init__(self) -> None:
        self.connected: list[str] = []
        self.certified: list[str | None] = []

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109  the base class's signature
        local_address: str | None = None,
        socket_options: object = None,
    ) -> httpcore.AsyncNetworkStream:
        del timeout, local_address, socket_options
        self.connected.append(f"{host}:{port}")
        return RecorderStream(self)


class RecorderStream(httpcore.AsyncMockStream):
    def __init__(self, recorder: Recorder) -> None:
        super().__init__([b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n", b"ok"])
        self._recorder = recorder

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109  the base class's signature
    ) -> httpcore.AsyncNetworkStream:
        del timeout
        assert ssl_context.check_hostname
        self._recorder.certified.append(server_hostname)
        return self


async def test_the_certificate_must_be_for_the_name_not_for_the_address() -> None:
    recorder, moments = Recorder(), Moments()
    transport = httpx.AsyncHTTPTransport()
    transport._pool = httpcore.AsyncConnectionPool(network_backend=recorder)
    async with httpx.AsyncClient(transport=transport) as client:
        http = Http(client, now=moments.now, sleep=moments.sleep)
        gate = Gate(http, resolve=addresses(PUBLIC))
        assert await ResultFetcher(gate).collect(GOOD) == Collected(b"ok")
    assert recorder.connected == [f"{PUBLIC}:443"]
    assert recorder.certified == ["dashscope-result-hz.oss-cn-hangzhou.aliyuncs.com"]


async def test_the_next_address_is_tried_when_one_cannot_be_reached() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.host == PUBLIC:
            message = "unreachable"
            raise httpx.ConnectError(message)
        return httpx.Response(200, content=b"picture")

    found = addresses(PUBLIC, "2606:4700::1111")
    assert await fetcher(answer, resolve=found).collect(GOOD) == Collected(b"picture")


def _raises(error: Exception) -> Resolve:
    async def resolve(_host: str, _port: int) -> list[str]:
        raise error

    return resolve


@pytest.mark.parametrize(
    "resolve",
    [addresses(), _raises(OSError("no such host")), _raises(UnicodeError("label too long"))],
)
async def test_a_name_that_cannot_be_resolved_may_be_tried_later(resolve: Resolve) -> None:
    assert isinstance(await fetcher(untouched, resolve=resolve).collect(GOOD), NoAnswer)


@pytest.mark.parametrize(
    "target", ["http://127.0.0.1/", "https://169.254.169.254/", GOOD, "//evil.example/"]
)
async def test_redirects_are_refused_wherever_they_lead(target: str) -> None:
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.host)
        return httpx.Response(302, headers={"location": target})

    assert isinstance(await fetcher(answer).collect(GOOD), Failed)
    assert asked == [PUBLIC]


class Endless(httpx.AsyncByteStream):
    def __init__(self) -> None:
        self.read = 0

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while True:
            self.read += 1 << 20
            yield bytes(1 << 20)


async def test_an_endless_picture_is_cut_off_and_refused() -> None:
    body = Endless()
    outcome = await fetcher(lambda _: httpx.Response(200, stream=body)).collect(GOOD)
    assert isinstance(outcome, Failed)
    assert body.read <= LARGEST_PICTURE + (2 << 20)


async def test_a_picture_announced_too_large_is_refused_unread() -> None:
    body = Endless()
    headers = {"content-length": str(LARGEST_PICTURE + 1)}
    outcome = await fetcher(lambda _: httpx.Response(200, headers=headers, stream=body)).collect(
        GOOD
    )
    assert isinstance(outcome, Failed)
    assert body.read == 0


@pytest.mark.parametrize("status", [201, 204, 206, 300, 301, 400, 403, 404, 410, 416])
async def test_a_link_that_is_gone_stays_gone(status: int) -> None:
    outcome = await answering(status, b"<Error/>").results.collect(GOOD)
    assert isinstance(outcome, Failed)
    assert outcome.problem.code == f"http_{status}"


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504])
async def test_a_store_in_trouble_is_asked_again_later(status: int) -> None:
    outcome = await answering(status, b"", {"retry-after": "9"}).results.collect(GOOD)
    assert isinstance(outcome, NoAnswer)
    assert outcome.retry_after == 9.0


@pytest.mark.parametrize("error", [httpx.ConnectError, httpx.ReadTimeout, httpx.ReadError])
async def test_a_broken_download_is_begun_again_later(error: type[Exception]) -> None:
    assert isinstance(await failing(error).results.collect(GOOD), NoAnswer)


async def test_an_empty_picture_is_asked_for_again() -> None:
    assert isinstance(await answering(200, b"").results.collect(GOOD), NoAnswer)


async def test_no_refusal_repeats_the_url() -> None:
    for url in (RESULT, f"https://evil.example/?{SECRET}", f"https://127.0.0.1/?{SECRET}"):
        assert "canary" not in repr(await answering(404, b"").results.collect(url))


@pytest.mark.parametrize(
    ("url", "upgraded"),
    [
        (RESULT, RESULT.replace("http://", "https://")),
        ("HTTP://R.Aliyuncs.com/a?b=%2B+%c3", "https://R.Aliyuncs.com/a?b=%2B+%c3"),
        ("http://r.aliyuncs.com:80/a", "https://r.aliyuncs.com/a"),
        ("http://r.aliyuncs.com", "https://r.aliyuncs.com"),
        ("http://r.aliyuncs.com:8080/a", "http://r.aliyuncs.com:8080/a"),
        ("http://r.aliyuncs.com.evil.example/a", "http://r.aliyuncs.com.evil.example/a"),
        ("http://r.aliyuncs.com@evil.example/a", "http://r.aliyuncs.com@evil.example/a"),
        ("http://127.0.0.1:8080/a", "http://127.0.0.1:8080/a"),
        ("https://r.aliyuncs.com/a", "https://r.aliyuncs.com/a"),
    ],
)
def test_only_the_scheme_is_raised_to_https_and_only_for_known_hosts(
    url: str, upgraded: str
) -> None:
    assert https_for(url) == upgraded


@given(st.text("abcXYZ019-._~:/?#[]@!$&'()*+,;=%", max_size=60))
@settings(deadline=None)
async def test_a_query_reaches_the_store_exactly_as_it_was_signed(query: str) -> None:
    seen: list[bytes] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.url.raw_path)
        return httpx.Response(200, content=b"picture")

    signed = query.partition("#")[0]
    await fetcher(answer).collect(f"https://r.aliyuncs.com/1.jpg?x{query}")
    assert seen == [f"/1.jpg?x{signed}".encode()]


@pytest.mark.parametrize(
    ("url", "named"),
    [
        ("http://127.0.0.1:8080/x", "127.0.0.1:8080"),
        ("http://Demo.Local/x", "demo.local:80"),
        ("https://demo.local", "demo.local:443"),
    ],
)
def test_a_trusted_host_is_named_with_its_port(url: str, named: str) -> None:
    assert host_and_port(url) == named
