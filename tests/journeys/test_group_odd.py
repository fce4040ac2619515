"""What else a group brings: channels, late photos, pictures of the bot's own, a full minute."""

from pathlib import Path
from typing import Any

import pytest

from tests.journeys.club import CLUB, NAME, Member, replied
from tests.journeys.house import ANNA, BEN, MEI, House, open_house
from tests.journeys.photos import photo
from tests.people import Json, Message, words

CHANNEL: Json = {"id": -100_900, "type": "channel", "title": "Style News"}
TELEGRAM: Json = {"id": 777000, "is_bot": False, "first_name": "Telegram"}
CHANNEL_BOT: Json = {
    "id": 136817688,
    "is_bot": True,
    "first_name": "Channel",
    "username": "Channel_Bot",
}


def command(text: str) -> Json:
    return {"text": text, "entities": [{"type": "bot_command", "offset": 0, "length": len(text)}]}


async def shown_photo(member: Member) -> Message:
    """Send a photo that calls nobody and return its message."""
    number = await member.send(photo("woman"))
    return next(
        one for one in await member.guest.messages(member.chat) if one["message_id"] == number
    )


async def inject(house: House, message: Json) -> None:
    chat = {"id": CLUB, "type": "supergroup", "title": "Style Club"}
    await house.control.inject({"message": {"message_id": 900, "date": 1, "chat": chat} | message})


async def test_posts_of_a_linked_channel_and_of_members_as_channels_are_left_alone(
    tmp_path: Path,
) -> None:
    async with open_house(tmp_path) as house:
        anna = Member(house.guest())
        post = {"from": TELEGRAM, "sender_chat": CHANNEL, "is_automatic_forward": True}
        await inject(house, {**post, **command(f"/tryon{NAME}")})
        await inject(house, {"from": CHANNEL_BOT, "sender_chat": CHANNEL, **command("/tryon")})
        picture = await shown_photo(anna)
        caption = {"caption": "/tryon", "caption_entities": command("/tryon")["entities"]}
        await inject(house, {**post, **caption, "photo": picture["photo"]})
        await anna.in_private()
        assert await anna.heard() == []


async def test_a_reply_to_a_channels_post_takes_its_photo(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        anna = Member(house.guest())
        picture = await shown_photo(anna)
        post = {
            "message_id": picture["message_id"],
            "date": 1,
            "chat": picture["chat"],
            "from": TELEGRAM,
            "sender_chat": CHANNEL,
            "is_automatic_forward": True,
            "photo": picture["photo"],
        }
        author = {"id": ANNA, "is_bot": False, "first_name": "Anna", "language_code": "en"}
        thread = {"message_thread_id": picture["message_id"]}  # its comments, not a topic
        await inject(
            house, {"from": author, "reply_to_message": post, **thread, **command("/tryon")}
        )
        await anna.asked("ask.role")


async def test_a_late_item_of_an_album_is_not_lost_without_a_word(tmp_path: Path) -> None:
    async with open_house(tmp_path, privacy_mode=False) as house:
        anna = Member(house.guest())
        await anna.send(photo("woman"), photo("tee"), caption="/tryon")
        asked = await anna.asked("ask.wear_unnamed")
        await anna.tap(asked, "wear.top")
        await anna.shown("card.top")
        said = await anna.guest.messages(CLUB)
        item: dict[str, Any] = next(one for one in said if "media_group_id" in one)
        late = {name: item[name] for name in ("from", "media_group_id", "photo")}
        await inject(house, late)
        await anna.shown("album_late")
        await inject(house, late | {"media_group_id": "another"})
        await anna.in_private()
        assert words((await anna.heard())[-1]).startswith("One more photo")


async def test_a_finished_picture_of_anybody_can_be_restyled(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        anna, ben = Member(house.guest()), Member(house.guest(BEN))
        await anna.tap(await anna.card(photo("woman"), photo("tee")), "button.go")
        result = await anna.result()
        called = await ben.say("/restyle anime", reply_to=result)
        card = await ben.asked("card.look")
        assert replied(card) == called
        await ben.tap(card, "button.go")
        await ben.shown("result.restyle", seconds=20)
        assert len(house.ordered()) == 2


async def test_an_unusable_answer_to_ones_own_prompt_is_told_why(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        anna, ben = Member(house.guest()), Member(house.guest(BEN))
        await anna.say("/tryon")
        asked = await anna.asked("ask.person")
        await ben.say("/tryon")
        await ben.asked("ask.person")
        before = len(await ben.heard())
        await ben.say("nice!", reply_to=asked)  # not his prompt
        await ben.in_private()
        assert len(await ben.heard()) == before
        await anna.say("is this right?", reply_to=asked)
        again = await anna.shown("no_words")
        assert "force_reply" in again


async def test_three_members_at_once_stay_within_telegrams_limits(tmp_path: Path) -> None:
    async with open_house(tmp_path, group_daily_credits=100) as house:
        await house.control.enforce_limits()
        members = [Member(house.guest(person)) for person in (ANNA, BEN, MEI)]
        cards = [await member.card(photo("woman"), photo("tee")) for member in members]
        for member, card in zip(members, cards, strict=True):
            await member.tap(card, "button.go")
        for member, card in zip(members, cards, strict=True):
            await member.result(replied(card))


@pytest.mark.parametrize("how", ["caption", "reply"])
async def test_in_private_too_a_style_can_be_named(tmp_path: Path, how: str) -> None:
    async with open_house(tmp_path) as house:
        anna = house.guest()
        await anna.agree()
        if how == "caption":
            await anna.send_photos(photo("woman"), caption="/restyle anime")
        else:
            (portrait,) = await anna.send_photos(photo("woman"))
            await anna.shown("ask.wear")
            await anna.say("/restyle anime", reply_to=portrait)
        card = await anna.shown("card.look")
        assert "Anime" in card["caption"]
