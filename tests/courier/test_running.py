"""The courier as a process runs it, and the process dying around a send."""

import asyncio
from pathlib import Path

import pytest

from bot.courier import POINTS
from bot.demo.world import ANNA
from storage.jobs import JobState
from tests.courier.office import Office, opened, said
from tests.engine.world import Crash


async def test_the_loop_sends_what_it_is_woken_for(office: Office) -> None:
    sent = asyncio.Event()
    office.courier._on_point = lambda point: sent.set() if point.endswith("send.after") else None
    running = asyncio.create_task(office.courier.run())
    await office.say(ANNA.id, said("1"))
    await sent.wait()
    assert office.texts(ANNA.id) == ["1"]
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_stopping_lets_a_message_on_its_way_arrive_and_be_written_down(
    office: Office,
) -> None:
    begun = asyncio.Event()
    office.courier._on_point = lambda point: begun.set() if point.endswith(".before") else None
    running = asyncio.create_task(office.courier.run())
    await office.say(ANNA.id, said("1"), said("2"))
    await begun.wait()
    await office.courier.stop(5)
    await running
    assert office.texts(ANNA.id) == ["1"]
    assert [state for state, _ in await office.rows()] == ["sent", "waiting"]


@pytest.mark.parametrize("point", POINTS)
async def test_a_crash_around_a_send_loses_nothing_and_doubles_at_most_that_message(
    tmp_path: Path, point: str
) -> None:
    burnt = False
    seen: list[str] = []

    def fuse(reached: str) -> None:
        nonlocal burnt
        seen.append(reached)
        if burnt or (reached == point and seen.count(point) == 1):
            burnt = True
            raise Crash

    office = await opened(tmp_path, on_point=fuse)
    office.db._on_point = fuse
    office.dead = lambda: burnt
    try:
        job = await office.delivering()
        await office.advance(2)
        assert burnt
        burnt = False
        await office.courier.stop(0)
        office.restarted()
        await office.advance(5)
        assert await office.state(job.id) is JobState.DONE
        doubled = point in {"courier.send.after", "courier.settle.before_commit"}
        assert len(office.messages(ANNA.id)) == (2 if doubled else 1)
    finally:
        await office.close()
