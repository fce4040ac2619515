"""What goes wrong between the bot and Telegram delays the picture, and no more than that."""

from pathlib import Path

import pytest

from tests.journeys.guest import Guest
from tests.journeys.house import open_house
from tests.journeys.photos import photo

# What passes: the method, the fault, and how often.
PASSING = {
    "sending": [
        ("sendPhoto", "429", 2),
        ("sendPhoto", "502", 2),
        ("sendMessage", "500", 1),
        ("editMessageCaption", "429", 1),
        ("editMessageMedia", "502", 1),
        ("answerCallbackQuery", "502", 1),
        ("sendChatAction", "400", 2),
    ],
    "fetching": [
        ("getFile", "500", 1),
        ("getFile", "429", 1),
        ("download", "502", 1),
        ("download", "apply_then_drop", 1),
        ("getUpdates", "502", 2),
        ("getUpdates", "409", 1),
        ("getUpdates", "apply_then_drop", 1),
    ],
}


async def _results(guest: Guest) -> int:
    return sum(guest.reads(one, "result") for one in await guest.heard())


@pytest.mark.parametrize("way", PASSING)
async def test_faults_of_telegram_that_pass_lose_and_double_nothing(
    tmp_path: Path, way: str
) -> None:
    async with open_house(tmp_path, trouble=True) as house:
        anna = house.guest()
        await anna.agree()
        for method, kind, times in PASSING[way]:
            await house.control.fault("telegram", method, kind, times, retry_after=2)
        await anna.say("/quota")
        await anna.shown("quota")
        card = await anna.card(photo("woman"), photo("tee"))
        for _ in range(2):
            await anna.tap(card, "button.swap")
            card = await anna.shown("card.top")
        await anna.tap(card, "button.go")
        await anna.result()
        await anna.shown("progress.done")
        assert house.server.faults.waiting() == []
        assert await _results(anna) == 1
        assert len(house.ordered()) == 1


@pytest.mark.parametrize("method", ["sendPhoto", "editMessageCaption"])
async def test_an_answer_of_telegram_that_is_lost_doubles_a_picture_at_most(
    tmp_path: Path, method: str
) -> None:
    async with open_house(tmp_path, trouble=True) as house:
        anna = house.guest()
        card = await anna.card(photo("woman"), photo("tee"))
        await house.control.fault("telegram", method, "apply_then_drop")
        await anna.tap(card, "button.go")
        await anna.result()
        await anna.shown("progress.done")
        await anna.say("/quota")
        assert "3 credits left" in (await anna.shown("quota"))["text"]
        assert await _results(anna) == {"sendPhoto": 2, "editMessageCaption": 1}[method]
        assert len(house.ordered()) == 1


async def test_a_photo_that_telegram_forgot_is_asked_for_again(tmp_path: Path) -> None:
    async with open_house(tmp_path, trouble=True) as house:
        anna = house.guest()
        card = await anna.card(photo("woman"), photo("tee"))
        await house.end()
        await house.start()  # with nothing of the photos in memory
        gone = "Bad Request: invalid file_id"
        await house.control.fault("telegram", "getFile", "400", 2, description=gone)
        await anna.tap(card, "button.go")
        failed = await anna.shown("fail.photo_gone")
        assert anna.reads(failed, "fail.not_charged")
        assert house.ordered() == []


async def test_the_bot_keeps_within_telegrams_limits(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        await house.control.enforce_limits()
        anna = house.guest()
        for _ in range(12):
            await anna.say("/help")
        await anna.say("/quota")
        await anna.shown("quota")
        assert len(await anna.heard()) == 13
