"""The server that holds the demo together: one app on one port of this machine.

It serves the local Telegram, the local image services, the sample photos and the chat
page. The bot itself is not here: it talks to this server as it would to the real ones.
"""

import asyncio
import errno
import socket
from typing import Final

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware

from bot.clock import Clock
from bot.demo.chatpage import PATHS, page_routes
from bot.demo.faults import Faults
from bot.demo.guard import Guard
from bot.demo.requests_log import RequestLog
from bot.demo.services.damo import LocalDamo
from bot.demo.services.damo_routes import routes as damo_routes
from bot.demo.services.dashscope import LocalDashScope
from bot.demo.services.fashn import LocalFashn
from bot.demo.services.fashn_routes import routes as fashn_routes
from bot.demo.services.routes import routes as dashscope_routes
from bot.demo.telegram.core import LocalTelegram
from bot.demo.telegram.model import World
from bot.demo.telegram.routes import routes as telegram_routes
from bot.demo.world import WORLD
from bot.web import Server

HOST: Final = "127.0.0.1"  # this machine and nobody else
DRAIN: Final = 2  # real seconds that requests have to finish when the server stops


class PortTaken(Exception):  # noqa: N818 - says what happened
    """Another program listens on the port; the message says what to do."""


class DemoServer:
    """The local Telegram, the local services and the page, on one loopback port.

    The port is taken at once (0: any free one), so `url` is known before `start`; whoever
    makes a server must `stop` it, even if it was never started. `life`: see `LocalTelegram`.
    """

    def __init__(self, clock: Clock, *, port: int = 0, world: World = WORLD, life: int = 0) -> None:
        self._listener = _listen(port)
        self.address: tuple[str, int] = self._listener.getsockname()
        self.url = "http://{}:{}".format(*self.address)
        self.faults = Faults()
        self.requests = RequestLog(clock.now)
        self.telegram = LocalTelegram(
            clock, world, faults=self.faults, requests=self.requests, life=life
        )
        self.dashscope = LocalDashScope(clock, self.url, faults=self.faults, requests=self.requests)
        self.fashn = LocalFashn(clock, self.url, faults=self.faults, requests=self.requests)
        self.damo = LocalDamo(clock, self.url, faults=self.faults, requests=self.requests)
        self._server = Server(
            uvicorn.Config(
                self._app(),
                log_config=None,
                log_level="critical",
                access_log=False,  # the addresses of Bot API calls contain the token
                lifespan="off",
                ws="none",
                timeout_graceful_shutdown=DRAIN,
            )
        )
        self._running: asyncio.Task[None] | None = None

    def _app(self) -> Starlette:
        return Starlette(
            routes=[
                *page_routes(self.telegram.feed, self.telegram.people),
                *telegram_routes(self.telegram),
                *dashscope_routes(self.dashscope),
                *fashn_routes(self.fashn),
                *damo_routes(self.damo),
            ],
            middleware=[Middleware(Guard, pages=PATHS)],
        )

    async def start(self) -> None:
        """Serve until `stop`; returns when requests are answered."""
        self._running = await self._server.begin(self._listener)

    async def stop(self) -> None:
        """End the streams and long polls, let other requests finish, give the port back."""
        await self.telegram.close()
        await self.dashscope.close()
        await self.fashn.close()
        await self.damo.close()
        if self._running is not None:
            self._server.should_exit = True
            await self._running
            cancelled = list(self._server.server_state.tasks)  # took longer than DRAIN
            await asyncio.gather(*cancelled, return_exceptions=True)
        self._listener.close()


def _listen(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    # A port that was in use a moment ago can be taken again at once.
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
    except OSError as error:
        listener.close()
        if error.errno not in {errno.EADDRINUSE, errno.EACCES}:
            raise
        msg = f"Port {port} cannot be used ({error.strerror}). Choose another with --port."
        raise PortTaken(msg) from None
    return listener
