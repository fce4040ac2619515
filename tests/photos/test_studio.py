import asyncio
import threading
import time

import pytest

from bot.photos import Inspected, Normalised, PictureInfo, Studio, studio
from providers.spec import PhotoRules
from tests.photos import pictures

RULES = PhotoRules(min_bytes=5121, max_bytes=5_000_000, min_side=151, max_side=4095)


async def test_the_studio_offers_all_the_photo_functions() -> None:
    room = Studio()
    photo = pictures.jpeg()

    assert await room.inspect(photo) == Inspected(600, 800)
    assert isinstance(await room.normalise(photo, RULES), Normalised)
    assert await room.check_picture(photo) == PictureInfo("image/jpeg", 600, 800)
    assert (await room.side_by_side([photo, photo])).startswith(b"\xff\xd8")
    assert (await room.reencode_for_telegram(photo)).startswith(b"\xff\xd8")
    room.close()


async def test_two_work_at_once_and_the_others_wait_their_turn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    together = threading.Barrier(2, timeout=10)
    busy, most = [0], [0]
    lock = threading.Lock()

    def slow(data: bytes) -> bytes:
        with lock:
            busy[0] += 1
            most[0] = max(most[0], busy[0])
        together.wait()
        with lock:
            busy[0] -= 1
        return data

    monkeypatch.setattr(studio, "inspect", slow)
    room = Studio()

    answers = await asyncio.gather(*(room.inspect(bytes([i])) for i in range(6)))

    assert [*map(bytes, answers)] == [bytes([i]) for i in range(6)]  # type: ignore[arg-type]  # the fake's
    assert most == [2]
    room.close()


async def test_closing_drops_what_has_not_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow(data: bytes) -> bytes:
        begun.set()
        go_on.wait(10)
        return data

    monkeypatch.setattr(studio, "inspect", slow)
    room = Studio(at_once=1)
    first, second = (asyncio.ensure_future(room.inspect(b"%d" % i)) for i in (1, 2))
    await asyncio.to_thread(begun.wait, 10)
    room.close()
    go_on.set()

    assert await first == b"1"  # type: ignore[comparison-overlap]  # the fake answers so
    with pytest.raises(asyncio.CancelledError):
        await second


async def test_the_event_loop_goes_on_while_a_camera_photo_is_normalised() -> None:
    room = Studio()
    work = asyncio.ensure_future(room.normalise(pictures.camera(), RULES))
    worst, last = 0.0, time.perf_counter()
    while not work.done():
        await asyncio.wait({work}, timeout=0.002)
        now = time.perf_counter()
        worst, last = max(worst, now - last), now

    assert isinstance(await work, Normalised)
    assert worst < 0.25  # generous for a busy machine; the benchmark measures it properly
    room.close()
