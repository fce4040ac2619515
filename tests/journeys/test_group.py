"""In a group, for now: whoever calls the bot is kindly shown the way to its private chat."""

from pathlib import Path

import pytest

from tests.journeys.house import ANNA, BEN, CHINESE, MEI, open_house
from tests.journeys.photos import photo
from tests.journeys.reading import has_line
from tests.people import Message, Person, from_bot, words

GROUP = -1001
NAME = "@fitting_room_demo_bot"


def shows_the_way(message: Message, person_id: int = ANNA) -> bool:
    language = "zh" if person_id in CHINESE else "en"
    return has_line(words(message), "group", language=language) and NAME in words(message)


async def said_by_the_bot(guest: Person) -> list[Message]:
    return [one for one in await guest.messages(GROUP) if from_bot(one)]


@pytest.mark.parametrize("command", ["/tryon", f"/tryon{NAME}", f"/help{NAME}\nplease"])
async def test_a_command_in_a_group_is_answered_with_the_way_to_the_private_chat(
    tmp_path: Path, command: str
) -> None:
    async with open_house(tmp_path) as house:
        anna = house.guest()
        asked = await anna.say(command, chat=GROUP)
        hint = await anna.wait_for(shows_the_way, chat=GROUP)
        assert hint["reply_to_message"]["message_id"] == asked


async def test_a_command_below_a_photo_counts_too_in_everybodys_language(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        mei = house.guest(MEI)
        await mei.send_photos(photo("woman"), photo("tee"), caption=f"/tryon{NAME}", chat=GROUP)
        await mei.wait_for(lambda one: shows_the_way(one, MEI), chat=GROUP)


async def test_a_group_is_told_at_most_once_a_minute(tmp_path: Path) -> None:
    async with open_house(tmp_path, speed=1) as house:
        anna, ben = house.guest(), house.guest(BEN)
        for guest in (anna, ben, anna):
            await guest.say("/tryon", chat=GROUP)
        await anna.wait_for(shows_the_way, chat=GROUP, since=0)
        await anna.say("/start")
        await anna.shown("welcome")  # Anna's second command was handled before
        assert len(await said_by_the_bot(anna)) == 1
        await house.control.advance(61)
        await ben.say("/tryon", chat=GROUP)
        await ben.wait_for(shows_the_way, chat=GROUP)


async def test_what_is_not_meant_for_the_bot_is_left_alone(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        anna = house.guest()
        for text in ("/help", "/start", "/dance", "hello", f"hello {NAME}"):
            await anna.say(text, chat=GROUP)
        await anna.say("/start")
        await anna.shown("welcome")
        assert await said_by_the_bot(anna) == []
