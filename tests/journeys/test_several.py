"""Several outfits and pictures in one order, by DAMO: whole bot, local services, real HTTP."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from tests.journeys.guest import Guest
from tests.journeys.house import House, button, open_house
from tests.journeys.photos import SIZE, decoded, photo, wears
from tests.people import Message, words

SECONDS = (12.0, 30.0)  # of each outfit, by the quick clock
STUDIO = "studio, by DAMO"


@asynccontextmanager
async def studio(folder: Path, *, trouble: bool = False) -> AsyncIterator[House]:
    """Open a house with DAMO as the only model, and its photos on the bot's own web server."""
    async with open_house(
        folder, every=True, trouble=trouble, tryon_models=("damo",), daily_credits=100
    ) as house:
        house.server.damo.seconds = SECONDS
        yield house


async def two_outfits(guest: Guest) -> Message:
    """Put a tee, and a tee with jeans, onto one card, two pictures of each."""
    card = await guest.card(photo("woman"), photo("tee"))
    await guest.tap(card, "button.another")
    await guest.tap(await guest.shown("ask.wear_more"), "wear.outfit")
    await guest.shown("ask.garment.top")
    await guest.send_photos(photo("hoodie"))
    await guest.shown("ask.garment.bottom")
    await guest.send_photos(photo("jeans"))
    card = await guest.shown("card.outfits")
    await guest.tap(card, "button.samples")
    return await guest.wait_for(lambda one: "4 pictures" in words(one))


async def results(guest: Guest, number: int, after: int) -> list[Message]:
    """Return so many finished pictures that came after a message, in their order."""
    async with asyncio.timeout(30):
        while True:
            heard = [one for one in await guest.heard(after) if guest.reads(one, "result")]
            if len(heard) >= number:
                return heard
            await guest.events(0)


async def test_two_outfits_twice_are_four_pictures_of_two_submits(tmp_path: Path) -> None:
    async with studio(tmp_path) as house:
        guest = house.guest()
        card = await two_outfits(guest)
        assert "12 credits" in words(card)
        await guest.tap(card, "button.go")
        found = await results(guest, 4, card["message_id"])

        assert {one["reply_to_message"]["message_id"] for one in found} == {card["message_id"]}
        seen = {}
        for one in found:
            shown = await guest.picture(one)
            assert decoded(shown).size == SIZE
            jeans = wears(shown, photo("woman"), "jeans")
            which = next(line for line in words(one).split("\n") if "outfit" in line)
            seen[which] = (shown, jeans)
        assert set(seen) == {
            f"outfit {outfit} of 2, picture {picture} of 2"
            for outfit in (1, 2)
            for picture in (1, 2)
        }
        assert [seen[f"outfit {n} of 2, picture 1 of 2"][1] for n in (1, 2)] == [False, True]
        first, second = (seen[f"outfit 1 of 2, picture {n} of 2"][0] for n in (1, 2))
        assert first != second
        assert wears(first, photo("woman"), "tee")

        submits = [details["body"]["data"] for details in house.calls("damo", "submit")]
        assert sorted(one["fit_type"] for one in submits) == ["FULL_BODY", "HALF_BODY"]
        assert {one["inference_num"] for one in submits} == {2}
        urls = {url for one in submits for task in one["task_list"] for url in task.values()}
        async with httpx.AsyncClient(trust_env=False) as client, asyncio.timeout(10):
            while {(await client.get(url)).status_code for url in urls} != {404}:
                continue
        nonces = [
            entry.details["headers"]["x-ca-nonce"]
            for entry in house.server.requests.of("damo")
            if entry.call in {"submit", "query"}
        ]
        assert len(set(nonces)) == len(nonces)
        assert await house.server.damo.paid() == 4
        done = await guest.wait_for(lambda one: "4 of 4 pictures" in words(one))
        assert done["message_id"] == card["message_id"]


async def test_again_under_a_picture_repeats_that_outfit(tmp_path: Path) -> None:
    async with studio(tmp_path) as house:
        guest = house.guest()
        card = await two_outfits(guest)
        await guest.tap(card, "button.go")
        found = await results(guest, 4, card["message_id"])
        suit = next(one for one in found if "outfit 2 of 2, picture 1" in words(one))
        await guest.tap(suit, "job.again")
        again = await guest.shown("card.outfit")
        assert "3 credits" in words(again)


async def test_an_outfit_that_fails_costs_nothing_and_the_other_comes(tmp_path: Path) -> None:
    async with studio(tmp_path, trouble=True) as house:
        house.server.faults.add("damo", "submit", "fail_part", 1, part=1)
        guest = house.guest()
        card = await guest.card(photo("woman"), photo("tee"))
        await guest.tap(card, "button.another")
        await guest.tap(await guest.shown("ask.wear_more"), "wear.top")
        await guest.shown("ask.garment.top")
        await guest.send_photos(photo("hoodie"))
        card = await guest.shown("card.outfits")
        await guest.tap(card, "button.go")
        failed = await guest.shown("fail.not_drawn", seconds=30)
        assert "3 credits back" in words(failed)
        await guest.wait_for(lambda one: "1 of 2 pictures are below" in words(one), 30)
        (picture,) = await results(guest, 1, card["message_id"])
        assert wears(await guest.picture(picture), photo("woman"), "tee")
        await guest.say("/quota")
        assert "97 credits" in words(await guest.shown("quota"))


async def test_a_restart_in_between_loses_no_picture(tmp_path: Path) -> None:
    async with studio(tmp_path) as house:
        house.server.damo.seconds = (60.0, 61.0)
        guest = house.guest()
        card = await two_outfits(guest)
        await guest.tap(card, "button.go")
        async with asyncio.timeout(20):
            while len(house.calls("damo", "submit")) < 2:
                await guest.events(0)
        await house.end()
        await house.start()
        assert len(await results(guest, 4, card["message_id"])) == 4
        assert len(house.calls("damo", "submit")) == 2


@pytest.mark.parametrize("kind", ["apply_then_drop", "html"])
async def test_a_lost_answer_gives_everything_back_and_orders_nothing_twice(
    tmp_path: Path, kind: str
) -> None:
    async with studio(tmp_path, trouble=True) as house:
        house.server.faults.add("damo", "submit", kind)
        guest = house.guest()
        card = await guest.card(photo("woman"), photo("tee"))
        await guest.tap(card, "button.samples")
        card = await guest.wait_for(lambda one: "2 pictures" in words(one))
        await guest.tap(card, "button.go")
        failed = await guest.shown("fail.submit_unclear", seconds=30)
        assert failed["message_id"] == card["message_id"]
        assert "6 credits back" in words(failed)
        assert len(house.server.damo.accepted()) == 1


async def test_the_quality_is_one_of_several(tmp_path: Path) -> None:
    async with open_house(tmp_path, every=True, tryon_models=("aitryon", "damo")) as house:
        guest = house.guest()
        card = await guest.card(photo("woman"), photo("tee"))
        assert "Another outfit" not in str(card["reply_markup"])
        await guest.press(card, button(card, "Quality"))
        card = await guest.wait_for(lambda one: STUDIO in str(one.get("reply_markup")))
        assert "Another outfit" in str(card["reply_markup"])
