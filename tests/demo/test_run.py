"""`python -m bot demo` as a process: started, killed, and started again."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx

from bot.demo.samples import SAMPLES
from bot.demo.world import ANNA, BOT
from tests.people import Message, Person, buttons

HERE = Path(__file__).parents[2]
SPEED = 20  # times real time


@contextlib.contextmanager
def demo(*options: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Run a demo and give the first line it says, which ends with its address."""
    with subprocess.Popen(  # noqa: S603  our own program
        [sys.executable, "-m", "bot", "demo", "--no-browser", "--port", "0", *options],
        cwd=HERE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().strip(), process
        finally:
            process.kill()


async def shown(anna: Person, part: str) -> Message:
    """Wait for a message with a button, or a text, that contains `part`."""
    return await anna.wait_for(
        lambda message: any(part in name for name in [*buttons(message), message.get("text", "")]),
        20,
    )


async def press(anna: Person, part: str) -> None:
    message = await shown(anna, part)
    await anna.press(message, next(name for name in buttons(message) if part in name))


async def test_a_demo_that_was_killed_goes_on_with_its_database(tmp_path: Path) -> None:
    options = ("--data", str(tmp_path), "--speed", str(SPEED))
    with demo(*options) as (line, process):
        async with Person(line.split()[-1], ANNA.id) as anna:
            await anna.send_photos(SAMPLES["woman"].draw(), SAMPLES["tee"].draw())
            await press(anna, "I agree")
            await press(anna, "Top")
            await press(anna, "Go")
            await shown(anna, "Cancel this order")
            first = await anna.messages()
        os.kill(process.pid, signal.SIGKILL)

    with demo(*options) as (line, process):
        async with Person(line.split()[-1], ANNA.id) as anna:
            await anna.say("/tryon")
            await shown(anna, "Who is trying on")  # the consent is remembered
            await anna.send_photos(SAMPLES["man"].draw())
            await shown(anna, "What shall it be")
            second = await anna.messages()
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0

    assert not _ids(first) & _ids(second)
    assert min(one["date"] for one in second) >= max(one["date"] for one in first)


def _ids(messages: list[Message]) -> set[str]:
    """Return the ids of messages and photos: the bot remembers them all."""
    photos = [size["file_id"] for one in messages for size in one.get("photo", [])]
    return {*photos, *(str(one["message_id"]) for one in messages)}


def test_a_demo_that_cannot_keep_its_database_says_which_option_to_change(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    taken = str(tmp_path / "taken")

    with demo("--data", str(tmp_path / "file")) as (line, process):
        assert process.wait(20) == 2
    assert "--data" in line

    with demo("--data", taken), demo("--data", taken) as (line, late):
        assert late.wait(20) == 2
    assert "--data" in line


async def test_its_telegram_refuses_what_is_too_much_for_a_chat() -> None:
    with demo() as (line, _):
        url = line.split()[-1]
        async with Person(url, ANNA.id) as anna, httpx.AsyncClient(base_url=url) as bot:
            await anna.say("/start")
            words = {"chat_id": ANNA.id, "text": "Hello"}
            method = f"/bot{BOT.token}/sendMessage"
            codes = {(await bot.post(method, json=words)).status_code for _ in range(30)}
    assert codes == {200, 429}
