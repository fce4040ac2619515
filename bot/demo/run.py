"""`python -m bot demo`: the real bot between a local Telegram and local image services.

Everything is on this machine and needs no key: one process, one loopback port, a real
database file. Only the settings differ from the real thing.
"""

import asyncio
import socket
import sys
import tempfile
import threading
import webbrowser
from contextlib import AsyncExitStack
from pathlib import Path

from pydantic import SecretStr

from bot import app, observe
from bot.clock import Clock
from bot.demo.server import HOST, DemoServer, PortTaken
from bot.demo.services.damo import DEMO_APPCODE
from bot.demo.services.fashn import DEMO_KEY as FASHN_KEY
from bot.demo.world import BOT, OLGA
from bot.settings import Settings
from storage import census
from storage.database import Database, DatabaseUnusable

DATABASE = "fitting-room.db"
FIRST_DEMO = 1_767_225_600.0  # the first second of 2026: no demo is older
IDS_PER_SECOND = 10  # more than people in a demo use up: messages, files, presses
KEY = "sk-demo-valid-on-this-machine-only"


def demo_settings(server: DemoServer, data: Path, **changes: object) -> Settings:
    """Return the settings of a bot that lives between this server's local services."""
    values: dict[str, object] = {
        "telegram_bot_token": SecretStr(BOT.token),
        "telegram_api_url": server.url,
        "admin_ids": (OLGA.id,),
        "database_path": data / DATABASE,
        "listen": "127.0.0.1:0",
        "dashscope_api_key": SecretStr(KEY),
        "dashscope_url": f"{server.url}/dashscope/api/v1",
        "log_level": "warning",
    }
    return Settings.model_validate(values | changes)


def every_service(server: DemoServer) -> dict[str, object]:
    """Return what such a bot needs for the services that fetch photos from the web as well.

    It hands photos out itself, on a port of its own that is free now.
    """
    with socket.create_server((HOST, 0)) as free:
        address = "{}:{}".format(*free.getsockname())
    return {
        "listen": address,
        "public_url": f"http://{address}",
        "updates": "polling",
        "damo_appcode": SecretStr(DEMO_APPCODE),
        "damo_url": f"{server.url}/damo/api/v1/tryon",
        "fashn_api_key": SecretStr(FASHN_KEY),
        "fashn_url": f"{server.url}/fashn/v1",
    }


def run(*, port: int, browser: bool, data: Path | None, speed: float) -> int:
    """Run the demo until it is interrupted, and return the exit code."""
    try:
        asyncio.run(_demo(port, data, speed, browser=browser))
    except (PortTaken, DatabaseUnusable, app.Cannot) as error:
        said = str(error).replace("DATABASE_PATH", "--data")
        print(said, file=sys.stderr)  # noqa: T201  the command line speaks
        return 2
    return 0


async def _demo(port: int, data: Path | None, speed: float, *, browser: bool) -> None:
    async with AsyncExitStack() as opened:
        if data is None:
            scratch = tempfile.TemporaryDirectory(prefix="fitting-room-demo-")
            data = Path(opened.enter_context(scratch))
        clock = await _clock(data / DATABASE, speed)
        server = DemoServer(clock, port=port, life=_life(clock.now()))
        opened.push_async_callback(server.stop)
        server.telegram.limits.enforced = True  # as in life: what is too much gets a 429
        settings = demo_settings(server, data, **every_service(server))
        observe.configure(settings)
        await server.start()
        stop = asyncio.Event()
        app.stop_on_signals(stop)
        await app.serve(settings, stop, clock, ready=lambda: _welcome(server.url, browser=browser))


async def _clock(database: Path, speed: float) -> Clock:
    """Return a clock that goes on where the last demo with this database left off.

    Its time may have run faster than life, and for the bot it must never run back.
    """
    db = await Database.open(database)
    try:
        async with db.reading() as tx:
            latest = await census.latest(tx)
    finally:
        await db.close()
    now = Clock().now()
    return Clock(start=max(now, latest or now), speed=speed)


def _life(now: float) -> int:
    """Return a number that is higher in every demo than all ids of those before it."""
    return max(0, int((now - FIRST_DEMO) * IDS_PER_SECOND))


def _welcome(url: str, *, browser: bool) -> None:
    print(f"Fitting Room's demo is at {url}\nNothing leaves this machine. Ctrl+C ends it.")  # noqa: T201  the command line speaks
    if browser:
        # In a thread: a browser for the terminal keeps its caller until it is closed.
        threading.Thread(target=webbrowser.open, args=(url,), daemon=True).start()
