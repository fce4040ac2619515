"""A small world for the engine: a real database, a clock that stands still, scripted services."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.alerts import Alerts
from bot.clock import Clock
from bot.codec import dump_order, load_outgoing
from bot.engine import Engine, Rules
from bot.engine.room import Room
from bot.files import FileGone, TelegramAway
from bot.messages import Edit, Outgoing, Send
from bot.orders import Order, Photo, TryOn
from bot.photos import Normalised, PictureInfo
from providers.base import (
    Accepted,
    Cancellation,
    Collected,
    Failed,
    KnownTask,
    Listing,
    NoAnswer,
    Published,
    Refused,
    Report,
    Stage,
    Submission,
    Succeeded,
    Underway,
    Withdrawn,
)
from providers.spec import ModelSpec, PhotoRules
from providers.wishes import Face, Request, Size, Wear
from storage import detours, jobs, ledger
from storage.database import Database, ignore
from storage.jobs import Job, JobState, NewJob

START = 1_700_000_000.0
OPERATOR = 99
DAY = "2023-11-14"
SPEC = ModelSpec(
    model="plus",
    account="acme",
    wears=frozenset(Wear),
    faces=tuple(Face),
    sizes=tuple(Size),
    photos=PhotoRules(min_bytes=1, max_bytes=10**6, min_side=1, max_side=4096),
    credits=2,
    cost=500,
    submits_per_second=10,
    in_progress=5,
    queries_per_second=10,
    typical_seconds=(15.0, 30.0),
)


def photo(name: str) -> Photo:
    return Photo(name, f"u-{name}", 600, 800)


ORDER = TryOn(Wear.TOP, photo("person"), photo("top"), None, model="plus")


class Crash(BaseException):
    """The process is gone: nothing in it may run on."""


class FakeHost:
    """A photo host that remembers what is published."""

    def __init__(self) -> None:
        self.published: dict[str, str] = {}
        self.seen: list[str] = []
        self.withdrawn: list[str] = []
        self.answers: deque[Published | Refused | NoAnswer] = deque()
        self.count = 0

    async def publish(self, photo: bytes, *, model: str) -> Published | Refused | NoAnswer:
        if self.answers:
            return self.answers.popleft()
        self.count += 1
        ref = f"{model}/{self.count}"
        self.published[ref] = photo.decode()
        self.seen.append(photo.decode())
        return Published(f"https://host/{ref}", ref)

    async def withdraw(self, ref: str) -> None:
        self.published.pop(ref, None)
        self.withdrawn.append(ref)


@dataclass
class Task:
    """A task at the fake service: its life runs on the world's clock."""

    request: Request
    created_at: float
    ends_at: float
    end: Report
    seen_from: float = 0.0
    pending_until: float = 0.0


@dataclass
class FakeService:
    """One model of a service. What it should answer next is put into the queues."""

    clock: Clock
    spec: ModelSpec = SPEC
    host: FakeHost = field(default_factory=FakeHost)
    takes: float = 20.0
    ends: deque[Report] = field(default_factory=deque)
    submits: deque[Submission | Callable[[], Submission]] = field(default_factory=deque)
    queries: deque[Report] = field(default_factory=deque)
    cancels: deque[Cancellation] = field(default_factory=deque)
    listings: deque[Listing | NoAnswer] = field(default_factory=deque)
    collects: deque[Collected | Failed | NoAnswer] = field(default_factory=deque)
    tasks: dict[str, Task] = field(default_factory=dict)
    calls: list[tuple[str, float]] = field(default_factory=list)
    pending: float = 5.0

    def accept(self, request: Request, seen_after: float = 0.0) -> Accepted:
        now = self.clock.now()
        task_id = f"{self.spec.model}-{len(self.tasks) + 1}"
        end = self.ends.popleft() if self.ends else Succeeded((f"https://r/{task_id}",))
        self.tasks[task_id] = Task(
            request, now, now + self.takes, end, now + seen_after, now + self.pending
        )
        return Accepted(task_id)

    def under_way(self) -> int:
        now = self.clock.now()
        return sum(now < task.ends_at for task in self.tasks.values())

    async def submit(self, request: Request) -> Submission:
        self.calls.append(("submit", self.clock.now()))
        answer = self.submits.popleft() if self.submits else self.accept(request)
        return answer() if callable(answer) else answer

    async def query(self, task_id: str) -> Report:
        self.calls.append(("query", self.clock.now()))
        if self.queries:
            return self.queries.popleft()
        task, now = self.tasks[task_id], self.clock.now()
        if now >= task.ends_at:
            return task.end
        return Underway(Stage.PENDING if now < task.pending_until else Stage.RUNNING)

    async def cancel(self, task_id: str) -> Cancellation:
        self.calls.append(("cancel", self.clock.now()))
        answer = self.cancels.popleft() if self.cancels else Withdrawn()
        if isinstance(answer, Withdrawn):
            self.tasks[task_id].ends_at, self.tasks[task_id].end = self.clock.now(), answer
        return answer

    async def list_tasks(self, since: float, until: float) -> Listing | NoAnswer:
        self.calls.append(("list", self.clock.now()))
        if self.listings:
            return self.listings.popleft()
        now = self.clock.now()
        return Listing(
            tuple(
                KnownTask(task_id, task.created_at)
                for task_id, task in self.tasks.items()
                if since <= task.created_at <= until and now >= task.seen_from
            )
        )

    async def collect(self, url: str) -> Collected | Failed | NoAnswer:
        self.calls.append(("collect", self.clock.now()))
        return self.collects.popleft() if self.collects else Collected(f"picture {url}".encode())

    def count(self, call: str) -> int:
        return sum(name == call for name, _ in self.calls)


class FakeFiles:
    """Telegram's files: every id has bytes, unless it is said to be gone or away."""

    def __init__(self) -> None:
        self.gone: set[str] = set()
        self.away = 0

    async def fetch(self, file_id: str) -> bytes:
        if file_id in self.gone:
            raise FileGone
        if self.away > 0:
            self.away -= 1
            raise TelegramAway(2.0)
        return file_id.encode()


class FakeStudio:
    """Photos that always fit, results that are pictures unless they say otherwise."""

    async def normalise(self, data: bytes, rules: PhotoRules) -> Normalised:
        assert rules is not None
        return Normalised(data, 600, 800)

    async def normalise_like(self, data: bytes, like: bytes, rules: PhotoRules) -> Normalised:
        return await self.normalise(data + b" like " + like, rules)

    async def check_picture(self, data: bytes) -> PictureInfo | None:
        return None if data == b"garbage" else PictureInfo("image/png", 600, 800)


class World:
    """The engine with everything around it; `settle` and `advance` move it on."""

    def __init__(self, db: Database, *, on_point: Callable[[str], None] = ignore) -> None:
        self.db = db
        self.clock = Clock(start=START, speed=0)
        self.plus = FakeService(self.clock)
        self.services: dict[str, FakeService] = {"plus": self.plus}
        self.files = FakeFiles()
        self.rules = Rules()
        self.on_point = on_point
        self.orders = 0
        self.said = 0  # the last row of the outbox that was seen
        self.courier_woken = False
        self.due: dict[Room, float | None] = {}
        self.dead: Callable[[], bool] = lambda: False
        self.engine = self.restarted()

    def add_service(self, model: str, **changes: object) -> FakeService:
        spec = replace(SPEC, model=model, **changes)  # type: ignore[arg-type]  # fields by name
        self.services[model] = FakeService(self.clock, spec)
        self.restarted()
        return self.services[model]

    def restarted(self) -> Engine:
        """Build a new engine over the same rows, as a new process does."""
        self.courier_woken = True  # it looks for itself when it starts
        self.engine = Engine(
            self.db,
            self.services,
            self.files,
            FakeStudio(),
            self.clock,
            alerts=Alerts([OPERATOR], "en"),
            rules=self.rules,
            on_point=self.on_point,
            wake_courier=self._wake_courier,
        )
        return self.engine

    def wake(self) -> None:
        """Wake everybody, as the handlers do."""
        self.engine.wake()
        self._wake_courier()

    def _wake_courier(self) -> None:
        self.courier_woken = True

    async def _check_courier(self) -> None:
        """Whatever was said, the courier was woken to send it."""
        async with self.db.reading() as tx:
            last = await tx.value("SELECT max(id) FROM outbox") or 0
        assert last == self.said or self.courier_woken
        self.said, self.courier_woken = last, False

    async def order(self, person: int = 1, order: Order = ORDER, chat: int | None = None) -> int:
        """Place an order as the dialogue does: job and hold in one transaction."""
        self.orders += 1
        chat = person if chat is None else chat
        spec = self.services[order.model].spec
        new = NewJob(
            order_key=f"o{self.orders}",
            person_id=person,
            chat_id=chat,
            topic_id=0,
            language="en",
            anchor=f"p:{chat}:0:{person}:{self.orders}",
            ordered=dump_order(order),
            model=order.model,
            account=spec.account,
            credits=spec.credits,
            cost=spec.cost,
        )
        now = self.clock.now()
        async with self.db.transaction("place") as tx:
            job_id = await jobs.create(tx, new, now)
            assert job_id is not None
            await ledger.open_day(tx, f"person:{person}", DAY, 1000, now)
            assert await ledger.hold(
                tx, f"person:{person}", DAY, job_id, spec.credits, spec.cost, now
            )
        self.engine.wake()
        return job_id

    async def settle(self) -> None:
        """Let every room work until there is nothing to do at this moment."""
        rooms = self.engine.rooms
        while any(room.woken.is_set() for room in rooms):
            for room in rooms:
                if room.woken.is_set():
                    room.woken.clear()
                    self.due[room] = await room.round()
            for room in rooms:
                await room.idle()
            if self.dead():
                raise Crash
            await self._check_courier()

    async def advance(self, seconds: float) -> None:
        """Let time pass, from one room's due time to the next, as their loops would."""
        until = self.clock.now() + seconds
        await self.settle()
        while (now := self.clock.now()) < until - 1e-6:
            due = [self.due.get(room) for room in self.engine.rooms]
            then = min([at for at in due if at is not None], default=until)
            self.clock.advance(min(max(then, now + 1e-3), until) - now)
            for room in self.engine.rooms:
                at = self.due.get(room)
                if at is not None and at <= self.clock.now():
                    room.woken.set()
            await self.settle()

    async def job(self, job_id: int) -> Job:
        async with self.db.reading() as tx:
            found = await jobs.get(tx, job_id)
        assert found is not None
        return found

    async def latest(self, job_id: int) -> Job:
        """Return the job that an order goes on as."""
        async with self.db.reading() as tx:
            found = await detours.latest(tx, job_id)
        assert found is not None
        return found

    async def states(self) -> dict[JobState, int]:
        async with self.db.reading() as tx:
            rows = await tx.rows("SELECT state, count(*) FROM jobs GROUP BY state")
        return {JobState(state): number for state, number in rows}

    async def messages(self, chat: int) -> list[Outgoing]:
        async with self.db.reading() as tx:
            rows = await tx.rows(
                "SELECT payload FROM outbox WHERE chat_id = ? ORDER BY id", (chat,)
            )
        return [load_outgoing(row[0]) for row in rows]

    async def says(self, chat: int) -> str:
        """Return what the last progress message or message in a chat says."""
        last = (await self.messages(chat))[-1]
        assert isinstance(last, Edit | Send)
        return last.content.text

    async def alerts(self) -> list[str]:
        found = await self.messages(OPERATOR)
        return [each.content.text for each in found if isinstance(each, Send)]

    async def entries(self, job_id: int) -> list[str]:
        """Return the kinds of a job's ledger rows, in order."""
        async with self.db.reading() as tx:
            rows = await tx.rows("SELECT kind FROM ledger WHERE job_id = ? ORDER BY id", (job_id,))
        return [row[0] for row in rows]


async def opened(path: Path, **more: object) -> World:
    return World(await Database.open(path / "engine.db"), **more)  # type: ignore[arg-type]  # the one hook
