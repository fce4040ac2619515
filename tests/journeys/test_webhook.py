"""Updates that Telegram sends by itself: the same journey, and nobody else gets in."""

import socket
from pathlib import Path
from typing import Any

import httpx

from tests.journeys.checks import picture_is_right
from tests.journeys.house import SPEED, open_house
from tests.journeys.photos import photo

SECRET = "X-Telegram-Bot-Api-Secret-Token"
FORGED = {
    "update_id": 1,
    "message": {
        "message_id": 1,
        "date": 1,
        "chat": {"id": 1002, "type": "private"},
        "from": {"id": 1002, "is_bot": False, "first_name": "Ben"},
        "text": "/start",
    },
}


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


async def test_a_try_on_with_webhook_ends_with_the_picture(tmp_path: Path) -> None:
    here = f"127.0.0.1:{_free_port()}"
    async with open_house(tmp_path, listen=here, public_url=f"http://{here}") as house:
        anna = house.guest()
        card = await anna.card(photo("woman"), photo("hoodie"), photo("jeans"))
        await anna.tap(card, "button.go")
        result = await anna.result()
        await picture_is_right(house, anna, result, photo("woman"), ["hoodie", "jeans"])
        assert len(house.server.requests.of("webhook")) >= 5
        assert house.server.requests.of("telegram", "getUpdates") == []


async def test_nobody_gets_in_without_the_secret(tmp_path: Path) -> None:
    here = f"127.0.0.1:{_free_port()}"
    async with open_house(tmp_path, listen=here, public_url=f"http://{here}") as house:
        anna = house.guest()
        await anna.say("/start")
        await anna.shown("welcome")
        async with httpx.AsyncClient(base_url=f"http://{here}") as stranger:
            for headers in ({}, {SECRET: ""}, {SECRET: "guessed"}):
                answer = await stranger.post("/telegram", json=FORGED, headers=headers)
                assert answer.status_code == 403
            assert (await stranger.get("/telegram")).status_code == 405
            assert (await stranger.get("/healthz")).json()["ok"] is True
        await house.end()
        assert await house.look("SELECT count(*) FROM inbox WHERE update_id = 1") == [(0,)]


async def test_updates_wait_at_telegram_while_the_bot_is_away(tmp_path: Path) -> None:
    here = f"127.0.0.1:{_free_port()}"
    webhook: dict[str, Any] = {"listen": here, "public_url": f"http://{here}"}
    async with open_house(tmp_path, speed=SPEED, trouble=True, **webhook) as house:
        anna = house.guest()
        await anna.tap(await anna.card(photo("woman"), photo("tee")), "button.go")
        await anna.shown("progress.drawing")
        await house.end()
        await anna.say("/quota")
        await house.start()
        await anna.shown("quota")
        await anna.wait_for(lambda one: anna.reads(one, "result"), seconds=20, since=0)
        assert len(house.ordered()) == 1


async def test_whoever_changes_to_polling_keeps_getting_updates(tmp_path: Path) -> None:
    here = f"127.0.0.1:{_free_port()}"
    async with open_house(tmp_path, listen=here, public_url=f"http://{here}") as house:
        anna = house.guest()
        await anna.say("/start")
        await anna.shown("welcome")
        await house.end()
        house.settings = house.settings.model_copy(update={"updates": "polling"})
        await house.start()
        await anna.say("/help")
        await anna.shown("help")
        assert house.server.telegram.webhook.settings is None
