"""Step by step: /start, consent, the person, what to wear, its photos, the card, the picture."""

import asyncio
from pathlib import Path

from tests.journeys.checks import picture_is_right
from tests.journeys.guest import Guest
from tests.journeys.house import ANNA, BEN, MEI, OLGA, House, open_house
from tests.journeys.photos import photo
from tests.people import Message

WAYS = {
    ANNA: ("top", ["tee"]),
    BEN: ("bottom", ["jeans"]),
    MEI: ("outfit", ["hoodie", "jeans"]),
    OLGA: ("dress", ["dress"]),
}


async def test_every_guided_way_ends_with_the_picture(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        await asyncio.gather(*(_guided(house, person_id) for person_id in WAYS))


async def _guided(house: House, person_id: int) -> None:
    guest, (wear, garments) = house.guest(person_id), WAYS[person_id]
    await guest.say("/start")
    await guest.tap(await guest.shown("welcome"), "menu.tryon")
    await guest.tap(await guest.shown("ask.consent"), "button.agree")
    await guest.shown("ask.person")
    await guest.send_photos(photo("woman"))
    await guest.tap(await guest.shown("ask.wear"), f"wear.{wear}")
    *first, last = garments
    for garment in first:
        await guest.shown("ask.garment.top")
        await guest.send_photos(photo(garment))
    await guest.shown("ask.garment.bottom" if wear == "outfit" else f"ask.garment.{wear}")
    await guest.send_photos(photo(last))
    card = await guest.shown(f"card.{wear}")
    await guest.told(await guest.tap(card, "button.go"), "ordered")
    result = await guest.result()
    assert result["reply_to_message"]["message_id"] == card["message_id"]
    await picture_is_right(house, guest, result, photo("woman"), garments)


async def test_whoever_declines_is_asked_again_and_nothing_is_kept(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        anna = house.guest()
        await anna.send_photos(photo("woman"))
        asked = await anna.shown("ask.consent_photos")
        await anna.tap(asked, "button.decline")
        declined = await anna.shown("declined")
        assert declined["message_id"] == asked["message_id"]
        await anna.send_photos(photo("man"))
        await anna.shown("ask.consent_photos")
        await house.end()
        [(state,)] = await house.look("SELECT state FROM sessions")
        kept = [
            one["photo"][-1]["file_unique_id"] for one in await anna.messages() if "photo" in one
        ]
        assert [unique_id in state for unique_id in kept] == [False, True]
        assert await house.look("SELECT consented_at FROM people") == [(None,)]


async def test_back_leads_through_all_steps_and_keep_leads_forward_again(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        anna = house.guest()
        step = await anna.card(photo("woman"), photo("tee"), photo("jeans"))
        for key in ("ask.garment.bottom", "ask.garment.top", "ask.wear", "ask.person"):
            await anna.tap(step, "button.back")
            step = await anna.shown(key)
        await anna.tap(step, "button.keep")
        step = await anna.shown("card.outfit")
        for key in ("ask.garment.bottom", "ask.garment.top"):
            await anna.tap(step, "button.back")
            step = await anna.shown(key)
        for key in ("ask.garment.bottom", "card.outfit"):
            await anna.tap(step, "button.keep")
            step = await anna.shown(key)
        assert len(await anna.heard()) == 1  # all of it in one message
        await anna.tap(step, "button.go")
        result = await anna.result()
        await picture_is_right(house, anna, result, photo("woman"), ("tee", "jeans"))


async def test_every_step_can_be_cancelled(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        anna = house.guest()
        await anna.say("/tryon")
        await anna.shown("ask.consent")
        await anna.say("/cancel")
        await anna.shown("cancelled")
        step = await anna.agree()
        await anna.tap(step, "button.back")
        await anna.shown("idle")
        role = await _after(anna, photo("woman"), "ask.role")
        await _cancel(anna, role)
        await anna.say("/tryon")
        await _cancel(anna, await anna.shown("ask.person"))
        await anna.say("/tryon")
        await anna.shown("ask.person")
        await _cancel(anna, await _after(anna, photo("woman"), "ask.wear"))
        await anna.say("/tryon")
        await anna.shown("ask.person")
        wear = await _after(anna, photo("woman"), "ask.wear")
        await anna.tap(wear, "wear.dress")
        await _cancel(anna, await anna.shown("ask.garment.dress"))
        await _cancel(anna, await anna.card(photo("woman"), photo("dress"), wear="dress"))
        assert house.ordered() == []


async def _after(guest: Guest, sent: bytes, key: str) -> Message:
    await guest.send_photos(sent)
    return await guest.shown(key)


async def _cancel(guest: Guest, step: Message) -> None:
    """Cancel, and see that nothing is left to press."""
    await guest.tap(step, "button.cancel")
    over = await guest.shown("cancelled")
    assert over["message_id"] == step["message_id"]
    await guest.say("/cancel")
    await guest.shown("nothing_to_cancel")


async def test_a_new_photo_at_the_card_corrects_the_person_or_the_garment(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        anna = house.guest()
        await anna.card(photo("woman"), photo("tee"))
        await anna.tap(await _after(anna, photo("man"), "ask.role_more"), "role.person")
        await anna.shown("card.top")
        await anna.tap(await _after(anna, photo("hoodie"), "ask.role_more"), "role.top")
        await anna.tap(await anna.shown("card.top"), "button.go")
        await picture_is_right(house, anna, await anna.result(), photo("man"), ("hoodie",))


async def test_person_and_garments_can_be_changed_from_the_card(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        anna = house.guest()
        card = await anna.card(photo("woman"), photo("tee"))
        await anna.tap(card, "button.person")
        await anna.shown("ask.person")
        card = await _after(anna, photo("man"), "card.top")
        await anna.tap(card, "button.garments")
        await anna.tap(await anna.shown("ask.wear"), "wear.dress")
        card = await anna.shown("card.dress")
        await anna.tap(card, "button.back")
        await anna.shown("ask.garment.dress")
        await anna.tap(await _after(anna, photo("dress"), "card.dress"), "button.go")
        await picture_is_right(house, anna, await anna.result(), photo("man"), ("dress",))
