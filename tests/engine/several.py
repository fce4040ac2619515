"""A service that takes several outfits in one submit, and orders for it."""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.clock import Clock
from bot.codec import dump_order
from bot.orders import TryOn
from providers.base import (
    Accepted,
    Collected,
    Failed,
    NoAnswer,
    Report,
    Reports,
    Stage,
    Submission,
    Succeeded,
    Underway,
)
from providers.causes import Cause, Problem
from providers.spec import ModelSpec
from providers.wishes import Request, TryOnRequest, Wear
from storage import jobs, ledger
from storage.database import Database, ignore
from storage.jobs import NewJob
from tests.engine.world import DAY, SPEC, FakeHost, World, photo

SEVERAL = replace(
    SPEC, model="several", account="dress", samples=4, outfits=10, together={Wear.TOP: "half"}
)
NOT_DRAWN = Failed(Problem(Cause.NOT_DRAWN, "FAILED"))


def outfit(number: int) -> TryOn:
    return TryOn(Wear.TOP, photo("person"), photo(f"top{number}"), None, model="several")


@dataclass
class Submit:
    """One submit: what it asked for, and when each of its outfits is drawn."""

    requests: tuple[Request, ...]
    samples: int
    at: float


@dataclass
class SeveralService:
    """Draws the first outfit in 20 seconds, each further one 10 seconds later."""

    clock: Clock
    spec: ModelSpec = SEVERAL
    host: FakeHost = field(default_factory=FakeHost)
    submits: deque[Submission | Callable[[], Submission]] = field(default_factory=deque)
    queries: deque[Reports | Failed | NoAnswer] = field(default_factory=deque)
    ends: dict[int, Report] = field(default_factory=dict)  # by outfit, where it is no success
    tasks: dict[str, Submit] = field(default_factory=dict)
    asked: int = 0

    def accept(self, requests: Sequence[Request], samples: int) -> Accepted:
        key = f"key-{len(self.tasks) + 1}"
        self.tasks[key] = Submit(tuple(requests), samples, self.clock.now())
        return Accepted(key)

    async def submit(self, request: Request) -> Submission:
        return await self.submit_all([request], 1)

    async def submit_all(self, requests: Sequence[Request], samples: int) -> Submission:
        for request in requests:
            assert isinstance(request, TryOnRequest)
            assert request.person_url.removeprefix("https://host/") in self.host.published
            assert (request.top_url or "").removeprefix("https://host/") in self.host.published
        if self.submits:
            answer = self.submits.popleft()
            return answer() if callable(answer) else answer
        return self.accept(requests, samples)

    async def query(self, task_id: str) -> Report:
        found = await self.query_all(task_id)
        return found.parts[0] if isinstance(found, Reports) else found

    async def query_all(self, task_id: str) -> Reports | Failed | NoAnswer:
        self.asked += 1
        if self.queries:
            return self.queries.popleft()
        made = self.tasks[task_id]
        return Reports(
            tuple(self._report(task_id, made, number) for number in range(len(made.requests)))
        )

    def _report(self, task: str, made: Submit, number: int) -> Report:
        if self.clock.now() < made.at + 20 + 10 * number:
            return Underway(Stage.PENDING)
        drawn = Succeeded(tuple(f"https://r/{task}/{number}/{n}" for n in range(made.samples)))
        return self.ends.get(number, drawn)

    async def collect(self, url: str) -> Collected | Failed | NoAnswer:
        return Collected(f"picture {url}".encode())


class SeveralWorld(World):
    """The world with such a service, and orders of several pictures that share a card."""

    def __init__(self, db: Database, *, on_point: Callable[[str], None] = ignore) -> None:
        super().__init__(db, on_point=on_point)
        self.several = SeveralService(self.clock)
        self.services["several"] = self.several  # type: ignore[assignment]  # another kind
        self.restarted()

    async def order_several(self, outfits: int, samples: int, person: int = 1) -> list[int]:
        """Place an order as the dialogue does: all jobs and holds in one transaction."""
        return await place_several(self, SEVERAL, outfits, samples, person)


async def place_several(
    world: World, spec: ModelSpec, outfits: int, samples: int, person: int
) -> list[int]:
    """Place an order of several pictures for any model that takes them."""
    world.orders += 1
    now, made = world.clock.now(), list[int]()
    async with world.db.transaction("place") as tx:
        await ledger.open_day(tx, f"person:{person}", DAY, 1000, now)
        for number in range(outfits):
            for sample in range(samples):
                new = NewJob(
                    order_key=f"o{world.orders}:{number}:{sample}",
                    person_id=person,
                    chat_id=person,
                    topic_id=0,
                    language="en",
                    anchor=f"p:{person}:0:{person}:{world.orders}",
                    ordered=dump_order(replace(outfit(number), model=spec.model)),
                    model=spec.model,
                    account=spec.account,
                    credits=spec.credits,
                    cost=spec.cost,
                    follows=made[0] if made else None,
                    outfit=number,
                    sample=sample,
                )
                job_id = await jobs.create(tx, new, now)
                assert job_id is not None
                held = await ledger.hold(
                    tx, f"person:{person}", DAY, job_id, spec.credits, spec.cost, now
                )
                assert held
                made.append(job_id)
    world.engine.wake()
    return made


async def opened(path: Path, **more: object) -> SeveralWorld:
    return SeveralWorld(await Database.open(path / "engine.db"), **more)  # type: ignore[arg-type]  # the one hook
