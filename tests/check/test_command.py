"""`python -m bot check` as it is started: what is printed, and the exit code."""

import asyncio
import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.check.findings import Bad, Finding, Good
from bot.check.run import Subject, checked
from bot.demo.run import KEY
from bot.demo.world import BOT, OLGA
from tests.check.surroundings import Place

HERE = Path(__file__).parents[2]
_TOKEN_LINE = ["✓", "token", "@fitting_room_demo_bot,", "id", "4242"]
SECRET = "canary/secret+0123456789"


@dataclass(frozen=True, slots=True)
class Done:
    code: int | None
    out: str
    err: str


async def run(place: Place, *options: str, **names: str) -> Done:
    """Start the real program beside the local servers."""
    place.data.mkdir(exist_ok=True)
    inherited = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    given = {
        "PYTHONPATH": str(HERE),
        "PYTHONIOENCODING": "utf-8",
        "NO_PROXY": "127.0.0.1",
        "COLUMNS": "100",
        "TELEGRAM_BOT_TOKEN": BOT.token,
        "TELEGRAM_API_URL": place.server.url,
        "ADMIN_IDS": str(OLGA.id),
        "DASHSCOPE_API_KEY": KEY,
        "DASHSCOPE_URL": f"{place.server.url}/dashscope/api/v1",
        "S3_SECRET_KEY": SECRET,
    }
    process = await asyncio.create_subprocess_exec(
        *[sys.executable, "-W", "error", "-m", "bot", "check", *options],
        cwd=place.data,
        env={**inherited, **given, **names},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    async with asyncio.timeout(60):
        out, err = await process.communicate()
    done = Done(process.returncode, out.decode(), err.decode())
    for secret in (BOT.token, KEY, SECRET):
        assert secret not in done.out + done.err
    return done


async def test_when_all_is_well_it_says_so_and_the_exit_code_is_0(place: Place) -> None:
    done = await run(place)

    assert (done.code, done.err) == (0, "")
    assert "✗" not in done.out
    lines = done.out.splitlines()
    subjects = [line for line in lines[:-1] if line and not line.startswith(" ")]
    assert subjects == ["Settings", "Database", "Telegram", "DashScope", "Photo host"]
    assert any(line.split() == _TOKEN_LINE for line in lines)


async def test_it_changes_nothing(place: Place) -> None:
    await run(place)

    assert _names(place.data) == []
    assert place.server.requests.of("telegram", "getUpdates") == []
    assert await place.server.dashscope.paid() == []


async def test_programs_get_json_and_the_exit_code_1_when_something_is_bad(place: Place) -> None:
    place.server.faults.add("dashscope", "models", "401", times=5)

    done = await run(place, "--json")

    assert done.code == 1
    found = json.loads(done.out)
    assert found["ok"] is False
    bad = [one for one in found["findings"] if one["state"] == "bad"]
    assert [(one["subject"], one["item"]) for one in bad] == [("DashScope", "key")]


async def test_settings_that_cannot_be_used_are_all_there_is_to_say(place: Place) -> None:
    done = await run(place, "--json", TIMEZONE="Mars", PHOTO_HOST="s3", DAILY_CREDITS="many")

    assert done.code == 1
    items = [one["item"] for one in json.loads(done.out)["findings"]]
    assert items == [
        "S3_URL",
        "S3_BUCKET",
        "S3_REGION",
        "S3_ACCESS_KEY",
        "DAILY_CREDITS",
        "TIMEZONE",
    ]


async def test_a_terminal_that_knows_only_ascii_gets_ascii(place: Place) -> None:
    done = await run(place, PYTHONIOENCODING="ascii")

    assert done.code == 0
    assert done.out.isascii()
    assert "  ok token" in done.out


# --- one check does not hide the others ----------------------------------------------------


async def _good(_around: object) -> tuple[Finding, ...]:
    return (Good("item", "well"),)


async def _broken(_around: object) -> tuple[Finding, ...]:
    msg = "never seen"
    raise RuntimeError(msg)


async def _endless(_around: object) -> tuple[Finding, ...]:
    await asyncio.Event().wait()
    return ()


@pytest.mark.parametrize(
    ("check", "said"),
    [(_broken, "RuntimeError: never seen"), (_endless, "not done within 0 seconds")],
)
async def test_a_check_that_fails_is_a_finding_itself(
    place: Place, check: object, said: str
) -> None:
    subjects = [Subject("Odd", check, 0.05), Subject("Fine", _good, 5.0)]  # type: ignore[arg-type]

    odd, fine = await checked(place.around(), subjects)

    assert isinstance(odd.findings[0], Bad)
    assert odd.findings[0].said.startswith(said)
    assert fine.findings == (Good("item", "well"),)


def _names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]
