"""Operators watch the money and hold models back, and people are told kindly."""

from pathlib import Path

from tests.journeys.house import BEN, MEI, open_house
from tests.journeys.operating import met, operator
from tests.journeys.photos import photo
from tests.journeys.reading import reads
from tests.journeys.test_operator_orders import confirmed, ordered
from tests.people import words

TRAIL = "SELECT action, subject, before, after, reason FROM audit ORDER BY id"
ONE_MODEL = ("aitryon-plus",)


async def test_the_cap_is_shown_changed_and_given_back(tmp_path: Path) -> None:
    async with open_house(tmp_path, daily_budget_cny="0.80", tryon_models=ONE_MODEL) as house:
        await met(house, operator(house).id)
        anna, olga = house.guest(), operator(house)
        await ordered(anna)
        await anna.result()
        await olga.say("/budget")
        said = words(await olga.shown("admin.budget"))
        assert "Today: 0.50 of 0.80 CNY (62 %)" in said
        assert "This month: 0.50 CNY" in said
        await anna.say("/tryon")
        await anna.shown("no_budget")
        await olga.say("/budget 1.20 a busy day")
        assert "0.80 → 1.20 CNY" in words(await olga.shown("admin.budget.set"))
        await house.end()
        await house.start()  # what was changed outlives the process
        await ordered(anna, "dress")
        await anna.told(anna.presses[-1], "ordered")
        await anna.result()
        await confirmed(house, "/budget 0", "admin.budget.ask", "admin.budget.set")
        await olga.say("/budget default")
        assert "0 → 0.80 CNY" in words(await olga.shown("admin.budget.set"))
        for text in ("/budget much", "/budget -5", "/budget 1.234"):
            await olga.say(text)
            await olga.shown("admin.misread.money")
        await house.end()
        assert await house.look(TRAIL) == [
            ("budget", "DAILY_BUDGET_CNY", "0.80", "1.20", "a busy day"),
            ("budget", "DAILY_BUDGET_CNY", "1.20", "0", None),
            ("budget", "DAILY_BUDGET_CNY", "0", "0.80", None),
        ]


async def test_the_operator_hears_of_the_money_in_time_and_once(tmp_path: Path) -> None:
    async with open_house(tmp_path, daily_budget_cny="1.20", tryon_models=ONE_MODEL) as house:
        await met(house, operator(house).id)
        anna, olga = house.guest(), operator(house)
        for garment in ("tee", "dress"):
            await ordered(anna, garment)
            await anna.result()
        for key in ("alert.budget_nearly", "alert.budget"):
            said = words(await olga.wait_for(reads(key), since=0))
            assert "1.00 / 1.20 CNY" in said
        await house.control.advance(7200)
        await olga.say("/budget")
        await olga.shown("admin.budget")
        heard = [one for one in await olga.heard() if "CNY\n" not in words(one)]
        assert sum("1.00 / 1.20 CNY" in words(one) for one in heard) == 2


async def test_while_everything_is_paused_orders_wait_and_nobody_can_order(
    tmp_path: Path,
) -> None:
    async with open_house(tmp_path) as house:
        await met(house, MEI)
        anna, ben, mei, olga = (
            house.guest(),
            house.guest(BEN),
            house.guest(MEI),
            operator(house),
        )
        bens = await ben.card(photo("woman"), photo("dress"), wear="dress")
        await anna.card(photo("woman"), photo("tee"))
        await confirmed(house, "/pause", "admin.pause.ask", "admin.pause")
        await ben.tap(bens, "button.go")
        await ben.told(ben.presses[-1], "closed", alert=True)
        await mei.say("/tryon")
        await mei.shown("closed")
        await mei.say("/quota")
        await mei.shown("closed")
        await olga.say("/pause")
        await olga.shown("admin.pause.already")
        await olga.say("/models")
        said = words(await olga.shown("admin.models"))
        assert "All orders are paused by an operator" in said
        assert said.count("⏸") > 2
        await house.end()
        await house.start()
        await ben.tap(bens, "button.go")
        await ben.told(ben.presses[-1], "closed", alert=True)
        await olga.say("/resume")
        await olga.shown("admin.resume")
        await ben.tap(bens, "button.go")
        await ben.told(ben.presses[-1], "ordered")
        await ben.result()
        await olga.say("/resume")
        await olga.shown("admin.resume.already")
        await house.end()
        assert await house.look(TRAIL) == [
            ("pause", "*", "on", "paused", None),
            ("resume", "*", "paused", "on", None),
        ]


async def test_who_waits_for_a_paused_model_reads_it_and_gets_the_picture_later(
    tmp_path: Path,
) -> None:
    async with open_house(tmp_path, tryon_models=ONE_MODEL, trouble=True) as house:
        await house.control.fault("dashscope", "policy", "429", times=500)
        anna, olga = house.guest(), operator(house)
        await ordered(anna)
        await anna.shown("progress.next")
        said = await confirmed(
            house, "/pause aitryon-plus looking into it", "admin.pause.ask", "admin.pause"
        )
        assert "Waiting now: 1" in said
        await anna.wait_for(lambda one: anna.reads(one, "progress.held.operator"), since=0)
        await house.control.clear_faults()
        await olga.say("/models")
        assert "Paused by an operator" in words(await olga.shown("admin.models"))
        await olga.say("/queue")
        await olga.shown("admin.queue")
        assert house.ordered() == [], "nothing goes to a paused model"
        await olga.say("/resume aitryon-plus")
        await olga.shown("admin.resume")
        await anna.wait_for(lambda one: anna.reads(one, "result"), seconds=20, since=0)


async def test_a_pause_of_its_own_making_is_told_apart_and_can_be_ended(tmp_path: Path) -> None:
    async with open_house(tmp_path, tryon_models=ONE_MODEL, trouble=True) as house:
        await met(house, olga_id := operator(house).id)
        await house.control.fault("dashscope", "submit", "arrears", times=1)
        anna, olga = house.guest(), house.guest(olga_id)
        await ordered(anna)
        await anna.wait_for(lambda one: anna.reads(one, "progress.held"), since=0)
        await olga.say("/models")
        said = words(await olga.shown("admin.models"))
        assert "🔴 aitryon-plus" in said
        assert "no money or no quota left" in said
        await olga.say("/resume aitryon-plus topped up")
        await olga.shown("admin.resume")
        await anna.wait_for(lambda one: anna.reads(one, "result"), seconds=20, since=0)


async def test_models_that_are_not_there(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        olga = operator(house)
        for text in ("/pause dall-e", "/resume everything", "/pause AITRYON"):
            await olga.say(text)
            await olga.shown("admin.misread.model")
        await olga.say("/models now")
        await olga.shown("admin.misread.more")
        await olga.say("/models")
        said = words(await olga.shown("admin.models"))
        assert "🟢 aitryon-plus\n0 waiting, 0 being drawn. Usual time: not known yet" in said
