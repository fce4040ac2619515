"""Numbers for Prometheus: read from the rows when they are asked for.

Whatever waits, is done or has failed is a row, so most figures are counts of rows and
survive a restart. What is no row is counted since the start: what became of updates, and
how long the event loop kept everybody waiting.
"""

import asyncio
from collections.abc import Callable, Iterable, Iterator, Mapping

from prometheus_client import CollectorRegistry, Histogram, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric

from storage import census, inbox, outbox
from storage.database import Database

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"

_LOOK_EVERY = 0.25  # seconds between two looks at how late the event loop is
_LAGS = (0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0)  # seconds


class Metrics:
    """All figures of one bot, in a registry of their own.

    `updates` tells what became of updates since the start, by outcome.
    """

    def __init__(self, db: Database, updates: Callable[[], Mapping[str, int]]) -> None:
        self._db = db
        self._updates = updates
        self._registry = CollectorRegistry()
        self._counted = _Counted()
        self._registry.register(self._counted)
        ProcessCollector(namespace="fitting_room", registry=self._registry)
        self.lag = LoopLag(self._registry)

    async def page(self) -> bytes:
        """Count, and return everything in Prometheus' text format."""
        self._counted.families = [*self._since_start(), *await self._rows()]
        return generate_latest(self._registry)

    def _since_start(self) -> Iterator[Metric]:
        family = CounterMetricFamily(
            "fitting_room_updates", "Batches of updates since the start.", labels=["outcome"]
        )
        for outcome, number in self._updates().items():
            family.add_metric([outcome], number)
        yield family

    async def _rows(self) -> list[Metric]:
        async with self._db.reading() as tx:
            waiting = await inbox.count(tx)
            messages = await outbox.count(tx)
            jobs = await census.jobs(tx)
        return [
            _by_state("fitting_room_inbox", "Updates kept, by state.", waiting),
            _by_state("fitting_room_outbox", "Messages kept, by state.", messages),
            _jobs(jobs),
            _queries(jobs),
        ]


class _Counted:
    """Hands the registry what was counted last."""

    def __init__(self) -> None:
        self.families: Iterable[Metric] = ()

    def collect(self) -> Iterable[Metric]:
        return self.families


def _by_state(name: str, text: str, counts: Mapping[str, int]) -> Metric:
    family = GaugeMetricFamily(name, text, labels=["state"])
    for state, number in counts.items():
        family.add_metric([state], number)
    return family


def _jobs(counts: Iterable[census.JobCount]) -> Metric:
    family = GaugeMetricFamily(
        "fitting_room_jobs", "Jobs, by model, state and cause.", labels=["model", "state", "cause"]
    )
    for count in counts:
        family.add_metric([count.model, count.state, count.cause], count.jobs)
    return family


def _queries(counts: Iterable[census.JobCount]) -> Metric:
    totals: dict[str, int] = {}
    for count in counts:
        totals[count.model] = totals.get(count.model, 0) + count.queries
    family = CounterMetricFamily(
        "fitting_room_queries", "How often a service was asked about a task.", labels=["model"]
    )
    for model, number in totals.items():
        family.add_metric([model], number)
    return family


class LoopLag:
    """Looks a few times a second how much later than planned the event loop comes round."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._lags = Histogram(
            "fitting_room_event_loop_lag_seconds",
            "How late the event loop came round.",
            buckets=_LAGS,
            registry=registry,
        )
        self._next: asyncio.TimerHandle | None = None

    def start(self) -> None:
        """Begin to look, on the running loop."""
        loop = asyncio.get_running_loop()
        planned = loop.time() + _LOOK_EVERY
        self._next = loop.call_at(planned, self._look, loop, planned)

    def stop(self) -> None:
        """Look no more."""
        if self._next is not None:
            self._next.cancel()

    def _look(self, loop: asyncio.AbstractEventLoop, planned: float) -> None:
        self._lags.observe(max(0.0, loop.time() - planned))
        self.start()
