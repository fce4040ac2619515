"""A try-on whose model sends what the person keeps on as a garment, in the engine's small world."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.clock import Clock
from providers.base import Cut, CutOut
from providers.spec import HelperSpec
from providers.wishes import OtherHalf, TryOnRequest, Wear
from storage import halves
from storage.database import Database, ignore
from storage.halves import Half
from tests.engine.world import ORDER, SPEC, FakeService, World

HELPER = HelperSpec("cutter", SPEC.photos, cost=4, calls_per_second=10)
KEEPING = replace(SPEC, halves=tuple(OtherHalf), keeps_with=HELPER)
OWN_BOTTOM = replace(ORDER, half=OtherHalf.KEEP)


@dataclass
class Cutter:
    """A helper that finds everything, unless `answers` say otherwise."""

    clock: Clock
    spec: HelperSpec = HELPER
    answers: deque[Cut] = field(default_factory=deque)
    asked: list[tuple[float, str, Wear]] = field(default_factory=list)

    async def cut_out(self, person_url: str, garment: Wear) -> Cut:
        self.asked.append((self.clock.now(), person_url, garment))
        return self.answers.popleft() if self.answers else CutOut("https://r/crop.png?sign=1%2B")


@dataclass
class Keeping(FakeService):
    """The one model of this world."""

    segmenter: Cutter = field(init=False)

    def __post_init__(self) -> None:
        self.segmenter = Cutter(self.clock)


class HalfWorld(World):
    """A world whose model needs a helper to keep what is on the person."""

    def __init__(self, db: Database, *, on_point: Callable[[str], None] = ignore) -> None:
        super().__init__(db, on_point=on_point)
        service = Keeping(self.clock, KEEPING)
        self.cutter = service.segmenter
        self.plus = self.services["plus"] = service
        self.restarted()

    def requests(self) -> list[TryOnRequest]:
        """Return what the model was ordered to draw."""
        found = [task.request for task in self.plus.tasks.values()]
        return [each for each in found if isinstance(each, TryOnRequest)]

    async def half(self, job_id: int) -> Half | None:
        async with self.db.reading() as tx:
            return await halves.get(tx, job_id)


async def opened(path: Path, *, on_point: Callable[[str], None] = ignore) -> HalfWorld:
    return HalfWorld(await Database.open(path / "engine.db"), on_point=on_point)
