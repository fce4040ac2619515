"""What nobody stumbles over is noticed, and told seldom enough to be read."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot import budget
from bot.alerts import Alerts
from bot.clock import Clock
from bot.handlers.desk import Rules
from bot.watch import EVERY, LOW_DISK, Watch
from providers.catalogue import SPECS
from storage import jobs, ledger, pauses
from storage.database import Database
from storage.jobs import JobState, NewJob

NOON = 1_773_489_600.0  # 2026-03-14
HOUR, DAY = 3600.0, 86400.0
OPERATORS = (4, 5)
MODELS = {spec.model: spec for spec in SPECS if spec.model == "aitryon-plus"}
RULES = Rules(ZoneInfo("UTC"), "en", 5, 20, 1000, MODELS, frozenset(OPERATORS))


class Disk:
    free = LOW_DISK

    def __call__(self) -> int:
        return self.free


@pytest.fixture
async def watch(tmp_path: Path) -> AsyncIterator[Watch]:
    db = await Database.open(tmp_path / "test.db")
    yield Watch(db, Clock(start=NOON, speed=0), Alerts(OPERATORS, "en"), RULES, Disk())
    await db.close()


async def ordered(watch: Watch, cost: int = 500) -> int:
    now = watch.clock.now()
    key = f"{now}-{cost}"
    new = NewJob(key, 7, 7, 0, "en", key, "{}", "aitryon-plus", "dashscope", 2, cost)
    async with watch.db.transaction("order") as tx:
        job_id = await jobs.create(tx, new, now)
        assert job_id is not None
        day = RULES.day(now)
        await ledger.open_day(tx, "person:7", day, 100, now)
        assert await ledger.hold(tx, "person:7", day, job_id, 2, cost, now)
    return job_id


async def told(watch: Watch, operator: int = OPERATORS[0]) -> list[str]:
    """Look, and return what the operators were told since the last look."""
    await watch.look()
    async with watch.db.transaction("read") as tx:
        rows = await tx.rows("SELECT chat_id, payload FROM outbox ORDER BY id")
        await tx.run("DELETE FROM outbox")
    texts = {
        chat: [json.loads(row[1])["body"]["content"]["text"] for row in rows if row[0] == chat]
        for chat in OPERATORS
    }
    assert texts[OPERATORS[0]] == texts[OPERATORS[1]], "every operator is told the same"
    return texts[operator]


async def test_money_is_told_of_at_four_fifths_and_at_the_cap_once_a_day(watch: Watch) -> None:
    assert await told(watch) == []
    await ordered(watch, 799)
    assert len(await told(watch)) == 1, "what is left pays no more try-on: the cap is reached"
    async with watch.db.transaction("raise") as tx:
        await budget.change(tx, 2000, NOON)
    await ordered(watch, 801)
    [nearly] = await told(watch)
    assert "Four fifths" in nearly
    assert "1.60 / 2.00 CNY" in nearly
    await ordered(watch, 401)
    assert await told(watch) == [], "both were told today"
    watch.clock.advance(DAY)
    await ordered(watch, 2000)
    nearly, cap = await told(watch)
    assert "Four fifths" in nearly
    assert "money cap is reached" in cap
    assert await told(watch) == []


async def test_a_cap_of_nothing_is_meant_that_way(watch: Watch) -> None:
    async with watch.db.transaction("lower") as tx:
        await budget.change(tx, 0, NOON)
    assert await told(watch) == []


async def test_a_disk_that_fills_up_is_told_of_at_most_hourly(watch: Watch) -> None:
    disk = watch.free
    assert isinstance(disk, Disk)
    assert await told(watch) == []
    disk.free = LOW_DISK - 1
    assert "nearly full" in (await told(watch))[0]
    assert await told(watch) == []
    watch.clock.advance(HOUR)
    assert len(await told(watch)) == 1
    disk.free = LOW_DISK
    watch.clock.advance(HOUR)
    assert await told(watch) == []


async def test_an_order_that_gets_stuck_is_told_of_once(watch: Watch) -> None:
    job_id = await ordered(watch, 100)
    async with watch.db.transaction("begin") as tx:
        await jobs.move(tx, job_id, JobState.QUEUED, JobState.PREPARING, due_at=NOON)
    watch.clock.advance(800)
    assert await told(watch) == []
    watch.clock.advance(200)
    assert await told(watch) == [], "a pause may just have ended"
    watch.clock.advance(301)
    [said] = await told(watch)
    assert f"#{job_id} preparing aitryon-plus" in said
    watch.clock.advance(2 * HOUR)
    assert await told(watch) == []


async def test_an_order_that_waits_for_a_paused_model_is_not_stuck(watch: Watch) -> None:
    await ordered(watch, 100)
    async with watch.db.transaction("pause") as tx:
        scope = pauses.by_operator("aitryon-plus")
        await pauses.pause(tx, scope, pauses.BY_OPERATOR, None, NOON)
    for _ in range(3):
        watch.clock.advance(2 * HOUR)
        assert await told(watch) == []


async def test_what_is_kept_back_for_an_hour_is_told_after_it(watch: Watch) -> None:
    async def happens(cause: str, detail: str) -> None:
        async with watch.db.transaction("trouble") as tx:
            await watch.alerts.tell(tx, cause, watch.clock.now(), detail)

    await happens("model_gone", "job 1, aitryon")
    await happens("key_refused", "")
    assert len(await told(watch)) == 2, "each cause is told by itself"
    for job in range(2, 6):
        await happens("model_gone", f"job {job}, <sk-secretsecretsecret>")
    watch.clock.advance(HOUR - 1)
    assert await told(watch) == []
    watch.clock.advance(1)
    [said] = await told(watch)
    assert "4 times since I last told you" in said
    assert "job 3" in said
    assert "job 5" in said
    assert "secretsecret" not in said
    watch.clock.advance(HOUR)
    assert await told(watch) == []


async def test_looking_goes_on_whatever_happens(watch: Watch) -> None:
    asked = asyncio.Event()

    def mended() -> int:
        loop.call_soon_threadsafe(asked.set)
        return LOW_DISK

    def broken() -> int:
        watch.free = mended
        raise OSError

    loop = asyncio.get_running_loop()
    watch.free = broken
    running = asyncio.create_task(watch.run())
    while not asked.is_set():
        watch.clock.advance(EVERY)
        await asyncio.sleep(0)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
