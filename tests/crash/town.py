"""Local services that outlive the bot, and a bot that is started again whenever it dies."""

import asyncio
import contextlib
import os
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.clock import Clock
from bot.demo.run import KEY
from bot.demo.server import DemoServer
from bot.demo.services.dashscope import DEMO_ACCOUNT
from bot.demo.world import BOT
from tests.journeys.house import button, sample
from tests.people import Control, Message, Person, from_bot, has_picture, words

SPEED = 40.0  # times real time
ANNA = 1001
PATIENCE = 30.0  # real seconds for an order, restarts included
DRAWN, REFINED = "Here you are", "Here it is in HD"  # what a finished picture says


@dataclass
class Town:
    """The local services, the process of the bot, and Anna."""

    server: DemoServer
    clock: Clock
    folder: Path
    anna: Person
    control: Control
    said: str = DRAWN  # of the orders that are counted
    deaths: list[str] = field(default_factory=list)
    _process: asyncio.subprocess.Process | None = None
    _watch: asyncio.Task[None] | None = None
    _closing: bool = False
    _next: str = ""

    @property
    def database(self) -> Path:
        """The bot's database file."""
        return self.folder / "bot.db"

    @property
    def armed(self) -> Path:
        """The file that names the point to die at."""
        return self.folder / "armed"

    def arm(self, point: str) -> None:
        """Let the bot die at a point, the next time it gets there."""
        half = self.armed.with_suffix(".new")
        half.write_text(point)
        half.replace(self.armed)

    def disarm(self) -> None:
        """Let the bot live."""
        self.armed.unlink(missing_ok=True)

    async def open(self) -> None:
        """Start the bot and keep it running."""
        await self._start()
        self._watch = asyncio.create_task(self._keep_running())

    async def close(self) -> None:
        """Stop the bot for good."""
        self._closing = True
        if self._process is not None and self._process.returncode is None:
            self._process.send_signal(signal.SIGTERM)
        if self._watch is not None:
            await self._watch

    async def kill(self, then: str) -> None:
        """Kill the bot from outside; the next one dies at a point."""
        assert self._process is not None
        deaths = len(self.deaths)
        self._next = then
        self._process.kill()
        await self.until(lambda: len(self.deaths) > deaths)

    async def until(self, true: Callable[[], bool]) -> None:
        """Return once something is true of the process or its database."""
        async with asyncio.timeout(PATIENCE):
            while not true():
                assert self._process is not None
                await asyncio.wait({asyncio.ensure_future(self._process.wait())}, timeout=0.02)

    async def _keep_running(self) -> None:
        while self._process is not None:
            code = await self._process.wait()
            if self._closing:
                return
            assert code == -signal.SIGKILL, f"the bot ended by itself with {code}"
            point = self.armed.read_text() if self.armed.exists() else ""
            self.disarm()
            if self._next:
                self.arm(self._next)
                self._next = ""
            await self._start()
            self.deaths.append(point)

    async def _start(self) -> None:
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-W",
            "error",
            "-m",
            "tests.crash.process",
            str(self.armed),
            str(self.clock.now()),
            str(self.clock.speed),
            env=self._environment(),
        )

    def _environment(self) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(Path(__file__).parents[2]),
            "TELEGRAM_BOT_TOKEN": BOT.token,
            "TELEGRAM_API_URL": self.server.url,
            "DATABASE_PATH": str(self.database),
            "LISTEN": "127.0.0.1:0",
            "DASHSCOPE_API_KEY": KEY,
            "DASHSCOPE_URL": f"{self.server.url}/dashscope/api/v1",
            "DAILY_CREDITS": "1000",
            "DAILY_BUDGET_CNY": "1000",
            "LOG_LEVEL": "warning",
        }

    # --- looking ------------------------------------------------------------------------

    def rows(self, sql: str, *parameters: object) -> list[Any]:
        """Return rows of the bot's database, read beside it."""
        with contextlib.closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as db:
            return db.execute(sql, parameters).fetchall()

    async def settled(self) -> None:
        """Return once nothing is left to do."""
        open_jobs = "SELECT 1 FROM jobs WHERE closed_at IS NULL OR inputs IS NOT NULL"
        unsaid = "SELECT 1 FROM outbox WHERE state = 'waiting'"
        await self.until(lambda: not self.rows(f"{open_jobs} UNION {unsaid}"))

    def ledger_of_last_job(self) -> list[str]:
        """Return what the ledger says about the newest job."""
        found = self.rows(
            "SELECT kind FROM ledger WHERE job_id = (SELECT max(id) FROM jobs) ORDER BY id"
        )
        return [kind for (kind,) in found]

    def tasks(self) -> int:
        """Return how many pictures the image service was ordered to draw so far."""
        return len(self.server.dashscope.tasks.accepted(DEMO_ACCOUNT))

    def sent(self) -> Mapping[str, Any]:
        """Return the photos that the last of those orders was made of."""
        bodies = [entry.details["body"] for entry in self.server.requests.of("dashscope", "submit")]
        photos: Mapping[str, Any] = bodies[-1]["input"]
        return photos

    async def results(self) -> int:
        """Return how many finished pictures Anna has been sent."""
        return sum(self.said in words(one) for one in await self.anna.messages())

    # --- ordering -----------------------------------------------------------------------

    async def first_card(self) -> Message:
        """Go the whole way from the first photo to the confirm card."""
        await self.anna.send_photos(sample("woman"), sample("tee"))
        consent = await self._shown("agree")
        await self.anna.press(consent, button(consent, "agree"))
        unnamed = await self._shown("Top")
        await self.anna.press(unnamed, button(unnamed, "Top"))
        return await self._shown("Go")

    async def keeping_card(self) -> Message:
        """Go the same way, and choose that the bottom of the photo stays."""
        card = await self.first_card()
        await self.anna.press(card, button(card, "the model's choice"))
        return await self._shown("my own")

    async def refining_card(self, result: Message) -> Message:
        """Go the way from a picture to the confirm card for refining it."""
        await self.anna.press(result, button(result, "Refine"))
        question = await self._shown("A woman")
        await self.anna.press(question, button(question, "A woman"))
        return await self._shown("Go")

    async def next_card(self, result: Message, name: str = "Again") -> Message:
        """Return the confirm card that a result leads to, of the same order unless it says."""
        await self.anna.press(result, button(result, name))
        return await self._shown("Go")

    async def go(self, card: Message) -> None:
        """Accept a card."""
        await self.anna.press(card, button(card, "Go"))

    async def result(self) -> Message:
        """Return the finished picture that comes after the last act."""
        return await self.anna.wait_for(
            lambda message: has_picture(message) and self.said in words(message), PATIENCE
        )

    async def _shown(self, name: str) -> Message:
        def offered(message: Message) -> bool:
            rows = message.get("reply_markup", {}).get("inline_keyboard", [])
            return from_bot(message) and any(name in one["text"] for row in rows for one in row)

        return await self.anna.wait_for(offered, PATIENCE)


@contextlib.asynccontextmanager
async def open_town(folder: Path) -> AsyncIterator[Town]:
    """Open a town with a running bot, and leave nothing behind."""
    clock = Clock(speed=SPEED)
    server = DemoServer(clock)
    town = Town(server, clock, folder, Person(server.url, ANNA), Control(server.url))
    try:
        await server.start()
        await town.open()
        yield town
    finally:
        await town.close()
        await town.anna.http.aclose()
        await town.control.http.aclose()
        await server.stop()
