"""The bot comes and goes in groups: each change is handled, and said once at most."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.demo.telegram.model import Status
from bot.demo.world import STYLE_CLUB
from tests.journeys.checks import picture_is_right
from tests.journeys.club import CLUB, Member
from tests.journeys.house import ANNA, BEN, open_house
from tests.journeys.photos import photo

BASIC = replace(STYLE_CLUB, id=-55, supergroup=False)
AWAY = replace(STYLE_CLUB, bot=Status.LEFT)


async def test_an_introduction_comes_once_when_it_is_added(tmp_path: Path) -> None:
    async with open_house(tmp_path, group=AWAY) as house:
        anna = Member(house.guest())
        await house.control.set_bot(CLUB, "member", by=BEN)
        await anna.shown("group.introduction")
        for status in ("administrator", "member", "administrator"):
            await house.control.set_bot(CLUB, status, by=BEN)
        await house.control.set_bot(
            CLUB, "restricted", by=BEN, denied=["can_send_photos", "can_send_documents"]
        )
        await house.control.set_bot(CLUB, "left", by=BEN)
        await house.control.set_bot(CLUB, "member", by=BEN)
        await anna.in_private()
        await house.guest(BEN).say("/help")
        await house.guest(BEN).shown("help")
        assert len(await anna.heard()) == 1


async def test_promoting_says_nothing(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        ben = Member(house.guest(BEN))
        await house.control.set_bot(CLUB, "administrator", by=BEN)
        await ben.in_private()
        assert await ben.heard() == []


async def test_orders_of_a_group_that_is_gone_are_cancelled_or_come_in_private(
    tmp_path: Path,
) -> None:
    async with open_house(tmp_path, trouble=True) as house:
        house.server.dashscope.set_runtime("aitryon-plus", 100)
        anna = Member(house.guest())
        await anna.guest.say("/start")
        await anna.guest.shown("welcome")
        card = await anna.card(photo("woman"), photo("tee"))
        await anna.tap(card, "button.go")
        await anna.shown("progress.drawing")
        await house.control.set_bot(CLUB, "kicked", by=BEN)
        result = await anna.guest.result()
        assert anna.guest.reads(result, "group.picture")
        assert "Style Club" in result["caption"]
        await picture_is_right(house, anna.guest, result, photo("woman"), ["tee"])


async def test_waiting_orders_of_a_group_that_is_gone_are_refunded(tmp_path: Path) -> None:
    async with open_house(tmp_path, trouble=True) as house:
        anna = Member(house.guest())
        await anna.guest.say("/start")
        await anna.guest.shown("welcome")
        card = await anna.card(photo("woman"), photo("tee"))
        await house.control.fault("dashscope", "*", "500", 1000)
        await anna.tap(card, "button.go")
        await anna.guest.wait_for(
            lambda one: (
                one["message_id"] == card["message_id"] and not anna.guest.reads(one, "card.top")
            ),
            chat=CLUB,
        )
        await house.control.set_bot(CLUB, "kicked", by=BEN)
        await anna.guest.shown("group.refunded")
        await house.control.clear_faults()
        await house.end()
        assert await house.look("SELECT state FROM jobs") == [("cancelled",)]


async def test_a_picture_waits_for_whoever_never_started_the_bot(tmp_path: Path) -> None:
    async with open_house(tmp_path, trouble=True) as house:
        anna = Member(house.guest())
        card = await anna.card(photo("woman"), photo("tee"))
        await anna.tap(card, "button.go")
        await anna.shown("progress.drawing")
        await house.control.set_bot(CLUB, "kicked", by=BEN)
        await house.control.advance(60)
        ben = house.guest(BEN)
        await ben.say("/help")
        await ben.shown("help")
        await anna.guest.say("/start")
        result = await anna.guest.result()
        assert anna.guest.reads(result, "group.picture")


async def test_without_the_right_to_send_photos_pictures_come_in_private_and_it_is_said_once(
    tmp_path: Path,
) -> None:
    async with open_house(tmp_path, trouble=True) as house:
        anna = Member(house.guest())
        await anna.guest.say("/start")
        await anna.guest.shown("welcome")
        for times in range(2):
            denied = ["can_send_photos", "can_send_polls"][: times + 1]
            await house.control.set_bot(CLUB, "restricted", by=BEN, denied=denied)
            card = await anna.card(photo("woman"), photo("tee"))
            assert "photo" not in card
            await anna.tap(card, "button.go")
            result = await anna.guest.result()
            assert anna.guest.reads(result, "group.picture")
            await anna.guest.say("/help")
            await anna.guest.shown("help")
            said = [one for one in await anna.heard() if anna.guest.reads(one, "group.no_pictures")]
            assert len(said) == 1, times


async def test_nothing_is_lost_where_the_bot_may_not_write_at_all(tmp_path: Path) -> None:
    async with open_house(tmp_path, trouble=True) as house:
        anna = Member(house.guest())
        await anna.guest.say("/start")
        await anna.guest.shown("welcome")
        card = await anna.card(photo("woman"), photo("tee"))
        await anna.tap(card, "button.go")
        await house.control.set_bot(
            CLUB, "restricted", by=BEN, denied=["can_send_photos", "can_send_messages"]
        )
        result = await anna.guest.result()
        assert anna.guest.reads(result, "group.picture")


async def test_a_blocked_bot_keeps_the_picture_until_it_is_let_in(tmp_path: Path) -> None:
    async with open_house(tmp_path, trouble=True) as house:
        anna = Member(house.guest())
        await anna.guest.say("/start")
        await anna.guest.shown("welcome")
        await anna.guest.block()
        card = await anna.card(photo("woman"), photo("tee"))
        await anna.tap(card, "button.go")
        await anna.shown("progress.drawing")
        await house.control.set_bot(CLUB, "kicked", by=BEN)
        await house.control.advance(60)
        ben = house.guest(BEN)
        await ben.say("/help")
        await ben.shown("help")
        await anna.guest.unblock()
        assert anna.guest.reads(await anna.guest.result(), "group.picture")


@pytest.mark.parametrize("told", ["by a message", "by a refusal"])
async def test_a_group_that_migrates_keeps_its_dialogues_and_orders(
    tmp_path: Path, told: str
) -> None:
    async with open_house(tmp_path, trouble=True, group=BASIC) as house:
        anna = Member(house.guest(), chat=BASIC.id)
        ben = Member(house.guest(BEN), chat=BASIC.id)
        card = await anna.card(photo("woman"), photo("tee"))
        await ben.say("/tryon")
        await ben.asked("ask.person")
        await anna.tap(card, "button.go")
        await anna.shown("progress.drawing")
        if told == "by a refusal":
            await house.end()
        new_id = await house.control.migrate(BASIC.id)
        if told == "by a refusal":
            house.server.telegram.updates.forget_all()
            await house.start()
        anna.chat = ben.chat = new_id
        result = await anna.shown("result", seconds=20)
        await picture_is_right(house, anna.guest, result, photo("woman"), ["tee"], chat=new_id)
        await ben.send(photo("man"), caption="/tryon")
        await ben.shown("ask.wear")  # the photo that was asked for before
        await house.end()
        assert await house.look("SELECT DISTINCT chat_id FROM jobs") == [(new_id,)]
        assert await house.look("SELECT id, person_id FROM jobs") == [(1, ANNA)]
