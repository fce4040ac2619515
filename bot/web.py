"""The bot's own web server: updates by webhook, hosted photos, health, metrics; nothing else.

What an update means, which photos there are, whether the bot is well, and what there is to
count are asked of others; here are only addresses, limits, headers and status codes.
"""

import asyncio
import contextlib
import socket
from collections.abc import Awaitable, Callable, Iterator, Mapping
from http import HTTPStatus
from typing import TypeAlias

import structlog
import uvicorn
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from bot.metrics import MEDIA_TYPE
from bot.reasons import reason
from bot.values import Address

WEBHOOK_PATH = "/telegram"
PHOTOS_PATH = "/p"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  the header's name

_BODY = 1024 * 1024  # bytes; updates have some KB
_BODY_SECONDS = 20.0  # for a body to arrive
_HEALTH_SECONDS = 5.0  # for the parts to answer
# A photo is for the one service that was told its address: nobody keeps, lists or guesses at it.
_PHOTO_HEADERS = {
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex",
    "X-Content-Type-Options": "nosniff",
}
_CONNECTIONS = 200  # at a time; Telegram uses at most 100
_STOP_SECONDS = 2  # for answers that are under way

Accept: TypeAlias = Callable[[str | None, bytes], Awaitable[int]]
Health: TypeAlias = Callable[[], Awaitable[Mapping[str, bool]]]
Page: TypeAlias = Callable[[], Awaitable[bytes]]
Photos: TypeAlias = Callable[[str], Awaitable[bytes | None]]

log = structlog.get_logger(__name__)


class CannotListen(Exception):  # noqa: N818  worded for the operator
    """The address is not to be had. The message says what to do."""


def application(
    *, health: Health, metrics: Page, accept: Accept | None = None, photos: Photos | None = None
) -> Starlette:
    """Return the web application.

    `health` names the parts and whether they are well, `metrics` gives the metrics' page,
    `accept` takes an update's secret and body and returns the HTTP status to answer, `photos`
    takes what stands behind PHOTOS_PATH and returns a JPEG or None (or raises OSError).
    """

    async def healthz(_request: Request) -> Response:
        parts = await _asked(health)
        well = bool(parts) and all(parts.values())
        status = HTTPStatus.OK if well else HTTPStatus.SERVICE_UNAVAILABLE
        return JSONResponse({"ok": well, "parts": parts}, status, {"Cache-Control": "no-store"})

    async def numbers(_request: Request) -> Response:
        return Response(await metrics(), media_type=MEDIA_TYPE)

    routes = [Route("/healthz", healthz), Route("/metrics", numbers)]
    if accept is not None:
        routes.append(Route(WEBHOOK_PATH, _webhook(accept), methods=["POST"]))
    if photos is not None:
        routes.append(Route(f"{PHOTOS_PATH}/{{name:path}}", _photos(photos), methods=["GET"]))
    return Starlette(routes=routes)


def _webhook(accept: Accept) -> Callable[[Request], Awaitable[Response]]:
    async def webhook(request: Request) -> Response:
        try:
            async with asyncio.timeout(_BODY_SECONDS):
                body = await _body(request)
        except (TimeoutError, ClientDisconnect):
            return _hang_up(HTTPStatus.REQUEST_TIMEOUT)
        if body is None:
            return _hang_up(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        return Response(status_code=await accept(request.headers.get(SECRET_HEADER), body))

    return webhook


def _photos(photos: Photos) -> Callable[[Request], Awaitable[Response]]:
    async def photo(request: Request) -> Response:
        try:
            found = await photos(request.path_params["name"])
        except OSError as error:
            log.warning("a hosted photo could not be read", error=error.strerror)
            return Response(None, HTTPStatus.SERVICE_UNAVAILABLE, _PHOTO_HEADERS)
        if found is None:  # unknown, over or no name at all: nobody can tell which
            return Response(None, HTTPStatus.NOT_FOUND, _PHOTO_HEADERS)
        return Response(found, HTTPStatus.OK, _PHOTO_HEADERS, "image/jpeg")

    return photo


async def _body(request: Request) -> bytes | None:
    """Return the body, or None as soon as it turns out to be too large."""
    received = bytearray()
    async for piece in request.stream():
        received += piece
        if len(received) > _BODY:
            return None
    return bytes(received)


def _hang_up(status: int) -> Response:
    """Answer without reading the rest of what is being sent."""
    return Response(status_code=status, headers={"Connection": "close"})


async def _asked(health: Health) -> dict[str, bool]:
    try:
        async with asyncio.timeout(_HEALTH_SECONDS):
            return dict(await health())
    except Exception as error:  # noqa: BLE001  whatever it is, the bot is not well
        log.warning("health could not be told", reason=reason(error))
        return {"health": False}


class Web:
    """The web server as a part that is started and stopped."""

    def __init__(self, listen: Address, app: ASGIApp) -> None:
        self._listen = listen
        self._server = Server(
            uvicorn.Config(
                app,
                log_config=None,
                access_log=False,
                lifespan="off",
                ws="none",
                proxy_headers=False,
                server_header=False,
                limit_concurrency=_CONNECTIONS,
                timeout_graceful_shutdown=_STOP_SECONDS,
            )
        )
        self._running: asyncio.Task[None] | None = None

    @property
    def address(self) -> Address:
        """Where the server really listens: port 0 becomes a free one once it is started."""
        return self._listen

    async def start(self) -> None:
        """Listen. Raises `CannotListen`."""
        listener = _listener(self._listen)
        self._listen = Address(self._listen.host, listener.getsockname()[1])
        self._running = await self._server.begin(listener)
        log.info("listening", address=str(self._listen))

    async def stop(self) -> None:
        """Finish the answers that are under way, then listen no more."""
        if self._running is not None:
            self._server.should_exit = True
            await self._running


class Server(uvicorn.Server):
    """Leaves the process's signals to whoever runs it, and tells when it listens."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none."""
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, and say so."""
        await super().startup(sockets)
        self.ready.set()

    async def begin(self, listener: socket.socket) -> asyncio.Task[None]:
        """Serve until `should_exit` is set; returns when requests are answered."""
        running = asyncio.create_task(self.serve([listener]), name="web")
        ready = asyncio.create_task(self.ready.wait())
        await asyncio.wait({running, ready}, return_when=asyncio.FIRST_COMPLETED)
        ready.cancel()
        if running.done():
            running.result()  # raises what went wrong
        return running


def _listener(listen: Address) -> socket.socket:
    family = socket.AF_INET6 if ":" in listen.host else socket.AF_INET
    try:
        return socket.create_server((listen.host, listen.port), family=family)
    except OSError as error:
        msg = (
            f"LISTEN: {listen} cannot be listened on ({error.strerror or error});"
            " choose another address or port, or stop the program that has it"
        )
        raise CannotListen(msg) from None
