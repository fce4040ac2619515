"""Whose turn it is: people in parallel, each in order, nobody ahead of the others for long."""

import random

from bot.clock import Clock
from bot.dispatcher import Dispatcher
from storage import inbox
from storage.database import Database
from storage.inbox import Arrival
from tests.bot.dispatching import NOW, Handlers, running, states, store, texts_of


def dispatcher_of(handlers: Handlers, width: int = 16) -> Dispatcher:
    return Dispatcher(
        handlers.db,
        handlers.handle,
        handlers.clock,
        on_set_aside=handlers.on_set_aside,
        width=width,
    )


async def test_an_update_is_handled_once(db: Database, handlers: Handlers) -> None:
    await store(db, texts_of(7, ["hello"], 1))
    async with running(dispatcher_of(handlers)) as dispatcher:
        await handlers.until_settled(dispatcher)
    assert handlers.handled == ["hello"]
    assert dispatcher.counters.handled == 1
    assert await states(db) == {"done": 1}


async def test_each_person_is_handled_in_order_however_slow(
    db: Database, handlers: Handlers
) -> None:
    await store(db, texts_of(7, ["slow 1", "2", "slow 3", "4"], 1))
    async with running(dispatcher_of(handlers)) as dispatcher:
        await handlers.until(lambda: handlers.begun)
        dispatcher.wake()
        await store(db, texts_of(8, ["other"], 9))
        dispatcher.wake()
        await handlers.until(lambda: "other" in handlers.handled)
        assert handlers.begun == ["slow 1", "other"]
        handlers.let_go.set()
        await handlers.until_settled(dispatcher)
    assert [text for text in handlers.handled if text != "other"] == ["slow 1", "2", "slow 3", "4"]


async def test_people_are_handled_in_parallel_up_to_the_width(
    db: Database, handlers: Handlers
) -> None:
    await store(db, [texts_of(n, [f"slow {n}"], n)[0] for n in range(20)])
    async with running(dispatcher_of(handlers, width=5)) as dispatcher:
        await handlers.until(lambda: len(handlers.begun) == 5)
        assert dispatcher.running == 5
        handlers.let_go.set()
        await handlers.until_settled(dispatcher)
    assert handlers.most_at_once == 5
    assert len(handlers.handled) == 20


async def test_somebody_else_is_served_while_one_person_sends_a_thousand(
    db: Database, handlers: Handlers
) -> None:
    await store(db, texts_of(7, ["burst"] * 1000, 1))
    async with running(dispatcher_of(handlers, width=2)) as dispatcher:
        await handlers.until(lambda: len(handlers.handled) > 5)
        await store(db, texts_of(8, ["other 1", "other 2"], 5000))
        before = len(handlers.handled)
        dispatcher.wake()
        await handlers.until(lambda: "other 2" in handlers.handled)
        assert handlers.handled.index("other 2") < before + 20
        await handlers.until_settled(dispatcher)
    assert len(handlers.handled) == 1002


async def test_more_bursting_people_than_places_get_equal_shares(
    db: Database, handlers: Handlers
) -> None:
    people = range(1, 41)
    await store(db, [Arrival(n, people[n % 40], f'{{"text":"{n % 40}"}}') for n in range(2000)])
    async with running(dispatcher_of(handlers, width=2)) as dispatcher:
        await handlers.until(lambda: len(handlers.handled) >= 400)
        shares = [handlers.handled[:400].count(str(person)) for person in range(40)]
        await handlers.until_settled(dispatcher)
    assert max(shares) - min(shares) <= 2


async def test_any_mixture_of_people_keeps_every_order_and_loses_nothing(
    db: Database, handlers: Handlers
) -> None:
    dice = random.Random(7)  # noqa: S311 - a test's dice
    queues = [dice.randrange(6) for _ in range(300)]
    arrivals = [Arrival(n, q, f'{{"text":"{q}/{n}"}}') for n, q in enumerate(queues)]
    async with running(dispatcher_of(handlers, width=3)) as dispatcher:
        for start in range(0, 300, 25):
            await store(db, arrivals[start : start + 25])
            dispatcher.wake()
        await handlers.until_settled(dispatcher)
    assert len(handlers.handled) == 300
    for queue in range(6):
        mine = [text for text in handlers.handled if text.startswith(f"{queue}/")]
        assert mine == [f"{queue}/{n}" for n, q in enumerate(queues) if q == queue]


async def test_a_redelivered_update_is_handled_once(db: Database, handlers: Handlers) -> None:
    async with running(dispatcher_of(handlers)) as dispatcher:
        for _ in range(3):
            await store(db, texts_of(7, ["hello", "again"], 1))
            dispatcher.wake()
            await handlers.until_settled(dispatcher)
    assert handlers.handled == ["hello", "again"]


# --- albums ----------------------------------------------------------------------------


async def test_an_album_is_handled_as_one_when_it_has_been_quiet(
    db: Database, handlers: Handlers, clock: Clock
) -> None:
    async with running(dispatcher_of(handlers)) as dispatcher:
        await store(db, texts_of(7, ["a", "b"], 1, album="7:x"))
        dispatcher.wake()
        clock.advance(0.9)
        await store(db, texts_of(7, ["c"], 3, album="7:x"), now=NOW + 0.9)
        await store(db, texts_of(7, ["afterwards"], 4), now=NOW + 0.9)
        clock.advance(0.9)
        dispatcher.wake()
        await handlers.until_settled(dispatcher)
        assert handlers.handled == []
        clock.advance(0.1)
        await handlers.until(lambda: len(handlers.handled) == 2)
    assert handlers.handled == ["a+b+c", "afterwards"]


async def test_an_album_that_is_never_quiet_is_handled_at_the_cap(
    db: Database, handlers: Handlers, clock: Clock
) -> None:
    async with running(dispatcher_of(handlers)) as dispatcher:
        for number in range(12):
            await store(db, texts_of(7, ["x"], number, album="7:x"), now=NOW + number * 0.8)
            dispatcher.wake()
        clock.advance(inbox.ALBUM_CAP)
        await handlers.until_settled(dispatcher)
    assert handlers.handled == ["+".join("x" * 12)]


async def test_a_late_item_of_an_album_is_handled_on_its_own(
    db: Database, handlers: Handlers, clock: Clock
) -> None:
    async with running(dispatcher_of(handlers)) as dispatcher:
        await store(db, texts_of(7, ["slow a", "b"], 1, album="7:x"))
        clock.advance(1.0)
        dispatcher.wake()
        await handlers.until(lambda: handlers.begun)
        await store(db, texts_of(7, ["late"], 3, album="7:x"), now=NOW + 1)
        clock.advance(1.0)
        handlers.let_go.set()
        await handlers.until_settled(dispatcher)
    assert handlers.handled == ["slow a+b", "late"]


async def test_an_album_survives_a_restart_between_its_items(
    db: Database, handlers: Handlers, clock: Clock
) -> None:
    async with running(dispatcher_of(handlers)) as dispatcher:
        await store(db, texts_of(7, ["a"], 1, album="7:x"))
        dispatcher.wake()
        await handlers.until_settled(dispatcher)
    clock.advance(0.5)
    await store(db, texts_of(7, ["b"], 2, album="7:x"), now=NOW + 0.5)
    async with running(dispatcher_of(handlers)) as dispatcher:
        await handlers.until_settled(dispatcher)
        assert handlers.handled == []
        clock.advance(1.0)
        await handlers.until(lambda: handlers.handled)
    assert handlers.handled == ["a+b"]
