"""Commands and languages: one answer each, in the words of whoever asks."""

import asyncio
from pathlib import Path

from tests.journeys.checks import picture_is_right
from tests.journeys.house import MEI, open_house
from tests.journeys.photos import photo
from tests.people import buttons, words


async def test_every_command_gets_exactly_one_answer(tmp_path: Path) -> None:
    answers = {
        "/start": "welcome",
        "/help": "help",
        "/quota": "quota",
        "/language": "language",
        "/cancel": "nothing_to_cancel",
        "/dance": "unknown_command",
        "/START@fitting_room_demo_bot please": "welcome",
    }
    async with open_house(tmp_path) as house:
        anna = house.guest()
        for command, key in answers.items():
            await anna.say(command)
            await anna.shown(key)
        said = await anna.heard()
        assert [anna.reads(one, key) for one, key in zip(said, answers.values(), strict=True)]
        assert len(said) == len(answers)


async def test_quota_tells_what_is_left_what_runs_and_what_things_cost(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        house.server.dashscope.set_runtime("aitryon-plus", 60.0)
        anna = house.guest()
        await anna.say("/quota")
        before = words(await anna.shown("quota"))
        assert "5 credits left" in before
        assert "fine: 2 credits" in before
        assert "standard: 1 credit" in before
        await anna.tap(await anna.card(photo("woman"), photo("tee")), "button.go")
        await anna.shown("progress.drawing")
        await anna.say("/quota")
        during = words(await anna.shown("quota"))
        assert "3 credits left" in during
        assert "being drawn" in during


async def test_a_chinese_client_is_spoken_to_in_chinese_to_the_end(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        mei = house.guest(MEI)
        await mei.say("/start")
        await mei.tap(await mei.shown("welcome"), "menu.quota")
        await mei.shown("quota")
        await mei.tap(await mei.card(photo("woman"), photo("dress"), wear="dress"), "button.go")
        await picture_is_right(house, mei, await mei.result(), photo("woman"), ["dress"])
        await mei.shown("progress.done")
        for said in await mei.heard():
            shown = words(said) + "".join(buttons(said))
            assert any("\u4e00" <= letter <= "\u9fff" for letter in shown)


async def test_the_language_can_be_changed_at_any_time(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        mei = house.guest(MEI)
        await mei.say("/language")
        ask = await mei.shown("language")
        mei.language = "en"
        await mei.press(ask, "English")
        await mei.shown("language_set")
        card = await mei.card(photo("woman"), photo("tee"))
        await mei.say("/language")
        await mei.press(await mei.shown("language"), "简体中文")
        mei.language = "zh"
        card = await mei.shown("card.top")
        await mei.shown("language_set")
        await mei.tap(card, "button.go")
        await mei.result()
        await house.end()
        assert await house.look("SELECT language FROM people") == [("zh",)]


async def test_a_command_in_reply_to_a_photo_does_not_send_it_once_more(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        anna = house.guest()
        await anna.agree()
        [earlier] = await anna.send_photos(photo("woman"))
        await anna.shown("ask.wear")
        await anna.say("/cancel\nplease", reply_to=earlier)
        cancelled = await anna.shown("cancelled")
        await anna.say("/help", reply_to=earlier)
        help_ = await anna.shown("help")
        assert await anna.heard(cancelled["message_id"]) == [help_]


async def test_commands_in_the_middle_of_an_order_do_not_lose_it(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        anna = house.guest()
        await anna.card(photo("woman"), photo("tee"))
        for command, key in {"/help": "help", "/quota": "quota", "/dance": "not_known"}.items():
            await anna.say(command)
            await anna.shown(key)
        card = [one for one in await anna.heard() if "✨ Go · 2 credits" in buttons(one)]
        assert len(card) == 1, "of all cards only the newest has buttons"
        await anna.tap(card[0], "button.go")
        await asyncio.gather(anna.result(), anna.shown("progress.done"))
