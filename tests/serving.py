"""Serves an ASGI app over real HTTP on a free loopback port, inside a test."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator

import uvicorn
from starlette.types import ASGIApp

from bot.web import Server


class _Server(Server):
    """A server that stops by event, at once."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.stopping = asyncio.Event()

    async def main_loop(self) -> None:
        await self.on_tick(0)
        await self.stopping.wait()


@contextlib.asynccontextmanager
async def serving(app: ASGIApp) -> AsyncIterator[str]:
    """Serve `app` until the block is left; gives its base URL, without a final slash.

    Requests still under way at the end (long polls, event streams) are cancelled.
    """
    # Without the protocol named, asyncio does not set TCP_NODELAY: 40 ms per answer.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.bind(("127.0.0.1", 0))
    config = uvicorn.Config(
        app, log_config=None, log_level="critical", access_log=False, timeout_graceful_shutdown=0
    )
    server = _Server(config)
    running = await server.begin(listener)
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.stopping.set()
        unfinished = list(server.server_state.tasks)
        await running
        await asyncio.gather(*unfinished, return_exceptions=True)
