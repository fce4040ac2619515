"""Buttons pressed twice, too late, or by the wrong person: an answer each, and no second order."""

import asyncio
from pathlib import Path

from tests.journeys.house import ANNA, BEN, House, open_house
from tests.journeys.photos import photo


def _answers(house: House) -> list[str]:
    return [call["callback_query_id"] for call in house.calls("telegram", "answerCallbackQuery")]


async def test_a_double_tap_on_go_orders_once(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        anna = house.guest()
        card = await anna.card(photo("woman"), photo("tee"))
        taps = [await anna.tap(card, "button.go", stale=True) for _ in range(3)]
        await anna.result()
        for tap in taps:
            await anna.told(tap, "ordered")
        assert len(house.ordered()) == 1


async def test_buttons_of_steps_that_are_over_say_where_the_dialogue_is(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        anna = house.guest()
        person = await anna.agree()
        await anna.send_photos(photo("woman"))
        wear = await anna.shown("ask.wear")
        await anna.told(await anna.tap(person, "button.back", stale=True), "stale.AwaitWear")
        await anna.tap(wear, "wear.top")
        await anna.shown("ask.garment.top")
        await anna.told(await anna.tap(wear, "wear.top", stale=True), "stale.AwaitGarment")
        await anna.send_photos(photo("tee"))
        card = await anna.shown("card.top")
        await anna.told(await anna.tap(wear, "wear.dress", stale=True), "stale.Confirm")
        await anna.tap(card, "button.cancel")
        await anna.shown("cancelled")
        await anna.told(await anna.tap(card, "button.go", stale=True), "stale.Idle")
        assert house.ordered() == []


async def test_only_the_newest_prompt_has_buttons(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        anna = house.guest()
        await anna.agree()
        for _ in range(2):
            await anna.say("/tryon")
            await anna.shown("ask.person")
        await anna.send_photos(photo("woman"))
        newest = await anna.shown("ask.wear")
        shown = [one for one in await anna.heard() if "reply_markup" in one]
        assert shown == [await anna.now(newest)]


async def test_buttons_that_nobody_made_do_nothing(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        anna = house.guest()
        await anna.say("/start")
        menu = await anna.shown("welcome")
        for data in ("p1:0:go:1", "j1:77:again", "j1:1:explode", "p9:1:go", "\x00" * 64):
            tap = await anna.press(menu, data, stale=True)
            await anna.told(tap, "bad_button")
        assert len(await anna.heard()) == 1


async def test_nobody_can_use_the_buttons_of_another_ones_order(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        anna, ben = house.guest(ANNA), house.guest(BEN)
        await anna.tap(await anna.card(photo("woman"), photo("tee")), "button.go")
        await ben.say("/start")
        menu = await ben.shown("welcome")
        for action in ("cancel", "again", "original", "before_after"):
            tap = await ben.press(menu, f"j1:1:{action}", stale=True)
            await ben.told(tap, "bad_button")
        await anna.result()
        for action in ("original", "other_person", "new_face"):
            tap = await ben.press(menu, f"j1:1:{action}", stale=True)
            await ben.told(tap, "bad_button")
        assert len(await ben.heard()) == 1


async def test_every_press_is_answered_once(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        anna = house.guest()
        card = await anna.card(photo("woman"), photo("tee"))
        for tap in ("button.size", "button.model", "button.swap", "button.swap"):
            await anna.tap(card, tap)
            card = await anna.shown("card.top")
        await asyncio.gather(*(anna.tap(card, "button.go", stale=True) for _ in range(3)))
        result = await anna.result()
        await anna.tap(result, "job.original")
        await anna.shown("result.original")
        await anna.all_answered()
        assert sorted(_answers(house)) == sorted(anna.presses)
