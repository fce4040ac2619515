"""What the card offers arrives at the image service, and what it says it costs is held."""

import asyncio
import re
from pathlib import Path

from tests.journeys.checks import picture_is_right
from tests.journeys.guest import Guest
from tests.journeys.house import ANNA, BEN, OLGA, House, open_house
from tests.journeys.photos import SIZE, photo
from tests.people import Message, buttons

HELD = "SELECT person_id, model, -(daily + extra) FROM ledger JOIN jobs ON jobs.id = job_id \
    WHERE kind = 'hold'"

TWO = ("aitryon-plus", "aitryon")  # a dear model and a cheap one


def price_of(card: Message) -> int:
    """Return the price on the card's Go button."""
    fits = (re.fullmatch(r"✨ Go · (\d+) credits?", name) for name in buttons(card))
    [shown] = [found for found in fits if found]
    return int(shown[1])


async def test_options_of_the_card_arrive_at_the_image_service(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        plain, tall, cheap = house.guest(ANNA), house.guest(BEN), house.guest(OLGA)
        chosen: dict[Guest, list[str]] = {
            plain: [],
            tall: ["face.keep", "button.size"],
            cheap: ["button.size", "button.size", "button.model"],
        }
        prices = await asyncio.gather(*(_order(guest, taps) for guest, taps in chosen.items()))
        pictures = await asyncio.gather(*(guest.result() for guest in chosen))
        looks = [(SIZE, False), ((576, 1024), True), ((720, 1280), False)]
        for guest, picture, (size, new_face) in zip(chosen, pictures, looks, strict=True):
            await picture_is_right(
                house, guest, picture, photo("woman"), ["tee"], size=size, new_face=new_face
            )
        assert _requests(house) == {
            ("aitryon-plus", -1, True),
            ("aitryon-plus", 1024, False),
            ("aitryon", 1280, True),
        }
        await house.end()
        held = sorted(await house.look(HELD))
        models = ("aitryon-plus", "aitryon-plus", "aitryon")
        assert held == [*zip((ANNA, BEN, OLGA), models, prices, strict=True)]
        assert prices == [2, 2, 1]


async def _order(guest: Guest, taps: list[str]) -> int:
    card = await guest.card(photo("woman"), photo("tee"))
    for tap in taps:
        await guest.tap(card, tap)
        card = await guest.shown("card.top")
    await guest.tap(card, "button.go")
    return price_of(card)


def _requests(house: House) -> set[tuple[str, int, bool]]:
    bodies = house.ordered()
    return {
        (
            body["model"],
            body["parameters"]["resolution"],
            body["parameters"]["restore_face"],
        )
        for body in bodies
    }


async def test_whoever_has_too_few_credits_is_told_so_and_keeps_the_card(tmp_path: Path) -> None:
    async with open_house(tmp_path, daily_credits=3, tryon_models=TWO) as house:
        anna = house.guest()
        await anna.tap(await anna.card(photo("woman"), photo("tee")), "button.go")
        await anna.result()
        card = await anna.card(photo("woman"), photo("hoodie"))  # in the quality that fits
        await anna.tap(card, "button.model")
        dear = await anna.shown("card.too_dear")
        await anna.told(await anna.tap(dear, "button.go"), "cheaper_fits", alert=True)
        await anna.tap(dear, "button.model")
        cheap = await anna.shown("card.top")
        assert cheap["message_id"] == card["message_id"]
        await anna.tap(cheap, "button.go")
        await picture_is_right(house, anna, await anna.result(), photo("woman"), ["hoodie"])
        await anna.say("/tryon")
        await anna.shown("no_credits")
        card = await anna.card(photo("woman"), photo("dress"), wear="dress")
        await anna.told(await anna.tap(card, "button.go"), "no_credits", alert=True)
        assert len(house.ordered()) == 2


async def test_nobody_can_have_more_than_five_orders_under_way(tmp_path: Path) -> None:
    async with open_house(tmp_path, daily_credits=100) as house:
        house.server.dashscope.set_runtime("aitryon-plus", 4000)
        anna = house.guest()
        for _ in range(5):
            await anna.tap(await anna.card(photo("woman"), photo("tee")), "button.go")
        card = await anna.card(photo("woman"), photo("hoodie"))
        await anna.told(await anna.tap(card, "button.go"), "too_many_orders", alert=True)
        await anna.say("/cancel")
        await anna.shown("cancelled_orders_run")
        await anna.say("/cancel")
        which = await anna.shown("which_to_cancel")
        assert len(which["reply_markup"]["inline_keyboard"]) == 5


async def test_the_daily_money_cap_closes_the_house_until_midnight(tmp_path: Path) -> None:
    async with open_house(tmp_path, daily_budget_cny="0.6", admin_ids=()) as house:
        anna, ben = house.guest(ANNA), house.guest(BEN)
        card = await ben.card(photo("man"), photo("tee"))
        await anna.tap(await anna.card(photo("woman"), photo("tee")), "button.go")
        await anna.result()
        await ben.told(await ben.tap(card, "button.go"), "no_budget", alert=True)
        await ben.say("/quota")
        await ben.shown("no_budget")
        assert len(house.ordered()) == 1
