"""The hourly round: what is over its time goes, and one trouble does not keep the rest."""

import asyncio

import pytest
import structlog
from structlog.testing import capture_logs

from bot.clock import Clock
from bot.housekeeping import EVERY, keep_tidy
from providers.base import NoAnswer
from providers.causes import Cause, Problem
from storage import pictures
from storage.database import Database


class Host:
    """Counts how often it is swept, and answers what it is told to."""

    def __init__(self) -> None:
        self.swept = asyncio.Queue[float]()
        self.answer: NoAnswer | Exception | None = None
        self.clock: Clock

    async def sweep(self) -> NoAnswer | None:
        self.swept.put_nowait(self.clock.now())
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (None, None),
        (NoAnswer(Problem(Cause.PHOTO_UNREACHABLE, "denied", "not for you")), "denied not for you"),
        (RuntimeError("never seen"), "RuntimeError: never seen"),
    ],
)
async def test_lost_photos_are_swept_away_every_hour_whatever_happens(
    db: Database, clock: Clock, answer: NoAnswer | Exception | None, said: str | None
) -> None:
    structlog.reset_defaults()
    host = Host()
    host.answer, host.clock = answer, clock
    async with db.transaction("test") as tx:
        await pictures.put(tx, b"old", "image/jpeg", 1, 1, clock.now() - 25 * EVERY)
    with capture_logs() as lines:
        work = asyncio.create_task(keep_tidy(db, clock, host.sweep))
        times = [await host.swept.get()]
        for _ in range(2):
            clock.advance(EVERY)
            times.append(await host.swept.get())
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)

    assert [round(later - times[0]) for later in times] == [0, 3600, 7200]
    warned = [line["reason"] for line in lines if line["log_level"] == "warning"]
    assert all(said is not None and text.startswith(said) for text in warned)
    assert bool(warned) == (said is not None)
    async with db.reading() as tx:
        assert await tx.value("SELECT count(*) FROM pictures") == 0
