"""One HTTP exchange with a service, as a typed outcome instead of exceptions.

What matters to a caller who pays is not how a call broke but whether the service may have
acted on it: `NotSent` says it never left, `Lost` that it may have arrived, `Answered` what
came back. Bodies are capped while they are read and may be anything at all; `document` is
the JSON object in one, if there is one. Only GETs are repeated here. What an answer means
is the business of each service's own file.
"""

import asyncio
import json
import random
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from types import MappingProxyType
from typing import Any, TypeAlias

import httpx

Now: TypeAlias = Callable[[], float]  # Unix seconds
Sleep: TypeAlias = Callable[[float], Awaitable[object]]  # seconds

JSON_LIMIT = 1 << 20  # bytes; the longest answers, task lists, stay below 100 KB
CALL_SECONDS = 60.0  # for a whole exchange, however slowly it drips
SILENCE_SECONDS = 30.0  # of the other side, within an exchange
ATTEMPTS = 3  # of a GET
FIRST_PAUSE = 0.5  # seconds before the second attempt, doubled for each further one
PATIENCE = 5.0  # seconds: a longer Retry-After is left to the caller's own planning
LONGEST_RETRY_AFTER = 3600.0  # seconds; anything longer is not believed
SAID_LIMIT = 300  # characters of a service's message that are worth keeping

# A task at a service is named by what fits into a path segment and cannot climb out of it.
_TASK_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,127}", re.ASCII)
_SECONDS = re.compile(r"\d{1,9}(\.\d{1,9})?", re.ASCII)
_URL = re.compile(
    r"\b([a-z][a-z0-9+.-]*://)(?:[^\s/?#@\"'<>]*@)?([^\s/?#\"'<>]*)[^\s\"'<>]*", re.IGNORECASE
)
_CREDENTIAL = re.compile(r"\b(bearer|appcode)\s+[^\s\"',;]+", re.IGNORECASE)
_ASSIGNED = re.compile(
    r"\b(signature|ossaccesskeyid|accesskeyid|policy(?==)|security-token|authorization|api[_-]?key)"
    r"(=|:\s?)[^\s\"'&,;]+",
    re.IGNORECASE,
)
_KEY = re.compile(r"\bsk-[\w-]{6,}", re.ASCII)

_NEVER_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.InvalidURL,
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,  # our own request was malformed and stayed here
)
# ValueError: text that cannot be encoded. OSError: TLS and time limits.
_BROKEN = (httpx.HTTPError, httpx.StreamError, OSError, ValueError)


@dataclass(frozen=True, slots=True)
class Answered:
    """A complete answer. `unread` says why its body was left unread, if it was.

    `headers` are found by their names in small letters.
    """

    status: int
    body: bytes = b""
    retry_after: float | None = None  # seconds
    unread: str = ""
    headers: Mapping[str, str] = field(
        default_factory=lambda: MappingProxyType({}), compare=False, repr=False
    )

    @property
    def ok(self) -> bool:
        """Whether the status is one of success."""
        return HTTPStatus.OK <= self.status < HTTPStatus.MULTIPLE_CHOICES

    def document(self) -> dict[str, Any] | None:
        """Return the JSON object that the body is, or None if it is anything else."""
        try:
            document = json.loads(self.body)
        except (ValueError, RecursionError):  # RecursionError: thousands of open brackets
            return None
        return document if isinstance(document, dict) else None


@dataclass(frozen=True, slots=True)
class NotSent:
    """No connection came about: the service has seen nothing of the call."""

    reason: str


@dataclass(frozen=True, slots=True)
class Lost:
    """The call may have arrived, its answer did not, or not whole."""

    reason: str


Reply: TypeAlias = Answered | NotSent | Lost


class Http:
    """Exchanges over one client. `jitter` returns a number from 0 to 1."""

    def __init__(
        self,
        client: httpx.AsyncClient,
        *,
        now: Now,
        sleep: Sleep,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._client = client
        self._now = now
        self._sleep = sleep
        self._jitter = jitter

    async def get(
        self,
        url: str,
        *,
        headers: Mapping[str, str],
        params: Mapping[str, str | int] | None = None,
        attempts: int = ATTEMPTS,
    ) -> Reply:
        """GET a small answer, trying again up to `attempts` times while that may help."""
        attempt = 1
        while True:
            reply = await self.exchange("GET", url, headers=headers, params=params)
            pause = self._pause(reply, attempt) if attempt < attempts else None
            if pause is None:
                return reply
            await self._sleep(pause)
            attempt += 1

    async def post(
        self,
        url: str,
        *,
        headers: Mapping[str, str],
        body: object = None,
        patience: float | None = None,
    ) -> Reply:
        """POST a JSON body once. Whether it may be repeated is for the caller to know.

        With `patience` the answer may take so many seconds, all of them in silence.
        """
        return await self.exchange(
            "POST",
            url,
            headers=headers,
            json=body,
            seconds=patience or CALL_SECONDS,
            silence=patience or SILENCE_SECONDS,
        )

    async def exchange(
        self,
        method: str,
        url: httpx.URL | str,
        *,
        headers: Mapping[str, str],
        limit: int = JSON_LIMIT,
        seconds: float = CALL_SECONDS,
        silence: float = SILENCE_SECONDS,
        **content: Any,  # noqa: ANN401  what httpx takes: params, json, data, files, extensions
    ) -> Reply:
        """Do one exchange: at most `limit` bytes come back, within `seconds` of real time.

        Redirects are answers like any other and never followed.
        """
        # A compressed body could unfold to any size: none is asked for, none is read.
        asked = {"Accept-Encoding": "identity", **headers}
        timeout = httpx.Timeout(connect=10.0, read=silence, write=30.0, pool=10.0)  # seconds each
        try:
            async with asyncio.timeout(seconds):  # the network does not run on our clock
                request = self._client.build_request(
                    method, url, headers=asked, timeout=timeout, **content
                )
                response = await self._client.send(
                    request, stream=True, auth=None, follow_redirects=False
                )
                try:
                    return await self._read(response, limit)
                finally:
                    await response.aclose()
        except _NEVER_SENT as error:
            return NotSent(type(error).__name__)  # its text may hold an address
        except _BROKEN as error:
            return Lost(type(error).__name__)

    async def _read(self, response: httpx.Response, limit: int) -> Answered:
        status = response.status_code
        later = retry_after(response.headers.get("retry-after"), self._now())
        headers = response.headers
        if headers.get("content-encoding", "identity").lower() != "identity":
            return Answered(status, retry_after=later, unread="compressed", headers=headers)
        announced = headers.get("content-length", "")
        body = bytearray()
        if not (announced.isdecimal() and int(announced) > limit):
            async for chunk in response.aiter_bytes():
                body += chunk
                if len(body) > limit:
                    break
            else:
                return Answered(status, bytes(body), later, headers=headers)
        unread = f"more than {limit} bytes"
        return Answered(status, retry_after=later, unread=unread, headers=headers)

    def _pause(self, reply: Reply, attempt: int) -> float | None:
        """Return how long to wait before asking again, None if it would be of no use."""
        pause: float = FIRST_PAUSE * 2 ** (attempt - 1) * (0.5 + self._jitter())
        if not isinstance(reply, Answered):
            return pause
        busy = reply.status == HTTPStatus.TOO_MANY_REQUESTS
        if not busy and reply.status < HTTPStatus.INTERNAL_SERVER_ERROR:
            return None
        wished = reply.retry_after or 0.0
        return max(pause, wished) if wished <= PATIENCE else None


def retry_after(value: str | None, now: float) -> float | None:
    """Return the seconds that a Retry-After header asks for (RFC 9110, section 10.2.3)."""
    if value is None:
        return None
    if _SECONDS.fullmatch(value.strip()):
        return min(float(value), LONGEST_RETRY_AFTER)
    try:
        moment = parsedate_to_datetime(value)
        seconds = moment.replace(tzinfo=moment.tzinfo or UTC).timestamp() - now
    except (ValueError, OverflowError):
        return None
    return min(max(seconds, 0.0), LONGEST_RETRY_AFTER)


def task_id(value: object) -> str | None:
    """Return the value if it can be the name of a task, else None."""
    return value if isinstance(value, str) and _TASK_ID.fullmatch(value) else None


def said(text: object, *secrets: str) -> str:
    """Return what a service said as one short line that is safe to log and to show.

    Of URLs only the host remains (their paths and queries are the way to photos), keys and
    signatures are hidden, and what cannot be printed is left out.
    """
    line = text if isinstance(text, str) else "" if text is None else str(text)
    for secret in filter(None, secrets):  # before any cut, which could halve a secret
        line = line.replace(secret, "[hidden]")
    line = _URL.sub(r"\1\2/…", line[: 10 * SAID_LIMIT])
    line = _CREDENTIAL.sub(r"\1 [hidden]", line)
    line = _KEY.sub("[hidden]", _ASSIGNED.sub(r"\1\2[hidden]", line))
    line = " ".join("".join(c if c.isprintable() else " " for c in line).split())
    return line if len(line) <= SAID_LIMIT else line[: SAID_LIMIT - 1] + "…"
