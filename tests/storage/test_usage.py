"""What operators read of what was used: every way an order can go, as a table."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TypeAlias

import pytest

from storage import audit, detours, jobs, ledger, usage
from storage.audit import Change
from storage.database import Database, Tx
from storage.jobs import CLOSED, JobState, NewJob
from storage.usage import Use

DAY, NEXT, LATER = "2026-03-14", "2026-03-15", "2026-03-16"
PERSON = ledger.of_person(7)
NEW = NewJob("card", 7, 7, 0, "en", "card", "{}", "plus", "account", 2, 500)
CHEAP = replace(NEW, model="basic", credits=1, cost=200)
DRAWN = (
    JobState.PREPARING,
    JobState.SUBMITTING,
    JobState.RUNNING,
    JobState.COLLECTING,
    JobState.DELIVERING,
)

Story: TypeAlias = Callable[[Tx], Awaitable[None]]


async def _ordered(tx: Tx, new: NewJob = NEW) -> int:
    job_id = await jobs.create(tx, new, 1.0)
    assert job_id is not None
    assert await ledger.hold(tx, PERSON, DAY, job_id, new.credits, new.cost, 1.0)
    return job_id


async def _on(tx: Tx, job_id: int, *states: JobState) -> None:
    for state in states:
        job = await jobs.get(tx, job_id)
        assert job is not None
        more: dict[str, object] = {"closed_at": 2.0} if state in CLOSED else {}
        if state is JobState.FAILED:
            more |= {"cause": "internal"}
        if state is JobState.RUNNING:
            more |= {"task_id": f"t{job_id}"}
        assert await jobs.move(tx, job_id, job.state, state, **more)


async def _done(tx: Tx, job_id: int) -> None:
    await _on(tx, job_id, *DRAWN)
    await ledger.commit(tx, job_id, 2.0)
    await _on(tx, job_id, JobState.DONE)


async def waits(tx: Tx) -> None:
    await _ordered(tx)


async def finished(tx: Tx) -> None:
    await _done(tx, await _ordered(tx))


async def cheaper_in_the_end(tx: Tx) -> None:
    job_id = await _ordered(tx)
    await _on(tx, job_id, *DRAWN)
    await ledger.commit(tx, job_id, 2.0, give_back=1)
    await _on(tx, job_id, JobState.DONE)


async def failed(tx: Tx) -> None:
    job_id = await _ordered(tx)
    await _on(tx, job_id, JobState.PREPARING, JobState.FAILED)
    await ledger.refund(tx, job_id, 2.0, "internal")


async def cancelled(tx: Tx) -> None:
    job_id = await _ordered(tx)
    await _on(tx, job_id, JobState.CANCELLED)
    await ledger.refund(tx, job_id, 2.0, "cancelled")


async def undeliverable(tx: Tx) -> None:
    job_id = await _ordered(tx)
    await _on(tx, job_id, *DRAWN)
    await ledger.commit(tx, job_id, 2.0)
    await _on(tx, job_id, JobState.FAILED)
    await ledger.make_good(tx, job_id, 3.0, "undeliverable")


async def refunded_by_an_operator(tx: Tx) -> None:
    job_id = await _ordered(tx)
    await _done(tx, job_id)
    await ledger.make_good(tx, job_id, 3.0, "operator")
    await audit.note(tx, Change(4, "refund", "0", "2", person_id=7, job_id=job_id), 3.0)


async def three_pictures(tx: Tx) -> None:
    for sample in range(3):
        new = replace(NEW, order_key=f"card:{sample}", outfit=0, sample=sample)
        job_id = await _ordered(tx, new)
        if sample < 2:
            await _done(tx, job_id)


async def _moved(tx: Tx, first: int, new: NewJob, day: str | None = None) -> int:
    job = await jobs.get(tx, first)
    assert job is not None
    second = await detours.hand_over(tx, job, new, 2.0)
    assert second is not None
    assert await ledger.carry_over(tx, first, second, new.credits, new.cost, 2.0, day=day)
    return second


async def handed_over(tx: Tx) -> None:
    await _done(tx, await _moved(tx, await _ordered(tx), replace(CHEAP, order_key="second")))


async def handed_over_twice(tx: Tx) -> None:
    second = await _moved(tx, await _ordered(tx), replace(CHEAP, order_key="second"))
    await _done(tx, await _moved(tx, second, replace(NEW, order_key="third")))


async def handed_over_on_the_next_day(tx: Tx) -> None:
    await ledger.open_day(tx, PERSON, NEXT, 20, 2.0)
    await _done(tx, await _moved(tx, await _ordered(tx), replace(CHEAP, order_key="b"), NEXT))


TABLE: list[tuple[Story, list[Use]]] = [
    (waits, [Use(DAY, "plus", "queued", "", 1, 2, 500)]),
    (finished, [Use(DAY, "plus", "done", "", 1, 2, 500)]),
    (cheaper_in_the_end, [Use(DAY, "plus", "done", "", 1, 1, 500)]),
    (failed, [Use(DAY, "plus", "failed", "internal", 1, 0, 0)]),
    (cancelled, [Use(DAY, "plus", "cancelled", "", 1, 0, 0)]),
    (undeliverable, [Use(DAY, "plus", "failed", "internal", 1, 0, 500)]),
    (refunded_by_an_operator, [Use(DAY, "plus", "done", "", 1, 0, 500)]),
    (
        three_pictures,
        [Use(DAY, "plus", "done", "", 2, 4, 1000), Use(DAY, "plus", "queued", "", 1, 2, 500)],
    ),
    (handed_over, [Use(DAY, "basic", "done", "", 1, 1, 200)]),
    (handed_over_twice, [Use(DAY, "plus", "done", "", 1, 2, 500)]),
    (handed_over_on_the_next_day, [Use(NEXT, "basic", "done", "", 1, 1, 200)]),
]


@pytest.mark.parametrize(("story", "uses"), TABLE, ids=[story.__name__ for story, _ in TABLE])
async def test_an_order_is_counted_once_as_what_it_became(
    db: Database, story: Story, uses: list[Use]
) -> None:
    async with db.transaction("t") as tx:
        await ledger.open_day(tx, PERSON, DAY, 20, 1.0)
        await story(tx)

    async with db.reading() as tx:
        assert await usage.uses(tx, DAY, NEXT) == uses
        assert await usage.people(tx, DAY, NEXT) == 1
        assert await ledger.spent_since(tx, DAY, NEXT) == sum(use.cost for use in uses)
        assert await usage.uses(tx, LATER, LATER) == []
        assert await usage.people(tx, LATER, LATER) == 0
