import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from subprocess import CompletedProcess
from types import SimpleNamespace

import pytest

import bot
import bot.demo
from bot import __main__ as command_line
from bot.settings import Settings

TOKEN = "4242:CanaryTokenCanaryTokenCanaryToken123"
HERE = Path(__file__).parents[2]


def run_bot(arguments: Sequence[str], folder: Path, **names: str) -> CompletedProcess[str]:
    """Start the real program in an empty folder."""
    inherited = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    return subprocess.run(  # noqa: S603  our own program
        [sys.executable, "-W", "error", "-m", "bot", *arguments],
        cwd=folder,
        env={**inherited, "PYTHONPATH": str(HERE), **names},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture
def parts(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """Stand in for the bot and the demo, which have tests of their own."""
    parts = SimpleNamespace(app=SimpleNamespace(), demo=SimpleNamespace())
    for package, name, part in ((bot, "app", parts.app), (bot.demo, "run", parts.demo)):
        monkeypatch.setattr(package, name, part, raising=False)
        monkeypatch.setitem(sys.modules, f"{package.__name__}.{name}", part)
    return parts


def test_settings_that_cannot_be_used_are_listed_and_the_exit_code_is_2(tmp_path: Path) -> None:
    done = run_bot([], tmp_path, TELEGRAM_BOT_TOKEN=TOKEN, TIMEZONE="Mars", LOG_LEVEL="loud")

    assert done.returncode == 2
    assert done.stdout == ""
    heading, *lines = done.stderr.splitlines()
    assert heading == "The settings cannot be used:"
    assert [line.split()[0].rstrip(":") for line in lines] == [
        "DASHSCOPE_API_KEY",
        "TIMEZONE",
        "LOG_LEVEL",
    ]
    assert TOKEN not in done.stderr


def test_help_tells_what_there_is(tmp_path: Path) -> None:
    done = run_bot(["--help"], tmp_path)

    assert done.returncode == 0
    for word in ("demo", "check", "TELEGRAM_BOT_TOKEN", "DASHSCOPE_API_KEY", ".env.example"):
        assert word in done.stdout


def test_an_unknown_command_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        command_line.main(["dance"])

    assert ended.value.code == 2
    said = capsys.readouterr().err
    assert "python -m bot: error:" in said
    assert "dance" in said


@pytest.mark.parametrize(
    "wrong", [["--port", "99999"], ["--port", "x"], ["--speed", "0"], ["--speed", "nan"]]
)
def test_a_wrong_option_of_the_demo_is_explained(
    wrong: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        command_line.main(["demo", *wrong])

    assert ended.value.code == 2
    assert f"{wrong[1]!r} is no" in capsys.readouterr().err


def test_good_settings_run_the_bot_and_slips_are_hinted_at(
    parts: SimpleNamespace,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    ran: list[Settings] = []

    def fake_run(settings: Settings) -> int:
        ran.append(settings)
        return 3

    for name in os.environ:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("DASHSCOPE_API_KEY", "sk-canary-0123456789")
    monkeypatch.setenv("ADMIN_ID", "1004")
    parts.app.run = fake_run

    assert command_line.main([]) == 3
    assert [settings.secrets[:2] for settings in ran] == [(TOKEN, "sk-canary-0123456789")]
    assert capsys.readouterr().err == "ADMIN_ID is no setting; did you mean ADMIN_IDS?\n"


def test_the_demo_is_told_what_was_asked_for(parts: SimpleNamespace) -> None:
    asked: list[dict[str, object]] = []

    def fake_run(**options: object) -> int:
        asked.append(options)
        return 0

    parts.demo.run = fake_run

    assert command_line.main(["demo"]) == 0
    assert command_line.main(["demo", "--port", "0", "--no-browser", "--speed", "10"]) == 0
    assert command_line.main(["demo", "--data", "kept"]) == 0
    plain: dict[str, object] = {"port": 8080, "browser": True, "data": None, "speed": 1.0}
    assert asked == [
        plain,
        {"port": 0, "browser": False, "data": None, "speed": 10.0},
        plain | {"data": Path("kept")},
    ]


def test_the_check_is_told_for_whom_it_is(
    parts: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[dict[str, object]] = []

    def fake_run(**options: object) -> int:
        asked.append(options)
        return 1

    parts.check = SimpleNamespace(run=fake_run)
    monkeypatch.setattr(bot, "check", parts.check, raising=False)
    monkeypatch.setitem(sys.modules, "bot.check", parts.check)

    assert command_line.main(["check"]) == 1
    assert command_line.main(["check", "--json"]) == 1
    assert asked == [{"as_json": False}, {"as_json": True}]


def test_an_interrupt_ends_it_without_a_traceback(parts: SimpleNamespace) -> None:
    def interrupted(**_options: object) -> int:
        raise KeyboardInterrupt

    parts.demo.run = interrupted

    assert command_line.main(["demo"]) == 130


def test_help_does_not_wait_for_the_heavy_parts() -> None:
    code = "import sys, bot.__main__; print(*sys.modules)"
    done = subprocess.run(  # noqa: S603  our own program
        [sys.executable, "-c", code], cwd=HERE, capture_output=True, text=True, check=True
    )
    loaded = {name.partition(".")[0] for name in done.stdout.split()}

    assert not loaded & {"telegram", "httpx", "pydantic", "PIL", "starlette", "structlog"}
