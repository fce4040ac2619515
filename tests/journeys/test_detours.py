"""When a model takes no orders another draws them: people are told, or asked if it is dearer."""

from pathlib import Path

from tests.journeys.checks import picture_is_right
from tests.journeys.guest import Guest
from tests.journeys.house import ANNA, BEN, OLGA, House, open_house
from tests.journeys.photos import photo
from tests.people import Message, from_bot, words

CHEAP_FIRST = ("aitryon", "aitryon-plus")  # 1 credit, and 2
BOOKS = "SELECT job_id, kind, daily + extra FROM ledger WHERE job_id NOT NULL ORDER BY id"


async def _ordered(guest: Guest, person: str = "woman") -> None:
    await guest.tap(await guest.card(photo(person), photo("tee")), "button.go")


async def _asked(house: House, guest: Guest) -> Message:
    """Order from a model that is gone where the other one is dearer; return the question."""
    await house.control.fault("dashscope", "submit", "404", model="aitryon")
    await _ordered(guest)
    return await guest.shown("detour.ask")


async def _credits_left(guest: Guest, number: int) -> None:
    await guest.say("/quota")
    assert f"{number} credit" in words(await guest.shown("quota"))


async def test_orders_of_a_model_that_is_retired_go_on_elsewhere_and_people_read_it(
    tmp_path: Path,
) -> None:
    async with open_house(tmp_path, trouble=True, tryon_models=CHEAP_FIRST[::-1]) as house:
        anna, ben, olga = house.guest(ANNA), house.guest(BEN), house.guest(OLGA)
        await olga.say("/start")
        await olga.shown("welcome")
        cards = [await anna.card(photo("woman"), photo("tee"))]
        cards.append(await ben.card(photo("man"), photo("tee")))
        await house.control.fault("dashscope", "submit", "404", times=9, model="aitryon-plus")
        for guest, card in zip((anna, ben), cards, strict=True):
            await guest.tap(card, "button.go")
        for guest, person in ((anna, "woman"), (ben, "man")):
            told = await guest.shown("detour.instead", seconds=20)
            assert guest.reads(told, "detour.price")
            await picture_is_right(house, guest, await guest.result(), photo(person), ["tee"])
            assert guest.reads(await guest.now(told), "progress.done")
            await _credits_left(guest, 4)
        await olga.shown("alert.model_gone")
        assert [body["model"] for body in house.ordered()] == ["aitryon", "aitryon"]


async def test_a_dearer_model_draws_after_a_yes_and_costs_what_was_asked(tmp_path: Path) -> None:
    async with open_house(tmp_path, trouble=True, tryon_models=CHEAP_FIRST) as house:
        anna, ben = house.guest(ANNA), house.guest(BEN)
        question = await _asked(house, anna)
        await anna.say("/quota")
        assert anna.reads(await anna.shown("quota"), "quota.asked")
        await ben.say("/start")
        theirs = await ben.shown("welcome")
        await ben.told(await ben.press(theirs, "j1:1:yes:1", stale=True), "bad_button")
        await anna.told(await anna.tap(question, "job.yes"), "offer_taken")
        await anna.told(await anna.tap(question, "job.yes", stale=True), "offer_over", alert=True)
        await picture_is_right(house, anna, await anna.result(), photo("woman"), ["tee"])
        assert anna.reads(await anna.now(question), "detour.settled.taken")
        await _credits_left(anna, 3)
        await house.end()
        assert await house.look(BOOKS) == [
            *((1, "hold", -1), (1, "refund", 1)),
            *((2, "hold", -2), (2, "commit", 0)),
        ]


async def test_after_a_no_the_credits_are_back(tmp_path: Path) -> None:
    async with open_house(tmp_path, trouble=True, tryon_models=CHEAP_FIRST) as house:
        anna = house.guest()
        question = await _asked(house, anna)
        await anna.told(await anna.tap(question, "job.no"), "offer_declined")
        await anna.shown("progress.cancelled")
        await _credits_left(anna, 5)
        assert house.ordered() == []


async def test_who_cannot_pay_more_keeps_the_question(tmp_path: Path) -> None:
    async with open_house(
        tmp_path, trouble=True, tryon_models=CHEAP_FIRST, daily_credits=1
    ) as house:
        anna = house.guest()
        question = await _asked(house, anna)
        await anna.told(await anna.tap(question, "job.yes"), "offer_too_dear", alert=True)
        assert anna.reads(await anna.now(question), "detour.ask")
        await anna.say("/cancel")
        await anna.shown("cancel_done")
        await _credits_left(anna, 1)
        assert anna.reads(await anna.now(question), "detour.settled.given_back")


async def test_a_refused_key_keeps_the_orders_alerts_once_and_comes_back(tmp_path: Path) -> None:
    async with open_house(tmp_path, trouble=True) as house:
        anna, ben, olga = house.guest(ANNA), house.guest(BEN), house.guest(OLGA)
        await olga.say("/start")
        await olga.shown("welcome")
        card = await ben.card(photo("man"), photo("tee"))
        await house.control.fault("dashscope", "submit", "401")
        await _ordered(anna)
        await anna.shown("progress.held")
        await ben.told(await ben.tap(card, "button.go"), "no_model", alert=True)
        await house.end()
        assert await house.look("SELECT scope, reason FROM pauses") == [
            ("account:dashscope", "key_refused")
        ]
        assert house.ordered() == []
        await house.start()
        await picture_is_right(house, anna, await anna.result(), photo("woman"), ["tee"])
        alerts = [one for one in await olga.messages() if from_bot(one) and "key" in words(one)]
        assert len(alerts) == 1


async def test_a_service_that_fails_again_and_again_leaves_its_orders_to_the_next(
    tmp_path: Path,
) -> None:
    async with open_house(tmp_path, trouble=True, speed=12) as house:  # it moves within 10 s
        anna = house.guest()
        await house.control.fault("dashscope", "submit", "500", times=2, model="aitryon-plus")
        await _ordered(anna)
        await anna.shown("detour.instead", seconds=20)
        await picture_is_right(house, anna, await anna.result(), photo("woman"), ["tee"])
        assert [body["model"] for body in house.ordered()] == ["aitryon"]
        assert len(await house.server.dashscope.paid()) == 1
