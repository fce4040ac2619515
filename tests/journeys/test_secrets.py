"""Canaries: a token and a key that must turn up nowhere but where they belong.

The bot runs as a process with its log at debug, through good orders and bad ones; then
everything it left behind is searched: log, database, messages, and requests to others.
"""

import json
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

from bot.clock import Clock
from bot.demo.requests_log import Request
from bot.demo.server import DemoServer
from bot.demo.services.dashscope import DEMO_ACCOUNT
from bot.demo.world import BOT, WORLD
from tests.journeys.guest import Guest
from tests.journeys.house import ANNA, OLGA, RUNTIMES, START
from tests.journeys.photos import photo
from tests.journeys.process import Process, open_process
from tests.people import Control

TOKEN = "4242:CanaryTokenCanaryTokenCanaryToken_123"
KEY = "sk-canary0123456789canary0123456789"
SPEED = 10.0  # times real time; the process's clock lags behind by what it needs to start
CHATTY = f"Invalid key {KEY}, or token {TOKEN}, at https://someone:{KEY}@example.org/"

FAULTS: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
    ("telegram", "getUpdates", "502", {}),
    ("telegram", "getFile", "500", {}),
    ("telegram", "download", "502", {}),
    ("telegram", "sendPhoto", "apply_then_drop", {}),
    ("telegram", "sendMessage", "400", {}),
    ("telegram", "sendChatAction", "500", {}),
    ("dashscope", "upload", "500", {"message": CHATTY}),
    ("dashscope", "submit", "500", {"message": CHATTY}),
    ("dashscope", "query", "html", {}),
    ("dashscope", "result", "drop", {}),
)


@asynccontextmanager
async def _watched(folder: Path) -> AsyncIterator[tuple[DemoServer, Process]]:
    clock = Clock(start=START, speed=SPEED)
    server = DemoServer(clock, world=replace(WORLD, bot=replace(BOT, token=TOKEN)))
    server.dashscope.keys = {KEY: DEMO_ACCOUNT}
    for model, seconds in RUNTIMES.items():
        server.dashscope.set_runtime(model, *seconds)
    command = ("-m", "tests.crash.process", str(folder / "never"), str(clock.now()), str(SPEED))
    settings = {"DASHSCOPE_API_KEY": KEY, "ADMIN_IDS": str(OLGA), "LOG_LEVEL": "debug"}
    async with open_process(folder, server, *command, **settings) as process:
        yield server, process


async def test_no_secret_is_found_anywhere(tmp_path: Path) -> None:
    async with _watched(tmp_path) as (server, process), Guest(server.url, ANNA) as anna:
        async with Guest(server.url, OLGA) as olga, Control(server.url) as control:
            await olga.say("/start")
            await olga.shown("welcome")
            await _good_and_bad_orders(anna, control)
            await olga.shown("alert.request_refused")
            assert await process.stop() == 0
            seen = [await _everything_seen(guest) for guest in (anna, olga)]
        files = {one.details["path"] for one in server.requests.of("telegram", "download")}
        log, requests = "".join(process.said), server.requests.of()
        assert files
        assert "[debug" in log
        for text in (log, *seen, *_database(tmp_path / "bot.db"), *map(_beside_the_key, requests)):
            _has_no_secret(text, files)
        assert "Signature=" not in log.replace("Signature=[hidden]", "")
        for upload in server.dashscope.store.uploads().values():
            _has_no_secret(upload.data.decode("latin-1"), files)


async def _good_and_bad_orders(anna: Guest, control: Control) -> None:
    await anna.agree()
    await anna.say("/cancel")
    await anna.shown("cancelled")
    for target, call, kind, details in FAULTS:
        await control.fault(target, call, kind, 1, **details)
    await control.inject({"message": {"chat": {"id": ANNA, "type": "private"}, "date": "never"}})
    await anna.say("/quota")  # whose answer is refused
    await anna.tap(await anna.card(photo("woman"), photo("tee")), "button.go")
    result = await anna.result()
    await anna.tap(result, "job.original")
    await anna.shown("result.original")
    await control.fault("dashscope", "submit", "400", message=CHATTY)
    await anna.tap(await anna.card(photo("man"), photo("hoodie")), "button.go")
    await anna.shown("fail.request_refused", seconds=20)


# --- where secrets could be --------------------------------------------------------------


def _has_no_secret(text: str, files: set[str]) -> None:
    hidden = {TOKEN, quote(TOKEN, safe=""), TOKEN.partition(":")[2], KEY, "/file/bot", *files}
    found = [secret for secret in hidden if secret in text]
    assert not found, text[:2000]


async def _everything_seen(guest: Guest) -> str:
    """Return everything that was ever shown to somebody, as text."""
    events, _ = await guest.events(0)
    return json.dumps(events)


def _database(path: Path) -> Iterator[str]:
    """Return every cell of every table as text, and then the bytes of all the files."""
    with closing(sqlite3.connect(path)) as db:
        for (table,) in db.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table'"
        ).fetchall():
            for row in db.execute(f'SELECT * FROM "{table}"'):  # noqa: S608  our own schema's names
                yield from (_as_text(cell) for cell in row)
    for file in path.parent.glob(f"{path.name}*"):
        yield _as_text(file.read_bytes())


def _as_text(cell: object) -> str:
    return cell.decode("latin-1") if isinstance(cell, bytes) else str(cell)


def _beside_the_key(request: Request) -> str:
    """Return what a request said, without the key where the key belongs."""
    details = dict(request.details)
    if request.target == "dashscope":
        headers = dict(details.pop("headers"))
        shown = headers.pop("authorization", None)
        belongs = request.call not in {"upload", "result"}  # these go to the store behind it
        assert shown == (f"Bearer {KEY}" if belongs else None)
        details["headers"] = headers
    if request.target == "telegram" and request.call == "download":
        details.pop("path")
    return json.dumps(details, default=str)
