"""Forum groups: everything stays in its topic, and each topic has its own dialogue."""

from dataclasses import replace
from pathlib import Path

from bot.demo.telegram.model import Topic
from bot.demo.world import STYLE_CLUB
from tests.journeys.club import Member, replied
from tests.journeys.house import open_house
from tests.journeys.photos import photo
from tests.people import Message

DRESSES, SHOES = 11, 12
FORUM = replace(STYLE_CLUB, topics=(Topic(DRESSES, "Dresses"), Topic(SHOES, "Shoes")))


def topic_of(message: Message) -> int | None:
    found: int | None = message.get("message_thread_id")
    return found


async def test_prompts_progress_and_the_picture_stay_in_their_topic(tmp_path: Path) -> None:
    async with open_house(tmp_path, group=FORUM) as house:
        anna = Member(house.guest(), topic=DRESSES)
        card = await anna.card(photo("woman"), photo("dress"), "dress")
        await anna.tap(card, "button.go")
        result = await anna.result()
        assert replied(result) == replied(card)
        await anna.tap(result, "job.before_after")
        await anna.shown("result.before_after")
        await anna.tap(result, "job.other_garment")
        await anna.shown("ask.garment.dress")
        assert {topic_of(one) for one in await anna.heard()} == {DRESSES}


async def test_each_topic_has_a_dialogue_of_its_own(tmp_path: Path) -> None:
    async with open_house(tmp_path, group=FORUM) as house:
        here = Member(house.guest(), topic=DRESSES)
        there = Member(house.guest(), topic=SHOES)
        general = Member(house.guest())
        await here.say("/tryon")
        await here.asked("ask.person")
        for other in (there, general):
            await other.send(photo("woman"), caption="/tryon")
            assert topic_of(await other.shown("ask.role")) == other.topic
        await here.send(photo("woman"), caption="/tryon")
        assert topic_of(await here.shown("ask.wear")) == DRESSES


async def test_a_failed_order_is_told_in_its_topic(tmp_path: Path) -> None:
    async with open_house(tmp_path, group=FORUM, trouble=True) as house:
        anna = Member(house.guest(), topic=SHOES)
        card = await anna.card(photo("woman"), photo("tee"))
        await house.control.fault("dashscope", "submit", "fail_task", code="InvalidPerson")
        await anna.tap(card, "button.go")
        await anna.shown("progress.drawing")
        await anna.guest.delete(card["message_id"], chat=anna.chat)
        failed = await anna.shown("fail.person_unclear", seconds=20)
        assert topic_of(failed) == SHOES


async def test_a_button_of_a_message_that_is_gone_belongs_to_its_topics_dialogue(
    tmp_path: Path,
) -> None:
    async with open_house(tmp_path, group=FORUM, trouble=True) as house:
        anna = Member(house.guest(), topic=SHOES)
        await anna.send(photo("woman"), caption="/tryon")
        role = await anna.asked("ask.role")
        await anna.guest.delete(role["message_id"], chat=anna.chat)
        await anna.tap(role, "role.person", stale=True)
        assert topic_of(await anna.shown("ask.wear")) == SHOES
