"""Changing one's mind: while the order waits, at the image service, and too late."""

import asyncio
from pathlib import Path

from tests.journeys.checks import picture_is_right
from tests.journeys.guest import Guest
from tests.journeys.house import open_house
from tests.journeys.photos import photo
from tests.people import buttons

LONG = 300.0  # seconds a picture takes where something is to happen meanwhile; 30 of them pending


async def test_an_order_that_waits_is_cancelled_at_once(tmp_path: Path) -> None:
    async with open_house(tmp_path, trouble=True) as house:
        await house.control.fault("dashscope", "policy", "429", times=4, retry_after=500)
        anna = house.guest()
        await anna.tap(await anna.card(photo("woman"), photo("tee")), "button.go")
        waiting = await anna.shown("progress.next")
        await anna.told(await anna.tap(waiting, "job.cancel"), "cancel_done")
        over = await anna.shown("progress.cancelled")
        assert over["message_id"] == waiting["message_id"]
        await _has(anna, 5)
        assert house.ordered() == []


async def test_an_order_that_has_not_begun_is_taken_back_from_the_service(tmp_path: Path) -> None:
    async with open_house(tmp_path, trouble=True) as house:
        await house.control.fault("dashscope", "submit", "stuck_pending")
        anna = house.guest()
        await anna.tap(await anna.card(photo("woman"), photo("tee")), "button.go")
        drawing = await anna.shown("progress.drawing")
        await anna.told(await anna.tap(drawing, "job.cancel"), "cancel_asked")
        await anna.shown("progress.cancelled")
        assert len(house.calls("dashscope", "cancel")) == 1
        await _has(anna, 5)


async def test_the_cancel_command_cancels_the_only_order(tmp_path: Path) -> None:
    async with open_house(tmp_path, trouble=True) as house:
        await house.control.fault("dashscope", "submit", "stuck_pending")
        anna = house.guest()
        await anna.tap(await anna.card(photo("woman"), photo("tee")), "button.go")
        await anna.shown("progress.drawing")
        await anna.say("/cancel")
        await asyncio.gather(anna.shown("cancel_asked"), anna.shown("progress.cancelled"))
        await anna.say("/cancel")
        await anna.shown("nothing_to_cancel")
        await _has(anna, 5)


async def test_once_it_is_being_drawn_it_is_too_late_and_the_picture_comes(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        house.server.dashscope.set_runtime("aitryon-plus", LONG)
        anna = house.guest()
        await anna.tap(await anna.card(photo("woman"), photo("tee")), "button.go")
        offered = await anna.shown("progress.next", "progress.drawing")
        await anna.wait_for(lambda one: anna.reads(one, "progress.drawing") and not buttons(one))
        press = await anna.press(offered, "j1:1:cancel", stale=True)
        await anna.told(press, "cancel_too_late")
        await house.control.advance(LONG)
        await picture_is_right(house, anna, await anna.result(), photo("woman"), ["tee"])
        assert house.calls("dashscope", "cancel") == []
        await _has(anna, 3)


async def test_a_service_that_has_begun_meanwhile_goes_on_and_it_is_said(tmp_path: Path) -> None:
    async with open_house(tmp_path, trouble=True) as house:
        house.server.dashscope.set_runtime("aitryon-plus", 10 * LONG)
        await house.control.fault(
            "dashscope", "cancel", "error", status=400, code="UnsupportedOperation"
        )
        anna = house.guest()
        await anna.tap(await anna.card(photo("woman"), photo("tee")), "button.go")
        drawing = await anna.shown("progress.drawing")
        await anna.told(await anna.tap(drawing, "job.cancel"), "cancel_asked")
        await anna.shown("progress.cancelling")
        await anna.shown("progress.drawing")
        await house.control.advance(10 * LONG)
        await picture_is_right(house, anna, await anna.result(), photo("woman"), ["tee"])


async def _has(guest: Guest, left: int) -> None:
    """Check what somebody has left today."""
    await guest.say("/quota")
    said = await guest.shown("quota")
    assert f"Today: {left} credits left" in said["text"]
