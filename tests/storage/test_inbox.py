"""The inbox: one queue per person, in order; albums as one; nothing twice."""

import asyncio
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage import inbox
from storage.database import Database
from storage.inbox import ALBUM_CAP, ALBUM_QUIET, Arrival, Batch

NOW = 1_700_000_000.0


def arrivals(*items: tuple[int, int] | tuple[int, int, str]) -> list[Arrival]:
    return [Arrival(i[0], i[1], f'{{"n":{i[0]}}}', *i[2:]) for i in items]


async def add(
    db: Database, *items: tuple[int, int] | tuple[int, int, str], now: float = NOW
) -> int:
    async with db.transaction("intake") as tx:
        return await inbox.add(tx, arrivals(*items), now)


async def ready(
    db: Database,
    now: float = NOW,
    busy: tuple[int, ...] = (),
    limit: int = 10,
    after: int | None = None,
) -> list[tuple[int, ...]]:
    async with db.reading() as tx:
        return [batch.ids for batch in await inbox.ready(tx, now, busy, limit, after)]


async def next_due(db: Database, busy: tuple[int, ...] = ()) -> float | None:
    async with db.reading() as tx:
        return await inbox.next_due(tx, busy)


async def done(db: Database, *update_ids: int) -> None:
    async with db.transaction("step") as tx:
        await inbox.done(tx, update_ids, NOW)


async def test_an_update_comes_out_as_it_went_in(db: Database) -> None:
    await add(db, (1, 7))
    async with db.reading() as tx:
        assert await inbox.ready(tx, NOW, (), 10) == [
            Batch(7, (inbox.Waiting(1, '{"n":1}', attempts=0),))
        ]


async def test_each_queue_gives_only_its_head(db: Database) -> None:
    await add(db, (1, 7), (2, 8), (3, 7), (4, 8))
    assert await ready(db) == [(1,), (2,)]
    await done(db, 1)
    assert await ready(db) == [(3,), (2,)]


async def test_busy_queues_give_nothing(db: Database) -> None:
    await add(db, (1, 7), (2, 8), (3, -100), (4, 0))
    assert await ready(db, busy=(8, -100)) == [(4,), (1,)]


async def test_an_update_that_comes_again_is_not_stored_again(db: Database) -> None:
    assert await add(db, (1, 7), (2, 7)) == 2
    await done(db, 1)
    assert await add(db, (1, 7), (2, 7), (3, 7)) == 1
    assert await ready(db) == [(2,)]


async def test_what_is_handled_is_forgotten(db: Database) -> None:
    await add(db, (1, 7))
    async with db.transaction("step") as tx:
        assert await inbox.take(tx, (1,))
        await inbox.done(tx, (1,), NOW)
    async with db.transaction("step") as tx:
        assert not await inbox.take(tx, (1,))
        assert await tx.value("SELECT payload FROM inbox") is None
        assert await inbox.count(tx) == {"done": 1}
    assert await next_due(db) is None


async def test_a_postponed_head_holds_its_queue_and_nobody_else(db: Database) -> None:
    await add(db, (1, 7), (2, 7), (3, 8))
    async with db.transaction("postpone") as tx:
        await inbox.postpone(tx, (1,), NOW + 30)
    assert await ready(db) == [(3,)]
    assert await next_due(db) == NOW
    assert await next_due(db, busy=(8,)) == NOW + 30
    assert await next_due(db, busy=(7, 8)) is None
    async with db.reading() as tx:
        again = (await inbox.ready(tx, NOW + 30, (8,), 10))[0]
    assert again.ids == (1,)
    assert again.updates[0].attempts == 1


async def test_what_is_set_aside_lets_the_next_one_pass_and_keeps_its_reason(db: Database) -> None:
    await add(db, (1, 7), (2, 7))
    async with db.transaction("set_aside") as tx:
        await inbox.set_aside(tx, (1,), "KeyError: 'chat'", NOW + 1)
    assert await ready(db) == [(2,)]
    async with db.reading() as tx:
        rows = await tx.rows("SELECT update_id, reason FROM inbox WHERE state = 'set_aside'")
        assert [tuple(row) for row in rows] == [(1, "KeyError: 'chat'")]
        assert await inbox.count(tx) == {"waiting": 1, "set_aside": 1}


async def test_pruning_takes_what_was_handled_long_ago_and_nothing_else(db: Database) -> None:
    await add(db, (1, 7), (2, 7), (3, 7), (4, 7))
    async with db.transaction("step") as tx:
        await inbox.done(tx, (1,), NOW)
        await inbox.done(tx, (2,), NOW + 10)
        await inbox.set_aside(tx, (3,), "why", NOW)
    async with db.transaction("prune") as tx:
        assert await inbox.prune(tx, NOW + 5) == 1
        assert [row[0] for row in await tx.rows("SELECT update_id FROM inbox")] == [2, 3, 4]


# --- albums ----------------------------------------------------------------------------


async def test_an_album_is_one_batch_once_it_has_been_quiet(db: Database) -> None:
    await add(db, (1, 7, "7:a"))
    await add(db, (2, 7, "7:a"), now=NOW + 0.4)
    assert await next_due(db) == NOW + 0.4 + ALBUM_QUIET
    assert await ready(db, NOW + 1.3) == []
    assert await ready(db, NOW + 1.4) == [(1, 2)]


async def test_an_album_that_never_gets_quiet_is_taken_at_the_cap(db: Database) -> None:
    for number in range(30):
        await add(db, (number, 7, "7:a"), now=NOW + number / 2)
    assert await next_due(db) == NOW + ALBUM_CAP


async def test_an_album_that_comes_again_does_not_wait_longer(db: Database) -> None:
    await add(db, (1, 7, "7:a"))
    await add(db, (1, 7, "7:a"), now=NOW + 0.9)
    assert await ready(db, NOW + ALBUM_QUIET) == [(1,)]


async def test_a_late_item_becomes_a_batch_of_its_own(db: Database) -> None:
    await add(db, (1, 7, "7:a"), (2, 7, "7:a"))
    await done(db, 1, 2)
    await add(db, (3, 7, "7:a"), now=NOW + 5)
    assert await ready(db, NOW + 5 + ALBUM_QUIET) == [(3,)]


async def test_what_follows_an_album_waits_for_it_and_other_people_do_not(db: Database) -> None:
    await add(db, (1, 7, "7:a"), (2, 7), (3, 8))
    assert await ready(db) == [(3,)]
    assert await ready(db, NOW + ALBUM_QUIET, busy=(8,)) == [(1,)]


async def test_albums_of_two_chats_with_the_same_name_stay_apart(db: Database) -> None:
    await add(db, (1, 7, "7:a"), (2, 8, "8:a"), (3, 7, "7:a"))
    assert await ready(db, NOW + ALBUM_QUIET) == [(1, 3), (2,)]


async def test_an_item_that_comes_while_its_album_is_postponed_joins_it_then(db: Database) -> None:
    await add(db, (1, 7, "7:a"))
    async with db.transaction("postpone") as tx:
        await inbox.postpone(tx, (1,), NOW + 30)
    await add(db, (2, 7, "7:a"), now=NOW + 10)
    assert await ready(db, NOW + 29) == []
    assert await ready(db, NOW + 30) == [(1, 2)]


# --- turns -----------------------------------------------------------------------------


async def test_queues_take_turns_when_not_all_fit(db: Database) -> None:
    await add(db, *((number, number % 5) for number in range(100)))
    served, after = [], None
    for _ in range(5):
        async with db.reading() as tx:
            batches = await inbox.ready(tx, NOW, (), 2, after)
        served += [batch.queue for batch in batches]
        after = served[-1]
    assert served == [0, 1, 2, 3, 4, 0, 1, 2, 3, 4]


@settings(deadline=None, max_examples=50)
@given(
    queues=st.lists(st.integers(-4, 4), max_size=30),
    waiting=st.sets(st.integers(-4, 4)),
    busy=st.sets(st.integers(-4, 4)),
    limit=st.integers(1, 12),
    after=st.none() | st.integers(-5, 5),
)
def test_what_is_ready_is_the_due_heads_of_free_queues(
    queues: list[int], waiting: set[int], busy: set[int], limit: int, after: int | None
) -> None:
    """Against a model: first those behind `after`, then from the beginning, `limit` in all."""
    due = due_heads(queues, waiting, busy)
    order = sorted(due)
    if after is not None and len(due) >= limit:
        order.sort(key=lambda queue: queue <= after)
    expected = [(queue, due[queue]) for queue in order[:limit]]
    assert asyncio.run(found(queues, waiting, busy, limit, after)) == expected


async def found(
    queues: list[int], waiting: set[int], busy: set[int], limit: int, after: int | None
) -> list[tuple[int, int]]:
    db = await Database.open(":memory:")
    await add(db, *enumerate(queues))
    async with db.transaction("postpone") as tx:
        heads = [
            update_id
            for queue, update_id in due_heads(queues, set(), set()).items()
            if queue in waiting
        ]
        await inbox.postpone(tx, heads, NOW + 5)
        batches = await inbox.ready(tx, NOW, busy, limit, after)
    await db.close()
    return [(batch.queue, batch.ids[0]) for batch in batches]


def due_heads(queues: list[int], waiting: set[int], busy: set[int]) -> dict[int, int]:
    heads: dict[int, int] = {}
    for update_id, queue in enumerate(queues):
        heads.setdefault(queue, update_id)
    return {q: head for q, head in heads.items() if q not in busy and q not in waiting}


@pytest.mark.parametrize("queues", [10, 1000])
async def test_looking_for_work_is_quick_however_much_waits(db: Database, queues: int) -> None:
    """One person's ten thousand updates must not be gone through to find the others."""
    await add(
        db, *((number, 1 if number < 10_000 else number % queues) for number in range(20_000))
    )
    started = time.perf_counter()
    for _ in range(5):
        assert len(await ready(db, limit=5, after=3)) == 5
    assert (time.perf_counter() - started) / 5 < 0.5
