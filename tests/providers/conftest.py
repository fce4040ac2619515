"""The twin of the service, served over HTTP for one test, and an S3 endpoint."""

import ssl
from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.applications import Starlette

from bot.clock import Clock
from bot.demo.services.routes import routes
from tests.providers.room import Room
from tests.providers.support import NOON
from tests.s3 import s3, s3_server
from tests.serving import serving

__all__ = ["room", "s3", "s3_server"]


@pytest.fixture
async def room(request: pytest.FixtureRequest) -> AsyncIterator[Room]:
    """Give a room for one model that keeps tasks; tests may name which."""
    app = Starlette()
    bare = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # without certificates: nothing leaves here
    async with serving(app) as url, httpx.AsyncClient(verify=bare) as client:
        room = Room(client, url, Clock(start=NOON, speed=0), getattr(request, "param", "aitryon"))
        app.router.routes.extend(routes(room.twin))
        try:
            yield room
        finally:
            await room.twin.close()
