"""What goes wrong at the image service ends in the picture, or in a refund with the right words."""

from pathlib import Path

from PIL import Image

from tests.journeys.checks import picture_is_right
from tests.journeys.guest import Guest
from tests.journeys.house import BEN, OLGA, House, open_house
from tests.journeys.photos import SIZE, encoded, photo

DEADLINE = 600.0  # seconds after which a task is given up

POLICY_LIFETIME = 300.0  # seconds for which one permission to upload is used

# What passes: the faults of four orders, by call. Each of them gets its picture.
ROUNDS: tuple[tuple[tuple[str, str, int], ...], ...] = (
    (
        ("policy", "429", 2),
        ("upload", "500", 2),
        ("submit", "429", 3),
        ("query", "429", 2),
        ("result", "503", 2),
    ),
    (("upload", "drop", 1), ("submit", "500", 1), ("query", "500", 2), ("result", "drop", 1)),
    (("policy", "truncated", 1), ("submit", "drop", 1), ("query", "html", 2)),
    (("submit", "fail_task", 1), ("query", "types", 1), ("query", "drop", 2)),
)
GARBAGE = ("apply_then_drop", "html", "truncated", "empty", "list")


async def _ordered(guest: Guest, garment: str = "tee") -> None:
    card = await guest.card(photo("woman"), photo(garment))
    await guest.tap(card, "button.go")


async def _operator(house: House) -> Guest:
    """Return the operator, who has written to the bot: it cannot begin a chat by itself."""
    olga = house.guest(OLGA)
    await olga.say("/start")
    await olga.shown("welcome")
    return olga


async def test_what_passes_only_delays_the_picture(tmp_path: Path) -> None:
    async with open_house(tmp_path, trouble=True, daily_credits=100) as house:
        anna, dashscope = house.guest(), house.server.dashscope
        for number, faults in enumerate(ROUNDS, 1):
            for call, kind, times in faults:
                await house.control.fault("dashscope", call, kind, times)
            await _ordered(anna)
            await picture_is_right(house, anna, await anna.result(), photo("woman"), ["tee"])
            assert house.server.faults.waiting() == []
            assert len(await dashscope.paid()) == number
            await house.control.advance(POLICY_LIFETIME)
        assert len(dashscope.accepted()) == len(ROUNDS) + 1, "one task failed and was repeated"


async def test_an_order_whose_answer_is_lost_or_garbled_is_paid_once(tmp_path: Path) -> None:
    async with open_house(tmp_path, trouble=True, daily_credits=100) as house:
        anna = house.guest()
        for number, kind in enumerate(GARBAGE, 1):
            await house.control.fault("dashscope", "submit", kind)
            await _ordered(anna)
            await anna.result()
            assert len(house.server.dashscope.accepted()) == number, kind
        assert len(await house.server.dashscope.paid()) == len(GARBAGE)


# --- what ends the order -----------------------------------------------------------------

# What the service says about a task that fails, and what people then read.
ENDINGS = {
    "DataInspectionFailed": "content_refused",
    "InvalidPerson": "person_unclear",
    "InvalidInputLength": "photo_unfit",
}
# Faults after which the operator has to look: the call, the fault, the cause.
REPORTED = (
    ("submit", "400", "request_refused"),
    ("result", "404", "result_unusable"),
    ("result", "not_a_picture", "result_unusable"),
    ("result", "too_large", "result_unusable"),
)


async def _refunded(guest: Guest, cause: str) -> None:
    """Check that an order failed for a reason, and that nothing was charged."""
    failed = await guest.shown(f"fail.{cause}", seconds=20)
    assert guest.reads(failed, "fail.not_charged")
    await guest.say("/quota")
    said = await guest.shown("quota")
    assert "5 credits left" in said["text"]


async def test_a_photo_without_a_person_is_said_and_not_charged(tmp_path: Path) -> None:
    wall = encoded(Image.new("RGB", SIZE, "wheat"))
    async with open_house(tmp_path) as house:
        anna = house.guest()
        await anna.tap(await anna.card(wall, photo("tee")), "button.go")
        failed = await anna.shown("fail.person_unclear", seconds=20)
        await _refunded(anna, "person_unclear")
        await anna.tap(failed, "job.other_person")
        await anna.shown("ask.person")
        await anna.send_photos(photo("woman"))
        await anna.tap(await anna.shown("card.top"), "button.go")
        await picture_is_right(house, anna, await anna.result(), photo("woman"), ["tee"])


async def test_what_the_service_will_never_draw_is_said_and_not_charged(tmp_path: Path) -> None:
    async with open_house(tmp_path, trouble=True) as house:
        anna = house.guest()
        for code, cause in ENDINGS.items():
            await house.control.fault("dashscope", "submit", "fail_task", code=code)
            await _ordered(anna)
            await _refunded(anna, cause)
        await house.control.fault("dashscope", "submit", "fail_task", times=2)
        await _ordered(anna)
        await _refunded(anna, "service_failed")
        assert len(house.server.dashscope.accepted()) == len(ENDINGS) + 2


async def test_what_is_our_fault_is_refunded_and_reported(tmp_path: Path) -> None:
    async with open_house(tmp_path, trouble=True) as house:
        anna, olga = house.guest(), await _operator(house)
        for call, kind, cause in REPORTED:
            await house.control.fault("dashscope", call, kind)
            await _ordered(anna)
            await _refunded(anna, cause)
        for cause in ("request_refused", "result_unusable"):
            await olga.shown(f"alert.{cause}")


async def test_a_task_that_never_ends_is_given_up_at_the_deadline(tmp_path: Path) -> None:
    async with open_house(tmp_path, trouble=True) as house:
        await house.control.fault("dashscope", "submit", "stuck")
        anna = house.guest()
        await _ordered(anna)
        await anna.shown("progress.drawing")
        await house.control.advance(DEADLINE)
        await _refunded(anna, "too_late")


# --- what holds everything up ------------------------------------------------------------


async def test_without_money_at_the_service_orders_wait_and_then_go_on(tmp_path: Path) -> None:
    async with open_house(tmp_path, trouble=True) as house:
        anna, ben, olga = house.guest(), house.guest(BEN), await _operator(house)
        await house.control.fault("dashscope", "submit", "arrears")
        await _ordered(anna)
        await anna.shown("progress.held")
        await olga.shown("alert.arrears")
        await ben.card(photo("man"), photo("tee"))
        await ben.shown("no_model")
        await house.control.advance(DEADLINE)
        await picture_is_right(house, anna, await anna.result(), photo("woman"), ["tee"])
        assert len(house.server.dashscope.accepted()) == 1


async def test_a_refused_key_is_tried_again_after_a_restart(tmp_path: Path) -> None:
    async with open_house(tmp_path, trouble=True) as house:
        anna, olga = house.guest(), await _operator(house)
        await house.control.fault("dashscope", "policy", "401")
        await _ordered(anna)
        await anna.shown("progress.held")
        await olga.shown("alert.key_refused")
        await house.end()
        await house.start()
        await picture_is_right(house, anna, await anna.result(), photo("woman"), ["tee"])


async def test_when_a_model_is_gone_another_one_draws_for_its_own_price(tmp_path: Path) -> None:
    async with open_house(tmp_path, trouble=True) as house:
        anna, olga = house.guest(), await _operator(house)
        await house.control.fault("dashscope", "submit", "404", model="aitryon-plus")
        await _ordered(anna)
        await picture_is_right(house, anna, await anna.result(), photo("woman"), ["tee"])
        await olga.shown("alert.model_gone")
        assert [body["model"] for body in house.ordered()] == ["aitryon"]
        await anna.say("/quota")
        assert "4 credits left" in (await anna.shown("quota"))["text"]
