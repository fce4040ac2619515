"""/groupsettings: a group's administrators choose, nobody else, and what they choose is kept."""

import asyncio
from pathlib import Path

from bot.views import menus
from tests.journeys.club import CLUB, NAME, Member
from tests.journeys.house import ANNA, BEN, House, open_house
from tests.journeys.photos import photo
from tests.people import Message, buttons, words


async def panel(member: Member, command: str = "/groupsettings") -> Message:
    await member.say(command)
    return await member.shown("groupsettings")


async def press(member: Member, message: Message, name: str) -> Message:
    """Press the button of a setting and return the message as it is then."""
    before = buttons(message)
    [data] = [one for one in before.values() if one.startswith(f"g1:{name}:")]
    pressed = await member.guest.press(message, data)
    await member.guest.told(pressed, "groupsettings.saved")
    return await member.seen(lambda one: bool(buttons(one)) and buttons(one) != before)


async def administrators(house: House, *people: int) -> None:
    for person in people:
        await house.control.set_member(CLUB, person, "administrator")


async def test_an_administrator_changes_everything_in_one_message(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        await administrators(house, ANNA)
        anna = Member(house.guest())
        shown = await panel(anna)
        first = shown["message_id"]
        for name in ("try_on", "payer", "member_limit", "results", "language"):
            shown = await press(anna, shown, name)
            assert shown["message_id"] == first
        assert list(buttons(shown)) == [
            "✅ I answer in this group",
            "🚫 Try on",
            "✅ Restyle",
            "🎟 Members pay themselves",
            "👤 1 credit per member and day",
            "🖼 Pictures come in private",
            "🌐 English",
        ]
        again = await panel(anna, f"/groupsettings{NAME}")
        assert buttons(again) == buttons(shown), "it is kept"
        await anna.say("/tryon")
        await anna.shown("try_on_off")


async def test_a_member_who_is_none_gets_a_short_notice(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        await administrators(house, ANNA)
        anna, ben = Member(house.guest()), Member(house.guest(BEN))
        await ben.say("/groupsettings")
        notice = await ben.shown("groupsettings.not_yours")
        assert not buttons(notice)
        shown = await panel(anna)
        pressed = await ben.guest.press(shown, next(iter(buttons(shown).values())))
        await ben.guest.told(pressed, "groupsettings.not_yours")
        assert (await anna.guest.now(shown, chat=CLUB)) == shown
        await ben.say("/tryon")
        await ben.shown("ask.consent")


async def test_who_is_no_longer_an_administrator_changes_nothing_more(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        await administrators(house, ANNA)
        anna = Member(house.guest())
        shown = await press(anna, await panel(anna), "payer")
        await house.control.set_member(CLUB, ANNA, "member")
        pressed = await anna.guest.press(shown, next(iter(buttons(shown).values())))
        await anna.guest.told(pressed, "groupsettings.not_yours")
        await house.end()
        assert await house.look("SELECT enabled, payer FROM groups") == [(1, "members")]
        await house.start()


async def test_an_anonymous_administrator_asks_as_the_group_and_presses_as_themselves(
    tmp_path: Path,
) -> None:
    async with open_house(tmp_path) as house:
        await house.control.set_member(CLUB, ANNA, "administrator", anonymous=True)
        anna, ben = Member(house.guest()), Member(house.guest(BEN))
        shown = await panel(anna)
        pressed = await ben.guest.press(shown, next(iter(buttons(shown).values())))
        await ben.guest.told(pressed, "groupsettings.not_yours")
        shown = await press(anna, shown, "restyle")
        assert "🚫 Restyle" in buttons(shown)


async def test_a_group_that_is_turned_off_is_silent_but_for_its_administrators(
    tmp_path: Path,
) -> None:
    async with open_house(tmp_path) as house:
        await administrators(house, ANNA)
        anna, ben = Member(house.guest()), Member(house.guest(BEN))
        card = await ben.card(photo("woman"), photo("tee"))
        shown = await press(anna, await panel(anna), "enabled")
        heard = len(await ben.heard())
        for command in ("/tryon", "/quota", "/groupsettings", f"/help{NAME}"):
            await ben.say(command)
        await ben.send(photo("woman"), caption="/restyle")
        await ben.in_private()
        assert len(await ben.heard()) == heard
        await ben.guest.told(await ben.tap(card, "button.go"), "try_on_off", alert=True)
        shown = await press(anna, await panel(anna), "enabled")
        assert "✅ I answer in this group" in buttons(shown)
        await ben.tap(card, "button.go")
        await ben.result()


async def test_the_groups_language_is_spoken_with_everybody(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        await administrators(house, ANNA)
        anna, ben = Member(house.guest()), Member(house.guest(BEN))
        shown = await press(anna, await panel(anna), "language")
        anna.guest.language = "zh"
        shown = await press(anna, shown, "language")
        assert "🌐 简体中文" in buttons(shown)
        assert "本群设置" in words(shown)
        await ben.say("/tryon")
        await ben.seen(lambda one: "Alibaba Cloud" not in words(one) and "照片" in words(one))


async def test_two_administrators_at_once_both_have_their_way(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        await administrators(house, ANNA, BEN)
        anna, ben = Member(house.guest()), Member(house.guest(BEN))
        shown = await panel(anna)
        await asyncio.gather(press(anna, shown, "payer"), press(ben, shown, "results"))
        await house.end()
        assert await house.look("SELECT payer, results FROM groups") == [("members", "private")]
        await house.start()


async def test_its_command_stands_in_the_administrators_menus_alone(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        await administrators(house, ANNA)
        async with asyncio.timeout(10):
            while len(await house.control.requests("telegram", "setMyShortDescription")) < 2:
                pass
        assert await house.guest().commands(chat=CLUB) == [*menus.ADMINISTRATORS_COMMANDS]
        assert await house.guest(BEN).commands(chat=CLUB) == [*menus.GROUP_COMMANDS]
