"""The outbox: in order per chat, the newest edit wins, answers overtake."""

import pytest

from storage import outbox
from storage.database import Database, Tx
from storage.outbox import Anchor, Busy, NewRow

NOW = 1_700_000_000.0


def row(chat_id: int, text: str, **fields: object) -> NewRow:
    return NewRow(chat_id, f'"{text}"', **fields)  # type: ignore[arg-type]  # fields by name


async def add(db: Database, *rows: NewRow, now: float = NOW) -> None:
    async with db.transaction("say") as tx:
        await outbox.add(tx, rows, now)


async def texts(
    db: Database,
    now: float = NOW,
    busy: tuple[int, ...] = (),
    limit: int = 10,
    taken: tuple[int, ...] = (),
) -> list[str]:
    async with db.reading() as tx:
        return [r.payload.strip('"') for r in await outbox.ready(tx, now, Busy(busy), limit, taken)]


async def id_of(tx: Tx, text: str) -> int:
    found = await tx.value("SELECT max(id) FROM outbox WHERE payload = ?", (f'"{text}"',))
    return int(found)


async def sent(db: Database, text: str) -> None:
    async with db.transaction("sent") as tx:
        await outbox.sent(tx, await id_of(tx, text), NOW)


async def test_a_row_comes_out_as_it_went_in(db: Database) -> None:
    await add(db, NewRow(7, '{"x": 1}', edits="p:1", urgent=False, due_at=NOW + 1))
    async with db.reading() as tx:
        assert await outbox.ready(tx, NOW, Busy(), 10) == []
        assert await outbox.next_due(tx, Busy()) == NOW + 1
        assert await outbox.ready(tx, NOW + 1, Busy(), 10) == [
            outbox.Row(1, 7, '{"x": 1}', "p:1", False, None, 0, NOW)  # noqa: FBT003 - urgent
        ]


async def test_rows_of_a_chat_leave_in_order_and_chats_do_not_wait_for_each_other(
    db: Database,
) -> None:
    await add(db, row(7, "a"), row(7, "b"), row(8, "c"), row(8, "d"))
    assert await texts(db) == ["a", "c"]
    await sent(db, "a")
    assert await texts(db) == ["b", "c"]


async def test_busy_chats_and_rows_already_taken_give_nothing(db: Database) -> None:
    await add(db, row(7, "a"), row(8, "b"), row(8, "answer", urgent=True))
    assert await texts(db, busy=(8,)) == ["a", "answer"]
    assert await texts(db, busy=(7, 8), taken=(3,)) == []


async def test_an_answer_overtakes_its_chat(db: Database) -> None:
    await add(db, row(7, "a"), row(7, "b"), row(7, "answer", urgent=True))
    assert await texts(db) == ["a", "answer"]
    async with db.transaction("later") as tx:
        await outbox.postpone(tx, await id_of(tx, "a"), NOW + 30, "429")
    assert await texts(db) == ["answer"]
    await sent(db, "answer")
    assert await texts(db) == []
    async with db.reading() as tx:
        assert await outbox.next_due(tx, Busy()) == NOW + 30
        assert await outbox.next_due(tx, Busy((7,))) is None


async def test_a_waiting_answer_does_not_hold_up_its_chat(db: Database) -> None:
    await add(db, row(7, "answer", urgent=True, due_at=NOW + 5), row(7, "a"))
    assert await texts(db) == ["a"]


async def test_the_longest_due_leave_first(db: Database) -> None:
    await add(
        db,
        row(1, "late", due_at=NOW - 1),
        row(2, "later", due_at=NOW),
        row(3, "first", due_at=NOW - 9),
    )
    assert await texts(db, limit=2) == ["first", "late"]


async def test_a_new_edit_takes_the_place_of_one_that_still_waits(db: Database) -> None:
    await add(
        db, row(7, "old", edits="p:1"), row(7, "other", edits="p:2"), row(7, "new", edits="p:1")
    )
    assert await texts(db) == ["other"]
    await sent(db, "other")
    assert await texts(db) == ["new"]


async def test_an_edit_that_was_on_its_way_does_not_swallow_the_newer_one(db: Database) -> None:
    await add(db, row(7, "old", edits="p:1"))
    async with db.reading() as tx:
        on_its_way = (await outbox.ready(tx, NOW, Busy(), 1))[0]
    await add(db, row(7, "new", edits="p:1"))
    async with db.transaction("sent") as tx:
        await outbox.sent(tx, on_its_way.id, NOW)
    assert await texts(db) == ["new"]


async def test_a_new_edit_replaces_a_parked_one_too(db: Database) -> None:
    await add(db, row(7, "old", edits="p:1"), row(8, "foreign", edits="p:8"))
    async with db.transaction("park") as tx:
        await outbox.park(tx, 7, "blocked")
    await add(db, row(7, "new", edits="p:1"))
    async with db.transaction("unpark") as tx:
        assert await outbox.unpark(tx, 7, NOW) == 0
    assert await texts(db) == ["foreign", "new"]


async def test_failing_and_postponing_keep_the_reason(db: Database) -> None:
    await add(db, row(7, "a"), row(8, "b"))
    async with db.transaction("trouble") as tx:
        await outbox.fail(tx, await id_of(tx, "a"), "400", NOW)
        await outbox.postpone(tx, await id_of(tx, "b"), NOW + 3, "429")
        rows = await tx.rows("SELECT state, reason, attempts FROM outbox ORDER BY id")
        assert [tuple(r) for r in rows] == [("failed", "400", 0), ("waiting", "429", 1)]


async def test_what_was_sent_or_failed_stays_so(db: Database) -> None:
    await add(db, row(7, "a"))
    async with db.transaction("twice") as tx:
        await outbox.sent(tx, 1, NOW)
        await outbox.fail(tx, 1, "late error", NOW)
        await outbox.postpone(tx, 1, NOW, "late error")
        assert await outbox.count(tx) == {"sent": 1}


async def test_parking_keeps_messages_in_order_and_gives_answers_up(db: Database) -> None:
    await add(db, row(7, "a"), row(7, "b"), row(7, "answer", urgent=True), row(8, "c"))
    async with db.transaction("park") as tx:
        await outbox.park(tx, 7, "blocked by the person")
        assert await outbox.count(tx) == {"failed": 1, "parked": 2, "waiting": 1}
    assert await texts(db) == ["c"]
    async with db.transaction("unpark") as tx:
        assert await outbox.unpark(tx, 7, NOW + 9) == 2
    assert await texts(db, NOW + 9) == ["c", "a"]
    await sent(db, "a")
    assert await texts(db, NOW + 9) == ["c", "b"]


async def test_pruning_takes_only_what_was_finished_long_ago(db: Database) -> None:
    await add(
        db, row(1, "sent"), row(2, "failed"), row(3, "fresh"), row(4, "waiting"), row(5, "parked")
    )
    async with db.transaction("prune") as tx:
        await outbox.sent(tx, 1, NOW)
        await outbox.fail(tx, 2, "400", NOW)
        await outbox.sent(tx, 3, NOW + 10)
        await outbox.park(tx, 5, "blocked")
        assert await outbox.prune(tx, NOW + 5) == 2
        assert await outbox.count(tx) == {"sent": 1, "waiting": 1, "parked": 1}


async def test_a_jobs_picture_cannot_be_queued_twice(db: Database) -> None:
    async with db.transaction("job") as tx:
        await tx.run(
            "INSERT INTO jobs (id, order_key, person_id, chat_id, topic_id, language, anchor,"
            " ordered, model, account, credits, cost, due_at, created_at)"
            " VALUES (3, 'k', 7, 7, 0, 'en', 'p', '{}', 'm', 'a', 1, 200, 1.0, 1.0)"
        )
    await add(db, row(7, "picture", job_id=3))
    with pytest.raises(Exception, match="UNIQUE constraint failed"):
        await add(db, row(7, "once more", job_id=3))


@pytest.mark.parametrize("payload", ["", "not json", "{"])
async def test_only_json_can_be_queued(db: Database, payload: str) -> None:
    with pytest.raises(Exception, match="CHECK constraint failed"):
        await add(db, NewRow(7, payload))


async def test_an_anchor_names_the_message_it_was_last_bound_to(db: Database) -> None:
    async with db.transaction("bind") as tx:
        assert await outbox.anchor(tx, "p:1") is None
        await outbox.bind(tx, "p:1", 7, 100, None, NOW)
        await outbox.bind(tx, "p:2", 7, 101, "photo", NOW)
        await outbox.bind(tx, "p:1", 7, 102, "other", NOW)
        assert await outbox.anchor(tx, "p:1") == Anchor("p:1", 7, 102, "other")
        assert await outbox.anchor(tx, "p:2") == Anchor("p:2", 7, 101, "photo")


async def test_a_newer_edit_replaces_one_that_moved_with_its_group(db: Database) -> None:
    await add(db, row(-7, "old", edits="p:1"))
    async with db.transaction("t") as tx:
        await outbox.move_chat(tx, -7, -1007)
    await add(db, row(-7, "new", edits="p:1"))
    async with db.reading() as tx:
        assert await tx.value("SELECT group_concat(payload) FROM outbox") == '"new"'
