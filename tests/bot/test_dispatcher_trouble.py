"""What goes wrong in a handler stays there: retried, set aside or stopped; the queue goes on."""

import asyncio
import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from bot import dispatcher as module
from bot.clock import Clock
from bot.dispatcher import LONGEST_PAUSE, MAX_ATTEMPTS, Again, Dispatcher
from bot.reasons import reason
from storage import connection, inbox
from storage.database import Database, Tx
from storage.inbox import Batch
from tests.bot.dispatching import PATIENCE, Handlers, running, states, store, texts_of
from tests.bot.test_dispatcher_turns import dispatcher_of


async def set_aside(db: Database) -> list[sqlite3.Row]:
    async with db.reading() as tx:
        return await tx.rows(
            "SELECT update_id, payload, reason FROM inbox WHERE state = 'set_aside'"
        )


async def test_an_update_that_cannot_be_handled_is_set_aside_and_the_next_one_is_handled(
    db: Database, handlers: Handlers
) -> None:
    handlers.errors["poison"] = lambda: KeyError("chat")
    await store(db, texts_of(7, ["before", "poison", "after"], 1))
    async with running(dispatcher_of(handlers)) as dispatcher:
        await handlers.until_settled(dispatcher)
    assert handlers.handled == ["before", "after"]
    [(update_id, payload, why)] = await set_aside(db)
    assert (update_id, json.loads(payload)) == (2, {"text": "poison"})
    assert why.startswith("KeyError: 'chat' (bot/dispatching.py:")
    assert handlers.reported == [((2,), why)]
    assert (dispatcher.counters.handled, dispatcher.counters.set_aside) == (2, 1)


async def test_a_report_that_fails_does_not_hold_up_the_queue(
    db: Database, handlers: Handlers
) -> None:
    async def broken(_tx: Tx, _batch: Batch, _why: str) -> None:
        raise ZeroDivisionError

    handlers.errors["poison"] = lambda: KeyError("chat")
    await store(db, texts_of(7, ["poison", "after"], 1))
    dispatcher = Dispatcher(db, handlers.handle, handlers.clock, on_set_aside=broken)
    async with running(dispatcher):
        await handlers.until(lambda: handlers.handled)
    assert await states(db) == {"done": 1, "set_aside": 1}


async def test_a_report_is_only_kept_together_with_what_it_reports(
    db: Database, handlers: Handlers
) -> None:
    async def half(tx: Tx, _batch: Batch, _why: str) -> None:
        await tx.run("INSERT INTO alerts (cause, told_at) VALUES ('half', 1)")
        raise ZeroDivisionError

    handlers.errors["poison"] = lambda: KeyError("chat")
    await store(db, texts_of(7, ["poison", "after"], 1))
    async with running(Dispatcher(db, handlers.handle, handlers.clock, on_set_aside=half)):
        await handlers.until(lambda: handlers.handled)
    async with db.reading() as tx:
        assert await tx.value("SELECT count(*) FROM alerts") == 0


# --- passing trouble -------------------------------------------------------------------


def failing(times: int, seconds: float) -> Callable[[], Exception | None]:
    left = iter(range(times))
    return lambda: None if next(left, None) is None else Again(seconds, "no connection")


async def test_passing_trouble_is_tried_again_with_growing_pauses(
    db: Database, handlers: Handlers, clock: Clock
) -> None:
    handlers.errors["flaky"] = failing(3, seconds=2.0)
    await store(db, [*texts_of(7, ["flaky", "after"], 1), *texts_of(8, ["other"], 3)])
    async with running(dispatcher_of(handlers)) as dispatcher:
        await handlers.until_settled(dispatcher)
        assert handlers.handled == ["other"]
        for pause in (2.0, 4.0, 8.0):
            async with db.reading() as tx:
                assert await inbox.next_due(tx, ()) == pytest.approx(clock.now() + pause, abs=0.01)
            clock.advance(pause)
            await handlers.until_settled(dispatcher)
    assert handlers.begun == ["flaky", "other", "flaky", "flaky", "flaky", "after"]
    assert handlers.handled == ["other", "flaky", "after"]
    assert dispatcher.counters.retried == 3


async def test_trouble_that_does_not_pass_is_set_aside_in_the_end(
    db: Database, handlers: Handlers, clock: Clock
) -> None:
    handlers.errors["down"] = lambda: Again(1.0, "no connection")
    await store(db, texts_of(7, ["down", "after"], 1))
    async with running(dispatcher_of(handlers)) as dispatcher:
        while not handlers.reported:
            await handlers.until_settled(dispatcher)
            clock.advance(LONGEST_PAUSE)
        await handlers.until_settled(dispatcher)
    assert handlers.begun.count("down") == MAX_ATTEMPTS
    assert handlers.handled == ["after"]
    assert "no connection" in handlers.reported[0][1]


# --- hanging and stopping --------------------------------------------------------------


async def test_a_handler_that_hangs_is_stopped_and_the_next_update_is_handled(
    db: Database, handlers: Handlers, clock: Clock
) -> None:
    await store(db, texts_of(7, ["slow", "after"], 1))
    async with running(dispatcher_of(handlers)) as dispatcher:
        await handlers.until(lambda: handlers.begun)
        clock.advance(module.PATIENCE - 1)
        dispatcher.wake()
        await states(db)
        assert handlers.begun == ["slow"]
        clock.advance(1)
        await handlers.until(lambda: handlers.handled)
    assert handlers.handled == ["after"]
    assert handlers.reported[0][1].startswith("TookTooLong: no end after 60 s")
    assert dispatcher.counters.hung == 1


async def test_a_handler_that_forgets_to_mark_its_update_is_not_called_for_ever(
    db: Database, clock: Clock, handlers: Handlers
) -> None:
    called: list[int] = []

    async def forgetful(batch: Batch) -> None:
        called.extend(batch.ids)

    await store(db, texts_of(7, ["a", "b"], 1))
    dispatcher = Dispatcher(db, forgetful, clock, on_set_aside=handlers.on_set_aside)
    async with running(dispatcher):
        await handlers.until(lambda: len(handlers.reported) == 2)
    assert called == [1, 2]
    assert handlers.reported[0][1].startswith("NotMarkedDone")


async def test_stopping_lets_what_runs_finish_and_begins_nothing_new(
    db: Database, handlers: Handlers
) -> None:
    await store(db, [*texts_of(7, ["slow", "next"], 1), *texts_of(8, ["slow too"], 3)])
    dispatcher = dispatcher_of(handlers, width=1)
    async with running(dispatcher):
        await handlers.until(lambda: handlers.begun)
        stopping = asyncio.create_task(dispatcher.stop(PATIENCE))
        await asyncio.sleep(0)
        handlers.let_go.set()
        assert await stopping == 0
    assert handlers.begun == handlers.handled == ["slow"]
    assert await states(db) == {"done": 1, "waiting": 2}


async def test_what_does_not_finish_in_time_is_cancelled_and_handled_after_the_restart(
    db: Database, handlers: Handlers
) -> None:
    await store(db, texts_of(7, ["slow"], 1))
    dispatcher = dispatcher_of(handlers)
    async with running(dispatcher):
        await handlers.until(lambda: handlers.begun)
        assert await dispatcher.stop(0.0) == 1
    assert await states(db) == {"waiting": 1}
    handlers.let_go.set()
    async with running(dispatcher_of(handlers)) as dispatcher:
        await handlers.until_settled(dispatcher)
    assert handlers.handled == ["slow"]


async def test_being_cancelled_leaves_no_task_behind(db: Database, handlers: Handlers) -> None:
    await store(db, [*texts_of(7, ["slow"], 1), *texts_of(8, ["slow"], 2)])
    async with running(dispatcher_of(handlers)) as dispatcher:
        await handlers.until(lambda: len(handlers.begun) == 2)
    assert dispatcher.running == 0
    assert len(asyncio.all_tasks()) == 1
    assert await states(db) == {"waiting": 2}


async def test_a_database_in_trouble_pauses_everything_and_loses_nothing(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "BUSY_PATIENCE", 0.01)
    db = await Database.open(tmp_path / "shared.db")
    handlers = Handlers(db, clock)
    await store(db, texts_of(7, ["a", "b"], 1))
    other = sqlite3.connect(tmp_path / "shared.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    async with running(dispatcher_of(handlers)) as dispatcher:
        await handlers.until(lambda: handlers.begun)
        while dispatcher.running:
            await states(db)
        other.execute("ROLLBACK")
        other.close()
        clock.advance(module.DATABASE_PAUSE)
        await handlers.until(lambda: len(handlers.handled) == 2)
    assert handlers.handled == ["a", "b"]
    assert dispatcher.counters.set_aside == 0
    await db.close()


# --- reasons ---------------------------------------------------------------------------


def test_a_reason_names_no_secret() -> None:
    said = "https://api.telegram.org/file/bot123456:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw/p.jpg"
    shown = reason(
        ValueError(f"could not fetch {said} with 123456:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw")
    )
    assert "AAHd" not in shown
    assert "telegram.org" not in shown
    assert shown.startswith("ValueError: could not fetch … with")


def test_a_reason_does_not_quote_what_people_wrote() -> None:
    payload = json.dumps(
        {"message": {"text": "my secret\nwish", "from": {"first_name": "Annabel"}}}
    )
    shown = reason(ValueError("cannot parse 'my secret\nwish' of Annabel in message"), [payload])
    assert shown == "ValueError: cannot parse '…' of … in message"


def test_a_reason_is_one_short_line() -> None:
    shown = reason(ValueError("word\n" * 500))
    assert "\n" not in shown
    assert len(shown) < 400
    assert reason(ValueError()) == "ValueError:"
