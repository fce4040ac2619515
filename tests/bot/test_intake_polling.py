"""Long polling over real HTTP against the local Telegram: nothing lost, nothing twice."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from itertools import pairwise
from pathlib import Path

import pytest
from starlette.applications import Starlette
from telegram import Bot
from telegram.request import HTTPXRequest

from bot.clock import Clock
from bot.demo.requests_log import Request
from bot.demo.telegram import BotAccount, LocalTelegram, PersonAccount, World
from bot.demo.telegram.people import Somebody
from bot.demo.telegram.routes import routes
from bot.intake import ALLOWED_UPDATES, Poller, TokenRefused, WebhookRefused, register
from bot.intake.calls import LONGEST_PAUSE
from bot.intake.polling import OFFSET_TRUST
from storage import inbox
from storage.database import Database
from tests.bot.dispatching import NOW, PATIENCE, states
from tests.serving import serving

TOKEN = "4242:a-token-for-these-tests-of-30-characters"
ANNA = 1001
WORLD = World(
    BotAccount(4242, "Fitting Room", "fitting_room_demo_bot", TOKEN),
    (PersonAccount(ANNA, "Anna", "anna", "en"),),
    (),
)


class Setting:
    """A local Telegram behind HTTP, a database, and pollers that can be killed."""

    def __init__(self, telegram: LocalTelegram, url: str, db: Database, clock: Clock) -> None:
        self.telegram = telegram
        self.db = db
        self.clock = clock
        self.bot = Bot(TOKEN, base_url=f"{url}/bot")
        self.url = url
        self.woken = asyncio.Event()
        self.anna = Somebody(telegram, ANNA, ANNA)

    @asynccontextmanager
    async def polling(self, token: str = TOKEN) -> AsyncIterator["asyncio.Task[None]"]:
        bot = Bot(token, base_url=f"{self.url}/bot")
        async with self.request() as request:
            self.poller = Poller(bot, request, self.db, self.clock, wake=self.woken.set)
            task = asyncio.create_task(self.poller.run())
            try:
                yield task
            finally:
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)

    @asynccontextmanager
    async def request(self) -> AsyncIterator[HTTPXRequest]:
        request = HTTPXRequest(connection_pool_size=1)
        try:
            yield request
        finally:
            await request.shutdown()

    async def stored(self, count: int) -> list[str]:
        """Wait until so many updates are stored, and return their texts."""
        async with asyncio.timeout(PATIENCE):
            while sum((await states(self.db)).values()) < count:
                self.woken.clear()
                if sum((await states(self.db)).values()) < count:
                    await self.woken.wait()
        async with self.db.reading() as tx:
            rows = await tx.rows("SELECT payload FROM inbox ORDER BY update_id")
        return [json.loads(row[0])["message"]["text"] for row in rows]

    def asked(self, method: str = "getUpdates") -> list[Request]:
        return self.telegram.requests.of("telegram", method)

    async def until(self, condition: Callable[[], object]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not condition():
                await states(self.db)  # gives the loop and the server time


@pytest.fixture
async def clock() -> Clock:
    return Clock(start=NOW, speed=300)


@pytest.fixture
async def at(db: Database, clock: Clock) -> AsyncIterator[Setting]:
    telegram = LocalTelegram(clock, WORLD)
    async with serving(Starlette(routes=routes(telegram))) as url:
        yield Setting(telegram, url, db, clock)
        await telegram.close()


async def test_updates_are_stored_in_order_and_somebody_is_woken(at: Setting) -> None:
    at.anna.say("one")
    async with at.polling():
        assert await at.stored(1) == ["one"]
        at.anna.say("two")
        at.anna.say("three")
        assert await at.stored(3) == ["one", "two", "three"]
        assert at.woken.is_set()
        assert at.poller.received == 3


async def test_only_the_wanted_kinds_are_asked_for(at: Setting) -> None:
    at.anna.say("one")
    async with at.polling():
        await at.stored(1)
    details = at.asked()[0].details
    assert tuple(details["allowed_updates"]) == ALLOWED_UPDATES
    assert (details["timeout"], details["limit"]) == (30, 100)
    assert "offset" not in details


async def test_an_update_is_confirmed_only_after_it_was_stored(at: Setting) -> None:
    """Whenever Telegram hears an offset, everything below it is in the file."""
    for number in range(30):
        at.anna.say(str(number))
    first = next(iter(at.telegram.updates.pending))
    async with at.polling():
        await at.stored(30)
        await at.until(lambda: not at.telegram.updates.pending)
        await at.until(lambda: "offset" in at.asked()[-1].details)
    offsets = [r.details["offset"] for r in at.asked() if "offset" in r.details]
    assert offsets[0] == first + 30


async def test_a_crash_between_storing_and_confirming_loses_and_doubles_nothing(
    at: Setting, tmp_path: Path, clock: Clock
) -> None:
    tasks: list[asyncio.Task[None]] = []

    def crash(point: str) -> None:
        if point == "intake.after_commit":
            at.woken.set()
            tasks[0].get_loop().call_soon_threadsafe(tasks[0].cancel)

    await at.db.close()
    at.db = await Database.open(tmp_path / "crash.db", on_point=crash)
    at.anna.say("one")
    at.anna.say("two")
    async with at.polling() as task:
        tasks.append(task)
        await asyncio.wait((task,))
    assert len(at.telegram.updates.pending) == 2
    await at.db.close()
    at.db = await Database.open(tmp_path / "crash.db")
    async with at.db.transaction("handled meanwhile") as tx:
        batch = (await inbox.ready(tx, clock.now(), (), 1))[0]
        await inbox.done(tx, batch.ids, clock.now())
    at.anna.say("three")
    async with at.polling():
        await at.until(lambda: not at.telegram.updates.pending)
    assert at.poller.received == 1
    assert await states(at.db) == {"done": 1, "waiting": 2}
    await at.db.close()


async def test_an_update_nobody_can_parse_is_stored_like_any_other(at: Setting) -> None:
    at.telegram.updates.inject({"message": {"message_id": "?", "text": "odd", "chat": 5}})
    at.anna.say("after")
    async with at.polling():
        assert await at.stored(2) == ["odd", "after"]


async def test_what_is_no_update_at_all_does_not_stop_the_poller(at: Setting) -> None:
    at.telegram.updates.inject({"update_id": "none", "message": {"text": "?"}})
    async with at.polling():
        await at.until(lambda: at.poller.unusable)
        at.anna.say("after")
        assert await at.stored(1) == ["after"]


# --- trouble ---------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["409", "500", "502", "apply_then_drop", "403", "400"])
async def test_trouble_passes_and_polling_goes_on(at: Setting, kind: str) -> None:
    at.telegram.faults.add("telegram", "getUpdates", kind, times=3)
    at.anna.say("one")
    async with at.polling():
        assert await at.stored(1) == ["one"]
    times = [request.at for request in at.asked()]
    pauses = [after - before for before, after in pairwise(times)][:3]
    assert pauses[0] >= 1.0
    assert pauses[1] >= 2.0
    assert pauses[2] >= 4.0


async def test_a_pause_that_telegram_asks_for_is_kept(at: Setting) -> None:
    at.telegram.faults.add("telegram", "getUpdates", "429", retry_after=120)
    at.anna.say("one")
    async with at.polling():
        assert await at.stored(1) == ["one"]
    first, second = at.asked()[:2]
    assert second.at - first.at >= 120


async def test_a_server_that_is_not_there_is_waited_for(db: Database, clock: Clock) -> None:
    request = HTTPXRequest(connection_pool_size=1)
    bot = Bot(TOKEN, base_url="http://127.0.0.1:9/bot")
    poller = Poller(bot, request, db, clock, wake=lambda: None)
    task = asyncio.create_task(poller.run())
    began = clock.now()
    async with asyncio.timeout(PATIENCE):
        while clock.now() < began + 5 * LONGEST_PAUSE:
            await states(db)
    assert not task.done()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await request.shutdown()


async def test_a_refused_token_ends_it_with_what_to_do(at: Setting) -> None:
    async with at.polling(token="4242:another-token-of-about-thirty-characters") as task:
        with pytest.raises(TokenRefused, match="Copy it again from @BotFather") as caught:
            await task
    assert "another-token" not in str(caught.value)


async def test_a_webhook_that_was_set_before_is_taken_away(at: Setting) -> None:
    async with at.request() as request:
        await register(at.bot, request, at.clock, url=f"{at.url}/elsewhere", secret="x")
    at.anna.say("one")
    async with at.polling():
        assert await at.stored(1) == ["one"]
    assert len(at.asked("deleteWebhook")) == 1


async def test_an_old_offset_is_not_used_after_a_week_without_updates(
    at: Setting, clock: Clock
) -> None:
    """Telegram may go on with a lower id then, which the offset would skip."""
    at.anna.say("one")
    async with at.polling():
        await at.stored(1)
        await at.until(lambda: "offset" in at.asked()[-1].details)
        clock.advance(OFFSET_TRUST)
        before = len(at.asked())
        await at.until(lambda: len(at.asked()) > before + 1)
        assert "offset" not in at.asked()[-1].details


# --- webhook ---------------------------------------------------------------------------


async def test_a_webhook_is_registered_with_its_secret_and_the_wanted_kinds(at: Setting) -> None:
    at.telegram.faults.add("telegram", "setWebhook", "502", times=2)
    async with at.request() as request:
        await register(at.bot, request, at.clock, url="https://bot.example/hook", secret="s3cret")
    details = at.asked("setWebhook")[-1].details
    assert (details["url"], details["secret_token"]) == ("https://bot.example/hook", "s3cret")
    assert tuple(details["allowed_updates"]) == ALLOWED_UPDATES


async def test_an_address_that_telegram_does_not_take_says_what_to_do(at: Setting) -> None:
    at.telegram.faults.add("telegram", "setWebhook", "400", description="Bad Request: bad webhook")
    async with at.request() as request:
        with pytest.raises(WebhookRefused, match=r"PUBLIC_URL .*bad webhook.* https"):
            await register(at.bot, request, at.clock, url="http://x", secret="s3cret")
