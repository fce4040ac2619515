"""Jobs that are submitted together: on no list of their own, and free when their leader leaves."""

from dataclasses import replace

from storage import batches, detours, jobs, worklists
from storage.database import Database
from storage.jobs import JobState, NewJob
from storage.worklists import Load

LEADER = NewJob(
    order_key="card",
    person_id=7,
    chat_id=7,
    topic_id=0,
    language="en",
    anchor="card",
    ordered="{}",
    model="damo",
    account="damo",
    credits=3,
    cost=950,
    outfit=0,
    sample=0,
)


async def placed(db: Database, outfits: int = 3) -> list[int]:
    ids: list[int] = []
    async with db.transaction("place") as tx:
        for outfit in range(outfits):
            key = f"card:{outfit}" if outfit else "card"
            follows = await batches.placed_as(tx, "card")
            new = replace(LEADER, order_key=key, outfit=outfit, follows=follows)
            job_id = await jobs.create(tx, new, 1.0 + outfit)
            assert job_id is not None
            ids.append(job_id)
    return ids


async def test_those_who_follow_have_no_turn_and_count_for_one(db: Database) -> None:
    first, *rest = await placed(db)
    async with db.transaction("look") as tx:
        assert await worklists.loads(tx) == {"damo": Load(queued=1)}
        assert await worklists.turns(tx, "damo", 9.0, 10) == [first]
        assert [job.id for job in await batches.followers(tx, first)] == rest
        assert await jobs.ahead(tx, "damo") == 1
        assert [await jobs.position(tx, one) for one in (first, *rest)] == [1, 1, 1]
        assert [one.job_id for one in await worklists.places_to_tell(
            tx, "damo", again=True, limit=9)] == [first]  # fmt: skip


async def test_with_a_task_each_has_a_part_and_all_count_for_one(db: Database) -> None:
    first, *rest = await placed(db)
    async with db.transaction("run") as tx:
        await jobs.move(tx, first, JobState.QUEUED, JobState.PREPARING)
        await jobs.move(tx, first, JobState.PREPARING, JobState.SUBMITTING, intended_at=2.0)
        await jobs.move(tx, first, JobState.SUBMITTING, JobState.RUNNING, task_id="k#0#0")
        leader = await jobs.get(tx, first)
        assert leader is not None
        for number, one in enumerate(await batches.followers(tx, first), 1):
            assert await batches.join(tx, one, leader, f"k#{number}#0")
            assert not await batches.join(tx, one, leader, "k#9#9")
        assert [job.id for job in await batches.of_task(tx, "k")] == [first, *rest]
        assert await batches.of_task(tx, "k#") == []
        assert await worklists.loads(tx) == {"damo": Load(running=1)}


async def test_photos_are_kept_while_one_of_them_may_need_them(db: Database) -> None:
    first, second = await placed(db, 2)
    async with db.transaction("end") as tx:
        await tx.run("UPDATE jobs SET inputs = '{}', state = 'collecting' WHERE id = ?", (first,))
        await tx.run("UPDATE jobs SET state = 'running', task_id = 'k#1#0' WHERE id = ?", (second,))
        assert await worklists.published(tx, limit=9) == []
        await jobs.move(tx, second, JobState.RUNNING, JobState.COLLECTING)
        assert [job.id for job in await worklists.published(tx, limit=9)] == [first]


async def test_who_followed_a_job_that_moved_on_is_free(db: Database) -> None:
    first, *rest = await placed(db)
    async with db.transaction("move") as tx:
        leader = await jobs.get(tx, first)
        assert leader is not None
        successor = replace(LEADER, order_key="next", model="other", outfit=None, sample=None)
        successor_id = await detours.hand_over(tx, leader, successor, 5.0)
        went_on = await jobs.get(tx, successor_id or 0)
        assert went_on is not None
        assert (went_on.outfit, went_on.sample) == (0, 0)
        assert await batches.followers(tx, first) == []
        assert await worklists.turns(tx, "damo", 9.0, 10) == rest
        assert [job.id for job in await batches.of_card(tx, leader)] == [*rest, rest[-1] + 1]


async def test_the_next_outfit_leads_where_the_first_comes_to_nothing(db: Database) -> None:
    first, second, third = await placed(db)
    async with db.transaction("hand on") as tx:
        leader = await jobs.get(tx, first)
        assert leader is not None
        await batches.hand_on(tx, leader)
        assert await batches.followers(tx, first) == []
        assert [job.id for job in await batches.followers(tx, second)] == [third]
