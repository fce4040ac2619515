import asyncio
import io
import json
import logging
import sys
import threading
import warnings
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import structlog
import telegram
from pydantic import SecretStr
from telegram.request import HTTPXRequest

from bot import observe
from bot.settings import Settings

TOKEN = "4242:CanaryTokenCanaryTokenCanaryToken123"
KEY = "canary key/with+odd=letters"
SECRETS = (TOKEN, KEY)


@pytest.fixture(autouse=True)
def _as_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Give the process its logging back."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    loggers = {name: logging.getLogger(name).level for name in observe._QUIET}
    show, raising = warnings.showwarning, logging.raiseExceptions
    for where, name in ((sys, "excepthook"), (sys, "unraisablehook"), (threading, "excepthook")):
        monkeypatch.setattr(where, name, getattr(where, name))
    yield
    logging.captureWarnings(capture=False)
    warnings.showwarning = show
    logging.raiseExceptions = raising
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, former in loggers.items():
        logging.getLogger(name).setLevel(former)
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()


@pytest.fixture(params=["text", "json"])
def stream(request: pytest.FixtureRequest) -> io.StringIO:
    stream = io.StringIO()
    observe.set_up("debug", request.param, SECRETS, stream)
    return stream


@pytest.fixture
def lines() -> io.StringIO:
    stream = io.StringIO()
    observe.set_up("info", "json", SECRETS, stream)
    return stream


def last(stream: io.StringIO) -> dict[str, object]:
    line: dict[str, object] = json.loads(stream.getvalue().splitlines()[-1])
    return line


def assert_no_canary(text: str) -> None:
    assert text, "nothing was logged at all"
    assert "anary" not in text
    assert KEY.replace(" ", "%20") not in text
    assert KEY.replace(" ", "+") not in text


class Holder:
    """Something whose representation shows what it holds, as a bot's does."""

    def __repr__(self) -> str:
        return f"Holder[{TOKEN}]"


class Broken:
    """Something that cannot be shown."""

    def __repr__(self) -> str:
        raise RuntimeError(TOKEN)


def test_a_line_is_one_json_object(lines: io.StringIO) -> None:
    structlog.get_logger("bot.engine").info("job moved", job=12, state="running", took=0.5)

    line = last(lines)
    assert line.pop("timestamp")
    assert line == {
        "event": "job moved",
        "job": 12,
        "state": "running",
        "took": 0.5,
        "level": "info",
        "logger": "bot.engine",
    }


def test_a_line_of_a_library_looks_the_same(lines: io.StringIO) -> None:
    logging.getLogger("library").warning("%d tasks left", 3)

    line = last(lines)
    assert (line["event"], line["level"], line["logger"]) == ("3 tasks left", "warning", "library")


def test_a_text_line_can_be_read_by_people() -> None:
    stream = io.StringIO()
    observe.set_up("info", "text", stream=stream)
    structlog.get_logger("bot.engine").info("job moved", job=12)

    assert "job moved" in stream.getvalue()
    assert "job=12" in stream.getvalue()
    assert "\x1b" not in stream.getvalue()


def test_what_is_below_the_level_is_not_written(lines: io.StringIO) -> None:
    structlog.get_logger().debug("detail")
    logging.getLogger("library").debug("detail")

    assert lines.getvalue() == ""


def test_setting_up_again_does_not_double_the_lines(lines: io.StringIO) -> None:
    again = io.StringIO()
    observe.set_up("info", "json", stream=again)
    structlog.get_logger().info("once")

    assert lines.getvalue() == ""
    assert len(again.getvalue().splitlines()) == 1


def test_no_secret_leaves_in_any_value_of_a_line(stream: io.StringIO) -> None:
    structlog.contextvars.bind_contextvars(context=TOKEN)
    structlog.get_logger().info(
        f"event {TOKEN}",
        text=KEY,
        nested={"list": [TOKEN, {"deep": (KEY,)}], KEY: 1},
        object=Holder(),
        objects=[Holder()],
        body=TOKEN.encode(),
        broken=Broken(),
        secret_token="canary",
        headers={"Authorization": "canary", "X-Api-Key": "canary"},
        path=Path(f"/file/bot{TOKEN}/x.jpg"),
    )

    assert_no_canary(stream.getvalue())


def test_no_secret_leaves_in_a_line_of_a_library(stream: io.StringIO) -> None:
    library = logging.getLogger("library")
    library.debug("request %s with %r", f"https://api.telegram.org/bot{TOKEN}/getMe", Holder())
    library.error("failed: %s", KEY)

    assert_no_canary(stream.getvalue())


def test_no_secret_leaves_in_a_traceback(stream: io.StringIO) -> None:
    try:
        try:
            int(TOKEN)
        except ValueError as error:
            raise RuntimeError(KEY) from error
    except RuntimeError:
        structlog.get_logger().exception("ours")
        logging.getLogger("library").exception("theirs")

    assert "RuntimeError" in stream.getvalue()
    assert_no_canary(stream.getvalue())


def test_no_secret_leaves_in_a_warning(stream: io.StringIO) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(capture=False)
        observe.set_up("debug", "json", SECRETS, stream)
        warnings.warn(f"old way of using {TOKEN}", stacklevel=1)

    assert "old way of using" in stream.getvalue()
    assert_no_canary(stream.getvalue())


def test_no_secret_leaves_when_a_line_cannot_be_formatted(
    stream: io.StringIO, capfd: pytest.CaptureFixture[str]
) -> None:
    logging.getLogger("library").warning("%d", TOKEN)
    structlog.get_logger().info("next")

    assert_no_canary(stream.getvalue())
    assert "anary" not in "".join(capfd.readouterr())


def test_no_secret_leaves_with_what_nobody_caught(
    stream: io.StringIO, capfd: pytest.CaptureFixture[str]
) -> None:
    def fail() -> None:
        raise RuntimeError(TOKEN)

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    try:
        fail()
    except RuntimeError as error:
        sys.excepthook(RuntimeError, error, error.__traceback__)

    assert "a thread ended" in stream.getvalue()
    assert "nobody expected" in stream.getvalue()
    assert_no_canary(stream.getvalue())
    assert "anary" not in "".join(capfd.readouterr())


async def test_no_secret_leaves_with_a_task_nobody_waited_for(stream: io.StringIO) -> None:
    async def fail() -> None:
        raise RuntimeError(TOKEN)

    task = asyncio.ensure_future(fail())
    await asyncio.wait({task})
    context = {"message": "Task exception was never retrieved", "exception": task.exception()}
    asyncio.get_running_loop().call_exception_handler(context)

    assert "never retrieved" in stream.getvalue()
    assert_no_canary(stream.getvalue())


async def test_the_libraries_of_a_bot_say_nothing_of_its_token(stream: io.StringIO) -> None:
    """Let the real bot fail and succeed at DEBUG, and log all it raises."""

    def answer(request: httpx.Request) -> httpx.Response:
        logging.getLogger("library").debug("%s %r", request.url, request)
        if request.url.path.endswith("/getFile"):
            file = {"file_id": "a", "file_unique_id": "b", "file_path": "photos/file_1.jpg"}
            return httpx.Response(200, json={"ok": True, "result": file})
        if request.url.path.startswith("/file/"):
            return httpx.Response(404)
        error = {"ok": False, "error_code": 401, "description": "Unauthorized"}
        return httpx.Response(401, json=error)

    options = {"transport": httpx.MockTransport(answer)}
    request = HTTPXRequest(httpx_kwargs=options)
    bot = telegram.Bot(TOKEN, request=request, get_updates_request=HTTPXRequest())
    log = structlog.get_logger()
    file = await bot.get_file("a")
    log.info("a file", file=file, text=f"{file!r} {file.file_path}", bot=bot, raw=file.to_dict())
    for call in (bot.initialize, file.download_as_bytearray, bot.get_me):
        try:
            await call()
        except telegram.error.TelegramError:
            log.exception("refused")
    await bot.shutdown()

    assert "refused" in stream.getvalue()
    assert_no_canary(stream.getvalue())


def test_the_settings_secrets_are_hidden_even_from_a_line_about_the_settings() -> None:
    stream = io.StringIO()
    key = SecretStr("canary, of no known form")
    settings = Settings(
        telegram_bot_token=SecretStr(TOKEN), dashscope_api_key=key, log_format="json"
    )
    observe.configure(settings, stream)
    structlog.get_logger().info("key", key=key.get_secret_value())
    structlog.get_logger().info("starting", settings=settings, values=settings.model_dump())

    assert_no_canary(stream.getvalue())
