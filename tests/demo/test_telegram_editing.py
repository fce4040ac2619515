"""Edits and deletions: what changes, what may not, and what people see of it."""

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, InputMediaDocument, InputMediaPhoto
from telegram.error import BadRequest

from bot.demo.telegram.chats import Member
from bot.demo.telegram.files import Upload
from bot.demo.telegram.groups import set_bot
from bot.demo.telegram.model import Status
from tests.demo.conftest import ANNA, CLUB, Local
from tests.demo.pictures import picture

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are "
    "exactly the same as a current content and reply markup of the message"
)


def keyboard(data: str = "go") -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton("Go", callback_data=data)]])


async def test_a_text_is_edited_in_place(local: Local) -> None:
    local.start(ANNA)
    sent = await local.bot.send_message(ANNA, "old", reply_markup=keyboard())
    local.clock.advance(5)
    edited = await local.bot.edit_message_text(
        "<b>new</b>", ANNA, sent.message_id, parse_mode="HTML", reply_markup=keyboard("more")
    )
    assert not isinstance(edited, bool)
    assert edited.text == "new"
    assert edited.message_id == sent.message_id
    assert edited.edit_date
    event = local.events(ANNA)[-1]
    assert event["event"] == "edited"
    assert event["data"]["message"]["text"] == "new"


async def test_an_edit_without_buttons_takes_them_off(local: Local) -> None:
    local.start(ANNA)
    sent = await local.bot.send_message(ANNA, "old", reply_markup=keyboard())
    await local.bot.edit_message_text("new", ANNA, sent.message_id)
    shown = local.person(ANNA).messages()[-1]
    assert "reply_markup" not in shown


async def test_an_edit_that_changes_nothing_is_refused(local: Local) -> None:
    local.start(ANNA)
    sent = await local.call(
        "sendMessage",
        chat_id=ANNA,
        text="same",
        reply_markup={"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]},
    )
    here = {"chat_id": ANNA, "message_id": sent["result"]["message_id"]}
    markup = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}
    assert (
        await local.refused("editMessageText", **here, text="same", reply_markup=markup)
        == NOT_MODIFIED
    )
    assert (
        await local.refused("editMessageReplyMarkup", **here, reply_markup=markup) == NOT_MODIFIED
    )
    # The same text without its buttons is a change.
    assert (await local.call("editMessageText", **here, text="same"))["ok"]
    assert await local.refused("editMessageReplyMarkup", **here) == NOT_MODIFIED


async def test_a_text_becomes_a_photo_and_keeps_its_place(local: Local) -> None:
    local.start(ANNA)
    sent = await local.bot.send_message(ANNA, "wait", reply_markup=keyboard())
    edited = await local.bot.edit_message_media(
        InputMediaPhoto(picture(), caption="done"), ANNA, sent.message_id
    )
    assert not isinstance(edited, bool)
    assert edited.photo
    assert edited.caption == "done"
    assert edited.text is None
    assert edited.reply_markup is None


async def test_a_photo_becomes_another_photo_or_a_document(local: Local) -> None:
    local.start(ANNA)
    sent = await local.bot.send_photo(ANNA, picture(), caption="one")
    other = await local.bot.edit_message_media(
        InputMediaPhoto(picture(colour="navy")), ANNA, sent.message_id
    )
    assert not isinstance(other, bool)
    assert other.photo != sent.photo
    assert other.caption is None
    file = await local.bot.edit_message_media(
        InputMediaDocument(picture(), filename="a.jpg"), ANNA, sent.message_id
    )
    assert not isinstance(file, bool)
    assert file.document
    assert not file.photo


async def test_the_same_photo_again_is_no_change(local: Local) -> None:
    local.start(ANNA)
    sent = await local.bot.send_photo(ANNA, picture())
    media = {"type": "photo", "media": sent.photo[-1].file_id}
    said = await local.refused(
        "editMessageMedia", chat_id=ANNA, message_id=sent.message_id, media=media
    )
    assert said == NOT_MODIFIED


async def test_a_caption_is_edited_and_removed(local: Local) -> None:
    local.start(ANNA)
    sent = await local.bot.send_photo(ANNA, picture(), caption="old")
    edited = await local.bot.edit_message_caption(ANNA, sent.message_id, caption="new")
    assert not isinstance(edited, bool)
    assert edited.caption == "new"
    assert edited.photo == sent.photo
    bare = await local.bot.edit_message_caption(ANNA, sent.message_id)
    assert not isinstance(bare, bool)
    assert bare.caption is None


async def test_edits_must_fit_the_message(local: Local) -> None:
    local.start(ANNA)
    text = (await local.bot.send_message(ANNA, "text")).message_id
    photo = (await local.bot.send_photo(ANNA, picture())).message_id
    with pytest.raises(BadRequest, match=r"(?i)there is no text in the message to edit"):
        await local.bot.edit_message_text("x", ANNA, photo)
    with pytest.raises(BadRequest, match=r"(?i)there is no caption in the message to edit"):
        await local.bot.edit_message_caption(ANNA, text, caption="x")
    said = await local.refused(
        "editMessageMedia", chat_id=ANNA, message_id=text, media={"type": "video", "media": "x"}
    )
    assert "no media of type" in said
    said = await local.refused("editMessageMedia", chat_id=ANNA, message_id=text, media="[]")
    assert "expected an Object" in said
    said = await local.refused(
        "editMessageText", chat_id=ANNA, message_id=text, text="x", reply_markup={"force_reply": 1}
    )
    assert "inline keyboard expected" in said


async def test_only_messages_that_are_there_and_its_own_can_be_edited(local: Local) -> None:
    local.start(ANNA)
    hers = local.person(ANNA).say("mine").id
    assert "message to edit not found" in await local.refused(
        "editMessageText", chat_id=ANNA, message_id=999, text="x"
    )
    assert "message can't be edited" in await local.refused(
        "editMessageText", chat_id=ANNA, message_id=hers, text="x"
    )


async def test_a_deleted_message_is_gone_for_people_too(local: Local) -> None:
    local.start(ANNA)
    sent = await local.bot.send_message(ANNA, "oops")
    assert await local.bot.delete_message(ANNA, sent.message_id)
    assert all(one["message_id"] != sent.message_id for one in local.person(ANNA).messages())
    event = local.events(ANNA)[-1]
    assert event["event"] == "deleted"
    assert event["data"] == {"chat_id": ANNA, "message_id": sent.message_id}
    with pytest.raises(BadRequest, match=r"(?i)message to delete not found"):
        await local.bot.delete_message(ANNA, sent.message_id)


async def test_the_bot_may_delete_what_people_write_to_it_in_private(local: Local) -> None:
    local.start(ANNA)
    hers = local.person(ANNA).say("secret")
    assert await local.bot.delete_message(ANNA, hers.id)


async def test_in_a_group_deleting_others_messages_takes_the_right(local: Local) -> None:
    hers = local.person(ANNA, CLUB).say("spam")
    with pytest.raises(BadRequest, match=r"(?i)message can't be deleted"):
        await local.bot.delete_message(CLUB, hers.id)
    chat = local.person(ANNA, CLUB).chat
    set_bot(local.telegram, chat, Member(Status.ADMINISTRATOR), by=ANNA)
    assert await local.bot.delete_message(CLUB, hers.id)


async def test_after_48_hours_nothing_is_deleted(local: Local) -> None:
    local.start(ANNA)
    sent = await local.bot.send_message(ANNA, "old")
    local.clock.advance(48 * 3600 + 1)
    with pytest.raises(BadRequest, match=r"(?i)message can't be deleted for everyone"):
        await local.bot.delete_message(ANNA, sent.message_id)


async def test_many_are_deleted_at_once_and_missing_ones_skipped(local: Local) -> None:
    local.start(ANNA)
    ids = [(await local.bot.send_message(ANNA, str(number))).message_id for number in range(3)]
    assert await local.bot.delete_messages(ANNA, [*ids, 999])
    assert [one["text"] for one in local.person(ANNA).messages()] == ["/start"]
    assert "1 to 100" in await local.refused("deleteMessages", chat_id=ANNA, message_ids=[])


async def test_what_a_person_edits_reaches_the_bot_as_an_edited_message(local: Local) -> None:
    local.start(ANNA)
    anna = local.person(ANNA)
    text = anna.say("oen")
    (photo,) = await anna.send_photos([Upload("a.jpg", "", picture())], caption="brefore")
    await local.updates()
    anna.edit(text.id, text="one /start", caption=None)
    anna.edit(photo.id, text=None, caption="before")
    edits = [update.edited_message for update in await local.updates()]
    assert [edit and (edit.text or edit.caption) for edit in edits] == ["one /start", "before"]
    assert all(edit and edit.edit_date for edit in edits)
