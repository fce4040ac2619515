"""People who block the bot, and a bot that stops: nothing is lost, and nothing comes twice."""

import asyncio
from pathlib import Path
from typing import Any

from tests.journeys.checks import picture_is_right
from tests.journeys.guest import Guest
from tests.journeys.house import House, open_house
from tests.journeys.photos import photo
from tests.people import Message

LONG = 300.0  # seconds a picture takes where something is to happen meanwhile


async def _collected(house: House) -> None:
    """Return once the bot has fetched the picture from the image service."""
    async with asyncio.timeout(10):
        while not await house.control.requests("dashscope", "result"):
            pass


async def _results(guest: Guest) -> int:
    return sum(guest.reads(one, "result") for one in await guest.heard())


async def test_whoever_blocks_the_bot_gets_the_picture_when_they_come_back(tmp_path: Path) -> None:
    async with open_house(tmp_path, trouble=True) as house:
        house.server.dashscope.set_runtime("aitryon-plus", LONG)
        anna = house.guest()
        await anna.tap(await anna.card(photo("woman"), photo("tee")), "button.go")
        await anna.shown("progress.drawing")
        await anna.block()
        await house.control.advance(LONG)
        await _collected(house)
        await anna.unblock()
        await picture_is_right(house, anna, await anna.result(), photo("woman"), ["tee"])
        await anna.shown("progress.done")
        assert await _results(anna) == 1


async def test_a_block_that_only_shows_when_sending_is_found_out_and_made_good(
    tmp_path: Path,
) -> None:
    async with open_house(tmp_path, trouble=True) as house:
        anna = house.guest()
        card = await anna.card(photo("woman"), photo("tee"))
        await house.control.fault("telegram", "sendPhoto", "403")
        await anna.tap(card, "button.go")
        async with asyncio.timeout(10):
            while not await _refused(house, "sendPhoto"):
                pass
        assert await _results(anna) == 0
        await anna.say("/help")
        await anna.result()
        assert await _results(anna) == 1


async def _refused(house: House, method: str) -> bool:
    requests = await house.control.requests("telegram", method)
    return any(one["status"] == 403 for one in requests)


async def test_an_order_survives_a_stop_in_the_middle(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        house.server.dashscope.set_runtime("aitryon-plus", LONG)
        anna = house.guest()
        await anna.tap(await anna.card(photo("woman"), photo("tee")), "button.go")
        await anna.shown("progress.drawing")
        await house.end()
        await house.start()
        await house.control.advance(LONG)
        await picture_is_right(house, anna, await anna.result(), photo("woman"), ["tee"])
        await anna.shown("progress.done", seconds=20)
        assert await _results(anna) == 1
        assert len(house.ordered()) == 1


async def test_what_is_pressed_and_sent_while_the_bot_is_away_is_done_later(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        anna = house.guest()
        card = await anna.card(photo("woman"), photo("tee"))
        await house.end()
        await anna.tap(card, "button.size")
        await anna.say("/quota")
        await house.start()
        await anna.wait_for(lambda one: anna.reads(one, "card.top"), since=0)
        await anna.shown("quota")
        card = next(one for one in await anna.heard() if "photo" in one)
        assert anna.reads(card, "card.top")
        await anna.tap(card, "button.go")
        await anna.result()
        assert house.ordered()[0]["parameters"]["resolution"] == 1024


# --- albums in pieces --------------------------------------------------------------------


async def _album_in_pieces(house: House, guest: Guest) -> list[dict[str, Any]]:
    """Return the updates of an album, to be handed to the bot one by one."""
    await house.end()
    await guest.send_photos(photo("woman"), photo("tee"), photo("jeans"))
    sent = [one for one in await guest.messages() if "media_group_id" in one]
    house.server.telegram.updates.forget_all()
    await house.start()
    return [{"message": _as_sent(one)} for one in sent]


def _as_sent(message: Message) -> dict[str, Any]:
    return {name: value for name, value in message.items() if name != "seen_seq"}


async def test_items_of_an_album_that_come_late_join_it(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        anna = house.guest()
        await anna.agree()
        first, second, third = await _album_in_pieces(house, anna)
        await house.control.inject(first)
        await anna.shown("ask.wear")
        await house.control.inject(second)
        await anna.shown("ask.wear_unnamed")
        await house.control.inject(third)
        await anna.tap(await anna.shown("card.outfit"), "button.go")
        await picture_is_right(house, anna, await anna.result(), photo("woman"), ["tee", "jeans"])


async def test_a_restart_between_the_items_of_an_album_does_not_tear_it(tmp_path: Path) -> None:
    async with open_house(tmp_path, speed=0) as house:  # nothing is due until we say so
        anna = house.guest()
        await anna.agree()
        first, *rest = await _album_in_pieces(house, anna)
        await house.control.inject(first)
        await _all_stored(house)
        await house.end()
        for item in rest:
            await house.control.inject(item)
        await house.start()
        await _all_stored(house)
        await house.control.advance(2)
        await anna.shown("card.outfit")
        assert len(await anna.heard()) == 2, "the consent, and one card"


async def _all_stored(house: House) -> None:
    """Return once the bot has confirmed what it was handed."""
    async with asyncio.timeout(10):
        while house.server.telegram.updates.pending:
            await house.control.now()
