"""The log: structured, on one stream, and without secrets.

Everything that writes goes through one pipeline: our own lines, those of the libraries,
warnings, and the tracebacks of whatever nobody caught. What becomes of a secret there is
said in `bot.redaction`; numbers are counted in `bot.metrics`.
"""

import logging
import sys
import threading
from collections.abc import Iterable, Mapping
from types import TracebackType
from typing import Any, TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from bot.redaction import HIDDEN, Redactor, is_secret
from bot.settings import Settings

# Libraries whose chatter quotes requests, rows, and files. Their warnings are still heard.
_QUIET = (
    "httpx",
    "httpcore",
    "telegram",
    "aiosqlite",
    "PIL",
    "pillow_heif",
    "uvicorn",
    "multipart",
    "python_multipart",
)
_DEPTH = 8  # levels of nested values that are looked through; below, their text is shown

log = structlog.get_logger(__name__)


def configure(settings: Settings, stream: TextIO | None = None) -> None:
    """Set up the log as the settings say; their secrets are in no line of it."""
    set_up(settings.log_level, settings.log_format, settings.secrets, stream)


def set_up(
    level: str = "info",
    form: str = "text",
    secrets: Iterable[str] = (),
    stream: TextIO | None = None,
) -> None:
    """Send all logging, warnings and uncaught errors to `stream` (standard error) as text or json.

    Can be repeated: the last call counts.
    """
    target = sys.stderr if stream is None else stream
    redact = Redactor(secrets)
    handler = _Stream(target)
    handler.setFormatter(_formatter(redact, _renderer(form, target)))
    root = logging.getLogger()
    for former in [one for one in root.handlers if isinstance(one, _Stream)]:
        root.removeHandler(former)
    root.addHandler(handler)
    root.setLevel(level.upper())
    for name in _QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))
    logging.raiseExceptions = False  # a line that cannot be written is not printed raw instead
    logging.captureWarnings(capture=True)
    _catch_the_uncaught()
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_described(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


class _Stream(logging.StreamHandler[TextIO]):
    """Ours, to be told from others on the root logger."""


def _described() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]


def _formatter(redact: Redactor, renderer: Processor) -> logging.Formatter:
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_described(),
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.StackInfoRenderer(),
            structlog.processors.format_exc_info,
            Redaction(redact),
            renderer,
        ],
    )


def _renderer(form: str, target: TextIO) -> Processor:
    if form == "json":
        return structlog.processors.JSONRenderer(ensure_ascii=False)
    return structlog.dev.ConsoleRenderer(
        colors=target.isatty() and sys.platform != "win32",
        exception_formatter=structlog.dev.plain_traceback,
    )


class Redaction:
    """A processor that hides secrets in every value of a line, whatever it is."""

    def __init__(self, redact: Redactor) -> None:
        self._redact = redact

    def __call__(self, _logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
        """Return the line without secrets."""
        return self._members(event, _DEPTH)

    def _members(self, members: Mapping[Any, Any], depth: int) -> dict[str, Any]:
        return {
            self._redact(str(key)): HIDDEN if is_secret(str(key)) else self._clean(value, depth)
            for key, value in members.items()
        }

    def _clean(self, value: object, depth: int) -> Any:  # noqa: ANN401  what JSON takes
        match value:
            case None | bool() | int() | float():
                return value
            case str():
                return self._redact(value)
            case bytes() | bytearray():
                return f"<{len(value)} bytes>"
            case Mapping() if depth:
                return self._members(value, depth - 1)
            case list() | tuple() | set() | frozenset() if depth:
                return [self._clean(one, depth - 1) for one in value]
            case _:
                return self._redact(_shown(value))


def _shown(value: object) -> str:
    try:
        return repr(value)
    except Exception as error:  # noqa: BLE001  a line is worth more than one value in it
        return f"<{type(value).__name__} that cannot be shown: {type(error).__name__}>"


def _catch_the_uncaught() -> None:
    """Log what would otherwise be printed by the interpreter, past the pipeline."""

    def uncaught(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            return
        log.critical("stopped by an error nobody expected", exc_info=(kind, error, trace))

    def in_thread(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and args.exc_type is not SystemExit:
            info = (args.exc_type, args.exc_value, args.exc_traceback)
            log.error("a thread ended by an error nobody expected", exc_info=info)

    def unraisable(args: "sys.UnraisableHookArgs") -> None:
        info = (args.exc_type, args.exc_value, args.exc_traceback)
        log.error("an error where none can be raised", exc_info=info)

    sys.excepthook = uncaught
    threading.excepthook = in_thread
    sys.unraisablehook = unraisable
