"""The real bot as a process that kills itself where it is told to.

Run as `python -m tests.crash.process ARMED START SPEED`. ARMED is a file: as soon as it
holds the name of a point, the process ends there by SIGKILL, as if the power had gone. START
and SPEED set its clock beside the local services' one. Settings come from the environment.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from bot import observe
from bot.app import serve, stop_on_signals
from bot.clock import Clock
from bot.settings import load


def killer(armed: Path) -> Callable[[str], None]:
    """Return the hook that ends the process at the point named in a file."""

    def reached(point: str) -> None:
        if armed.exists() and armed.read_text() == point:
            os.kill(os.getpid(), signal.SIGKILL)

    return reached


async def main(armed: Path, clock: Clock) -> None:
    """Run the bot until SIGTERM, or until it is killed."""
    settings = load(Path("no.env"))
    observe.configure(settings)
    stop = asyncio.Event()
    stop_on_signals(stop)
    await serve(settings, stop, clock, on_point=killer(armed))


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), Clock(start=float(sys.argv[2]), speed=float(sys.argv[3]))))
