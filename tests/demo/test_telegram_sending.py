"""What the bot sends: texts, replies, photos, files, albums, copies, actions."""

import pytest
from telegram import (
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    InputMediaPhoto,
    ReplyParameters,
)
from telegram.error import BadRequest

from bot.demo.telegram.files import Upload
from tests.demo.conftest import ANNA, BEN, CLUB, FORUM, Local
from tests.demo.pictures import format_of, picture, size_of


def keyboard(data: str = "go") -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton("Go", callback_data=data)]])


async def test_a_message_arrives_with_entities_and_buttons(local: Local) -> None:
    local.start(ANNA)
    sent = await local.bot.send_message(
        ANNA, "<b>Hi</b> 😀 /help", parse_mode="HTML", reply_markup=keyboard()
    )
    assert sent.text == "Hi 😀 /help"
    assert [one.type for one in sent.entities] == ["bold", "bot_command"]
    assert sent.entities[1].offset == 6
    assert sent.from_user
    assert sent.from_user.is_bot
    shown = local.person(ANNA).messages()[-1]
    assert shown["text"] == "Hi 😀 /help"
    assert shown["reply_markup"]["inline_keyboard"] == [[{"text": "Go", "callback_data": "go"}]]


async def test_people_do_not_cause_updates_for_what_the_bot_sends(local: Local) -> None:
    local.start(ANNA)
    await local.bot.send_message(ANNA, "hello")
    assert await local.updates() == ()


async def test_message_ids_rise_in_private_chats_and_each_supergroup_has_its_own(
    local: Local,
) -> None:
    local.start(ANNA, BEN)
    one = await local.bot.send_message(ANNA, "1")
    two = await local.bot.send_message(BEN, "2")
    three = await local.bot.send_message(ANNA, "3")
    in_group = await local.bot.send_message(CLUB, "4")
    assert one.message_id < two.message_id < three.message_id
    assert in_group.message_id == 1


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "message text is empty"),
        ("  \n ", "message text is empty"),
        ("x" * 4097, "message is too long"),
        ("😀" * 2049, "message is too long"),
    ],
)
async def test_a_text_has_1_to_4096_units(local: Local, text: str, complaint: str) -> None:
    local.start(ANNA)
    said = await local.refused("sendMessage", chat_id=ANNA, text=text)
    assert said == f"Bad Request: {complaint}"
    assert (await local.call("sendMessage", chat_id=ANNA, text="x" * 4096))["ok"]


async def test_a_caption_has_at_most_1024_units(local: Local) -> None:
    local.start(ANNA)
    sent = await local.bot.send_photo(
        ANNA, picture(), caption=f"<b>{'x' * 1024}</b>", parse_mode="HTML"
    )
    assert sent.caption == "x" * 1024
    with pytest.raises(BadRequest, match=r"[Mm]essage caption is too long"):
        await local.bot.send_photo(ANNA, picture(), caption="x" * 1025)


async def test_the_limit_counts_after_parsing(local: Local) -> None:
    local.start(ANNA)
    source = "<b>" + "x&amp;" * 2048 + "</b>"
    sent = await local.bot.send_message(ANNA, source, parse_mode="HTML")
    assert sent.text
    assert len(sent.text) == 4096


async def test_only_html_and_plain_text_are_understood(local: Local) -> None:
    local.start(ANNA)
    assert "unsupported parse_mode" in await local.refused(
        "sendMessage", chat_id=ANNA, text="x", parse_mode="BBCode"
    )
    assert "use parse_mode HTML" in await local.refused(
        "sendMessage", chat_id=ANNA, text="x", parse_mode="MarkdownV2"
    )


async def test_given_entities_are_kept(local: Local) -> None:
    local.start(ANNA)
    bold = {"type": "bold", "offset": 0, "length": 2}
    sent = await local.call("sendMessage", chat_id=ANNA, text="hi", entities=[bold])
    assert sent["result"]["entities"] == [bold]
    assert "MessageEntity" in await local.refused(
        "sendMessage", chat_id=ANNA, text="hi", entities=[{"type": "bold"}]
    )


async def test_a_mentioned_person_is_filled_in_and_nobody_is_left_out(local: Local) -> None:
    local.start(ANNA)
    link = '<a href="tg://user?id={}">x</a>'
    sent = await local.bot.send_message(ANNA, link.format(BEN), parse_mode="HTML")
    assert sent.entities[0].user
    assert sent.entities[0].user.first_name == "Ben"
    nobody = await local.bot.send_message(ANNA, link.format(77), parse_mode="HTML")
    assert nobody.entities == ()


@pytest.mark.parametrize(
    "data", ["", "x" * 65, "é" * 33], ids=["empty", "65 bytes", "66 bytes in 33 characters"]
)
async def test_callback_data_has_1_to_64_bytes(local: Local, data: str) -> None:
    local.start(ANNA)
    markup = {"inline_keyboard": [[{"text": "x", "callback_data": data}]]}
    said = await local.refused("sendMessage", chat_id=ANNA, text="x", reply_markup=markup)
    assert said == "Bad Request: BUTTON_DATA_INVALID"


@pytest.mark.parametrize(
    ("markup", "complaint"),
    [
        ("nonsense", "can't parse reply_markup JSON object"),
        ([1], "object expected as reply markup"),
        ({"what": 1}, "object expected as reply markup"),
        ({"inline_keyboard": [{}]}, "Array of Arrays"),
        ({"inline_keyboard": [[{"text": "x"}]]}, "Text buttons are unallowed"),
        ({"inline_keyboard": [[{"text": "", "callback_data": "x"}]]}, '"text"'),
        ({"inline_keyboard": [[{"text": "x", "url": "nowhere"}]]}, "Wrong HTTP URL specified"),
        ({"inline_keyboard": [[{"text": "x", "url": "https://a", "callback_data": "b"}]]}, "Text"),
        ({"inline_keyboard": [[{"text": "x", "callback_data": "b"}]] * 101}, "too long"),
    ],
)
async def test_odd_markup_is_refused(local: Local, markup: object, complaint: str) -> None:
    local.start(ANNA)
    said = await local.refused("sendMessage", chat_id=ANNA, text="x", reply_markup=markup)
    assert complaint in said


async def test_a_reply_shows_the_message_it_answers_but_not_that_ones(local: Local) -> None:
    local.start(ANNA)
    question = local.person(ANNA).say("why?")
    answer = await local.bot.send_message(
        ANNA, "because", reply_parameters=ReplyParameters(question.id)
    )
    assert answer.reply_to_message
    assert answer.reply_to_message.text == "why?"
    second = await local.bot.send_message(
        ANNA, "so", reply_parameters=ReplyParameters(answer.message_id)
    )
    assert second.reply_to_message
    assert second.reply_to_message.reply_to_message is None


async def test_a_reply_to_a_deleted_message_fails_unless_that_is_allowed(local: Local) -> None:
    local.start(ANNA)
    gone = local.person(ANNA).say("gone")
    local.person(ANNA).delete(gone.id)
    with pytest.raises(BadRequest, match=r"[Mm]essage to be replied not found"):
        await local.bot.send_message(ANNA, "x", reply_parameters=ReplyParameters(gone.id))
    sent = await local.bot.send_message(
        ANNA, "x", reply_parameters=ReplyParameters(gone.id, allow_sending_without_reply=True)
    )
    assert sent.reply_to_message is None


async def test_a_message_that_asks_for_a_reply_shows_people_so(local: Local) -> None:
    await local.bot.send_message(CLUB, "Send the garment", reply_markup=ForceReply(selective=True))
    shown = local.person(ANNA, CLUB).messages()[-1]
    assert shown["force_reply"] == {"force_reply": True, "selective": True}
    assert "reply_markup" not in shown


async def test_a_photo_comes_back_in_several_sizes_as_jpeg(local: Local) -> None:
    local.start(ANNA)
    sent = await local.bot.send_photo(ANNA, picture(1500, 3000, kind="PNG"))
    assert [(one.width, one.height) for one in sent.photo] == [
        (45, 90),
        (160, 320),
        (400, 800),
        (640, 1280),
        (1280, 2560),
    ]
    file = await local.bot.get_file(sent.photo[-1].file_id)
    data = bytes(await file.download_as_bytearray())
    assert format_of(data) == "JPEG"
    assert size_of(data) == (1280, 2560)
    assert sent.photo[-1].file_size == len(data)


async def test_a_small_photo_keeps_its_size(local: Local) -> None:
    local.start(ANNA)
    sent = await local.bot.send_photo(ANNA, picture(200, 100))
    assert [(one.width, one.height) for one in sent.photo] == [(90, 45), (200, 100)]


async def test_a_known_photo_is_sent_again_by_its_id(local: Local) -> None:
    local.start(ANNA, BEN)
    first = await local.bot.send_photo(ANNA, picture())
    again = await local.bot.send_photo(BEN, first.photo[0].file_id)
    assert again.photo == first.photo


async def test_a_document_keeps_its_bytes_and_name(local: Local) -> None:
    local.start(ANNA)
    data = picture(kind="PNG")
    sent = await local.bot.send_document(ANNA, data, filename="me.png", caption="original")
    assert sent.document
    assert sent.document.file_name == "me.png"
    assert sent.document.mime_type == "image/png"
    assert sent.document.thumbnail
    assert sent.document.thumbnail.height == 320
    file = await local.bot.get_file(sent.document.file_id)
    assert bytes(await file.download_as_bytearray()) == data


async def test_a_photo_cannot_be_sent_as_a_document_nor_the_other_way_round(
    local: Local,
) -> None:
    local.start(ANNA)
    photo = (await local.bot.send_photo(ANNA, picture())).photo[-1]
    document = (await local.bot.send_document(ANNA, picture())).document
    assert document
    with pytest.raises(BadRequest, match=r"(?i)type Photo as Document"):
        await local.bot.send_document(ANNA, photo.file_id)
    with pytest.raises(BadRequest, match=r"(?i)type Document as Photo"):
        await local.bot.send_photo(ANNA, document.file_id)


async def test_an_unknown_file_or_address_is_refused(local: Local) -> None:
    local.start(ANNA)
    for source in ("AgACnothing", "https://a.example/x.jpg"):
        with pytest.raises(BadRequest, match=r"[Ww]rong file identifier/http url specified"):
            await local.bot.send_photo(ANNA, source)
    said = await local.refused("sendPhoto", chat_id=ANNA, photo="attach://nothing")
    assert 'file "nothing" not found' in said


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (b"no picture", "[Ii]mage_process_failed"),
        (b"", "[Ff]ile must be non-empty"),
        (picture(2101, 100), "[Pp]hoto_invalid_dimensions"),
        (picture(9000, 1001), "[Pp]hoto_invalid_dimensions"),
        (picture() + bytes(10 * 1024 * 1024), "[Ff]ile of size .* is too big for a photo"),
    ],
    ids=["no picture", "empty", "ratio above 20", "sides above 10000", "above 10 MB"],
)
async def test_what_is_no_photo_is_refused(local: Local, data: bytes, complaint: str) -> None:
    local.start(ANNA)
    with pytest.raises(BadRequest, match=complaint):
        await local.bot.send_photo(ANNA, data)


async def test_a_cut_off_picture_is_refused(local: Local) -> None:
    local.start(ANNA)
    with pytest.raises(BadRequest, match=r"[Ii]mage_process_failed"):
        await local.bot.send_photo(ANNA, picture(1000, 1000)[:3000])


async def test_an_album_is_several_messages_with_one_group_id(local: Local) -> None:
    local.start(ANNA)
    known = (await local.bot.send_photo(ANNA, picture())).photo[-1].file_id
    sent = await local.bot.send_media_group(
        ANNA,
        [
            InputMediaPhoto(picture(colour="navy"), caption="<i>two</i>", parse_mode="HTML"),
            InputMediaPhoto(known),
        ],
    )
    assert len({one.message_id for one in sent}) == 2
    assert len({one.media_group_id for one in sent}) == 1
    assert sent[0].media_group_id
    assert [one.caption for one in sent] == ["two", None]
    assert sent[1].photo[-1].file_id == known


async def test_an_album_of_documents(local: Local) -> None:
    local.start(ANNA)
    media = [InputMediaDocument(picture()), InputMediaDocument(picture(colour="navy"))]
    sent = await local.bot.send_media_group(ANNA, media)
    assert all(one.document for one in sent)


@pytest.mark.parametrize("count", [1, 11])
async def test_an_album_has_2_to_10_items(local: Local, count: int) -> None:
    local.start(ANNA)
    media = [{"type": "photo", "media": "x"}] * count
    assert "2 to 10 items" in await local.refused("sendMediaGroup", chat_id=ANNA, media=media)


async def test_an_album_does_not_mix_photos_and_documents(local: Local) -> None:
    local.start(ANNA)
    media = [{"type": "photo", "media": "x"}, {"type": "document", "media": "y"}]
    said = await local.refused("sendMediaGroup", chat_id=ANNA, media=media)
    assert "media of the specified type in the album" in said


async def test_a_copy_has_the_content_but_no_origin(local: Local) -> None:
    local.start(ANNA, BEN)
    (original,) = await local.person(ANNA).send_photos(
        [upload := _upload(picture())], caption="mine"
    )
    assert upload.filename == "a.jpg"
    copied = await local.bot.copy_message(BEN, ANNA, original.id)
    shown = local.person(BEN).messages()[-1]
    assert shown["message_id"] == copied.message_id
    assert shown["photo"] == original.fields["photo"]
    assert shown["caption"] == "mine"
    assert "forward_origin" not in shown
    await local.bot.copy_message(BEN, ANNA, original.id, caption="other")
    assert local.person(BEN).messages()[-1]["caption"] == "other"


async def test_a_forward_says_where_it_is_from(local: Local) -> None:
    local.start(ANNA, BEN)
    said = local.person(ANNA).say("my words")
    sent = await local.bot.forward_message(BEN, ANNA, said.id)
    assert sent.text == "my words"
    assert sent.forward_origin
    assert sent.forward_origin.to_dict()["sender_user"]["first_name"] == "Anna"


async def test_what_is_gone_or_a_service_message_cannot_be_passed_on(local: Local) -> None:
    local.start(ANNA)
    for method, verb, done in (
        ("copyMessage", "copy", "copied"),
        ("forwardMessage", "forward", "forwarded"),
    ):
        params = {"chat_id": ANNA, "from_chat_id": ANNA, "message_id": 999}
        assert f"message to {verb} not found" in await local.refused(method, **params)
        params = {"chat_id": ANNA, "from_chat_id": FORUM, "message_id": 2}
        assert f"message can't be {done}" in await local.refused(method, **params)


async def test_a_chat_action_is_seen_and_needs_a_known_name(local: Local) -> None:
    local.start(ANNA)
    await local.bot.send_chat_action(ANNA, "upload_photo")
    event = local.events(ANNA)[-1]
    assert event["event"] == "action"
    assert event["data"] == {"chat_id": ANNA, "action": "upload_photo"}
    said = await local.refused("sendChatAction", chat_id=ANNA, action="dancing")
    assert said == "Bad Request: wrong parameter action in request"


def _upload(data: bytes) -> Upload:
    return Upload("a.jpg", "image/jpeg", data)
