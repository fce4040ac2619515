"""What people see of the bot before they write to it."""

import asyncio
from pathlib import Path
from typing import Any

from bot.views import menus
from tests.journeys.house import ANNA, BEN, MEI, House, open_house

TEXTS = len(("en", "zh"))


async def _published(house: House) -> None:
    """Return once the bot has introduced itself in every language."""
    async with asyncio.timeout(10):
        while len(await house.control.requests("telegram", "setMyShortDescription")) < TEXTS:
            pass


async def _menu(house: House, person_id: int) -> list[tuple[str, str]]:
    path = f"/people/{person_id}/chats/{person_id}/commands"
    answer: dict[str, Any] = (await house.control.http.get(path)).json()
    return [(one["command"], one["description"]) for one in answer["commands"]]


async def test_the_menu_of_commands_is_in_the_language_of_each_client(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        await _published(house)
        assert await _menu(house, ANNA) == list(menus.commands("en"))
        assert await _menu(house, MEI) == list(menus.commands("zh"))
        assert await house.guest(BEN).commands(chat=-1001) == [*menus.GROUP_COMMANDS]


async def test_whatever_the_menu_offers_is_understood(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        await _published(house)
        anna = house.guest()
        for command in await anna.commands():
            await anna.say(f"/{command}")
            said = await anna.wait_for(lambda one: one["from"]["is_bot"])
            assert not anna.reads(said, "unknown_command")
            assert not anna.reads(said, "not_known")


async def test_an_empty_chat_says_what_the_bot_does(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        await _published(house)
        people = (await house.control.http.get("/people")).json()["people"]
        said = {person["id"]: person["bot_description"] for person in people}
        assert said[ANNA] == menus.description("en")
        assert said[MEI] == menus.description("zh")
