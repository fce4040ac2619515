"""Jobs on another way: one hold each, one successor each, and everybody is looked at again."""

import sqlite3
from dataclasses import replace

import pytest

from storage import detours, jobs, ledger, worklists
from storage.database import Database, Tx
from storage.jobs import CLOSED, Job, JobState, NewJob

NOW = 1_000_000.0
DAY, TOMORROW = "2026-08-01", "2026-08-02"
NEW = NewJob("card:1", 7, 7, 0, "en", "p:7:0:7:1", "{}", "plus", "acme", credits=2, cost=500)
OTHER = replace(NEW, order_key="card:1>other", model="other", credits=1, cost=200)


async def placed(tx: Tx, new: NewJob = NEW, at: float = NOW) -> Job:
    job_id = await jobs.create(tx, new, at)
    assert job_id is not None
    await ledger.open_day(tx, "person:7", DAY, 5, at)
    assert await ledger.hold(tx, "person:7", DAY, job_id, new.credits, new.cost, at)
    return await found(tx, job_id)


async def found(tx: Tx, job_id: int) -> Job:
    job = await jobs.get(tx, job_id)
    assert job is not None
    return job


async def offer(tx: Tx, job: Job, at: float = NOW) -> None:
    assert await jobs.move(
        tx, job.id, job.state, JobState.OFFERED, offer="dear", offer_credits=3, due_at=at
    )


async def test_a_job_handed_over_is_closed_and_the_other_keeps_its_turn(db: Database) -> None:
    async with db.transaction("t") as tx:
        job = await placed(tx)
        wish = replace(OTHER, wished=job.ordered, wished_credits=2, created_at=job.created_at)
        successor = await detours.hand_over(tx, job, wish, NOW + 60)
        assert successor is not None
        before, after = await found(tx, job.id), await found(tx, successor)
    assert (before.state, before.moved_to, before.closed_at) == (
        JobState.MOVED,
        successor,
        NOW + 60,
    )
    assert JobState.MOVED in CLOSED
    assert (after.state, after.model, after.created_at) == (JobState.QUEUED, "other", NOW)
    assert (after.wished, after.wished_credits, after.due_at) == ("{}", 2, NOW + 60)


async def test_a_job_that_went_on_meanwhile_is_left_alone(db: Database) -> None:
    async with db.transaction("t") as tx:
        job = await placed(tx)
        await jobs.move(tx, job.id, JobState.QUEUED, JobState.PREPARING)
        assert await detours.hand_over(tx, job, OTHER, NOW) is None
        assert await tx.value("SELECT count(*) FROM jobs") == 1


async def test_the_newest_job_is_found_over_any_number_of_hand_overs(db: Database) -> None:
    async with db.transaction("t") as tx:
        first = job = await placed(tx)
        for hop in range(5):
            key = f"{job.order_key}>{hop}"
            successor = await detours.hand_over(tx, job, replace(OTHER, order_key=key), NOW)
            assert successor is not None
            job = await found(tx, successor)
        latest = await detours.latest(tx, first.id)
        assert latest == job
        assert await detours.latest(tx, job.id) == job
        assert await detours.latest(tx, 999) is None


async def test_each_of_two_jobs_has_one_hold_and_the_first_one_end(db: Database) -> None:
    async with db.transaction("t") as tx:
        job = await placed(tx)
        successor = await detours.hand_over(tx, job, OTHER, NOW)
        assert successor is not None
        assert await ledger.carry_over(tx, job.id, successor, 1, 200, NOW)
        assert await ledger.balance(tx, "person:7", DAY) == ledger.Balance(4, 0)
        assert await ledger.spent(tx, DAY) == 200
        rows = await tx.rows("SELECT job_id, kind FROM ledger WHERE job_id NOT NULL ORDER BY id")
        assert [tuple(row) for row in rows] == [
            (job.id, "hold"),
            (job.id, "refund"),
            (successor, "hold"),
        ]
        with pytest.raises(sqlite3.IntegrityError):
            await ledger.carry_over(tx, job.id, successor, 1, 200, NOW)


async def test_a_dearer_job_takes_what_the_first_one_gives_back(db: Database) -> None:
    async with db.transaction("t") as tx:
        job = await placed(tx)
        dear = replace(OTHER, credits=5, cost=900)
        successor = await detours.hand_over(tx, job, dear, NOW)
        assert successor is not None
        assert await ledger.carry_over(tx, job.id, successor, 5, 900, NOW)
        assert await ledger.balance(tx, "person:7", DAY) == ledger.Balance(0, 0)


async def test_too_little_is_said_and_another_day_is_paid_from_its_own(db: Database) -> None:
    async with db.transaction("t") as tx:
        job = await placed(tx)
        successor = await detours.hand_over(tx, job, OTHER, NOW)
        assert successor is not None
        assert not await ledger.carry_over(tx, job.id, successor, 1, 200, NOW, day=TOMORROW)
        await ledger.open_day(tx, "person:7", TOMORROW, 5, NOW)
        assert await ledger.carry_over(tx, job.id, successor, 1, 200, NOW, day=TOMORROW)
        assert await ledger.balance(tx, "person:7", DAY) == ledger.Balance(5, 0)
        assert await ledger.balance(tx, "person:7", TOMORROW) == ledger.Balance(4, 0)


async def test_a_hold_can_be_looked_up_and_one_that_never_was_cannot(db: Database) -> None:
    async with db.transaction("t") as tx:
        await ledger.grant(tx, "person:7", DAY, 3, NOW, "gift")
        job = await placed(tx, replace(NEW, credits=6))
        assert await ledger.held(tx, job.id) == ledger.Held("person:7", DAY, 5, 1, 500)
        assert await ledger.held(tx, 999) is None
        assert not await ledger.carry_over(tx, 999, job.id, 1, 200, NOW)


async def test_those_who_were_asked_are_listed_in_the_order_of_their_deadlines(
    db: Database,
) -> None:
    async with db.transaction("t") as tx:
        late, early = await placed(tx), await placed(tx, replace(NEW, order_key="card:2"))
        await offer(tx, late, NOW + 9)
        await offer(tx, early, NOW + 5)
        assert [job.id for job in await detours.offered(tx, limit=9)] == [early.id, late.id]
        assert [job.id for job in await detours.offered(tx, limit=1)] == [early.id]
        left = await detours.offered(tx, limit=9, leave_out=[early.id])
        assert [job.id for job in left] == [late.id]


async def test_who_was_asked_waits_in_no_queue_and_keeps_no_photo_published(db: Database) -> None:
    async with db.transaction("t") as tx:
        job = await placed(tx)
        await jobs.move(tx, job.id, JobState.QUEUED, JobState.PREPARING, inputs="{}")
        await offer(tx, await found(tx, job.id))
        assert (await worklists.loads(tx))["plus"].waiting == 0
        assert [each.id for each in await worklists.published(tx, limit=9)] == [job.id]
        assert [each.id for each in await jobs.open_jobs_of(tx, 7)] == [job.id]
        assert await jobs.position(tx, job.id) is None


@pytest.mark.parametrize(
    "broken",
    [
        "UPDATE jobs SET state = 'moved', closed_at = 1",  # to nowhere
        "UPDATE jobs SET moved_to = 1",  # and still open
        "UPDATE jobs SET state = 'offered'",  # nothing
        "UPDATE jobs SET wished = '{}'",  # for an unknown price
        "UPDATE jobs SET tried = 'plus'",  # no list
    ],
)
async def test_the_table_refuses_another_way_that_makes_no_sense(db: Database, broken: str) -> None:
    async with db.transaction("t") as tx:
        await placed(tx)
        with pytest.raises(sqlite3.IntegrityError):
            await tx.run(broken)
