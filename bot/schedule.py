"""Pure: when to ask about a task, how long things take, how long to pause.

**Whom to ask.** An account's services answer so many questions a second; they are spent
where news is most likely. A task's lateness is how many seconds ago, on average, it must
have ended by now, given that it was still running when it was last asked about. Where the
chance of its end is steady that is half the chance per second times the square of the
time since the last question; asking whoever has the most lateness makes people wait least
for the budget there is. The chances come from the runtimes seen so far (`Runtimes`).

Whose turn it is to be drawn is the order of a database view; see `storage.worklists`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import ceil

from providers.causes import Remedy
from providers.spec import ModelSpec

# --- how long tasks take -----------------------------------------------------------------

STEPS = 30  # parts the usual range of runtimes is divided into
REACH = 3  # runtimes up to this many times the usual longest are told apart
PRIOR = 10.0  # what the documented range weighs, in tasks seen
SURPRISE = 0.01  # the share of tasks that may end at any other time
MEMORY = 500  # tasks after which what was seen fades
OVERDUE = 0.0005  # ends per second of a task that is older than that, less as it gets older


class Runtimes:
    """How long a model's tasks take: a histogram that learns and forgets.

    It begins with the documented range, evenly spread, and a little everywhere else, so
    that no task is ever given up as certainly finished or certainly not.
    """

    def __init__(self, typical: tuple[float, float]) -> None:
        low, high = typical
        self._step = max(high - low, 1.0) / STEPS  # seconds
        size = ceil(REACH * high / self._step)
        first, last = int(low / self._step), int(high / self._step)
        usual = PRIOR * (1 - SURPRISE) / max(1, last - first)
        rare = PRIOR * SURPRISE / size
        self._prior = [rare + (usual if first <= i < last else 0.0) for i in range(size)]
        self._seen = [0.0] * size
        self._count()

    def learn(self, seconds: float) -> None:
        """Take into account that a task has just taken so long."""
        at = min(len(self._seen) - 1, max(0, int(seconds / self._step)))
        near = range(max(0, at - 1), min(len(self._seen), at + 2))
        self._seen = [weight * (1 - 1 / MEMORY) for weight in self._seen]
        for i in near:
            self._seen[i] += 1 / len(near)
        self._count()

    def _count(self) -> None:
        weights = [a + b for a, b in zip(self._prior, self._seen, strict=True)]
        total = sum(weights)
        self._share = [weight / total for weight in weights]
        self._ended = [0.0, *accumulate(self._share)]  # the share that has ended by each step
        halves = [
            (a + b) / 2 * self._step for a, b in zip(self._ended, self._ended[1:], strict=False)
        ]
        self._area = [0.0, *accumulate(halves)]  # the integral of `_ended`
        self.mean = self._step * sum((i + 0.5) * share for i, share in enumerate(self._share))

    def lateness(self, asked: float, age: float) -> float:
        """Return how many seconds ago a task of this age has ended, on average.

        Ages in seconds. `asked` is the age at which it was last known to be running; a task
        that is still running counts as 0 s ago.
        """
        alive = 1.0 - self._by(asked)[0]
        if alive < 1e-6:  # noqa: PLR2004  it takes longer than anything known
            reach = len(self._share) * self._step
            return OVERDUE * (reach * (age - asked) / age) ** 2 / 2
        ended, area = self._by(asked)
        return (self._by(age)[1] - area - ended * (age - asked)) / alive

    def _by(self, age: float) -> tuple[float, float]:
        """Return the share of tasks that has ended by an age, and its integral up to there."""
        whole, part = divmod(age / self._step, 1.0)
        i = int(whole)
        if i >= len(self._share):
            return 1.0, self._area[-1] + age - len(self._share) * self._step
        ended = self._ended[i] + part * self._share[i]
        return ended, self._area[i] + (self._ended[i] + ended) / 2 * part * self._step


# --- whom to ask -------------------------------------------------------------------------

WORTH_ASKING = 0.0002  # seconds of lateness; below it a question is wasted
LONGEST_SILENCE = 10.0  # seconds after which a task is asked about in any case


@dataclass(frozen=True, slots=True)
class Watched:
    """A task at a service. Times are Unix seconds; `asked` is the last sign of life."""

    job_id: int
    started: float
    asked: float
    runtimes: Runtimes

    def lateness(self, now: float) -> float:
        """Return how many seconds ago it has ended, on average."""
        return self.runtimes.lateness(self.asked - self.started, now - self.started)

    def worth_asking(self, now: float) -> bool:
        """Tell whether an answer may bring news."""
        return now - self.asked >= LONGEST_SILENCE or self.lateness(now) >= WORTH_ASKING


def whom_to_ask(tasks: Iterable[Watched], now: float) -> Watched | None:
    """Return the task whose end is most likely to have been missed longest, if any."""
    worth = [task for task in tasks if task.worth_asking(now)]
    return max(worth, key=lambda task: task.lateness(now), default=None)


def when_to_ask(tasks: Iterable[Watched], now: float) -> float | None:
    """Return when the first of the tasks becomes worth asking about; None without tasks."""
    return min((_worth_from(task, now) for task in tasks), default=None)


def _worth_from(task: Watched, now: float) -> float:
    early, late = now, max(now, task.asked + LONGEST_SILENCE)
    if task.worth_asking(early):
        return early
    while late - early > 0.01:  # noqa: PLR2004  seconds: closer than anybody notices
        middle = (early + late) / 2
        early, late = (early, middle) if task.worth_asking(middle) else (middle, late)
    return late


# --- how long people wait ----------------------------------------------------------------

PREPARING = 3.0  # seconds to fetch and publish the photos, and to bring the picture back


def expected_wait(spec: ModelSpec, ahead: int, runtime: float | None = None) -> float:
    """Return the seconds until the picture of a job with `ahead` others before it.

    `ahead` counts those waiting and those being drawn; `runtime` is what a task takes on
    average, where more than the documented range is known.
    """
    each = runtime if runtime is not None else sum(spec.typical_seconds) / 2
    queue = max(0, ahead + 1 - spec.in_progress)  # slots that must become free first
    return PREPARING + each + queue * each / spec.in_progress


def further_wait(spec: ModelSpec, runtime: float | None = None) -> float:
    """Return the seconds that every further job adds to the wait for the last of them."""
    each = runtime if runtime is not None else sum(spec.typical_seconds) / 2
    return max(each / spec.in_progress, 1 / spec.submits_per_second)


def mean(runtimes: Sequence[float]) -> float | None:
    """Return the average of some runtimes, the outer ones left out; None if they are few."""
    if len(runtimes) < 5:  # noqa: PLR2004  fewer say less than the document
        return None
    cut = len(runtimes) // 5
    middle = sorted(runtimes)[cut : len(runtimes) - cut]
    return sum(middle) / len(middle)


# --- how long to pause -------------------------------------------------------------------

# First pause and longest pause, in seconds; each further one in a row is twice as long.
PAUSES: dict[Remedy, tuple[float, float]] = {
    Remedy.WAIT: (1.0, 60.0),  # throttled: the limits are per second
    Remedy.RESUBMIT: (5.0, 300.0),  # the service is in trouble
    Remedy.HOLD_ACCOUNT: (600.0, 3600.0),  # somebody has to pay or to mend the key
    Remedy.DROP_MODEL: (6 * 3600.0, 24 * 3600.0),  # it may have been a mistake of theirs
}
_AGAIN = (1.0, 60.0)  # a call that told us nothing


def pause(remedy: Remedy, times: int, asked_for: float | None = None) -> float:
    """Return for how long to stop after the `times`-th refusal in a row, in seconds.

    `asked_for` is what the service itself asked for, and the least that it gets.
    """
    return max(_doubled(PAUSES.get(remedy, _AGAIN), times), asked_for or 0.0)


def again(times: int, asked_for: float | None = None) -> float:
    """Return how long to wait after the `times`-th try in vain, in seconds."""
    return max(_doubled(_AGAIN, times), asked_for or 0.0)


def _doubled(bounds: tuple[float, float], times: int) -> float:
    first, longest = bounds
    return min(longest, first * 2.0 ** min(times - 1, 30))
