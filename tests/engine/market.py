"""Every documented model at once, each with its own numbers, in the engine's small world.

The services notice what they are asked and when, and how long they work for us.
"""

import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeAlias

from bot.orders import Order, Refine, Restyle
from providers.base import Failed, NoAnswer, Report, Reports, Submission
from providers.catalogue import SPECS
from providers.parsing import SPEC as PARSING
from providers.spec import ModelSpec
from providers.wishes import Gender, OtherHalf, Request
from storage import pictures
from storage.database import Database
from storage.jobs import Job, job_of
from tests.engine.calls import Caller, CallWorld, Forgetful
from tests.engine.halves import Cutter
from tests.engine.several import SeveralService, place_several
from tests.engine.world import ORDER, FakeService, photo

Span: TypeAlias = tuple[float, float]
SYNCHRONOUS = {"qwen-image-3.0", "qwen-image-2.0"}
RNG = random.Random(7)  # noqa: S311  runtimes for tests


@dataclass
class Drawing(FakeService):
    """A model whose tasks can be listed and cancelled, and whose helper cuts out."""

    segmenter: Cutter = field(init=False)

    async def submit(self, request: Request) -> Submission:
        self.takes = RNG.uniform(*self.spec.typical_seconds)
        return await super().submit(request)

    @property
    def spans(self) -> list[Span]:
        return [(task.created_at, task.ends_at) for task in self.tasks.values()]

    @property
    def questions(self) -> list[float]:
        return [at for name, at in self.calls if name in {"query", "cancel"}]


@dataclass
class Handing(Forgetful):
    """A model whose tasks can only be asked about."""

    questions: list[float] = field(default_factory=list)

    async def submit(self, request: Request) -> Submission:
        self.takes = RNG.uniform(*self.spec.typical_seconds)
        return await super().submit(request)

    async def query(self, task_id: str) -> Report:
        self.questions.append(self.clock.now())
        return await super().query(task_id)

    @property
    def spans(self) -> list[Span]:
        return list(zip(self.called, self.tasks.values(), strict=True))


@dataclass
class Batching(SeveralService):
    """A model that takes several outfits as one task."""

    questions: list[float] = field(default_factory=list)

    async def query_all(self, task_id: str) -> Reports | Failed | NoAnswer:
        self.questions.append(self.clock.now())
        return await super().query_all(task_id)

    @property
    def spans(self) -> list[Span]:
        made = self.tasks.values()
        return [(one.at, one.at + 10 + 10 * len(one.requests)) for one in made]


@dataclass
class Calling(Caller):
    """A model that answers with the picture; a connection counts as long as it is open."""

    spans: list[Span] = field(default_factory=list)

    @property
    def questions(self) -> list[float]:
        return []

    async def submit(self, request: Request) -> Submission:
        self.takes, begun = RNG.uniform(*self.spec.typical_seconds), self.clock.now()
        try:
            return await super().submit(request)
        finally:
            self.spans.append((begun, self.clock.now()))


Service: TypeAlias = Drawing | Handing | Batching | Calling


class Market(CallWorld):
    """All models of the catalogue, and orders for each of them."""

    def __init__(self, db: Database) -> None:
        super().__init__(db)
        self.cutter = Cutter(self.clock, PARSING)
        self.market = {spec.model: self._service(spec) for spec in SPECS}
        self.services = dict(self.market)  # type: ignore[arg-type]  # they answer as providers do
        self.callers = [each for each in self.market.values() if isinstance(each, Calling)]
        self.restarted()

    def _service(self, spec: ModelSpec) -> Service:
        if spec.outfits > 1:
            return Batching(self.clock, spec)
        if spec.model in SYNCHRONOUS:
            return Calling(self.clock, spec)
        if spec.account == "fashn":
            return Handing(self.clock, spec)
        service = Drawing(self.clock, spec)
        service.segmenter = self.cutter
        return service

    async def crowd(self, model: str, orders: int) -> None:
        """Place orders of many people for one model; with half of them something is kept on."""
        spec = self.market[model].spec
        for person in range(orders):
            if spec.outfits > 1:
                await place_several(self, spec, 3, 2, person)
            else:
                await self.order(person, await self._order(spec, keeps=person % 2 == 0))

    async def _order(self, spec: ModelSpec, *, keeps: bool) -> Order:
        kept = replace(ORDER, half=OtherHalf.KEEP if keeps else OtherHalf.NEW)
        if spec.wears:
            return replace(kept, model=spec.model)
        if spec.styles:
            return Restyle(photo("person"), spec.styles[0], spec.model)
        async with self.db.transaction("keep") as tx:
            picture = await pictures.put(tx, b"coarse", "image/jpeg", 600, 800, self.clock.now())
        return Refine(kept, picture, photo("shown"), Gender.WOMAN, spec.model, keeps=keeps)

    async def failed(self) -> list[Job]:
        """Return the jobs that came to nothing."""
        async with self.db.reading() as tx:
            rows = await tx.rows("SELECT * FROM jobs WHERE state <> 'delivering'")
        return [job_of(row) for row in rows]

    async def reborn(self) -> None:
        """Let the process end, and the next one begin."""
        await self.engine.stop(0)
        await self.restarted().begin()


@asynccontextmanager
async def opened(path: Path) -> AsyncIterator[Market]:
    """Open a market, and leave nothing behind."""
    db = await Database.open(path / "engine.db")
    try:
        world = Market(db)
        yield world
        await world.engine.stop(0)
    finally:
        await db.close()
