"""Whatever else people send: exactly one short, kind answer that says what to do."""

import random
from pathlib import Path

from PIL import Image, ImageEnhance

from tests.journeys.checks import picture_is_right
from tests.journeys.guest import Guest
from tests.journeys.house import open_house
from tests.journeys.photos import decoded, encoded, photo

OTHERS = {
    "sticker": "refused.sticker",
    "voice": "refused.voice",
    "video": "refused.video",
    "video_note": "refused.video",
    "animation": "refused.animation",
    "location": "refused.other",
    "contact": "refused.other",
    "poll": "refused.other",
}


def _flat(width: int, height: int) -> bytes:
    return encoded(Image.new("RGB", (width, height), "tan"))


def _files() -> dict[str, tuple[bytes, str, str]]:
    """Return files by what is wrong with them: bytes, name, and the answer's key."""
    noise = random.Random(4242).randbytes(25 * 1024 * 1024)  # noqa: S311  no secret
    return {
        "a damaged photo": (photo("woman")[:9000], "me.jpg", "refused.unreadable"),
        "a text that calls itself a photo": (b"hello" * 99, "me.jpg", "refused.not_a_picture"),
        "a table": (b"a;b\n1;2\n", "table.csv", "refused.not_a_picture"),
        "a tiny photo": (_flat(100, 120), "tiny.jpg", "refused.too_small"),
        "a ribbon": (_flat(200, 1800), "ribbon.jpg", "refused.extreme_ratio"),
        "25 MB": (noise, "huge.jpg", "refused.too_large"),
    }


async def test_each_odd_message_gets_one_kind_answer(tmp_path: Path) -> None:
    async with open_house(tmp_path, trouble=True) as house:  # no bot is given 25 MB
        anna = house.guest()
        expected = [*OTHERS.values()]
        for kind, key in OTHERS.items():
            await anna.send_other(kind)
            await anna.shown(key)
        for data, name, key in _files().values():
            await anna.send_photos(data, as_files=True, names=(name,))
            await anna.shown(key)
            expected.append(key)
        for data, key in ((_flat(90, 90), "too_small"), (_flat(200, 1500), "extreme_ratio")):
            await anna.send_photos(data)
            await anna.shown(f"refused.{key}")
            expected.append(f"refused.{key}")
        await anna.say("What can you do?")
        await anna.shown("hint")
        await _exactly(anna, [*expected, "hint"])


async def test_in_the_middle_of_an_order_the_step_is_shown_again(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        anna = house.guest()
        await anna.agree()
        await anna.send_other("sticker")
        await anna.shown("refused.sticker")
        await anna.say("a red one, please")
        await anna.shown("no_words")
        await anna.send_photos(_flat(90, 90))
        step = await anna.shown("refused.too_small")
        assert anna.reads(step, "ask.person")
        await _exactly(anna, ["ask.person", "refused.sticker", "no_words", "refused.too_small"])
        with_buttons = [one for one in await anna.heard() if "reply_markup" in one]
        assert [one["message_id"] for one in with_buttons] == [step["message_id"]]


async def test_a_poor_photo_is_warned_of_and_may_be_used(tmp_path: Path) -> None:
    night = ImageEnhance.Brightness(decoded(photo("woman"))).enhance(0.2)
    async with open_house(tmp_path) as house:
        anna = house.guest()
        await anna.agree()
        await anna.send_photos(encoded(night))
        wear = await anna.shown("flaw.dark")
        await anna.tap(wear, "wear.top")
        await anna.shown("ask.garment.top")
        await anna.send_photos(photo("tee"))
        card = await anna.shown("card.flaws")
        assert anna.reads(card, "card.flaw.dark")
        await anna.tap(card, "button.go")
        await picture_is_right(house, anna, await anna.result(), encoded(night), ["tee"])


async def test_odd_items_of_an_album_do_not_spoil_the_rest(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        anna = house.guest()
        await anna.agree()
        names = ("me.png", "notes.jpg", "tee.png")
        files = (photo("woman", "PNG"), b"no picture" * 99, photo("tee", "PNG"))
        await anna.send_photos(*files, as_files=True, names=names)
        step = await anna.shown("ask.wear_unnamed")
        assert anna.reads(step, "refused.not_a_picture")


async def test_an_album_may_begin_with_something_else_than_a_photo(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        anna = house.guest()
        await anna.agree()
        files, names = (b"%PDF-1.7" * 9, photo("woman", "PNG")), ("notes.pdf", "me.png")
        await anna.send_photos(*files, as_files=True, names=names)
        step = await anna.shown("ask.wear")
        assert anna.reads(step, "refused.not_a_picture")


async def test_edited_messages_are_left_alone(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        anna = house.guest()
        said = await anna.say("hello")
        await anna.shown("hint")
        await anna.edit(said, text="good morning")
        await anna.say("/help")
        await anna.shown("help")
        await _exactly(anna, ["hint", "help"])


async def _exactly(guest: Guest, keys: list[str]) -> None:
    """Check that the bot wrote just these messages, in this order."""
    said = await guest.heard()
    assert len(said) == len(keys)
    assert all(guest.reads(one, key) for one, key in zip(said, keys, strict=True))
