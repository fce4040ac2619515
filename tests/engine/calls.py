"""Services whose answer is the picture, in the engine's small world.

Such a call lasts. So the world lets time pass while some are open, and waits for nothing
else that the rooms have begun.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.clock import Clock
from bot.engine.room import Room
from providers.base import (
    Accepted,
    Collected,
    Finished,
    Refused,
    Report,
    Stage,
    Submission,
    Succeeded,
    Unclear,
    Underway,
)
from providers.spec import ModelSpec
from providers.wishes import Request
from storage.database import Database, ignore
from tests.engine.world import ORDER, SPEC, Crash, FakeHost, World

CALLED = replace(
    SPEC,
    model="caller",
    credits=1,
    cost=180,
    cost_per_input=20,
    submits_per_second=2,
    typical_seconds=(3.0, 30.0),
)
FORGETFUL = replace(SPEC, model="forgetful", submits_per_second=4, in_progress=3)
CALL_ORDER = replace(ORDER, model="caller")


@dataclass
class Caller:
    """A model without tasks: a submit is answered after `takes` seconds. `answers` come first."""

    clock: Clock
    spec: ModelSpec = CALLED
    host: FakeHost = field(default_factory=FakeHost)
    takes: float = 10.0
    answers: deque[Submission] = field(default_factory=deque)
    called: list[float] = field(default_factory=list)
    drawn: int = 0
    open: dict["asyncio.Task[object]", float] = field(default_factory=dict)
    most: int = 0
    moved: asyncio.Event = field(default_factory=asyncio.Event)

    async def submit(self, request: Request) -> Submission:
        assert request.person_url
        task = asyncio.current_task()
        assert task is not None
        answer = self.answers.popleft() if self.answers else None
        ends = self.clock.now() + (0.0 if isinstance(answer, Refused) else self.takes)
        self.called.append(self.clock.now())
        self.drawn += answer is None or isinstance(answer, Unclear)
        self.open[task] = ends
        self.most = max(self.most, len(self.open))
        self.moved.set()
        try:
            await self.clock.wait_until(ends)
        finally:
            del self.open[task]
        return answer or Finished((f"https://r/{self.spec.model}-{len(self.called)}",))

    async def collect(self, url: str) -> Collected:
        return Collected(f"picture {url}".encode())

    @property
    def waiting(self) -> set["asyncio.Task[object]"]:
        """The submits that only time can end."""
        now = self.clock.now()
        return {task for task, ends in self.open.items() if ends > now}


@dataclass
class Forgetful:
    """A model that keeps tasks but lists none and cancels none."""

    clock: Clock
    spec: ModelSpec = FORGETFUL
    host: FakeHost = field(default_factory=FakeHost)
    takes: float = 20.0
    answers: deque[Submission] = field(default_factory=deque)
    tasks: dict[str, float] = field(default_factory=dict)
    called: list[float] = field(default_factory=list)

    async def submit(self, request: Request) -> Submission:
        assert request.person_url
        self.called.append(self.clock.now())
        if self.answers:
            return self.answers.popleft()
        task_id = f"task-{len(self.tasks) + 1}"
        self.tasks[task_id] = self.clock.now() + self.takes
        return Accepted(task_id)

    async def query(self, task_id: str) -> Report:
        if self.clock.now() < self.tasks[task_id]:
            return Underway(Stage.PENDING)
        return Succeeded((f"https://r/{task_id}",))

    async def collect(self, url: str) -> Collected:
        return Collected(f"picture {url}".encode())


class CallWorld(World):
    """A world in which calls may stay open while time passes."""

    def __init__(self, db: Database, *, on_point: Callable[[str], None] = ignore) -> None:
        super().__init__(db, on_point=on_point)
        self.caller = Caller(self.clock)
        self.callers = [self.caller]
        self.forgetful = Forgetful(self.clock)
        # They answer as providers do; the world was written for those that keep and list tasks.
        self.services["caller"] = self.caller  # type: ignore[assignment]
        self.services["forgetful"] = self.forgetful  # type: ignore[assignment]
        self.restarted()

    async def settle(self) -> None:
        """Let every room work until only time can bring anything new."""
        while any(room.woken.is_set() for room in self.engine.rooms) or self._at_work():
            for room in self.engine.rooms:
                if room.woken.is_set():
                    room.woken.clear()
                    self.due[room] = await room.round()
            for room in self.engine.rooms:
                await self._idle(room)
            if self.dead():
                raise Crash
            await asyncio.sleep(0)

    async def advance(self, seconds: float) -> None:
        """Let time pass, from one due time or end of a call to the next."""
        until = self.clock.now() + seconds
        await self.settle()
        while (now := self.clock.now()) < until - 1e-6:
            due = [at for room in self.engine.rooms if (at := self.due.get(room)) is not None]
            ends = [at for each in self.callers for at in each.open.values() if at > now]
            then = min([*due, *ends], default=until)
            self.clock.advance(min(max(then, now + 1e-3), until) - now)
            for room in self.engine.rooms:
                at = self.due.get(room)
                if at is not None and at <= self.clock.now():
                    room.woken.set()
            await self.settle()

    def _at_work(self) -> bool:
        return any(self._tasks(room) for room in self.engine.rooms)

    def _tasks(self, room: Room) -> set["asyncio.Task[None]"]:
        """Return what a room has begun and time does not hold up."""
        waiting = {task for each in self.callers for task in each.waiting}
        return {task for _, task in room._at_work.values() if task not in waiting}

    async def _idle(self, room: Room) -> None:
        while tasks := self._tasks(room):
            for each in self.callers:
                each.moved.clear()
            moved = {asyncio.create_task(each.moved.wait()) for each in self.callers}
            await asyncio.wait({*tasks, *moved}, return_when=asyncio.FIRST_COMPLETED)
            for one in moved:
                one.cancel()


async def opened(path: Path, *, on_point: Callable[[str], None] = ignore) -> CallWorld:
    return CallWorld(await Database.open(path / "engine.db"), on_point=on_point)
