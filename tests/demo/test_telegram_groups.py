"""Groups: what the bot sees there, its coming and going, topics, rights, blocking."""

from dataclasses import replace

import pytest
from telegram import Update
from telegram.error import BadRequest, ChatMigrated, Forbidden

from bot.demo.telegram.chats import Chat, Member
from bot.demo.telegram.errors import NotPossibleError
from bot.demo.telegram.files import Upload
from bot.demo.telegram.groups import (
    migrate,
    set_blocked,
    set_bot,
    set_member,
)
from bot.demo.telegram.model import Status
from tests.demo.conftest import (
    ANNA,
    BASIC,
    BEN,
    CLUB,
    DRESSES,
    FORUM,
    MEI,
    OLGA,
    SHOES,
    WORLD,
    Local,
)
from tests.demo.pictures import picture


def group(local: Local, chat_id: int = CLUB) -> Chat:
    chat = local.telegram.chats.get(chat_id)
    assert chat
    return chat


def seen(updates: tuple[Update, ...]) -> list[str | None]:
    return [one.message.text or one.message.caption for one in updates if one.message]


# --- privacy mode --------------------------------------------------------------------------


async def test_in_privacy_mode_the_bot_sees_only_what_is_meant_for_it(local: Local) -> None:
    anna = local.person(ANNA, CLUB)
    ours = await local.bot.send_message(CLUB, "hello")
    for text in (
        "/tryon",
        "/tryon@fitting_room_demo_bot",
        "/tryon@other_bot",
        "just talking",
        "ask @fitting_room_demo_bot",
        "please /tryon",
        "please /tryon@fitting_room_demo_bot",
    ):
        anna.say(text)
    anna.say("an answer", reply_to=ours.message_id)
    anna.say("to each other", reply_to=anna.say("talk").id)
    assert seen(await local.updates()) == [
        "/tryon",
        "/tryon@fitting_room_demo_bot",
        "please /tryon@fitting_room_demo_bot",
        "an answer",
    ]


async def test_in_privacy_mode_plain_photos_stay_unseen_but_captions_can_command(
    local: Local,
) -> None:
    anna, upload = local.person(ANNA, CLUB), Upload("a.jpg", "", picture())
    await anna.send_photos([upload])
    await anna.send_photos([upload], caption="look")
    await anna.send_photos([upload, upload], caption="/tryon")
    updates = await local.updates()
    # Of the album only the item with the caption arrives: each message counts for itself.
    assert seen(updates) == ["/tryon"]
    assert updates[0].message
    assert updates[0].message.caption_entities[0].type == "bot_command"


async def test_without_privacy_mode_or_as_administrator_the_bot_sees_everything() -> None:
    open_world = replace(WORLD, bot=replace(WORLD.bot, privacy_mode=False))
    without = Local(open_world)
    without.person(ANNA, CLUB).say("just talking")
    assert seen(await without.updates()) == ["just talking"]
    assert (await without.bot.get_me()).can_read_all_group_messages
    promoted = Local()
    set_bot(promoted.telegram, group(promoted), Member(Status.ADMINISTRATOR), by=ANNA)
    await promoted.updates()
    promoted.person(ANNA, CLUB).say("just talking")
    assert seen(await promoted.updates()) == ["just talking"]


async def test_edits_follow_the_same_rule(local: Local) -> None:
    anna = local.person(ANNA, CLUB)
    said = anna.say("talk")
    anna.edit(said.id, text="/tryon", caption=None)
    (update,) = await local.updates()
    assert update.edited_message


# --- coming and going ----------------------------------------------------------------------


async def test_being_removed_and_added_is_told(local: Local) -> None:
    set_bot(local.telegram, group(local), Member(Status.KICKED), by=BEN)
    removed, farewell = await local.updates()
    assert removed.my_chat_member
    assert removed.my_chat_member.from_user.id == BEN
    assert removed.my_chat_member.old_chat_member.status == "member"
    assert removed.my_chat_member.new_chat_member.status == "kicked"
    assert farewell.message
    assert farewell.message.left_chat_member
    assert farewell.message.left_chat_member.id == WORLD.bot.id
    local.person(ANNA, CLUB).say("/tryon")
    assert await local.updates() == ()
    set_bot(local.telegram, group(local), Member(Status.MEMBER), by=BEN)
    added, welcome = await local.updates()
    assert added.my_chat_member
    assert added.my_chat_member.new_chat_member.status == "member"
    assert welcome.message
    assert welcome.message.new_chat_members[0].id == WORLD.bot.id


async def test_a_bot_that_is_not_in_the_group_cannot_speak_there(local: Local) -> None:
    set_bot(local.telegram, group(local), Member(Status.KICKED), by=BEN)
    with pytest.raises(Forbidden, match="bot was kicked from the supergroup chat"):
        await local.bot.send_message(CLUB, "x")
    set_bot(local.telegram, group(local, BASIC), Member(Status.LEFT), by=BEN)
    with pytest.raises(Forbidden, match="bot is not a member of the group chat"):
        await local.bot.send_message(BASIC, "x")


async def test_leaving_a_group(local: Local) -> None:
    assert await local.bot.leave_chat(CLUB)
    (told, farewell) = await local.updates()
    assert told.my_chat_member
    assert told.my_chat_member.new_chat_member.status == "left"
    assert farewell.message
    local.start(ANNA)
    with pytest.raises(BadRequest, match="private chats"):
        await local.bot.leave_chat(ANNA)


async def test_members_come_and_go(local: Local) -> None:
    set_member(local.telegram, group(local), OLGA, Member(Status.MEMBER), by=ANNA)
    set_member(local.telegram, group(local), MEI, Member(Status.LEFT), by=MEI)
    joined, left = await local.updates()
    assert joined.message
    assert joined.message.new_chat_members[0].id == OLGA
    assert left.message
    assert left.message.left_chat_member
    assert left.message.left_chat_member.id == MEI
    with pytest.raises(NotPossibleError):
        local.person(MEI, CLUB)


async def test_changes_of_members_are_told_to_administrators_that_ask(local: Local) -> None:
    set_bot(local.telegram, group(local), Member(Status.ADMINISTRATOR), by=ANNA)
    await local.updates(["chat_member"])
    set_member(local.telegram, group(local), BEN, Member(Status.ADMINISTRATOR), by=ANNA)
    updates = await local.updates()
    assert updates[-1].chat_member
    assert updates[-1].chat_member.new_chat_member.status == "administrator"


async def test_a_group_becomes_a_supergroup_with_another_id(local: Local) -> None:
    new = migrate(local.telegram, group(local, BASIC), by=ANNA)
    joined, there, here = await local.updates()
    assert joined.my_chat_member
    assert joined.my_chat_member.chat.id == new.id
    assert joined.my_chat_member.new_chat_member.status == "member"
    assert there.message
    assert there.message.migrate_to_chat_id == new.id
    assert here.message
    assert here.message.migrate_from_chat_id == BASIC
    assert here.message.sender_chat
    assert here.message.sender_chat.id == new.id
    assert new.id < -1_000_000_000_000
    with pytest.raises(ChatMigrated) as moved:
        await local.bot.send_message(BASIC, "x")
    assert moved.value.new_chat_id == new.id
    assert (await local.bot.send_message(new.id, "x")).chat.type == "supergroup"
    with pytest.raises(NotPossibleError, match="has become"):
        local.person(ANNA, BASIC).say("x")
    with pytest.raises(NotPossibleError, match="only once"):
        migrate(local.telegram, group(local, BASIC), by=ANNA)


# --- rights --------------------------------------------------------------------------------


async def test_without_the_right_to_send_photos_texts_still_go(local: Local) -> None:
    mute = Member(Status.RESTRICTED, denied=frozenset({"can_send_photos"}))
    set_bot(local.telegram, group(local), mute, by=ANNA)
    with pytest.raises(BadRequest, match=r"(?i)not enough rights to send photos to the chat"):
        await local.bot.send_photo(CLUB, picture())
    assert await local.bot.send_message(CLUB, "no photos here")
    mine = await local.bot.get_chat_member(CLUB, WORLD.bot.id)
    assert mine.status == "restricted"
    assert mine.to_dict()["can_send_photos"] is False


async def test_without_the_right_to_write_nothing_goes(local: Local) -> None:
    mute = Member(Status.RESTRICTED, denied=frozenset({"can_send_messages"}))
    set_bot(local.telegram, group(local), mute, by=ANNA)
    with pytest.raises(BadRequest, match=r"(?i)not enough rights to send text messages"):
        await local.bot.send_message(CLUB, "x")


async def test_an_anonymous_administrator_writes_as_the_group(local: Local) -> None:
    set_member(local.telegram, group(local), ANNA, Member(Status.CREATOR, anonymous=True), by=ANNA)
    await local.updates()
    local.person(ANNA, CLUB).say("/tryon")
    (update,) = await local.updates()
    assert update.message
    assert update.message.from_user
    assert update.message.from_user.id == 1087968824
    assert update.message.sender_chat
    assert update.message.sender_chat.id == CLUB


async def test_who_is_in_a_chat(local: Local) -> None:
    local.start(ANNA)
    set_member(local.telegram, group(local), BEN, Member(Status.ADMINISTRATOR), by=ANNA)
    administrators = await local.bot.get_chat_administrators(CLUB)
    assert [(one.user.id, one.status) for one in administrators] == [
        (ANNA, "creator"),
        (BEN, "administrator"),
    ]
    assert await local.bot.get_chat_member_count(CLUB) == 4
    assert (await local.bot.get_chat_member(CLUB, MEI)).status == "member"
    assert (await local.bot.get_chat_member(CLUB, OLGA)).status == "left"
    assert (await local.bot.get_chat_member(ANNA, ANNA)).status == "member"
    with pytest.raises(BadRequest, match=r"(?i)user not found"):
        await local.bot.get_chat_member(CLUB, 77)
    with pytest.raises(BadRequest, match=r"(?i)user not found"):
        await local.bot.get_chat_member(ANNA, BEN)


async def test_chats_are_described(local: Local) -> None:
    local.start(ANNA)
    assert (await local.bot.get_chat(ANNA)).first_name == "Anna"
    club = await local.bot.get_chat("@style_club")
    assert club.id == CLUB
    assert club.permissions
    assert (await local.bot.get_chat(FORUM)).is_forum
    with pytest.raises(BadRequest, match=r"(?i)chat not found"):
        await local.bot.get_chat(-999)


# --- topics --------------------------------------------------------------------------------


async def test_messages_in_a_topic_carry_it_and_reply_to_its_first_message(local: Local) -> None:
    local.person(ANNA, FORUM).say("/tryon", topic=DRESSES)
    (update,) = await local.updates()
    assert update.message
    assert update.message.message_thread_id == DRESSES
    assert update.message.is_topic_message
    assert update.message.reply_to_message
    assert update.message.reply_to_message.forum_topic_created
    assert update.message.reply_to_message.message_id == DRESSES


async def test_the_bot_answers_in_the_topic_it_names(local: Local) -> None:
    sent = await local.bot.send_message(FORUM, "shoes!", message_thread_id=SHOES)
    assert sent.message_thread_id == SHOES
    assert sent.is_topic_message
    general = await local.bot.send_message(FORUM, "everybody")
    assert general.message_thread_id is None


async def test_a_reply_stays_in_the_topic_of_its_target(local: Local) -> None:
    asked = local.person(ANNA, FORUM).say("/tryon", topic=SHOES)
    reply = {"message_id": asked.id}
    sent = await local.call("sendMessage", chat_id=FORUM, text="x", reply_parameters=reply)
    assert sent["result"]["message_thread_id"] == SHOES


async def test_a_topic_that_is_not_there_is_refused(local: Local) -> None:
    for chat in (FORUM, CLUB):
        with pytest.raises(BadRequest, match=r"(?i)message thread not found"):
            await local.bot.send_message(chat, "x", message_thread_id=99)
    with pytest.raises(NotPossibleError, match="no topic 99"):
        local.person(ANNA, FORUM).say("x", topic=99)


async def test_replies_in_a_group_without_topics_have_a_thread_nobody_can_send_to(
    local: Local,
) -> None:
    ours = await local.bot.send_message(CLUB, "hello")
    local.person(ANNA, CLUB).say("hi", reply_to=ours.message_id)
    (update,) = await local.updates()
    assert update.message
    assert update.message.message_thread_id == ours.message_id
    assert not update.message.is_topic_message
    with pytest.raises(BadRequest, match=r"(?i)message thread not found"):
        await local.bot.send_message(CLUB, "x", message_thread_id=ours.message_id)


# --- private chats -------------------------------------------------------------------------


async def test_blocking_and_unblocking_is_told_and_stops_messages(local: Local) -> None:
    local.start(ANNA)
    chat = local.person(ANNA).chat
    sent = await local.bot.send_message(ANNA, "hello")
    set_blocked(local.telegram, chat, blocked=True)
    (blocked,) = await local.updates()
    assert blocked.my_chat_member
    assert blocked.my_chat_member.new_chat_member.status == "kicked"
    for method, params in (
        ("sendMessage", {"text": "x"}),
        ("sendPhoto", {"photo": "x"}),
        ("sendChatAction", {"action": "typing"}),
        ("editMessageText", {"message_id": sent.message_id, "text": "x"}),
    ):
        said = await local.refused(method, chat_id=ANNA, **params)
        assert said == "Forbidden: bot was blocked by the user"
    with pytest.raises(NotPossibleError, match="unblock it first"):
        local.person(ANNA).say("x")
    set_blocked(local.telegram, chat, blocked=False)
    (unblocked,) = await local.updates()
    assert unblocked.my_chat_member
    assert unblocked.my_chat_member.new_chat_member.status == "member"
    assert await local.bot.send_message(ANNA, "again")


async def test_a_bot_cannot_begin_a_conversation(local: Local) -> None:
    with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
        await local.bot.send_message(ANNA, "hello")  # she is in a group with the bot
    with pytest.raises(BadRequest, match=r"(?i)chat not found"):
        await local.bot.send_message(OLGA, "hello")  # the bot has never met her
    local.person(OLGA).say("/start")
    assert await local.bot.send_message(OLGA, "hello")
