"""The clock: it runs, stands still, is moved by hand, and never keeps anybody for good."""

import asyncio

import pytest

from bot.clock import Clock


async def ticks(count: int) -> None:
    for _ in range(count):
        await asyncio.sleep(0)


async def test_a_clock_that_stands_still_moves_only_by_hand() -> None:
    clock = Clock(start=100, speed=0)
    sleeper = asyncio.create_task(clock.sleep(10))
    await ticks(10)
    clock.advance(9)
    await ticks(10)
    assert not sleeper.done()
    clock.advance(1)
    await sleeper
    assert clock.now() == 110


async def test_a_fast_clock_sleeps_shorter() -> None:
    clock = Clock(start=0, speed=10_000)
    async with asyncio.timeout(5):
        await clock.sleep(100)
    assert clock.now() >= 100


async def test_an_event_wakes_whoever_waits_for_later() -> None:
    clock, wake = Clock(start=0, speed=0), asyncio.Event()
    waiter = asyncio.create_task(clock.wait_until(None, wake))
    await ticks(5)
    wake.set()
    await waiter


@pytest.mark.parametrize("moment", range(10))
async def test_cancelling_a_loop_ends_it_at_every_moment_of_its_waking(moment: int) -> None:
    clock, wake = Clock(start=0, speed=0), asyncio.Event()

    async def loop() -> None:
        while True:
            wake.clear()
            await clock.wait_until(None, wake)

    running = asyncio.create_task(loop())
    await ticks(5)
    wake.set()
    await ticks(moment)
    running.cancel()
    ended, _ = await asyncio.wait({running}, timeout=2)
    assert ended


def test_a_clock_cannot_run_backwards() -> None:
    with pytest.raises(ValueError, match="use 0 or more"):
        Clock(speed=-1)
