"""The process itself: how it ends, how it goes on, and how it refuses to begin."""

import time
from pathlib import Path

import pytest

from bot.clock import Clock
from bot.demo.server import DemoServer
from tests.journeys.guest import Guest
from tests.journeys.house import ANNA
from tests.journeys.photos import SIZE, decoded, photo, wears
from tests.journeys.process import Process, open_process

TASK = 4.0  # seconds a picture takes: longer than a stop
STOP = 10.0  # seconds a stop may take


async def test_sigterm_in_the_middle_of_an_order_loses_nothing(tmp_path: Path) -> None:
    server = DemoServer(Clock())
    server.dashscope.set_runtime("aitryon-plus", TASK)
    async with open_process(tmp_path, server) as process, Guest(server.url, ANNA) as anna:
        card = await anna.card(photo("woman"), photo("tee"))
        await anna.tap(card, "button.go")
        await anna.shown("progress.drawing")
        began = time.monotonic()
        assert await process.stop() == 0
        assert time.monotonic() - began < STOP
        assert len(server.dashscope.accepted()) == 1
        await process.start()
        result = await anna.result()
        picture = await anna.picture(result)
        assert decoded(picture).size == SIZE
        assert wears(picture, photo("woman"), "tee")
        await anna.shown("progress.done", seconds=20)
        assert await process.stop() == 0
        assert sum(anna.reads(one, "result") for one in await anna.heard()) == 1
        assert len(server.dashscope.accepted()) == 1
        assert not [line for line in process.said if "rror" in line], process.said


WRONG = {
    "TELEGRAM_BOT_TOKEN": "no token",
    "DASHSCOPE_API_KEY": "",
    "LISTEN": "nowhere",
    "PUBLIC_URL": "ftp://example.org",
    "ADMIN_IDS": "Olga",
    "TRYON_MODELS": "crayon",
    "DAILY_CREDITS": "many",
    "DAILY_BUDGET_CNY": "-1",
    "TIMEZONE": "Mars",
    "DEFAULT_LANGUAGE": "tlh",
    "LOG_LEVEL": "loud",
}


async def test_all_problems_of_the_settings_are_told_at_once(tmp_path: Path) -> None:
    process = Process(WRONG, tmp_path)
    await process.start()
    assert await process.ended() == 2
    said = "".join(process.said)
    assert [name for name in WRONG if name not in said] == []


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("TELEGRAM_BOT_TOKEN", "4242:ATokenThatNobodyEverGotFromBotFather", "TELEGRAM_BOT_TOKEN"),
        ("DATABASE_PATH", "a-file-that-is-none.db", "a-file-that-is-none.db"),
    ],
)
async def test_what_only_shows_when_it_begins_is_told_too(
    tmp_path: Path, name: str, value: str, told: str
) -> None:
    (tmp_path / "a-file-that-is-none.db").write_text("this is no database, whatever it is called")
    async with open_process(tmp_path, DemoServer(Clock()), **{name: value}) as process:
        assert await process.ended() == 2
        assert told in process.said[-1]
        assert "Traceback" not in "".join(process.said)
