"""The command line: run the bot, show it without any key (`demo`), look after it (`check`).

Reads arguments and settings and hands over; everything heavy is imported only by the
command that needs it, so help and mistakes are answered at once.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

DEMO_PORT = 8080
_LAST_PORT = 65535

_ABOUT = "Fitting Room, a Telegram bot for trying clothes on."
_MORE = """\
without a command, the bot runs. It needs two settings, from the environment or a file .env:
  TELEGRAM_BOT_TOKEN   from @BotFather
  the key of a service DASHSCOPE_API_KEY, DAMO_APPCODE or FASHN_API_KEY
All others are listed, with their defaults, in .env.example.

to see it without any key:
  python -m bot demo
"""
_DEMO = """\
Run everything on this machine: a local Telegram with a chat page in the browser, local
versions of the image services, and the real bot between them. No key, no network.
"""

_CHECK = """\
Look at the settings, the database, Telegram, the image services and the photo host, without
changing or spending anything, and tell what to do about what is wrong. The exit code is 0 if
the bot can work, 1 if it cannot.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says and return the exit code."""
    chosen = _parser().parse_args(arguments)
    try:
        match chosen.command:
            case "demo":
                return _demo(chosen)
            case "check":
                return _check(chosen)
            case _:
                return _bot()
    except KeyboardInterrupt:
        return 130  # 128 + SIGINT, as shells have it


def _parser() -> argparse.ArgumentParser:
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        prog="python -m bot",
        usage="python -m bot [-h] [demo ... | check ...]",
        description=_ABOUT,
        epilog=_MORE,
        formatter_class=raw,
    )
    commands = parser.add_subparsers(
        dest="command",
        prog="python -m bot",
        title="commands",
        metavar="",
    )
    _demo_options(
        commands.add_parser(
            "demo",
            help="try the bot in the browser, without any key",
            description=_DEMO,
            formatter_class=raw,
        )
    )
    check = commands.add_parser(
        "check",
        help="see whether everything is there that the bot needs",
        description=_CHECK,
        formatter_class=raw,
    )
    check.add_argument("--json", action="store_true", help="for programs instead of people")
    return parser


def _demo_options(demo: argparse.ArgumentParser) -> None:
    demo.add_argument(
        "--port", type=_port, default=DEMO_PORT, help="where the chat page is (%(default)s)"
    )
    demo.add_argument("--no-browser", action="store_true", help="do not open the chat page")
    demo.add_argument(
        "--data",
        type=Path,
        metavar="DIR",
        help="keep the bot's database here (else it is forgotten); the chats always start empty",
    )
    demo.add_argument(
        "--speed",
        type=_speed,
        default=1.0,
        metavar="X",
        help="let time run X times as fast, for the impatient (1)",
    )


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > _LAST_PORT:
        msg = f"{text!r} is no port; take a number from 1024 to {_LAST_PORT}, or 0 for any free one"
        raise argparse.ArgumentTypeError(msg)
    return int(text)


def _speed(text: str) -> float:
    try:
        speed = float(text)
    except ValueError:
        speed = 0.0
    if not 0.0 < speed <= 1000.0:  # noqa: PLR2004  beyond it nobody sees anything
        msg = f"{text!r} is no speed; take a number such as 1 or 10"
        raise argparse.ArgumentTypeError(msg)
    return speed


def _bot() -> int:
    from bot import settings  # noqa: PLC0415  only where needed: help is quick

    try:
        found = settings.load()
    except settings.SettingsProblem as problem:
        _complain(["The settings cannot be used:", *(f"  {line}" for line in problem.lines)])
        return 2
    _complain(settings.oddities())
    from bot import app  # noqa: PLC0415  only with good settings: mistakes are told at once

    return app.run(found)


def _demo(chosen: argparse.Namespace) -> int:
    from bot.demo import run  # noqa: PLC0415  only where needed

    return run.run(
        port=chosen.port, browser=not chosen.no_browser, data=chosen.data, speed=chosen.speed
    )


def _check(chosen: argparse.Namespace) -> int:
    from bot import check  # noqa: PLC0415  only where needed

    return check.run(as_json=chosen.json)


def _complain(lines: Sequence[str]) -> None:
    for line in lines:
        sys.stderr.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())
