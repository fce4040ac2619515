"""Try-ons by a vendor of its own: no DashScope at all, and the bot's own photo host."""

from pathlib import Path
from typing import Any

import pytest

from tests.journeys.checks import picture_is_right
from tests.journeys.guest import Guest
from tests.journeys.house import House, open_house
from tests.journeys.photos import photo
from tests.people import buttons

ONLY: dict[str, Any] = {"tryon_models": ("fashn",), "dashscope_api_key": None}


def categories(house: House) -> list[str]:
    bodies = [details["body"] for details in house.calls("fashn", "run")]
    return [body["inputs"]["category"] for body in bodies]


async def ordered(guest: Guest, garment: str, wear: str) -> None:
    await guest.tap(await guest.card(photo("woman"), photo(garment), wear=wear), "button.go")


async def test_each_kind_of_garment_is_drawn_without_any_other_vendor(tmp_path: Path) -> None:
    async with open_house(tmp_path, every=True, daily_credits=100, **ONLY) as house:
        anna = house.guest()
        for garment, wear in (("tee", "top"), ("jeans", "bottom"), ("dress", "dress")):
            await ordered(anna, garment, wear)
            await picture_is_right(house, anna, await anna.result(), photo("woman"), [garment])

        assert categories(house) == ["tops", "bottoms", "one-pieces"]
        assert await house.server.fashn.paid() == 3
        assert house.server.requests.of("dashscope") == []
        await anna.say("/restyle")
        await anna.shown("no_model")


async def test_the_card_offers_what_the_service_can_do_and_names_it(tmp_path: Path) -> None:
    async with open_house(tmp_path, every=True, tryon_models=("aitryon", "fashn")) as house:
        anna = house.guest()
        card = await anna.card(photo("woman"), photo("tee"))
        await anna.tap(card, "button.model")
        card = await anna.shown("card.top")

        assert any("fine, by FASHN" in name for name in buttons(card))
        assert not any("face" in name.lower() for name in buttons(card))
        await anna.tap(card, "button.go")
        await picture_is_right(house, anna, await anna.result(), photo("woman"), ["tee"])
        assert categories(house) == ["tops"]


async def test_a_lost_answer_is_never_paid_twice_and_the_credits_come_back(tmp_path: Path) -> None:
    async with open_house(tmp_path, every=True, trouble=True, **ONLY) as house:
        await house.control.fault("fashn", "run", "apply_then_drop")
        anna = house.guest()
        await ordered(anna, "tee", "top")

        failed = await anna.shown("fail.submit_unclear", seconds=20)
        assert anna.reads(failed, "fail.not_charged")
        assert len(house.server.fashn.accepted()) == 1


@pytest.mark.parametrize(
    ("name", "cause"),
    [("PoseError", "person_unclear"), ("ContentModerationError", "content_refused")],
)
async def test_what_only_the_person_can_mend_is_told(tmp_path: Path, name: str, cause: str) -> None:
    async with open_house(tmp_path, every=True, trouble=True, **ONLY) as house:
        await house.control.fault("fashn", "run", "fail_task", code=name)
        anna = house.guest()
        await ordered(anna, "tee", "top")

        assert anna.reads(await anna.shown(f"fail.{cause}", seconds=20), "fail.not_charged")
        assert await house.server.fashn.paid() == 0


async def test_trouble_that_passes_only_delays_the_picture(tmp_path: Path) -> None:
    async with open_house(tmp_path, every=True, trouble=True, **ONLY) as house:
        for call, kind in (("run", "fail_task"), ("status", "html"), ("status", "drop")):
            await house.control.fault("fashn", call, kind)
        await house.control.fault(
            "fashn", "run", "error", status=429, code="RateLimitExceeded", retry_after=2
        )
        await house.control.fault("fashn", "result", "error")
        anna = house.guest()
        await ordered(anna, "tee", "top")

        await anna.result()
        assert await house.server.fashn.paid() == 1
        assert len(house.server.fashn.accepted()) == 2
