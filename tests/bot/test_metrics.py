import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.metrics import Metrics
from storage import inbox, jobs, outbox
from storage.database import Database
from storage.inbox import Arrival
from storage.jobs import JobState, NewJob

NOW = 1_800_000_000.0


@pytest.fixture
async def db(tmp_path: Path) -> AsyncIterator[Database]:
    db = await Database.open(tmp_path / "bot.db")
    yield db
    await db.close()


async def figures(metrics: Metrics) -> dict[str, float]:
    """Return the metrics' page as a dictionary."""
    page = (await metrics.page()).decode()
    lines = (line.rpartition(" ") for line in page.splitlines() if not line.startswith("#"))
    return {name: float(number) for name, _, number in lines}


def job(key: str, model: str) -> NewJob:
    return NewJob(
        order_key=key,
        person_id=1001,
        chat_id=1001,
        topic_id=0,
        language="en",
        anchor="p:1001:0:1001:1",
        ordered="{}",
        model=model,
        account="dashscope",
        credits=1,
        cost=200,
    )


async def test_an_empty_database_has_figures_too(db: Database) -> None:
    found = await figures(Metrics(db, dict))

    assert found["fitting_room_event_loop_lag_seconds_count"] == 0
    assert not [name for name in found if name.startswith("fitting_room_jobs")]


async def test_rows_are_counted_by_what_became_of_them(db: Database) -> None:
    async with db.transaction("test") as tx:
        await inbox.add(tx, [Arrival(n, 1001, "{}", None) for n in (1, 2, 3)], NOW)
        await inbox.set_aside(tx, [2], "odd", NOW)
        await outbox.add(tx, [outbox.NewRow(1001, "{}"), outbox.NewRow(1002, "{}")], NOW)
        for key, model in (("a", "aitryon"), ("b", "aitryon"), ("c", "aitryon-plus")):
            number = await jobs.create(tx, job(key, model), NOW)
            assert number is not None
        await jobs.change(tx, 2, JobState.QUEUED, queries=7)
        await jobs.move(tx, 2, JobState.QUEUED, JobState.FAILED, cause="too_late", closed_at=NOW)

    found = await figures(Metrics(db, lambda: {"handled": 12, "set_aside": 1}))

    assert found['fitting_room_updates_total{outcome="handled"}'] == 12
    assert found['fitting_room_updates_total{outcome="set_aside"}'] == 1
    assert found['fitting_room_inbox{state="waiting"}'] == 2
    assert found['fitting_room_inbox{state="set_aside"}'] == 1
    assert found['fitting_room_outbox{state="waiting"}'] == 2
    queued = 'fitting_room_jobs{cause="",model="%s",state="queued"}'
    assert found[queued % "aitryon"] == 1
    assert found[queued % "aitryon-plus"] == 1
    failed = 'fitting_room_jobs{cause="too_late",model="aitryon",state="failed"}'
    assert found[failed] == 1
    assert found['fitting_room_queries_total{model="aitryon"}'] == 7


async def test_two_bots_in_one_process_count_for_themselves(db: Database) -> None:
    first, second = Metrics(db, lambda: {"handled": 1}), Metrics(db, lambda: {"handled": 2})

    name = 'fitting_room_updates_total{outcome="handled"}'
    assert (await figures(first))[name] == 1
    assert (await figures(second))[name] == 2


async def test_the_lag_of_the_event_loop_is_seen(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    metrics = Metrics(db, dict)
    loop = asyncio.get_running_loop()
    metrics.lag.start()
    late = loop.time() + 1.0
    monkeypatch.setattr(loop, "time", lambda: late)
    while not (await figures(metrics))["fitting_room_event_loop_lag_seconds_count"]:
        await asyncio.wait([asyncio.ensure_future(db.integrity())])
    metrics.lag.stop()

    assert (await figures(metrics))["fitting_room_event_loop_lag_seconds_sum"] == pytest.approx(
        0.75, abs=0.1
    )


async def test_the_page_is_text_that_prometheus_reads(db: Database) -> None:
    page = (await Metrics(db, lambda: {"handled": 1}).page()).decode()

    assert "# TYPE fitting_room_updates_total counter" in page
    assert re.fullmatch(r"(#.*\n|[a-z_]+(\{[^}]*\})? \S+\n)+", page)
