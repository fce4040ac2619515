"""Step by step: /start, consent, the person, what to wear, its photos, the card, the picture."""

from pathlib import Path

import pytest

from tests.journeys.checks import picture_is_right
from tests.journeys.house import open_house
from tests.journeys.photos import photo

WAYS = {"top": ("tee",), "bottom": ("jeans",), "outfit": ("hoodie", "jeans"), "dress": ("dress",)}


@pytest.mark.parametrize("wear", WAYS)
async def test_a_guided_try_on_ends_with_the_picture(tmp_path: Path, wear: str) -> None:
    async with open_house(tmp_path) as house:
        anna = house.guest()
        await anna.say("/start")
        await anna.tap(await anna.shown("welcome"), "menu.tryon")
        await anna.tap(await anna.shown("ask.consent"), "button.agree")
        await anna.shown("ask.person")
        await anna.send_photos(photo("woman"))
        await anna.tap(await anna.shown("ask.wear"), f"wear.{wear}")
        *first, last = WAYS[wear]
        for garment in first:
            await anna.shown("ask.garment.top")
            await anna.send_photos(photo(garment))
        await anna.shown("ask.garment.bottom" if wear == "outfit" else f"ask.garment.{wear}")
        await anna.send_photos(photo(last))
        card = await anna.shown(f"card.{wear}")
        await anna.told(await anna.tap(card, "button.go"), "ordered")
        result = await anna.result()
        assert result["reply_to_message"]["message_id"] == card["message_id"]
        await picture_is_right(house, anna, result, photo("woman"), WAYS[wear])
