"""Groups as people run them: privacy mode, anonymity, channels, and what clients see of it."""

import pytest

from bot.demo.telegram.chats import Member
from bot.demo.telegram.errors import NotPossibleError
from bot.demo.telegram.files import Upload
from bot.demo.telegram.groups import post_in_channel, set_bot, set_member, set_privacy
from bot.demo.telegram.model import Status
from tests.demo.conftest import ANNA, BASIC, BEN, CLUB, MEI, NEWS, Local
from tests.demo.pictures import picture
from tests.demo.test_telegram_groups import group, seen


async def test_privacy_mode_can_be_switched(local: Local) -> None:
    anna = local.person(ANNA, CLUB)
    set_privacy(local.telegram, on=False)
    anna.say("heard")
    assert (await local.bot.get_me()).can_read_all_group_messages
    set_privacy(local.telegram, on=True)
    anna.say("not heard")
    assert seen(await local.updates()) == ["heard"]


async def test_whoever_writes_anonymously_still_owns_what_they_wrote(local: Local) -> None:
    set_member(
        local.telegram, group(local), BEN, Member(Status.ADMINISTRATOR, anonymous=True), by=ANNA
    )
    ben = local.person(BEN, CLUB)
    said = ben.say("talk")
    ben.edit(said.id, text="/tryon", caption=None)
    with pytest.raises(NotPossibleError, match="your own"):
        local.person(ANNA, CLUB).edit(said.id, text="x", caption=None)
    assert local.telegram.people_view(said)["author"] == BEN
    *_, update = await local.updates()
    assert update.edited_message
    assert update.edited_message.from_user
    assert update.edited_message.from_user.username == "GroupAnonymousBot"
    assert "author" not in update.edited_message.to_dict()


async def test_posts_of_the_linked_channel_are_forwarded_to_the_group(local: Local) -> None:
    photo = await local.telegram.files.add_photo(Upload("a.jpg", "", picture()), checked=False)
    post = post_in_channel(local.telegram, group(local), {"photo": photo, "caption": "New in"})
    assert await local.updates() == ()  # privacy mode
    local.person(ANNA, CLUB).say("/tryon", reply_to=post.id)
    (update,) = await local.updates()
    assert update.message
    assert update.message.reply_to_message
    shown = update.message.reply_to_message
    assert shown.is_automatic_forward
    assert shown.photo
    assert shown.sender_chat
    assert (shown.sender_chat.id, shown.sender_chat.type) == (NEWS, "channel")
    assert shown.from_user
    assert shown.from_user.id == 777000
    assert shown.forward_origin
    assert shown.forward_origin.type == "channel"
    assert (await local.bot.get_chat(CLUB)).linked_chat_id == NEWS
    with pytest.raises(NotPossibleError, match="no channel"):
        post_in_channel(local.telegram, group(local, BASIC), {"text": "x"})


async def test_changes_in_a_group_are_shown_to_everybodys_clients(local: Local) -> None:
    mute = Member(Status.RESTRICTED, denied=frozenset({"can_send_photos"}))
    set_bot(local.telegram, group(local), mute, by=ANNA)
    set_member(local.telegram, group(local), MEI, Member(Status.LEFT), by=MEI)
    for person in (ANNA, MEI):
        shown = [one["data"]["chat"] for one in local.events(person) if one["event"] == "chat"]
        assert [(one["bot"], one["bot_lacks"]) for one in shown] == [
            ("restricted", ["can_send_photos"])
        ] * 2
        assert [MEI in one["members"] for one in shown] == [True, False]
        assert shown[-1]["roles"] == {ANNA: "creator", BEN: "member"}
