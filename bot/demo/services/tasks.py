"""Tasks of all models: their states by the clock, their outcome, what is paid for.

When a task is submitted its whole course is fixed: how long it waits, prepares, runs and
wraps up. What comes out is found by real work meanwhile; whoever asks for a task whose
hour has come waits for that work, so by the clock nothing is ever late.
"""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any, TypeAlias

from bot.demo.services.clocks import written
from bot.demo.services.refusals import Wording
from bot.demo.services.twin import Product, Twin

KEPT_SECONDS = 24 * 3600  # provider docs 003, "超时会被系统自动清除"
API_KEY_ID = "4242"
REGION = "cn-beijing"


class State(StrEnum):
    """The states of a task (provider docs 000, "output.task_status")."""

    PENDING = "PENDING"
    PREPARING = "PRE-PROCESSING"
    RUNNING = "RUNNING"
    FINISHING = "POST-PROCESSING"
    SUCCEEDED = "SUCCEEDED"
    FAILED = "FAILED"
    CANCELED = "CANCELED"
    UNKNOWN = "UNKNOWN"


FINAL = frozenset({State.SUCCEEDED, State.FAILED, State.CANCELED})
# How much of a task's time passes in each state. The documents do not say; a task has to
# stay pending for a while here, or cancelling could not be tried.
COURSE: Mapping[State, float] = MappingProxyType(
    {State.PENDING: 0.1, State.PREPARING: 0.15, State.RUNNING: 0.6, State.FINISHING: 0.15}
)
# The list tells fewer states apart (vendor's task management page).
LISTED_AS = MappingProxyType({State.PREPARING: State.RUNNING, State.FINISHING: State.RUNNING})
LISTED = (*(state for state in State if state not in LISTED_AS),)

Outcome: TypeAlias = Product | Wording


@dataclass(frozen=True, slots=True)
class Fate:
    """What a fault has decided for a task: to fail so, or to stay in a state for ever."""

    failure: Wording | None = None
    stuck: State | None = None


@dataclass(slots=True)
class Task:
    """One task and its course. Times are Unix seconds of the service's clock."""

    id: str
    request_id: str
    account: str
    model: str
    twin: Twin
    submitted: float
    seconds: float  # from submit to end
    work: asyncio.Task[Outcome]
    fate: Fate = Fate()
    cancelled: float | None = None
    urls: tuple[str, ...] = field(default=())

    def reaches(self, state: State) -> float:
        """Return when the task gets into a state of its course."""
        share = 0.0
        for passed, part in COURSE.items():
            if passed is state:
                break
            share += part
        return self.submitted + share * self.seconds

    @property
    def ends(self) -> float:
        """When the task ends if all goes well."""
        return self.submitted + self.seconds

    @property
    def judged(self) -> float:
        """When it shows whether the task fails: the photos have been looked at."""
        return self.reaches(State.RUNNING)

    def waits_for_outcome(self, now: float) -> bool:
        """Tell whether the state at `now` depends on what comes out."""
        decided = self.cancelled is not None or self.fate != Fate()
        return not decided and now >= self.judged

    def state(self, now: float) -> State:
        """Return the state; work that goes on counts as going well."""
        if self.cancelled is not None:
            return State.CANCELED
        reached = State.PENDING
        for state in COURSE:
            if now >= self.reaches(state):
                reached = state
            if reached is self.fate.stuck:
                return reached
        if now >= self.judged and self.failure() is not None:
            return State.FAILED
        return reached if now < self.ends else State.SUCCEEDED

    def failure(self) -> Wording | None:
        """Return why the task fails, as far as is known."""
        if self.fate.failure is not None:
            return self.fate.failure
        outcome = self.outcome()
        return outcome if isinstance(outcome, Wording) else None

    def outcome(self) -> Outcome | None:
        """Return what came out, None while the work goes on."""
        done = self.work.done() and not self.work.cancelled()
        return self.work.result() if done else None

    def ended(self, now: float) -> float | None:
        """Return when the task ended, None if it has not."""
        match self.state(now):
            case State.CANCELED:
                return self.cancelled
            case State.FAILED:
                return self.judged
            case State.SUCCEEDED:
                return self.ends
            case _:
                return None

    def times(self, now: float) -> dict[str, str]:
        """Return the times that a query shows."""
        times = {"submit_time": self.submitted}
        begun = self.reaches(State.PREPARING)
        if now >= begun and self.cancelled is None:
            times["scheduled_time"] = begun
        ended = self.ended(now)
        if ended is not None:
            times["end_time"] = ended
        return {name: written(seconds) for name, seconds in times.items()}

    def row(self, now: float) -> dict[str, Any]:
        """Return what the list shows of the task. Times in ms since 1970."""
        state = self.state(now)
        begun, ended = self.reaches(State.PREPARING), self.ended(now)
        times = {"gmt_create": self.submitted}
        if now >= begun and self.cancelled is None:
            times["start_time"] = begun
        if ended is not None:
            times["end_time"] = ended
        return {
            "api_key_id": API_KEY_ID,
            "caller_parent_id": self.account,
            "caller_uid": self.account,
            **{name: int(seconds * 1000) for name, seconds in times.items()},
            "model_name": self.model,
            "region": REGION,
            "request_id": self.request_id,
            "status": str(LISTED_AS.get(state, state)),
            "task_id": self.id,
            "user_api_unique_key": ":".join(
                ["apikey", "v1", *self.twin.path.split("/")[1:], self.model]
            ),
        }


class TaskBook:
    """All tasks of all accounts."""

    def __init__(self) -> None:
        self._tasks: dict[str, Task] = {}
        self._accepted: dict[str, list[str]] = {}  # by account: ids of all tasks ever
        self._paid: dict[str, list[str]] = {}  # by account: ids of forgotten tasks that succeeded

    def add(self, task: Task) -> None:
        """Take on a new task, and forget those of yesterday."""
        for old in [*self._tasks.values()]:
            if _is_over(old, task.submitted):
                if old.state(task.submitted) is State.SUCCEEDED:
                    self._paid.setdefault(old.account, []).append(old.id)
                del self._tasks[old.id]
        self._tasks[task.id] = task
        self._accepted.setdefault(task.account, []).append(task.id)

    def accepted(self, account: str) -> list[str]:
        """Return the ids of all tasks an account ever submitted, oldest first."""
        return list(self._accepted.get(account, []))

    def find(self, task_id: str, account: str, now: float) -> Task | None:
        """Return an account's task, None if there is none or it is too old."""
        task = self._tasks.get(task_id)
        if task is None or task.account != account or _is_over(task, now):
            return None
        return task

    def of(self, account: str, now: float) -> list[Task]:
        """Return an account's tasks, newest first."""
        tasks = [task for task in self._tasks.values() if task.account == account]
        return [task for task in reversed(tasks) if not _is_over(task, now)]

    def in_progress(self, account: str, model: str, now: float) -> int:
        """Count an account's unfinished tasks of a model."""
        return sum(
            task.model == model and task.state(now) not in FINAL for task in self.of(account, now)
        )

    async def settle(self, tasks: Iterable[Task], now: float) -> None:
        """Wait for the work on those tasks whose state depends on it by now."""
        due = [task.work for task in tasks if task.waits_for_outcome(now)]
        if due:
            await asyncio.wait(due)

    async def paid(self, account: str, now: float) -> list[str]:
        """Return the ids of an account's tasks that succeeded, oldest first: each is charged."""
        tasks = [task for task in self._tasks.values() if task.account == account]
        await self.settle(tasks, now)
        done = [task.id for task in tasks if task.state(now) is State.SUCCEEDED]
        return [*self._paid.get(account, []), *done]

    async def close(self) -> None:
        """Stop all work."""
        works = [task.work for task in self._tasks.values()]
        for work in works:
            work.cancel()
        await asyncio.gather(*works, return_exceptions=True)


def _is_over(task: Task, now: float) -> bool:
    ended = task.ended(now)
    return now >= (task.submitted if ended is None else ended) + KEPT_SECONDS
