"""Delivery by webhook: the secret, retries, order within a chat, chats beside each other."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable

import httpx
import pytest
from telegram import Update

from bot.demo.telegram import LocalTelegram
from tests.demo.conftest import ANNA, BEN, WORLD, Local

URL = "https://bot.example/hook"


class Receiver(httpx.AsyncBaseTransport):
    """The bot's own server. `answers` are used up first; then everything is a 200."""

    def __init__(self) -> None:
        self.received: list[tuple[str, httpx.Headers]] = []
        self.answers: list[httpx.Response | Exception] = []
        self.gate: asyncio.Event | None = None
        self.news = asyncio.Event()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        update = json.loads(await request.aread())
        message = update.get("message") or update.get("callback_query")
        self.received.append((message.get("text") or message.get("data"), request.headers))
        self.news.set()
        if self.gate is not None:
            await self.gate.wait()
        answer = self.answers.pop(0) if self.answers else httpx.Response(200)
        if isinstance(answer, Exception):
            raise answer
        return answer

    @property
    def texts(self) -> list[str]:
        return [text for text, _ in self.received]


class Hooked(Local):
    def __init__(self) -> None:
        super().__init__()
        self.receiver = Receiver()
        self.telegram = LocalTelegram(self.clock, WORLD, webhook_transport=self.receiver)
        self.request._telegram = self.telegram

    async def until(self, true: Callable[[], bool]) -> None:
        """Let things run until something is so."""
        async with asyncio.timeout(5):
            while not true():  # noqa: ASYNC110  whatever it is, it is a matter of ticks
                await asyncio.sleep(0)


@pytest.fixture
async def hooked() -> AsyncIterator[Hooked]:
    made = Hooked()
    await made.bot.set_webhook(URL, secret_token="s-3")
    yield made
    await made.telegram.close()
    assert made.request.problems == []


async def test_an_update_is_posted_with_the_secret(hooked: Hooked) -> None:
    hooked.person(ANNA).say("hello")
    await hooked.until(lambda: not hooked.telegram.updates.pending)
    ((text, headers),) = hooked.receiver.received
    assert text == "hello"
    assert headers["X-Telegram-Bot-Api-Secret-Token"] == "s-3"
    assert headers["Content-Type"] == "application/json"


async def test_any_2xx_confirms_and_everything_else_is_repeated_with_growing_pauses(
    hooked: Hooked,
) -> None:
    hooked.receiver.answers = [*[httpx.Response(500)] * 5, httpx.Response(204)]
    hooked.person(ANNA).say("hello")
    # The first repetition comes at once, the others after 2, 4, 8 and 16 seconds.
    for attempts, pause in ((2, 2), (3, 4), (4, 8), (5, 16)):
        await hooked.until(lambda: len(hooked.receiver.received) == attempts)  # noqa: B023  awaited here
        hooked.clock.advance(pause - 0.1)
        for _ in range(20):
            await asyncio.sleep(0)
        assert len(hooked.receiver.received) == attempts
        hooked.clock.advance(0.1)
    await hooked.until(lambda: not hooked.telegram.updates.pending)
    assert len(hooked.receiver.received) == 6


async def test_the_bots_retry_after_is_respected(hooked: Hooked) -> None:
    hooked.receiver.answers = [httpx.Response(429, headers={"Retry-After": "30"})]
    hooked.person(ANNA).say("hello")
    await hooked.until(lambda: hooked.telegram.webhook.last_error is not None)
    hooked.clock.advance(29)
    for _ in range(20):
        await asyncio.sleep(0)
    assert len(hooked.receiver.received) == 1
    hooked.clock.advance(1)
    await hooked.until(lambda: len(hooked.receiver.received) == 2)


async def test_a_broken_connection_is_an_error_like_any_other(hooked: Hooked) -> None:
    hooked.receiver.answers = [httpx.ConnectError("refused")]
    hooked.person(ANNA).say("hello")
    await hooked.until(lambda: not hooked.telegram.updates.pending)
    info = await hooked.bot.get_webhook_info()
    assert info.last_error_message == "Connection failed: ConnectError"
    assert info.last_error_date
    assert len(hooked.receiver.received) == 2


async def test_one_chats_updates_keep_their_order_and_do_not_hold_others(hooked: Hooked) -> None:
    hooked.receiver.gate = asyncio.Event()
    anna, ben = hooked.person(ANNA), hooked.person(BEN)
    anna.say("a1")
    anna.say("a2")
    ben.say("b1")
    await hooked.until(lambda: len(hooked.receiver.received) == 2)
    assert set(hooked.receiver.texts) == {"a1", "b1"}
    hooked.receiver.gate.set()
    await hooked.until(lambda: len(hooked.receiver.received) == 3)
    assert hooked.receiver.texts[-1] == "a2"


async def test_presses_do_not_wait_behind_messages(hooked: Hooked) -> None:
    hooked.person(ANNA).chat.started = True
    markup = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}
    sent = await hooked.call("sendMessage", chat_id=ANNA, text="?", reply_markup=markup)
    hooked.receiver.gate = asyncio.Event()
    hooked.person(ANNA).say("held up")
    hooked.person(ANNA).press(sent["result"]["message_id"], "go")
    await hooked.until(lambda: len(hooked.receiver.received) == 2)
    assert set(hooked.receiver.texts) == {"held up", "go"}
    hooked.receiver.gate.set()


async def test_no_more_connections_than_allowed(hooked: Hooked) -> None:
    await hooked.bot.set_webhook(URL, max_connections=1)
    hooked.receiver.gate = asyncio.Event()
    hooked.person(ANNA).say("a")
    hooked.person(BEN).say("b")
    for _ in range(50):
        await asyncio.sleep(0)
    assert hooked.receiver.texts == ["a"]
    hooked.receiver.gate.set()
    await hooked.until(lambda: hooked.receiver.texts == ["a", "b"])


async def test_what_waited_before_the_webhook_is_delivered_unless_dropped() -> None:
    hooked = Hooked()
    hooked.person(ANNA).say("early")
    await hooked.bot.set_webhook(URL, drop_pending_updates=True)
    hooked.person(ANNA).say("later")
    await hooked.until(lambda: not hooked.telegram.updates.pending)
    assert hooked.receiver.texts == ["later"]
    assert "Secret" not in str(hooked.receiver.received[0][1])
    await hooked.telegram.close()


async def test_what_was_not_delivered_can_be_polled_after_the_webhook(hooked: Hooked) -> None:
    hooked.receiver.answers = [httpx.Response(500)] * 9
    hooked.person(ANNA).say("hello")
    await hooked.until(lambda: len(hooked.receiver.received) == 2)
    await hooked.bot.delete_webhook()
    (update,) = await hooked.bot.get_updates()
    assert isinstance(update, Update)
    assert (await hooked.bot.get_webhook_info()).url == ""


async def test_the_webhook_describes_itself(hooked: Hooked) -> None:
    await hooked.bot.set_webhook(
        URL, max_connections=7, allowed_updates=["message"], ip_address="127.0.0.1"
    )
    hooked.receiver.answers = [httpx.Response(500)] * 9
    hooked.person(ANNA).say("hello")
    await hooked.until(lambda: len(hooked.receiver.received) == 2)
    info = await hooked.bot.get_webhook_info()
    assert info.url == URL
    assert info.pending_update_count == 1
    assert info.max_connections == 7
    assert info.ip_address == "127.0.0.1"
    assert info.allowed_updates == ("message",)
    assert info.last_error_message == "Wrong response from the webhook: 500 Internal Server Error"


async def test_an_empty_address_removes_the_webhook(hooked: Hooked) -> None:
    assert (await hooked.call("setWebhook", url=""))["ok"]
    assert (await hooked.bot.get_webhook_info()).url == ""


async def test_deliveries_are_recorded(hooked: Hooked) -> None:
    hooked.receiver.answers = [httpx.Response(503)]
    hooked.person(ANNA).say("hello")
    await hooked.until(lambda: not hooked.telegram.updates.pending)
    assert [entry.status for entry in hooked.telegram.requests.of("webhook")] == [503, 200]
