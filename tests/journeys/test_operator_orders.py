"""Operators see what is happening to orders, and mend it."""

from pathlib import Path

from PIL import Image

from tests.journeys.guest import Guest
from tests.journeys.house import ANNA, OLGA, House, open_house
from tests.journeys.operating import met, operator
from tests.journeys.photos import SIZE, encoded, photo
from tests.people import buttons, says, words

MADE_GOOD = "SELECT account, extra, reason FROM ledger WHERE kind = 'grant'"
TRAIL = "SELECT action, job_id, before, after, reason FROM audit ORDER BY id"


async def ordered(guest: Guest, garment: str = "tee") -> None:
    await guest.tap(await guest.card(photo("woman"), photo(garment)), "button.go")


async def confirmed(house: House, text: str, question: str, answer: str) -> str:
    """Give a command, say yes, and return the answer."""
    olga = operator(house)
    await olga.say(text)
    await olga.tap(await olga.shown(question), "admin.yes")
    return words(await olga.shown(answer))


async def test_a_finished_order_is_given_back_once(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        anna, olga = house.guest(), operator(house)
        await ordered(anna)
        await anna.result()
        await anna.wait_for(lambda one: anna.reads(one, "progress.done"), since=0)
        await olga.say("/job 1")
        said = words(await olga.shown("admin.job"))
        assert "Anna (@anna, 1001)" in said
        assert "• hold -2 (person:1001)\n• commit +0 (person:1001)" in said
        assert "costs us 0.50 CNY" in said
        await olga.say("/refund 1 a blurred picture")
        question = await olga.shown("admin.refund.ask")
        await olga.say("/refund 1")
        again = await olga.shown("admin.refund.ask")
        await olga.tap(question, "admin.yes")
        assert "0 → 2" in words(await olga.shown("admin.refund"))
        await olga.tap(again, "admin.yes")
        await olga.shown("admin.refund.before")
        await olga.say("/refund #1")
        await olga.shown("admin.refund.before")
        await olga.say("/job 1")
        assert olga.reads(await olga.shown("admin.job"), "admin.job.made_good")
        await house.end()
        assert await house.look(MADE_GOOD) == [("person:1001", 2, "a blurred picture")]
        assert await house.look(TRAIL) == [("refund", 1, "0", "2", "a blurred picture")]


async def test_an_open_order_is_cancelled_and_costs_nothing(tmp_path: Path) -> None:
    async with open_house(tmp_path, trouble=True) as house:
        await house.control.fault("dashscope", "policy", "429", times=500)
        anna, olga = house.guest(), operator(house)
        await ordered(anna)
        await anna.shown("progress.next")
        await olga.say("/queue")
        said = words(await olga.shown("admin.queue"))
        assert "aitryon-plus: 1 waiting, 0 being drawn" in said
        assert "#1 Anna · 👕 Top · being prepared (1)" in said
        await olga.say("/refund 1")
        await olga.shown("admin.refund.open")
        await confirmed(house, "/canceljob 1 on request", "admin.canceljob.ask", "admin.canceljob")
        await anna.wait_for(says("2 credits back"), since=0)
        for text, key in {
            "/canceljob 1": "admin.canceljob.over",
            "/refund 1": "admin.refund.before",
            "/queue": "admin.queue.empty",
        }.items():
            await olga.say(text)
            await olga.shown(key)
        await house.end()
        assert await house.look(TRAIL) == [("canceljob", 1, "preparing", "cancelled", "on request")]


async def test_an_order_that_is_being_drawn_cannot_be_stopped(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        house.server.dashscope.set_runtime("aitryon-plus", 60.0)
        anna = house.guest()
        await ordered(anna)
        await anna.wait_for(
            lambda one: anna.reads(one, "progress.drawing") and not buttons(one), since=0
        )
        await confirmed(house, "/canceljob 1", "admin.canceljob.ask", "admin.canceljob.late")
        await anna.result()
        await house.end()
        assert await house.look(TRAIL) == []


async def test_a_failed_order_tells_why_and_costs_nothing_anyway(tmp_path: Path) -> None:
    wall = encoded(Image.new("RGB", SIZE, "wheat"))
    async with open_house(tmp_path) as house:
        await met(house, OLGA)
        anna, olga = house.guest(), operator(house)
        await anna.tap(await anna.card(wall, photo("tee")), "button.go")
        await anna.wait_for(lambda one: anna.reads(one, "fail.person_unclear"), since=0)
        await olga.say("/job 1")
        said = words(await olga.shown("admin.job"))
        assert "Why it failed: no clear person" in said
        assert "• refund +2 (person:1001)" in said
        await olga.say("/refund 1")
        await olga.shown("admin.refund.before")


async def test_numbers_that_are_no_orders(tmp_path: Path) -> None:
    wrong = {
        "/job": "admin.misread.no_job",
        "/job one": "admin.misread.job",
        "/job 1 2": "admin.misread.more",
        "/job 7": "admin.job.unknown",
        "/refund 7": "admin.job.unknown",
        "/canceljob 7": "admin.job.unknown",
        "/queue please": "admin.misread.more",
    }
    async with open_house(tmp_path) as house:
        await met(house, ANNA)
        olga = operator(house)
        for text, key in wrong.items():
            await olga.say(text)
            await olga.shown(key)
