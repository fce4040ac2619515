"""The buttons under a finished picture: each leads on with everything else kept."""

import asyncio
from pathlib import Path

from PIL import Image

from tests.journeys.checks import picture_is_right
from tests.journeys.guest import Guest
from tests.journeys.house import ANNA, BEN, House, open_house
from tests.journeys.photos import SIZE, decoded, encoded, faces_differ, photo, wears
from tests.people import Message


async def _first_result(guest: Guest, garment: str = "tee") -> Message:
    await guest.tap(await guest.card(photo("woman"), photo(garment)), "button.go")
    return await guest.result()


async def test_again_orders_exactly_the_same_once_more(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        anna = house.guest()
        await anna.tap(await _first_result(anna), "job.again")
        await anna.tap(await anna.shown("card.top"), "button.go")
        await picture_is_right(house, anna, await anna.result(), photo("woman"), ["tee"])
        first, second = house.ordered()
        assert first["parameters"] == second["parameters"]


async def test_other_garment_and_other_person_ask_for_just_that(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        anna, ben = house.guest(ANNA), house.guest(BEN)
        await asyncio.gather(_other_garment(house, anna), _other_person(house, ben))


async def _other_garment(house: House, guest: Guest) -> None:
    await guest.tap(await _first_result(guest), "job.other_garment")
    await guest.shown("ask.garment.top")
    await guest.send_photos(photo("hoodie"))
    await guest.tap(await guest.shown("card.top"), "button.go")
    await picture_is_right(house, guest, await guest.result(), photo("woman"), ["hoodie"])


async def _other_person(house: House, guest: Guest) -> None:
    await guest.tap(await _first_result(guest), "job.other_person")
    await guest.shown("ask.person")
    await guest.send_photos(photo("man"))
    await guest.tap(await guest.shown("card.top"), "button.go")
    await picture_is_right(house, guest, await guest.result(), photo("man"), ["tee"])


async def test_new_face_puts_a_new_face_on_the_card(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        anna = house.guest()
        await anna.tap(await _first_result(anna), "job.new_face")
        card = await anna.shown("card.top")
        await anna.tap(card, "button.go")
        result = await anna.shown("result.new_face", seconds=20)
        await picture_is_right(house, anna, result, photo("woman"), ["tee"], new_face=True)


async def test_the_original_is_uploaded_once_and_then_sent_from_telegram(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        anna = house.guest()
        result = await _first_result(anna)
        files = []
        for _ in range(2):
            await anna.told(await anna.tap(result, "job.original"), "original_comes")
            original = await anna.shown("result.original")
            assert await anna.picture(original) == house.drawn()[0]
            files.append(original["document"]["file_unique_id"])
        assert files[0] == files[1]


async def test_before_and_after_stand_side_by_side(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        anna = house.guest()
        result = await _first_result(anna, "hoodie")
        await anna.told(await anna.tap(result, "job.before_after"), "before_after_comes")
        both = decoded(await anna.picture(await anna.shown("result.before_after")))
        before, after = _halves(both)
        assert wears(after, before, "hoodie")
        assert not wears(before, after, "hoodie")
        assert not faces_differ(before, photo("woman"))


MARGIN, GAP = 24, 16  # px, of a card


def _halves(both: Image.Image) -> tuple[bytes, bytes]:
    """Return the two pictures of a card, without the paper around them."""
    width = (both.width - 2 * MARGIN - GAP) // 2
    tops = ((left, MARGIN) for left in (MARGIN, MARGIN + width + GAP))
    left, right = (both.crop((x, y, x + width, both.height - MARGIN)) for x, y in tops)
    return encoded(left.resize(SIZE)), encoded(right.resize(SIZE))
