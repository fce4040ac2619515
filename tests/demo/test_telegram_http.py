"""The local Telegram over real HTTP on a loopback port."""

import asyncio
import json
from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputMediaPhoto
from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter

from bot.clock import Clock
from bot.demo.telegram import LocalTelegram, routes
from tests.demo.conftest import ANNA, TOKEN, WORLD
from tests.demo.pictures import picture
from tests.people import Control, Person, has_button, has_picture, says
from tests.serving import serving


class Site:
    """A served local Telegram with a bot, Anna and the strings behind the scenes."""

    def __init__(self, url: str, telegram: LocalTelegram) -> None:
        self.url = url
        self.telegram = telegram
        self.api = f"{url}/bot{TOKEN}"
        self.bot: Bot = Bot(TOKEN, base_url=f"{url}/bot", base_file_url=f"{url}/file/bot")
        self.anna = Person(url, ANNA)
        self.control = Control(url)


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    telegram = LocalTelegram(Clock(), WORLD)
    async with serving(Starlette(routes=routes(telegram))) as url:
        made = Site(url, telegram)
        async with made.bot, made.anna, made.control:
            yield made
        await telegram.close()


async def test_a_whole_conversation_with_python_telegram_bot(site: Site) -> None:
    await site.anna.say("/start")
    (start,) = await site.bot.get_updates(timeout=5)
    assert start.message
    await start.message.reply_text(
        "Send a photo",
        reply_markup=InlineKeyboardMarkup([[InlineKeyboardButton("Cancel", callback_data="c")]]),
    )
    asked = await site.anna.wait_for(has_button("Cancel"))
    await site.anna.send_photos(picture(), picture(colour="navy"), caption="me and this")
    photos = await site.bot.get_updates(offset=start.update_id + 1, timeout=5)
    assert len(photos) == 2
    assert photos[0].message
    file = await site.bot.get_file(photos[0].message.photo[-1].file_id)
    data = bytes(await file.download_as_bytearray())
    await site.bot.edit_message_media(
        InputMediaPhoto(data, caption="done"), ANNA, asked["message_id"]
    )
    done = await site.anna.wait_for(has_picture)
    assert done["message_id"] == asked["message_id"]
    assert done["caption"] == "done"
    album = [InputMediaPhoto(picture()), InputMediaPhoto(photos[0].message.photo[0].file_id)]
    assert len(await site.bot.send_media_group(ANNA, album)) == 2


async def test_a_long_poll_waits_for_the_next_update(site: Site) -> None:
    await site.bot.get_updates()
    poll = asyncio.create_task(site.bot.get_updates(timeout=20))
    await site.anna.say("hello")
    (update,) = await poll
    assert update.message
    assert update.message.text == "hello"


async def test_parameters_come_by_query_form_json_or_multipart(site: Site) -> None:
    await site.anna.say("/start")
    params = {"chat_id": str(ANNA), "text": "hello"}
    async with httpx.AsyncClient() as http:
        answers = [
            await http.get(f"{site.api}/sendMessage", params=params),
            await http.post(f"{site.api}/SENDMESSAGE", params=params),
            await http.post(f"{site.api}/sendMessage", data=params),
            await http.post(f"{site.api}/sendMessage", json={"chat_id": ANNA, "text": "hello"}),
            await http.post(
                f"{site.api}/sendmessage", files={key: (None, text) for key, text in params.items()}
            ),
        ]
    assert [answer.json()["result"]["text"] for answer in answers] == ["hello"] * 5


async def test_files_come_as_the_parameter_itself_or_attached(site: Site) -> None:
    await site.anna.say("/start")
    async with httpx.AsyncClient() as http:
        direct = await http.post(
            f"{site.api}/sendPhoto", data={"chat_id": ANNA}, files={"photo": picture()}
        )
        attached = await http.post(
            f"{site.api}/sendPhoto",
            data={"chat_id": ANNA, "photo": "attach://mine"},
            files={"mine": ("me.jpg", picture())},
        )
    assert direct.json()["result"]["photo"]
    assert attached.json()["result"]["photo"]
    recorded = site.telegram.requests.of("telegram", "sendPhoto")
    assert recorded[0].details["photo"]["bytes"] == len(picture())
    assert recorded[1].details["mine"] == {"file": "me.jpg", "bytes": len(picture())}


async def test_a_body_that_is_not_what_it_says_is_a_400(site: Site) -> None:
    async with httpx.AsyncClient() as http:
        for content in (b"{", b"[]"):
            answer = await http.post(
                f"{site.api}/getMe", content=content, headers={"Content-Type": "application/json"}
            )
            assert answer.status_code == 400
            assert not answer.json()["ok"]


async def test_errors_have_the_status_and_form_of_the_real_ones(site: Site) -> None:
    async with httpx.AsyncClient() as http:
        wrong_token = await http.get(f"{site.url}/bot1:x/getMe")
        wrong_method = await http.get(f"{site.api}/getEverything")
        await site.control.fault("telegram", "getMe", "429", retry_after=9)
        flood = await http.get(f"{site.api}/getMe")
        await site.control.fault("telegram", "getMe", "502")
        gateway = await http.get(f"{site.api}/getMe")
    assert (wrong_token.status_code, wrong_token.json()["description"]) == (401, "Unauthorized")
    assert wrong_method.status_code == 404
    assert flood.json()["parameters"] == {"retry_after": 9}
    assert flood.headers["Retry-After"] == "9"
    assert (gateway.status_code, gateway.headers["content-type"][:9]) == (502, "text/html")


async def test_python_telegram_bot_raises_the_right_errors(site: Site) -> None:
    await site.anna.say("/start")
    with pytest.raises(BadRequest, match="Chat not found"):
        await site.bot.send_message(77, "x")
    await site.control.fault("telegram", "sendMessage", "429", retry_after=3)
    with pytest.raises(RetryAfter):
        await site.bot.send_message(ANNA, "x")
    async with Bot("4242:wrong", base_url=f"{site.url}/bot").request as request:
        with pytest.raises(InvalidToken):
            await request.post(f"{site.url}/bot4242:wrong/getMe")


async def test_apply_then_drop_leaves_the_message_and_no_answer(site: Site) -> None:
    await site.anna.say("/start")
    await site.control.fault("telegram", "sendMessage", "apply_then_drop")
    with pytest.raises(NetworkError):
        await site.bot.send_message(ANNA, "there anyway")
    await site.anna.wait_for(says("there anyway"))
    (recorded,) = site.telegram.requests.of("telegram", "sendMessage")
    assert recorded.status is None
    assert await site.bot.send_message(ANNA, "the connection is fine again")


async def test_a_webhook_is_posted_to_a_real_server_and_repeated(site: Site) -> None:
    received: list[tuple[str | None, str]] = []
    done = asyncio.Event()

    async def hook(request: Request) -> Response:
        update = await request.json()
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token")
        received.append((secret, update["message"]["text"]))
        if len(received) == 1:
            return Response(status_code=503)
        done.set()
        return Response()

    async with serving(Starlette(routes=[Route("/hook", hook, methods=["POST"])])) as url:
        await site.bot.set_webhook(f"{url}/hook", secret_token="s-3")
        await site.anna.say("hello")
        async with asyncio.timeout(10):
            await done.wait()
        await site.bot.delete_webhook()
    assert received == [("s-3", "hello")] * 2


async def test_events_are_pushed_as_they_happen(site: Site) -> None:
    seen: list[tuple[str, str]] = []
    async with (
        httpx.AsyncClient(timeout=10) as http,
        http.stream("GET", f"{site.url}/people/{ANNA}/events", params={"after": 0}) as stream,
    ):
        assert stream.headers["content-type"].startswith("text/event-stream")
        await site.anna.say("/start")
        await site.bot.send_message(ANNA, "hello")
        name = ""
        async for line in stream.aiter_lines():
            if line.startswith("event: "):
                name = line.removeprefix("event: ")
            if line.startswith("data: "):
                data = json.loads(line.removeprefix("data: "))
                seen.append((name, data["message"]["text"]))
            if len(seen) == 2:
                break
    assert seen == [("message", "/start"), ("message", "hello")]


async def test_an_event_stream_goes_on_where_it_was_cut(site: Site) -> None:
    await site.anna.say("missed before")
    seq = site.telegram.feed.seq
    await site.anna.say("missed in between")
    async with (
        httpx.AsyncClient(timeout=10) as http,
        http.stream(
            "GET", f"{site.url}/people/{ANNA}/events", headers={"Last-Event-ID": str(seq)}
        ) as stream,
    ):
        async for line in stream.aiter_lines():
            if line.startswith("data: "):
                assert json.loads(line[6:])["message"]["text"] == "missed in between"
                break


async def test_closing_ends_streams_and_polls(site: Site) -> None:
    poll = asyncio.create_task(site.bot.get_updates(timeout=20))
    waiting = asyncio.create_task(site.anna.events(site.telegram.feed.seq, 20))
    async with (
        httpx.AsyncClient(timeout=10) as http,
        http.stream("GET", f"{site.url}/people/{ANNA}/events") as stream,
    ):
        lines = stream.aiter_lines()
        assert await anext(lines) == ": here"
        await site.telegram.close()
        assert [line async for line in lines if line.startswith("data")] == []
    assert await poll == ()
    assert (await waiting)[0] == []
