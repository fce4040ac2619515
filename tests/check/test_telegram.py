"""What is said about Telegram, asked of the local one."""

import asyncio
import socket
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import SecretStr
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.check.findings import Bad, Doubtful, Good
from bot.check.telegram import telegram
from bot.demo.world import BOT, WORLD
from tests.check.surroundings import Place, kinds, opened, worst
from tests.serving import serving

HTTPS = "https://bot.example"


async def set_webhook(place: Place, url: str) -> None:
    answer = await place.client.post(
        f"{place.server.url}/bot{BOT.token}/setWebhook", json={"url": url}
    )
    assert answer.json()["ok"], answer.text


async def test_a_good_bot_is_said_to_be_good(place: Place) -> None:
    found = await telegram(place.around())

    assert kinds(found) == {"token": Good, "updates": Good, "groups": Good}
    assert found[0].said == "@fitting_room_demo_bot, id 4242"


async def test_asking_disturbs_nobody(place: Place) -> None:
    await telegram(place.around())

    asked = [record.call for record in place.server.requests.of("telegram")]
    assert asked == ["getMe", "getWebhookInfo"]


async def test_a_wrong_token_is_told_and_not_shown(place: Place) -> None:
    token = "4242:CanaryTokenCanaryTokenCanaryToken123"

    (found,) = await telegram(place.around(telegram_bot_token=SecretStr(token)))

    assert isinstance(found, Bad)
    assert found.item == "token"
    assert "@BotFather" in found.do
    assert "Canary" not in repr(found)


async def test_a_telegram_that_cannot_be_reached_is_told(place: Place) -> None:
    with socket.socket() as taken:  # bound, but nobody listens
        taken.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{taken.getsockname()[1]}"

        (found,) = await telegram(place.around(telegram_api_url=f"http://{host}"))

    assert isinstance(found, Bad)
    assert found.said == f"{host} cannot be reached (ConnectError)"
    assert "TELEGRAM_API_URL" in found.do


async def test_a_telegram_in_trouble_is_told(place: Place) -> None:
    place.server.faults.add("telegram", "getMe", "502", times=3)

    (found,) = await telegram(place.around())

    assert isinstance(found, Bad)
    assert "status 502" in found.said


async def test_a_pause_that_telegram_wants_is_no_disaster(place: Place) -> None:
    place.server.faults.add("telegram", "getMe", "429", times=3, retry_after=600)

    (found,) = await telegram(place.around())

    assert isinstance(found, Doubtful)


async def test_trouble_with_one_call_does_not_hide_the_others(place: Place) -> None:
    place.server.faults.add("telegram", "getWebhookInfo", "500", times=3)

    found = await telegram(place.around())

    assert kinds(found) == {"token": Good, "connection": Bad, "groups": Good}


@pytest.mark.parametrize(
    "body", [b"", b"<html></html>", b"[]", b'{"ok":true}', b'{"ok":true,"result":7}']
)
async def test_whatever_else_answers_is_no_telegram(place: Place, body: bytes) -> None:
    async def answer(_request: Request) -> Response:
        return Response(body)

    every = ["GET", "POST"]
    async with serving(Starlette(routes=[Route("/{path:path}", answer, methods=every)])) as url:
        (found,) = await telegram(place.around(telegram_api_url=url))

    assert isinstance(found, Bad)
    assert "nothing of use" in found.said


async def test_a_webhook_that_is_set_as_it_should_be_is_good(place: Place) -> None:
    await set_webhook(place, f"{HTTPS}/telegram")

    found = await telegram(place.around(public_url=HTTPS))

    assert kinds(found)["updates"] is Good


async def test_a_webhook_that_is_not_set_yet_is_the_bots_to_set(place: Place) -> None:
    found = await telegram(place.around(public_url=HTTPS))

    assert kinds(found)["updates"] is Good
    assert "when it starts" in found[1].said


async def test_a_webhook_of_somebody_else_is_doubtful(place: Place) -> None:
    await set_webhook(place, "https://another.example/secret-path")

    for changes in ({"public_url": HTTPS}, {}):
        found = (await telegram(place.around(**changes)))[1]

        assert isinstance(found, Doubtful)
        assert "another.example" in found.said
        assert "secret-path" not in found.said


async def test_updates_that_could_not_be_delivered_are_told(place: Place) -> None:
    await set_webhook(place, f"{HTTPS}/telegram")
    webhook = place.server.telegram.webhook
    webhook.last_error = (place.server.telegram.clock.now() - 60, "Connection refused")

    found = worst(await telegram(place.around(public_url=HTTPS)))

    assert isinstance(found, Doubtful)
    assert found.said == "Telegram could not deliver: Connection refused"

    webhook.last_error = (place.server.telegram.clock.now() - 7200, "Connection refused")
    assert kinds(await telegram(place.around(public_url=HTTPS)))["updates"] is Good


async def test_a_bot_that_hears_everything_in_groups_is_doubtful(tmp_path: Path) -> None:
    world = replace(WORLD, bot=replace(BOT, privacy_mode=False))

    async with opened(tmp_path, world) as place:
        found = worst(await telegram(place.around()))

    assert isinstance(found, Doubtful)
    assert "/setprivacy" in found.do


async def test_a_telegram_that_does_not_answer_does_not_keep_the_others_waiting(
    place: Place,
) -> None:
    place.server.faults.add("telegram", "getMe", "delay", seconds=3600)

    asking = asyncio.create_task(telegram(place.around()))
    done, _ = await asyncio.wait([asking], timeout=0.3)
    asking.cancel()

    assert not done
    place.server.telegram.clock.advance(3600)
