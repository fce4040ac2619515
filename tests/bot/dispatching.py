"""What the dispatcher's tests share: handlers that note what they did, updates to hand in."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from bot.clock import Clock
from bot.dispatcher import Dispatcher
from storage import inbox
from storage.database import Database, Tx
from storage.inbox import Arrival, Batch

NOW = 1_700_000_000.0
PATIENCE = 20.0  # real seconds until a test that waits for something gives up


@dataclass
class Handlers:
    """Handles updates by their text: "slow …" waits until let go, others do as told."""

    db: Database
    clock: Clock
    begun: list[str] = field(default_factory=list)
    handled: list[str] = field(default_factory=list)
    reported: list[tuple[tuple[int, ...], str]] = field(default_factory=list)
    most_at_once: int = 0
    now_running: int = 0
    let_go: asyncio.Event = field(default_factory=asyncio.Event)
    errors: dict[str, Callable[[], Exception | None]] = field(default_factory=dict)
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    async def handle(self, batch: Batch) -> None:
        text = "+".join(json.loads(update.payload)["text"] for update in batch.updates)
        self.now_running += 1
        self.most_at_once = max(self.most_at_once, self.now_running)
        self.note(self.begun, text)
        try:
            if text.startswith("slow"):
                await self.let_go.wait()
            if error := self.errors.get(text, lambda: None)():
                raise error
            await self.db.atomically("step", lambda tx: self._step(tx, batch))
        finally:
            self.now_running -= 1
        self.note(self.handled, text)

    async def _step(self, tx: Tx, batch: Batch) -> None:
        assert await inbox.take(tx, batch.ids)
        await inbox.done(tx, batch.ids, self.clock.now())

    async def on_set_aside(self, _tx: Tx, batch: Batch, why: str) -> None:
        self.note(self.reported, (batch.ids, why))

    def note(self, where: list[Any], what: object) -> None:
        where.append(what)
        self.changed.set()

    async def until(self, condition: Callable[[], object]) -> None:
        """Wait until a condition holds that depends on what was noted."""
        async with asyncio.timeout(PATIENCE):
            while not condition():
                self.changed.clear()
                await self.changed.wait()

    async def until_settled(self, dispatcher: Dispatcher) -> None:
        """Wait until nothing that is due is left to do."""
        dispatcher.wake()
        async with asyncio.timeout(PATIENCE):
            while await self._something_due() or dispatcher.running:
                self.changed.clear()
                if await self._something_due():
                    await self.changed.wait()

    async def _something_due(self) -> bool:
        async with self.db.reading() as tx:
            due = await inbox.next_due(tx, ())
        return due is not None and due <= self.clock.now()


def texts_of(
    queue: int, texts: Sequence[str], first: int, album: str | None = None
) -> list[Arrival]:
    """Return updates of one person, numbered from `first`."""
    return [
        Arrival(first + n, queue, json.dumps({"text": text}), album) for n, text in enumerate(texts)
    ]


async def store(db: Database, arrivals: Sequence[Arrival], now: float = NOW) -> None:
    async with db.transaction("intake") as tx:
        await inbox.add(tx, arrivals, now)


async def states(db: Database) -> dict[str, int]:
    async with db.reading() as tx:
        return await inbox.count(tx)


@asynccontextmanager
async def running(dispatcher: Dispatcher) -> AsyncIterator[Dispatcher]:
    """Run a dispatcher while the block lasts."""
    task = asyncio.create_task(dispatcher.run())
    try:
        yield dispatcher
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
