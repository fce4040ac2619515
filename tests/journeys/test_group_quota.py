"""Who pays in a group, how much each may use there, and where the pictures go."""

import asyncio
from pathlib import Path

from tests.journeys.checks import picture_is_right
from tests.journeys.club import CLUB, NAME, Member, replied
from tests.journeys.house import ANNA, BEN, MEI, House, button, open_house
from tests.journeys.photos import photo
from tests.journeys.test_groupsettings import administrators, panel, press
from tests.people import Message, has_picture, words

DAY = 24 * 3600


async def choose(house: House, *names: str) -> Member:
    """Let Anna, who administers the group, press these settings once each, and return her."""
    await administrators(house, ANNA)
    anna = Member(house.guest())
    shown = await panel(anna)
    for name in names:
        shown = await press(anna, shown, name)
    return anna


async def quota(member: Member, *keys: str) -> str:
    await member.say("/quota")
    said = await member.shown(*keys)
    return words(said)


async def go(member: Member, card: Message) -> None:
    await member.guest.press(card, button(card, "Go"))
    await member.result()


async def test_the_pool_pays_and_everybody_sees_what_is_left(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        anna, ben, mei = (Member(house.guest(who)) for who in (ANNA, BEN, MEI))
        await go(anna, await anna.card(photo("woman"), photo("tee")))
        said = await quota(ben, "quota.pool")
        assert "18 credits left, for everybody" in said
        assert "You have used 0 credits here today." in said
        assert "You have used 2 credits here today." in await quota(anna, "quota.pool")
        assert "本群还剩 18 积分" in await quota(mei, "quota.pool")
        await anna.guest.say("/quota")
        assert "Today: 5 credits left" in words(await anna.guest.shown("quota"))


async def test_the_pool_runs_out_between_the_card_and_go(tmp_path: Path) -> None:
    async with open_house(tmp_path, group_daily_credits=2) as house:
        anna, ben = Member(house.guest()), Member(house.guest(BEN))
        first = await anna.card(photo("woman"), photo("tee"))
        second = await ben.card(photo("woman"), photo("dress"), wear="dress")
        assert "the group has 2" in words(first)
        assert "the group has 2" in words(second)
        await go(anna, first)
        pressed = await ben.guest.press(second, button(second, "Go"))
        await ben.guest.told(pressed, "no_credits", alert=True)
        answer = await ben.guest.wait_for_answer(pressed)
        assert "The group has 0 credits left today" in answer["text"]
        assert "New ones for the group come in" in answer["text"]
        assert len(house.ordered()) == 1
        await house.control.advance(DAY)
        await go(ben, second)


async def test_many_taps_of_many_members_spend_the_last_credits_once(tmp_path: Path) -> None:
    async with open_house(tmp_path, group_daily_credits=2) as house:
        members = [Member(house.guest(who)) for who in (ANNA, BEN, MEI)]
        cards = [await one.card(photo("woman"), photo("tee")) for one in members]
        taps = [
            one.guest.press(card, button(card, "2"), stale=True)
            for one, card in zip(members, cards, strict=True)
            for _ in range(10)
        ]
        await asyncio.gather(*taps)
        for one in members:
            await one.guest.all_answered()
        await members[0].guest.wait_for(has_picture, 20, chat=CLUB, since=0)
        assert len(house.ordered()) == 1


async def test_what_is_cancelled_goes_back_to_the_pool(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        house.server.dashscope.set_runtime("aitryon-plus", 600, 601)
        anna = Member(house.guest())
        card = await anna.card(photo("woman"), photo("tee"))
        await anna.tap(card, "button.go")
        assert "18 credits left" in await quota(anna, "quota.pool")
        await anna.say("/cancel")
        await anna.shown("progress.cancelled")
        assert "20 credits left" in await quota(anna, "quota.pool")


async def test_members_pay_themselves_where_that_was_chosen(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        anna = await choose(house, "payer")
        ben = Member(house.guest(BEN))
        card = await ben.card(photo("woman"), photo("tee"))
        assert "you have 5" in words(card)
        await go(ben, card)
        assert "You have 3 credits left" in await quota(ben, "quota.members")
        assert "You have 5 credits left" in await quota(anna, "quota.members")
        await house.end()
        [account] = await house.look("SELECT DISTINCT account FROM ledger WHERE kind = 'hold'")
        assert account == (f"person:{BEN}",)
        await house.start()


async def test_no_member_uses_more_than_the_limit(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        anna = await choose(house, "member_limit", "member_limit", "member_limit")
        ben = Member(house.guest(BEN))
        first = await ben.card(photo("woman"), photo("tee"))
        assert "you have 3 left in this group today" in words(first)
        await go(ben, first)
        second = await ben.card(photo("woman"), photo("dress"), wear="dress")
        await go(ben, second)  # of a quality that fits
        third = await ben.card(photo("woman"), photo("tee"))
        pressed = await ben.guest.press(third, button(third, "Go"))
        answer = await ben.guest.wait_for_answer(pressed)
        assert "You have 0 credits left in this group today" in answer["text"]
        assert "you get 3 credits again" in answer["text"]
        assert "used 3 credits here today, of 3 credits" in await quota(ben, "quota.used_of")
        await go(anna, await anna.card(photo("woman"), photo("tee")))


async def test_pictures_come_in_private_where_that_was_chosen(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        anna = await choose(house, "results")
        await anna.in_private()
        card = await anna.card(photo("woman"), photo("tee"))
        await anna.tap(card, "button.go")
        result = await anna.guest.shown("group.picture_private", seconds=20)
        done = await anna.shown("progress.done_in_private")
        assert done["message_id"] == card["message_id"]
        await picture_is_right(house, anna.guest, result, photo("woman"), ["tee"])
        pictures = [one for one in await anna.heard() if anna.guest.reads(one, "result")]
        assert pictures == [], "not in front of everybody"
        [original] = [one for one in await anna.guest.messages() if "document" in one]
        assert "reply_to_message" not in original, "what it would answer is in the group"


async def test_a_picture_waits_for_who_never_began_a_private_chat(tmp_path: Path) -> None:
    async with open_house(tmp_path, trouble=True) as house:
        anna = await choose(house, "results")
        ben = Member(house.guest(BEN))
        for wear, garment in (("top", "tee"), ("dress", "dress")):
            card = await ben.card(photo("woman"), photo(garment), wear=wear)
            await ben.tap(card, "button.go")
            await ben.shown("progress.done_in_private", seconds=20)
        told = await ben.guest.wait_for(
            lambda one: ben.guest.reads(one, "group.begin"), 20, chat=CLUB, since=0
        )
        [[link]] = told["reply_markup"]["inline_keyboard"]
        assert link["url"] == f"https://t.me/{NAME.removeprefix('@')}?start=picture"
        assert replied(told) > 0
        await anna.in_private()
        said = [one for one in await ben.heard() if ben.guest.reads(one, "group.begin")]
        assert len(said) == 1, "once, however many pictures wait"
        await ben.guest.say("/start picture")
        first = await ben.guest.wait_for(has_picture, 20)
        second = await ben.guest.wait_for(
            lambda one: has_picture(one) and one["message_id"] > first["message_id"], 20
        )
        for result, garment in ((first, "tee"), (second, "dress")):
            await picture_is_right(house, ben.guest, result, photo("woman"), [garment])
