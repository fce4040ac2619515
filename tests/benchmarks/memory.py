"""How much memory the bot takes while ten thousand orders wait.

The whole bot is loaded; the real engine and the real courier work off a real database file
for a while. Only the image service and Telegram are stand-ins that answer at once and
remember nothing.
"""

import asyncio
import json
import logging
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import structlog
from telegram import Bot
from telegram.request import BaseRequest

import bot.app
from bot.alerts import Alerts
from bot.clock import Clock
from bot.codec import dump_order
from bot.courier import Courier
from bot.engine import Engine, Rules
from bot.files import Files
from bot.photos import Studio
from providers.base import (
    Accepted,
    Collected,
    Listing,
    Published,
    Stage,
    Succeeded,
    Underway,
    Withdrawn,
)
from providers.wishes import Request
from storage import jobs, ledger, outbox, worklists
from storage.database import Database, Tx
from storage.jobs import NewJob
from tests.benchmarks.result import Result
from tests.engine.world import ORDER, SPEC, FakeStudio

WAITING = 10_000  # orders
TARGET = 150.0  # MB resident
SECONDS = 15.0  # of work
TAKES = 3.0  # seconds for a picture: faster than any service, so that there are many
PICTURE = b"\x89PNG" + bytes(1024 * 1024)  # what a finished picture weighs
LOADED = bot.app.serve  # the whole bot is loaded, as in life


def run() -> Result:
    """Let the bot work for a while and read how much memory it has taken at most."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    with tempfile.TemporaryDirectory() as folder:
        done, told = asyncio.run(_work(Path(folder) / "memory.db"))
    most = _megabytes("VmHWM")
    return Result(
        f"memory with {WAITING:,} waiting orders",
        f"{most:.0f} MB",
        f"{TARGET:.0f} MB",
        most <= TARGET and done > 0,
        (f"meanwhile {done} pictures were delivered and {told:,} messages sent",),
    )


async def _work(path: Path) -> tuple[int, int]:
    db = await Database.open(path)
    clock = Clock()
    studio = Studio()
    telegram = Bot("4242:stand-in", request=_Telegram(), get_updates_request=_Telegram())
    alerts = Alerts([], "en")
    courier = Courier(db, telegram, Files(telegram), studio, clock, alerts=alerts)
    engine = Engine(
        db, {SPEC.model: _Service(clock)}, _Files(), FakeStudio(), clock,
        alerts=alerts, rules=Rules(daily_budget=10**9), wake_courier=courier.wake,
    )  # fmt: skip
    async with db.transaction("orders") as tx:
        for person in range(1, WAITING + 1):
            await _order(tx, person, clock.now())
    loops = [asyncio.create_task(engine.run()), asyncio.create_task(courier.run())]
    await asyncio.sleep(SECONDS)
    await asyncio.gather(engine.stop(1), courier.stop(1))
    for loop in loops:
        loop.cancel()
    await asyncio.gather(*loops, return_exceptions=True)
    async with db.reading() as tx:
        sent = (await outbox.count(tx)).get("sent", 0)
        done = len(await worklists.runtimes(tx, SPEC.model, WAITING))
    await db.close()
    studio.close()
    return done, sent


async def _order(tx: Tx, person: int, now: float) -> None:
    new = NewJob(
        order_key=f"card:{person}",
        person_id=person,
        chat_id=person,
        topic_id=0,
        language="en",
        anchor=f"p:{person}:0:{person}:1",
        ordered=dump_order(replace(ORDER, model=SPEC.model)),
        model=SPEC.model,
        account=SPEC.account,
        credits=SPEC.credits,
        cost=SPEC.cost,
    )
    job_id = await jobs.create(tx, new, now)
    if job_id is not None:
        await outbox.bind(tx, new.anchor, person, 1, None, now)
        await ledger.open_day(tx, f"person:{person}", "2026-01-01", 5, now)
        await ledger.hold(
            tx, f"person:{person}", "2026-01-01", job_id, SPEC.credits, SPEC.cost, now
        )


def _megabytes(field: str) -> float:
    """Return a figure of this process as Linux gives it; the most so far, not the present."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(f"{field}:"):
            return int(line.split()[1]) / 1024
    msg = f"this system does not tell {field}"
    raise RuntimeError(msg)


class _Files:
    async def fetch(self, file_id: str) -> bytes:
        return file_id.encode()


class _Host:
    async def publish(self, photo: bytes, *, model: str) -> Published:
        return Published(f"https://host/{model}/{len(photo)}", "ref")

    async def withdraw(self, ref: str) -> None:
        """Nothing was kept."""


class _Service:
    """Takes every order and is done with it very soon."""

    spec = replace(SPEC, typical_seconds=(TAKES - 1, TAKES + 1))
    host = _Host()

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._begun = 0

    async def submit(self, request: Request) -> Accepted:
        self._begun += request is not None
        return Accepted(f"{self._begun}:{self._clock.now() + TAKES}")

    async def query(self, task_id: str) -> Underway | Succeeded:
        ends_at = float(task_id.partition(":")[2])
        return (
            Succeeded(("https://r",)) if self._clock.now() >= ends_at else Underway(Stage.RUNNING)
        )

    async def cancel(self, _task_id: str) -> Withdrawn:
        return Withdrawn()

    async def list_tasks(self, _since: float, _until: float) -> Listing:
        return Listing(())

    async def collect(self, _url: str) -> Collected:
        return Collected(PICTURE)


class _Telegram(BaseRequest):
    """Says that every message was sent."""

    read_timeout = None

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(self, url: str, *_: Any, **__: Any) -> tuple[int, bytes]:  # noqa: ANN401  the base class's
        photo = {"file_id": "f", "file_unique_id": "u", "width": 600, "height": 800}
        message = {
            "message_id": 1,
            "date": 0,
            "chat": {"id": 1, "type": "private"},
            "photo": [photo],
        }
        answer: object = True if url.endswith("sendChatAction") else message
        return 200, json.dumps({"ok": True, "result": answer}).encode()
