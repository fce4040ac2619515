"""A dearer model in a group: whoever ordered is asked, the pool pays, the limit holds."""

from pathlib import Path

from tests.journeys.checks import picture_is_right
from tests.journeys.club import CLUB, Member, replied
from tests.journeys.house import BEN, House, open_house
from tests.journeys.photos import photo
from tests.journeys.test_detours import CHEAP_FIRST
from tests.journeys.test_group_quota import choose, quota
from tests.journeys.test_groupsettings import panel, press
from tests.people import Message


async def _asked(house: House, member: Member) -> Message:
    """Order from a model that is gone where the other one is dearer; return the question."""
    card = await member.card(photo("woman"), photo("tee"))
    await house.control.fault("dashscope", "submit", "404", model="aitryon")
    await member.tap(card, "button.go")
    return await member.shown("detour.ask")


async def test_only_who_ordered_answers_and_the_pool_pays(tmp_path: Path) -> None:
    async with open_house(tmp_path, trouble=True, tryon_models=CHEAP_FIRST) as house:
        anna, ben = Member(house.guest()), Member(house.guest(BEN))
        question = await _asked(house, anna)
        assert replied(question) > 0
        assert "19 credits left" in await quota(ben, "quota.pool")
        for key in ("job.yes", "job.no"):
            await ben.guest.told(await ben.tap(question, key), "not_yours")
        assert anna.guest.reads(await anna.guest.now(question, chat=CLUB), "detour.ask")
        await anna.guest.told(await anna.tap(question, "job.yes"), "offer_taken")
        result = await anna.result()
        await picture_is_right(house, anna.guest, result, photo("woman"), ["tee"], chat=CLUB)
        settled = await anna.guest.now(question, chat=CLUB)
        assert anna.guest.reads(settled, "detour.settled.taken")
        assert "18 credits left" in await quota(ben, "quota.pool")
        assert "You have used 2 credits here today." in await quota(anna, "quota.pool")


async def test_a_yes_does_not_pass_the_members_limit(tmp_path: Path) -> None:
    async with open_house(tmp_path, trouble=True, tryon_models=CHEAP_FIRST) as house:
        anna = await choose(house, "member_limit")
        ben = Member(house.guest(BEN))
        question = await _asked(house, ben)
        await ben.guest.told(await ben.tap(question, "job.yes"), "offer_too_dear", alert=True)
        assert ben.guest.reads(await ben.guest.now(question, chat=CLUB), "detour.ask")
        assert "used 1 credit here today, of 1 credit" in await quota(ben, "quota.used_of")
        await press(anna, await panel(anna), "member_limit")  # from 1 to 2
        await ben.guest.told(await ben.tap(question, "job.yes"), "offer_taken")
        await ben.result()
        assert "used 2 credits here today, of 2 credits" in await quota(ben, "quota.used_of")
