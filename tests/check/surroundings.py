"""A bot's surroundings for one check: the demo's servers, and settings that lead to them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx

from bot.check.around import Around
from bot.check.findings import Bad, Doubtful, Finding, Good
from bot.clock import Clock
from bot.demo.run import demo_settings
from bot.demo.server import DemoServer
from bot.demo.telegram.model import World
from bot.demo.world import WORLD

GIGABYTES = 10_000_000_000  # bytes that are free unless a test says otherwise
NOW = 1_790_000_000.0  # 2026-09-21
HURRY = 500.0  # times as fast as real: pauses between tries are over at once


@dataclass
class Place:
    """The local servers, and what a check of a bot beside them is given."""

    server: DemoServer
    client: httpx.AsyncClient
    data: Path

    def around(self, **changes: Any) -> Around:  # noqa: ANN401  settings of many kinds
        """Return surroundings with these settings changed."""
        settings = demo_settings(self.server, self.data, **changes)
        clock = Clock(start=self.server.telegram.clock.now(), speed=HURRY)
        return replace(Around(settings, clock, self.client), free=lambda _: GIGABYTES)


@asynccontextmanager
async def opened(data: Path, world: World = WORLD) -> AsyncIterator[Place]:
    """Serve everything until the block is left."""
    server = DemoServer(Clock(start=NOW, speed=0), world=world)
    await server.start()
    try:
        async with httpx.AsyncClient(trust_env=False) as client:
            yield Place(server, client, data)
    finally:
        await server.stop()


def worst(findings: tuple[Finding, ...]) -> Finding:
    """Return the finding that matters most."""
    return max(findings, key=lambda one: (Good, Doubtful, Bad).index(type(one)))


def kinds(findings: tuple[Finding, ...]) -> dict[str, type[Finding]]:
    """Return what kind of finding there is about each item."""
    return {finding.item: type(finding) for finding in findings}
