"""Who counts as an operator: their number alone, and only what they themselves write now."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.demo.telegram.model import PersonAccount
from bot.demo.telegram.wire import ANONYMOUS
from bot.demo.world import WORLD
from bot.handlers.admin.table import COMMANDS
from tests.journeys.guest import Guest
from tests.journeys.house import ANNA, BEN, OLGA, House, open_house
from tests.journeys.operating import (
    GROUP,
    NAME,
    command,
    joined,
    met,
    operator,
    said_in_group,
    user,
)
from tests.journeys.reading import has_line
from tests.people import Message, from_bot, words

DOUBLE = 1005
IMPOSTORS = replace(WORLD, people=(*WORLD.people, PersonAccount(DOUBLE, "Olga", "OLGA", "en")))
OWN = [name for name in COMMANDS if name != "quota"]
CHANGED = "SELECT count(*) FROM audit"
OLGAS = user(OLGA, "Olga", "olga", language_code="en")
SUPERGROUP = {"id": GROUP, "type": "supergroup", "title": "Style Club"}
CHANNEL = {"id": -1009, "type": "channel", "title": "Olga"}


async def answer(guest: Guest, text: str) -> Message:
    await guest.say(text)
    return await guest.wait_for(from_bot)


async def nothing_changed(house: House) -> None:
    await house.end()
    assert await house.look(CHANGED) == [(0,)]
    assert await house.look("SELECT count(*) FROM ledger WHERE kind = 'grant'") == [(0,)]
    assert await house.look("SELECT count(*) FROM bans") == [(0,)]


async def test_for_everybody_else_the_commands_do_not_exist(tmp_path: Path) -> None:
    async with open_house(tmp_path, world=IMPOSTORS) as house:
        await met(house, ANNA, DOUBLE)
        for person in (ANNA, DOUBLE):
            guest = house.guest(person)
            unknown = await answer(guest, "/dance 1001 5")
            for name in OWN:
                said = await answer(guest, f"/{name} 1001 5")
                assert (words(said), said.get("reply_markup")) == (
                    words(unknown),
                    unknown.get("reply_markup"),
                )
            said = await answer(guest, "/quota @ben")
            assert guest.reads(said, "quota"), "their own credits, and nobody else's"
            assert await guest.commands() == await house.guest(ANNA).commands()
        await nothing_changed(house)


async def test_in_a_group_they_are_as_silent_as_anything_unknown(tmp_path: Path) -> None:
    async with open_house(tmp_path, world=IMPOSTORS) as house:
        await joined(house, DOUBLE)
        ben, double = house.guest(BEN), house.guest(DOUBLE)
        asked = await ben.say("hello", chat=GROUP)
        await double.say("/grant 5", chat=GROUP, reply_to=asked)
        await double.say("/ban", chat=GROUP, reply_to=asked)
        await met(house, BEN)
        assert await said_in_group(ben) == []
        await nothing_changed(house)


async def test_what_an_operator_did_not_write_now_and_in_their_own_name_does_not_count(
    tmp_path: Path,
) -> None:
    forwarded = {"forward_origin": {"type": "hidden_user", "date": 0, "sender_user_name": "Olga"}}
    made = [
        command("/grant 1001 5", OLGAS, **forwarded),
        command("/grant 1001 5", OLGAS, via_bot={**user(7, "Other"), "is_bot": True}),
        command("/grant 1001 5", OLGAS, SUPERGROUP, sender_chat=SUPERGROUP),
        command("/grant 1001 5", OLGAS, SUPERGROUP, sender_chat=CHANNEL),
        command("/grant 1001 5", ANONYMOUS, SUPERGROUP, sender_chat=SUPERGROUP),
        {"edited_message": command("/grant 1001 5", OLGAS)["message"]},
        {"channel_post": command("/grant 1001 5", OLGAS, CHANNEL)["message"]},
        {"edited_channel_post": command("/grant 1001 5", OLGAS, CHANNEL)["message"]},
        {"business_message": command("/grant 1001 5", OLGAS)["message"]},
    ]
    async with open_house(tmp_path) as house:
        await met(house, ANNA, OLGA)
        for update in made:
            await house.control.inject(update)
        olga = operator(house)
        await olga.forward(OLGA, await olga.say("/audit nobody"))
        await olga.shown("unknown_command")
        await nothing_changed(house)


async def test_an_anonymous_operator_and_an_edited_command_do_not_count(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        await house.control.set_member(GROUP, OLGA, "administrator", anonymous=True)
        olga, ben = operator(house), house.guest(BEN)
        await met(house, BEN, OLGA)
        asked = await ben.say("hello", chat=GROUP)
        await olga.say(f"/grant{NAME} 5", chat=GROUP, reply_to=asked)
        written = await olga.say("hello")
        await olga.shown("hint")
        await olga.edit(written, text="/grant @ben 5")
        await olga.say("/audit")
        await olga.shown("admin.trail.empty")
        assert [one for one in await olga.heard() if "Extra" in words(one)] == []
        await nothing_changed(house)


@pytest.mark.parametrize("text", ["/grant@other_bot 5", "/pause", "hello /grant 5"])
async def test_what_is_meant_for_other_bots_is_left_alone(tmp_path: Path, text: str) -> None:
    async with open_house(tmp_path) as house:
        await met(house, BEN, OLGA)
        await joined(house)
        asked = await house.guest(BEN).say("hello", chat=GROUP)
        olga = operator(house)
        await olga.say(text, chat=GROUP, reply_to=asked)
        await olga.say("/audit")
        await olga.shown("admin.trail.empty")
        await nothing_changed(house)


# --- the buttons -------------------------------------------------------------------------


async def test_a_question_is_answered_by_whom_it_was_put_to_and_once(tmp_path: Path) -> None:
    async with open_house(tmp_path, admin_ids=(OLGA, BEN)) as house:
        await met(house, ANNA, BEN)
        olga, ben, anna = operator(house), house.guest(BEN), house.guest(ANNA)
        await olga.say("/ban @anna")
        question = await olga.shown("admin.ban.ask")
        [yes, no] = question["reply_markup"]["inline_keyboard"]
        data = yes[0]["callback_data"]
        own = (await anna.heard())[-1]
        await anna.told(await anna.press(own, data, stale=True), "bad_button")
        own = (await ben.heard())[-1]
        said = await ben.press(own, data, stale=True)
        await ben.told(said, "admin.question.not_yours", alert=True)
        for odd in ("a1:99:1", "a1:1:7"):
            said = await olga.press(question, odd, stale=True)
            await olga.told(said, "admin.question.not_yours", alert=True)
        presses = [await olga.press(question, data, stale=True) for _ in range(3)]
        presses.append(await olga.press(question, no[0]["callback_data"], stale=True))
        answers = [(await olga.wait_for_answer(press))["text"] or "" for press in presses]
        assert answers[0] == ""
        assert all(has_line(one, "admin.question.answered") for one in answers[1:])
        await house.end()
        assert await house.look(CHANGED) == [(1,)]


async def test_a_question_that_waited_too_long_does_nothing(tmp_path: Path) -> None:
    async with open_house(tmp_path, speed=1) as house:
        await met(house, ANNA)
        olga = operator(house)
        await olga.say("/ban @anna")
        question = await olga.shown("admin.ban.ask")
        await house.control.advance(301)
        await olga.tap(question, "admin.yes")
        await olga.told(olga.presses[-1], "admin.question.expired", alert=True)
        await nothing_changed(house)
