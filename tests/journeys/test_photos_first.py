"""Photos without a command: single ones, albums, forwarded ones, and replies."""

import asyncio
from pathlib import Path

from tests.journeys.checks import picture_is_right
from tests.journeys.guest import Guest
from tests.journeys.house import ANNA, BEN, MEI, OLGA, House, open_house
from tests.journeys.photos import photo
from tests.people import words

GROUP = -1001
ROLES = {ANNA: ("top", "tee"), BEN: ("bottom", "jeans"), MEI: ("dress", "dress")}


async def test_a_single_photo_can_be_any_garment(tmp_path: Path) -> None:
    async def walk(house: House, person_id: int) -> None:
        guest, (role, garment) = house.guest(person_id), ROLES[person_id]
        await guest.send_photos(photo(garment))
        await guest.tap(await guest.shown("ask.consent_photos"), "button.agree")
        await guest.tap(await guest.shown("ask.role"), f"role.{role}")
        await guest.shown("ask.person")
        await guest.send_photos(photo("man"))
        await guest.tap(await guest.shown(f"card.{role}"), "button.go")
        await picture_is_right(house, guest, await guest.result(), photo("man"), [garment])

    async with open_house(tmp_path) as house:
        await asyncio.gather(*(walk(house, person) for person in ROLES))


async def test_a_single_photo_can_be_the_person_and_the_next_one_the_garment(
    tmp_path: Path,
) -> None:
    async with open_house(tmp_path) as house:
        anna = house.guest()
        await anna.send_photos(photo("woman"))
        await anna.tap(await anna.shown("ask.consent_photos"), "button.agree")
        await anna.tap(await anna.shown("ask.role"), "role.person")
        await anna.shown("ask.wear")
        await anna.send_photos(photo("dress"))
        await anna.tap(await anna.shown("ask.wear_unnamed"), "wear.dress")
        await anna.tap(await anna.shown("card.dress"), "button.go")
        await picture_is_right(house, anna, await anna.result(), photo("woman"), ["dress"])


ALBUMS = {
    ANNA: (["woman", "tee"], ["tee"]),
    BEN: (["woman", "hoodie", "jeans"], ["hoodie", "jeans"]),
    MEI: (["woman", "tee", "jeans", "dress"], ["tee", "jeans"]),
}


async def test_albums_of_two_three_and_four_become_a_person_and_garments(tmp_path: Path) -> None:
    async def walk(house: House, person_id: int) -> None:
        guest, (names, worn) = house.guest(person_id), ALBUMS[person_id]
        card = await guest.card(*(photo(name) for name in names))
        assert card["photo"], "the card shows what was understood"
        await guest.tap(card, "button.go")
        await picture_is_right(house, guest, await guest.result(), photo("woman"), worn)

    async with open_house(tmp_path) as house:
        await asyncio.gather(*(walk(house, person_id) for person_id in ALBUMS))


async def test_of_a_large_album_the_first_three_are_taken_and_it_is_said(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        anna = house.guest()
        await anna.agree()
        await anna.send_photos(*(photo(name) for name in ("man", "tee", "jeans", "dress")))
        card = await anna.shown("album_many")
        assert card["message_id"] == (await anna.shown("card.outfit"))["message_id"]


async def test_swapped_photos_are_put_right_with_one_tap(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        anna, ben = house.guest(ANNA), house.guest(BEN)
        await asyncio.gather(_swap_before_the_card(anna), _swap_on_the_card(ben))
        results = await asyncio.gather(anna.result(), ben.result())
        await picture_is_right(house, anna, results[0], photo("woman"), ["tee"])
        await picture_is_right(house, ben, results[1], photo("man"), ["hoodie", "jeans"])


async def _swap_before_the_card(guest: Guest) -> None:
    await guest.agree()
    await guest.send_photos(photo("tee"), photo("woman"))
    await guest.tap(await guest.shown("ask.wear_unnamed"), "button.swap")
    await guest.tap(await guest.shown("ask.wear_unnamed"), "wear.top")
    await guest.tap(await guest.shown("card.top"), "button.go")


async def _swap_on_the_card(guest: Guest) -> None:
    card = await guest.card(photo("jeans"), photo("man"), photo("hoodie"))
    await guest.tap(card, "button.swap_top")
    await guest.tap(await guest.shown("card.outfit"), "button.swap_garments")
    await guest.tap(await guest.shown("card.outfit"), "button.go")


async def test_forwarded_photos_are_as_good_as_own_ones(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        anna, ben = house.guest(ANNA), house.guest(BEN)
        sent = await ben.send_photos(photo("man"), photo("hoodie"), chat=GROUP)
        await anna.agree()
        await anna.forward(GROUP, sent[0])
        await anna.tap(await anna.shown("ask.wear"), "wear.top")
        await anna.shown("ask.garment.top")
        await anna.forward(GROUP, sent[1])
        await anna.tap(await anna.shown("card.top"), "button.go")
        await picture_is_right(house, anna, await anna.result(), photo("man"), ["hoodie"])


async def test_tryon_as_a_reply_or_a_caption_takes_the_photo_along(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        anna, olga = house.guest(ANNA), house.guest(OLGA)
        await asyncio.gather(anna.agree(), olga.agree())
        [earlier] = await anna.send_photos(photo("woman"))
        await anna.say("/cancel")
        cancelled = await anna.shown("cancelled")
        await anna.say("/tryon", reply_to=earlier)
        wear = await anna.shown("ask.wear")
        assert await anna.heard(cancelled["message_id"]) == [await anna.now(wear)]
        await olga.send_photos(photo("man"), photo("tee"), caption="/tryon")
        unnamed = await olga.shown("ask.wear_unnamed")
        assert "photo" in unnamed
        assert "/tryon" not in words(unnamed)
