"""Updates handled per second on the whole durable way, beside the library's bare dispatch.

Durable: parsed from the answer to a poll, committed to the inbox, handed out in order,
stepped through the dialogue with its session, ledger and jobs, answered into the outbox,
and committed again, in a real file. Bare: `Application.process_update` with one handler
that does nothing, `Update.de_json` included. Both take the same updates, in turns, so that
whatever else the machine does hits both.
"""

import asyncio
import json
import statistics
import tempfile
import time
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from telegram import Update
from telegram.ext import Application, CallbackContext, MessageHandler, filters

from bot.clock import Clock
from bot.demo.telegram import LocalTelegram
from bot.demo.telegram.direct import BASE_FILE_URL, BASE_URL, DirectRequest
from bot.demo.world import BOT, WORLD
from bot.dispatcher import Dispatcher
from bot.files import Files
from bot.handlers import step
from bot.handlers.desk import Desk, Rules
from bot.handlers.identity import Identity
from bot.intake.arrivals import arrival, store
from bot.photos import Studio
from providers.aitryon import SPECS
from storage import inbox, outbox
from storage.database import Database, Tx
from storage.inbox import Batch
from tests.benchmarks.result import Result

TARGET = 10.0  # times as long as the bare dispatch, at most
ROUNDS = 7
UPDATES = 1000  # per round
PEOPLE = 50
PER_POLL = 100
SAID = ("/start", "hello", "/quota", "/help", "/tryon", "what now?", "/cancel")


def run() -> Result:
    """Measure in turns and compare the medians."""
    with tempfile.TemporaryDirectory() as folder:
        bare, durable = asyncio.run(_measure(Path(folder) / "benchmark.db"))
    times = durable / bare
    return Result(
        "updates on the durable way : bare dispatch",
        f"1:{times:.1f}",
        f"1:{TARGET:.0f}",
        times <= TARGET,
        (f"{1 / durable:,.0f}/s durable, {1 / bare:,.0f}/s bare",),
    )


async def _measure(path: Path) -> tuple[float, float]:
    """Return the seconds per update, bare and durable."""
    bare, durable = _Bare(), await _Durable.opened(path)
    polls = _polls()
    seconds: tuple[list[float], list[float]] = ([], [])
    await bare.application.initialize()
    for number in range(ROUNDS + 1):  # the first only warms up
        batch = [next(polls) for _ in range(UPDATES // PER_POLL)]
        for way, measured in zip((bare.take, durable.take), seconds, strict=True):
            started = time.perf_counter()
            await way(batch)
            if number:
                measured.append((time.perf_counter() - started) / UPDATES)
    await bare.application.shutdown()
    await durable.close()
    return statistics.median(seconds[0]), statistics.median(seconds[1])


def _polls() -> Any:  # noqa: ANN401 - an endless generator
    """Yield what Telegram would answer to one poll after another."""
    numbers = count(1)
    while True:
        updates = [_update(next(numbers)) for _ in range(PER_POLL)]
        yield json.dumps({"ok": True, "result": updates}).encode()


def _update(number: int) -> dict[str, Any]:
    person = 1000 + number % PEOPLE
    text = SAID[number // PEOPLE % len(SAID)]
    name = {"first_name": "Somebody", "username": f"person{person}"}
    entity = {"type": "bot_command", "offset": 0, "length": len(text)}
    return {
        "update_id": number,
        "message": {
            "message_id": number,
            "date": 1_700_000_000 + number,
            "text": text,
            "from": {"id": person, "is_bot": False, "language_code": "en", **name},
            "chat": {"id": person, "type": "private", **name},
            **({"entities": [entity]} if text.startswith("/") else {}),
        },
    }


class _Bare:
    def __init__(self) -> None:
        local = DirectRequest(LocalTelegram(Clock(), WORLD))
        self.application = (
            Application.builder()
            .token(BOT.token)
            .base_url(BASE_URL)
            .base_file_url(BASE_FILE_URL)
            .request(local)
            .get_updates_request(local)
            .updater(None)
            .build()
        )
        self.application.add_handler(MessageHandler(filters.ALL, self._handle))

    @staticmethod
    async def _handle(_update: Update, _context: CallbackContext[Any, Any, Any, Any]) -> None:
        pass

    async def take(self, polls: list[bytes]) -> None:
        for poll in polls:
            for update in json.loads(poll)["result"]:
                parsed = Update.de_json(update, self.application.bot)
                await self.application.process_update(parsed)


class _Durable:
    def __init__(self, db: Database) -> None:
        self._db = db
        self._clock = Clock()
        self._handled = 0
        self._all_handled = asyncio.Event()
        self._studio = Studio()
        rules = Rules(ZoneInfo("UTC"), "en", 5, 20, 50_000, {spec.model: spec for spec in SPECS})
        application = _Bare().application  # only its bot, which nothing here calls
        files, identity = Files(application.bot), Identity(application.bot)
        self._desk = Desk(db, files, identity, self._studio, self._clock, rules, lambda: None)
        self._dispatcher = Dispatcher(
            db, partial(self._handle, step.handle), self._clock, on_set_aside=self._failed
        )
        self._running = asyncio.create_task(self._dispatcher.run())

    @classmethod
    async def opened(cls, path: Path) -> "_Durable":
        return cls(await Database.open(path))

    async def take(self, polls: list[bytes]) -> None:
        self._handled = 0
        self._all_handled.clear()
        for poll in polls:
            arrivals = [found for raw in json.loads(poll)["result"] if (found := arrival(raw))]
            await store(self._db, arrivals, self._clock)
            self._dispatcher.wake()
        await self._all_handled.wait()

    async def _handle(self, handle: Any, batch: Batch) -> None:  # noqa: ANN401 - the real one
        await handle(batch, self._desk)
        self._handled += 1
        if self._handled == UPDATES:
            self._all_handled.set()

    async def _failed(self, _tx: Tx, batch: Batch, why: str) -> None:
        msg = f"Not handled: {batch.ids}, {why}"
        raise AssertionError(msg)

    async def close(self) -> None:
        await self._dispatcher.stop(1.0)
        await self._running
        async with self._db.reading() as tx:
            handled, said = await inbox.count(tx), await outbox.count(tx)
        await self._db.close()
        self._studio.close()
        if handled != {"done": (ROUNDS + 1) * UPDATES} or sum(said.values()) < UPDATES:
            msg = f"The benchmark did not do its work: {handled} handled, {said} said."
            raise AssertionError(msg)
