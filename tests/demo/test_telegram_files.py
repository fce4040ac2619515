"""Files: what people send, what the bot can download, for how long."""

import io

import pytest
from PIL import Image
from telegram.error import BadRequest, InvalidToken

from bot.demo.telegram.errors import NotPossibleError
from bot.demo.telegram.files import MAX_DOWNLOAD, Upload
from tests.demo.conftest import ANNA, CLUB, Local
from tests.demo.pictures import format_of, picture, size_of

KINDS = ["sticker", "voice", "video", "animation", "video_note", "location", "contact", "poll"]


def upload(data: bytes, name: str = "a.jpg", media_type: str = "image/jpeg") -> Upload:
    return Upload(name, media_type, data)


async def downloaded(local: Local, file_id: str) -> bytes:
    return bytes(await (await local.bot.get_file(file_id)).download_as_bytearray())


async def test_a_photo_arrives_in_several_sizes_each_downloadable(local: Local) -> None:
    await local.person(ANNA).send_photos([upload(picture(900, 1200))], caption="me")
    (update,) = await local.updates()
    assert update.message
    assert update.message.caption == "me"
    sizes = update.message.photo
    assert [(one.width, one.height) for one in sizes] == [
        (68, 90),
        (240, 320),
        (600, 800),
        (900, 1200),
    ]
    assert len({one.file_unique_id for one in sizes}) == 4
    for one in sizes:
        data = await downloaded(local, one.file_id)
        assert size_of(data) == (one.width, one.height)
        assert len(data) == one.file_size


async def test_an_album_arrives_as_separate_updates_with_one_group_id(local: Local) -> None:
    uploads = [upload(picture()), upload(picture(colour="navy"))]
    await local.person(ANNA).send_photos(uploads, caption="me and this")
    messages = [update.message for update in await local.updates()]
    assert len(messages) == 2
    assert len({one and one.media_group_id for one in messages}) == 1
    assert [one and one.caption for one in messages] == ["me and this", None]


async def test_a_photo_sent_as_a_file_keeps_its_bytes(local: Local) -> None:
    data = picture(kind="PNG")
    await local.person(ANNA).send_photos([upload(data, "me.png", "image/png")], as_documents=True)
    (update,) = await local.updates()
    assert update.message
    document = update.message.document
    assert document
    assert (document.file_name, document.mime_type) == ("me.png", "image/png")
    assert await downloaded(local, document.file_id) == data


async def test_a_file_that_is_no_picture_has_no_preview(local: Local) -> None:
    await local.person(ANNA).send_photos(
        [upload(b"%PDF-1.7", "a.pdf", "application/pdf")], as_documents=True
    )
    (update,) = await local.updates()
    assert update.message
    assert update.message.document
    assert update.message.document.thumbnail is None


async def test_clients_shrink_large_photos_and_send_extreme_ones_as_files(local: Local) -> None:
    anna = local.person(ANNA)
    (large,) = await anna.send_photos([upload(picture(9000, 4000))])
    (narrow,) = await anna.send_photos([upload(picture(2200, 100))])
    (junk,) = await anna.send_photos([upload(b"no picture")])
    assert large.fields["photo"][-1]["width"] == 2560
    assert "document" in narrow.fields
    assert "document" in junk.fields


async def test_photos_are_turned_upright_flattened_and_lose_their_metadata(local: Local) -> None:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6  # orientation: turn right
    exif[0x010E] = "a secret place"
    Image.new("RGB", (400, 200), "navy").save(out, "JPEG", exif=exif)
    (turned,) = await local.person(ANNA).send_photos([upload(out.getvalue())])
    size = turned.fields["photo"][-1]
    assert (size["width"], size["height"]) == (200, 400)
    data = await downloaded(local, size["file_id"])
    assert b"secret" not in data
    out = io.BytesIO()
    Image.new("RGBA", (200, 200), (255, 0, 0, 0)).save(out, "PNG")
    (clear,) = await local.person(ANNA).send_photos([upload(out.getvalue(), "a.png")])
    shown = await downloaded(local, clear.fields["photo"][-1]["file_id"])
    assert format_of(shown) == "JPEG"
    with Image.open(io.BytesIO(shown)) as image:
        assert image.getpixel((100, 100)) == (255, 255, 255)


async def test_a_download_link_works_for_an_hour(local: Local) -> None:
    (photo,) = await local.person(ANNA).send_photos([upload(picture())])
    file = await local.bot.get_file(photo.fields["photo"][0]["file_id"])
    local.clock.advance(3600)
    assert await file.download_as_bytearray()
    local.clock.advance(1)
    with pytest.raises(InvalidToken):  # python-telegram-bot's word for any 404
        await file.download_as_bytearray()


async def test_files_above_20_mb_are_not_handed_out(local: Local) -> None:
    big = upload(bytes(MAX_DOWNLOAD + 1), "big.bin", "")
    (message,) = await local.person(ANNA).send_photos([big], as_documents=True)
    with pytest.raises(BadRequest, match=r"(?i)file is too big"):
        await local.bot.get_file(message.fields["document"]["file_id"])


async def test_an_unknown_file_is_refused(local: Local) -> None:
    with pytest.raises(BadRequest, match=r"(?i)invalid file_id"):
        await local.bot.get_file("AgACnothing")


@pytest.mark.parametrize("kind", KINDS)
async def test_everything_else_people_send_arrives_complete(local: Local, kind: str) -> None:
    local.person(ANNA).send_other(kind)
    (update,) = await local.updates()
    assert update.message
    assert getattr(update.message, kind)
    local.person(ANNA).forward(ANNA, update.message.message_id)
    (forwarded,) = await local.updates()
    assert forwarded.message
    assert getattr(forwarded.message, kind) == getattr(update.message, kind)


async def test_an_unknown_kind_is_refused_with_the_known_ones(local: Local) -> None:
    with pytest.raises(NotPossibleError, match="sticker"):
        local.person(ANNA).send_other("hologram")


async def test_people_forward_with_the_origin_kept(local: Local) -> None:
    said = local.person(ANNA, CLUB).say("see this")
    anna = local.person(ANNA)
    once = anna.forward(CLUB, said.id)
    twice = anna.forward(ANNA, once.id)
    assert once.fields["forward_origin"]["sender_user"]["id"] == ANNA
    assert twice.fields["forward_origin"] == once.fields["forward_origin"]


async def test_people_see_the_size_they_ask_for(local: Local) -> None:
    (photo,) = await local.person(ANNA).send_photos([upload(picture(900, 1200))])
    unique = photo.fields["photo"][0]["file_unique_id"]
    files = local.telegram.files
    widths = {
        side: size_of(stored.data)[1]
        for side in (None, 1, 300, 800, 5000)
        if (stored := files.shown_to_people(unique, side))
    }
    assert widths == {None: 90, 1: 90, 300: 320, 800: 800, 5000: 1200}
    assert files.shown_to_people("nothing") is None
