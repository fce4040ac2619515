"""A whole bot between local services, for journeys: real HTTP, a real database file.

The clock runs many times faster than life, so a try-on of twenty seconds takes a moment;
tests wait for messages, never for time. What must hold after every journey is checked when
the house is closed; see `afterwards`.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot import app
from bot.clock import Clock
from bot.demo.run import demo_settings, every_service
from bot.demo.samples import SAMPLES
from bot.demo.server import DemoServer
from bot.demo.services.dashscope import DEMO_ACCOUNT
from bot.demo.services.twin import Product
from bot.demo.telegram.model import GroupChat, World
from bot.demo.world import STYLE_CLUB, WORLD
from bot.settings import Settings
from storage.database import Database
from tests.journeys import afterwards
from tests.journeys.guest import Guest
from tests.people import Control, Message, buttons

SPEED = 40.0  # times real time
START = datetime(2026, 3, 14, 9, tzinfo=UTC).timestamp()  # long before midnight, when credits renew
ANNA, BEN, MEI, OLGA = 1001, 1002, 1003, 1004
CHINESE = {MEI}
# Seconds a try-on takes here: from when the bot asks in earnest, so that few questions are asked.
RUNTIMES = {"aitryon-plus": (15.0, 16.0), "aitryon": (7.0, 8.0)}

Row = tuple[Any, ...]


@dataclass
class House:
    """A running bot with everything around it."""

    server: DemoServer
    settings: Settings
    clock: Clock
    control: Control
    guests: dict[int, Guest] = field(default_factory=dict)
    stop: asyncio.Event = field(default_factory=asyncio.Event)
    running: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Start the bot, or start it again."""
        self.stop.clear()
        ready = asyncio.Event()
        self.running = asyncio.create_task(
            app.serve(self.settings, self.stop, self.clock, ready=ready.set)
        )
        waiting = asyncio.create_task(ready.wait())
        await asyncio.wait({self.running, waiting}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        if self.running.done():
            self.running.result()

    async def end(self) -> None:
        """Stop the bot gracefully."""
        self.stop.set()
        running, self.running = self.running, None
        if running is not None:
            await running

    def guest(self, person_id: int = ANNA) -> Guest:
        """Return a client of one of the people."""
        if person_id not in self.guests:
            language = "zh" if person_id in CHINESE else "en"
            self.guests[person_id] = Guest(self.server.url, person_id, language)
        return self.guests[person_id]

    async def close(self) -> None:
        """Stop everything. Can be repeated."""
        await self.end()
        for client in (self.control, *self.guests.values()):
            await client.http.aclose()
        await self.server.stop()

    # --- looking behind the scenes ------------------------------------------------------

    async def look(self, sql: str) -> list[Row]:
        """Return what the database says; only while the bot is stopped."""
        [rows] = await self.look_for(sql)
        return rows

    async def look_for(self, *queries: str) -> list[list[Row]]:
        """Return what the database says to several questions."""
        db = await Database.open(self.settings.database_path)
        try:
            async with db.reading() as tx:
                return [[tuple(row) for row in await tx.rows(sql)] for sql in queries]
        finally:
            await db.close()

    def calls(self, target: str, call: str) -> list[Mapping[str, Any]]:
        """Return what the requests of one kind said that were answered well."""
        entries = self.server.requests.of(target, call)
        return [entry.details for entry in entries if entry.status == 200]

    def ordered(self) -> list[Mapping[str, Any]]:
        """Return the bodies of the orders that the image service took on."""
        return [details["body"] for details in self.calls("dashscope", "submit")]

    def drawn(self) -> list[bytes]:
        """Return the pictures that the image service has drawn, oldest first."""
        service, now = self.server.dashscope, self.clock.now()
        tasks = [service.tasks.find(one, DEMO_ACCOUNT, now) for one in service.accepted()]
        outcomes = [task.outcome() for task in tasks if task is not None]
        pictures = [made.pictures[0] for made in outcomes if isinstance(made, Product)]
        return [*pictures, *self.server.fashn.drawn()]


@contextlib.asynccontextmanager
async def open_house(
    folder: Path,
    *,
    speed: float = SPEED,
    trouble: bool = False,
    world: World = WORLD,
    every: bool = False,
    privacy_mode: bool = True,
    group: GroupChat = STYLE_CLUB,
    **settings: object,
) -> AsyncIterator[House]:
    """Open a house with a running bot, and leave nothing behind.

    `privacy_mode`, `group`: what the bot sees in groups, and what the group is like.
    `trouble`: the journey orders faults, so that requests may be refused and messages fail.
    `every`: the bot hands photos out itself, and has the keys to all services.
    """
    clock = Clock(start=START, speed=speed)
    bot = replace(world.bot, privacy_mode=privacy_mode)
    server = DemoServer(clock, world=replace(world, bot=bot, groups=(group,)))
    given = demo_settings(server, folder, **(every_service(server) if every else {}) | settings)
    house = House(server, given, clock, Control(server.url))
    for model, seconds in RUNTIMES.items():
        server.dashscope.set_runtime(model, *seconds)
    try:
        await server.start()
        await house.start()
        yield house
        await afterwards.presses_answered(house.guests.values())
        await house.end()
        requests = None if trouble else server.requests
        await asyncio.gather(house.close(), afterwards.all_is_well(house.look_for, requests))
    finally:
        await house.close()


def sample(name: str) -> bytes:
    """Return the bytes of one of the demo's sample photos."""
    return SAMPLES[name].draw()


def button(message: Message, part: str) -> str:
    """Return the data of the button whose text contains `part`."""
    return next(data for name, data in buttons(message).items() if part in name)
