"""Updates the bot cannot handle: kept with the reason, told to those concerned, in nobody's way."""

from pathlib import Path

import pytest

from bot.dialogue.events import Said
from bot.handlers import incoming
from tests.journeys.guest import Guest
from tests.journeys.house import ANNA, BEN, OLGA, open_house
from tests.journeys.photos import photo

SET_ASIDE = "SELECT reason, payload IS NOT NULL FROM inbox WHERE state = 'set_aside'"
ODD = {
    "message_id": "seven",
    "date": {"a newer": "Bot API"},
    "chat": {"id": ANNA, "type": "private", "first_name": "Anna"},
    "from": {"id": ANNA, "is_bot": False, "first_name": "Anna", "language_code": "en"},
    "text": "my secret wish",
}


async def test_an_update_that_cannot_be_parsed_is_set_aside_and_reported(tmp_path: Path) -> None:
    async with open_house(tmp_path, trouble=True) as house:
        anna, olga = house.guest(ANNA), house.guest(OLGA)
        await _known_to_the_bot(olga)
        await house.control.inject({"message": ODD})
        await anna.say("/quota")
        await anna.shown("quota")
        await anna.wait_for(lambda one: anna.reads(one, "trouble"), since=0)
        alert = await olga.shown("alert.set_aside")
        assert "TypeError" in alert["text"]
        assert "secret wish" not in alert["text"]
        assert [anna.reads(one, "trouble") for one in await anna.heard()] == [True, False]
        await house.end()
        [(reason, kept)] = await house.look(SET_ASIDE)
        assert reason.startswith("TypeError")
        assert "secret wish" not in reason
        assert kept


async def test_a_handler_that_fails_holds_up_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(text: str) -> Said:
        if text == "boom":
            msg = f"cannot read {text}"
            raise RuntimeError(msg)
        return Said(text)

    async with open_house(tmp_path, trouble=True) as house:
        monkeypatch.setattr(incoming, "Said", stumble)
        anna, ben, olga = (house.guest(person) for person in (ANNA, BEN, OLGA))
        await _known_to_the_bot(olga)
        for _ in range(3):
            await anna.say("boom")
        await ben.say("hello")
        await ben.shown("hint")
        await anna.say("hello")
        await anna.shown("hint")
        said = await anna.heard()
        assert [anna.reads(one, "trouble") for one in said] == [True, True, True, False]
        await olga.shown("alert.set_aside")
        assert len(await olga.heard()) == 2, "each cause is told once an hour"
        await house.end()
        reasons = [reason for reason, _ in await house.look(SET_ASIDE)]
        assert len(reasons) == 3
        assert all(reason.startswith("RuntimeError: cannot read") for reason in reasons)


async def test_a_press_that_cannot_be_handled_is_answered_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(data: str) -> Said:
        msg = f"cannot read {data}"
        raise RuntimeError(msg)

    async with open_house(tmp_path, trouble=True) as house:
        anna = house.guest()
        await anna.say("/start")
        welcome = await anna.shown("welcome")
        monkeypatch.setattr(incoming, "decode", stumble)
        await anna.tap(welcome, "menu.quota")
        await anna.shown("trouble")
        await anna.all_answered()


async def test_after_the_apology_the_same_photo_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(**_anything: object) -> None:
        msg = "no photos today"
        raise RuntimeError(msg)

    async with open_house(tmp_path, trouble=True) as house:
        anna = house.guest()
        await anna.agree()
        with monkeypatch.context() as patch:
            patch.setattr(incoming, "Photo", stumble)
            await anna.send_photos(photo("woman"))
            await anna.shown("trouble")
        await anna.send_photos(photo("woman"))
        await anna.shown("ask.wear")


async def _known_to_the_bot(operator: Guest) -> None:
    """Write to the bot once: it cannot begin a chat by itself."""
    await operator.say("/start")
    await operator.shown("welcome")
