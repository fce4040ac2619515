from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from storage import jobs, tasks, worklists
from storage.database import Database, Tx
from storage.jobs import CLOSED, MOVES, JobState, NewJob

NOW = 1_000_000.0
NEW = NewJob(
    order_key="card:1",
    person_id=7,
    chat_id=7,
    topic_id=0,
    language="en",
    anchor="p:7:0:7:1",
    ordered="{}",
    model="m",
    account="a",
    credits=2,
    cost=500,
)


@pytest.fixture
async def db(tmp_path: Path) -> AsyncIterator[Database]:
    database = await Database.open(tmp_path / "jobs.db")
    yield database
    await database.close()


async def queue(tx: Tx, key: str, person: int, at: float = NOW, chat: int | None = None) -> int:
    new = replace(NEW, order_key=key, person_id=person, chat_id=person if chat is None else chat)
    job_id = await jobs.create(tx, new, at)
    assert job_id is not None
    return job_id


async def walk(tx: Tx, job_id: int, *states: JobState) -> None:
    for state in states:
        job = await jobs.get(tx, job_id)
        assert job is not None
        extra = {"task_id": f"t{job_id}"} if state is JobState.RUNNING else {}
        assert await jobs.move(tx, job_id, job.state, state, **extra)


async def test_a_new_job_waits_in_the_queue_with_everything_that_was_ordered(db: Database) -> None:
    async with db.transaction("t") as tx:
        job_id = await jobs.create(tx, NEW, NOW)
        job = await jobs.get(tx, job_id or 0)
    assert job is not None
    assert (job.state, job.model, job.credits, job.due_at) == (JobState.QUEUED, "m", 2, NOW)
    assert not job.cancel_asked


async def test_the_same_order_twice_makes_one_job(db: Database) -> None:
    async with db.transaction("t") as tx:
        assert await jobs.create(tx, NEW, NOW) is not None
        assert await jobs.create(tx, NEW, NOW) is None


async def test_who_comes_second_with_a_move_changes_nothing(db: Database) -> None:
    async with db.transaction("t") as tx:
        job_id = await queue(tx, "a", 1)
        assert await jobs.move(tx, job_id, JobState.QUEUED, JobState.PREPARING)
        assert not await jobs.move(tx, job_id, JobState.QUEUED, JobState.CANCELLED, closed_at=NOW)
        job = await jobs.get(tx, job_id)
    assert job is not None
    assert job.state is JobState.PREPARING


async def test_a_move_that_is_not_in_the_table_is_refused(db: Database) -> None:
    async with db.transaction("t") as tx:
        job_id = await queue(tx, "a", 1)
        with pytest.raises(ValueError, match="see MOVES"):
            await jobs.move(tx, job_id, JobState.QUEUED, JobState.DONE)


async def test_only_columns_of_a_job_can_be_changed(db: Database) -> None:
    async with db.transaction("t") as tx:
        job_id = await queue(tx, "a", 1)
        with pytest.raises(ValueError, match="cannot be changed"):
            await jobs.change(tx, job_id, JobState.QUEUED, **{"state = 'done' --": 1})


def test_closed_states_lead_nowhere_and_every_open_state_leads_to_an_end() -> None:
    assert set(MOVES) == set(JobState) - CLOSED
    for start in MOVES:
        reached, edge = set[JobState](), {start}
        while edge:
            reached |= edge
            edge = {b for a in edge for b in MOVES.get(a, ())} - reached
        assert JobState.FAILED in reached
        assert JobState.DONE in reached


async def test_two_submits_of_one_model_cannot_be_in_flight(db: Database) -> None:
    async with db.transaction("t") as tx:
        first, second = await queue(tx, "a", 1), await queue(tx, "b", 2)
        await walk(tx, first, JobState.PREPARING, JobState.SUBMITTING)
        await walk(tx, second, JobState.PREPARING)
        with pytest.raises(Exception, match="UNIQUE"):
            await jobs.move(tx, second, JobState.PREPARING, JobState.SUBMITTING)


async def test_the_next_turn_is_of_whoever_has_the_least_in_progress(db: Database) -> None:
    async with db.transaction("t") as tx:
        busy = await queue(tx, "busy", 1, NOW - 9)
        await walk(tx, busy, JobState.PREPARING)
        mine = [await queue(tx, f"a{i}", 1, NOW + i) for i in range(3)]
        late = await queue(tx, "b", 2, NOW + 50)
        assert await worklists.turns(tx, "m", NOW + 99, 9) == [late, *mine]


async def test_people_take_turns_however_much_one_of_them_ordered(db: Database) -> None:
    async with db.transaction("t") as tx:
        eager = [await queue(tx, f"a{i}", 1, NOW + i) for i in range(3)]
        other = [await queue(tx, f"b{i}", 2, NOW + 10 + i) for i in range(2)]
        turns = await worklists.turns(tx, "m", NOW + 99, 9)
    assert turns == [eager[0], other[0], eager[1], other[1], eager[2]]


async def test_a_group_takes_turns_with_people_in_private(db: Database) -> None:
    async with db.transaction("t") as tx:
        members = [await queue(tx, f"g{i}", 10 + i, NOW + i, chat=-1) for i in range(3)]
        alone = await queue(tx, "p", 5, NOW + 10)
        turns = await worklists.turns(tx, "m", NOW + 99, 9)
    assert turns == [members[0], alone, members[1], members[2]]


async def test_the_place_told_is_the_order_in_which_jobs_are_taken(db: Database) -> None:
    async with db.transaction("t") as tx:
        ids = [await queue(tx, f"{i}", i % 3, NOW + i) for i in range(9)]
        turns = await worklists.turns(tx, "m", NOW + 99, 99)
        places = [await jobs.position(tx, job_id) for job_id in turns]
    assert sorted(turns) == ids
    assert places == list(range(1, 10))


async def test_a_place_counts_those_who_are_being_prepared(db: Database) -> None:
    async with db.transaction("t") as tx:
        first, second = await queue(tx, "a", 1), await queue(tx, "b", 2, NOW + 1)
        await walk(tx, first, JobState.PREPARING)
        assert await jobs.position(tx, first) == 1
        assert await jobs.position(tx, second) == 2
        await walk(tx, first, JobState.SUBMITTING, JobState.RUNNING)
        assert await jobs.position(tx, first) is None
        assert await jobs.position(tx, second) == 1
        assert await jobs.ahead(tx, "m") == 2


async def test_people_are_told_their_place_first_and_then_when_it_is_clearly_better(
    db: Database,
) -> None:
    async with db.transaction("t") as tx:
        ids = [await queue(tx, f"{i}", i, NOW + i) for i in range(10)]
        assert await worklists.untold_models(tx) == ["m"]
        untold = await worklists.places_to_tell(tx, "m", again=False, limit=99)
        assert [(p.job_id, p.place) for p in untold] == list(zip(ids, range(1, 11), strict=True))
        for place, job_id in enumerate(ids, 1):
            await jobs.change(tx, job_id, JobState.QUEUED, shown=f"queued:{place}")
        assert await worklists.untold_models(tx) == []
        assert await worklists.places_to_tell(tx, "m", again=True, limit=99) == []
        await walk(tx, ids[0], JobState.PREPARING, JobState.SUBMITTING, JobState.RUNNING)
        assert await worklists.places_to_tell(tx, "m", again=False, limit=99) == []
        better = await worklists.places_to_tell(tx, "m", again=True, limit=99)
    assert [p.place for p in better] == [1, 2, 3, 4]  # 5 to 4 is a fifth, 6 to 5 is less


async def test_loads_tell_how_many_jobs_stand_where(db: Database) -> None:
    async with db.transaction("t") as tx:
        for i in range(4):
            await queue(tx, f"{i}", i)
        await walk(tx, 1, JobState.PREPARING)
        await walk(tx, 2, JobState.PREPARING, JobState.SUBMITTING)
        await walk(tx, 3, JobState.PREPARING)
        await tx.run("UPDATE jobs SET state = 'running', task_id = 'x' WHERE id = 3")
        loads = await worklists.loads(tx)
    assert loads == {"m": worklists.Load(queued=1, preparing=1, submitting=1, running=1)}
    assert loads["m"].in_progress == 2


async def test_a_task_stays_known_when_its_job_gets_another(db: Database) -> None:
    async with db.transaction("t") as tx:
        job_id = await queue(tx, "a", 1)
        await walk(tx, job_id, JobState.PREPARING, JobState.SUBMITTING, JobState.RUNNING)
        job = await jobs.get(tx, job_id)
        assert job is not None
        await tasks.retire(tx, job, NOW)
        await jobs.move(tx, job_id, JobState.RUNNING, JobState.PREPARING, task_id=None)
        await walk(tx, job_id, JobState.SUBMITTING)
        await jobs.move(tx, job_id, JobState.SUBMITTING, JobState.RUNNING, task_id="second")
        known = await tasks.known(tx, [f"t{job_id}", "second", "foreign"])
    assert known == {f"t{job_id}", "second"}


async def test_the_lists_of_due_work_leave_out_what_is_not_due_or_already_being_done(
    db: Database,
) -> None:
    async with db.transaction("t") as tx:
        ids = [await queue(tx, f"{i}", i, NOW + i) for i in range(3)]
        for job_id in ids:
            await walk(tx, job_id, JobState.PREPARING)
        await jobs.change(tx, ids[2], JobState.PREPARING, inputs="{}")
        due = await worklists.unprepared(tx, NOW + 0.5, models=["m"], limit=9)
        assert [job.id for job in due] == [ids[0]]
        assert await worklists.unprepared(tx, NOW + 0.5, models=["n"], limit=9) == []
        assert await worklists.unprepared(tx, NOW + 0.5, models=["m"], limit=9, leave_out=ids) == []
        assert await worklists.next_unprepared(tx, ["m"], leave_out=[ids[0]]) == NOW + 1
        ready = await worklists.ready(tx, "m")
    assert ready is not None
    assert ready.id == ids[2]
