"""One running bot, and the process around it."""

import asyncio
import signal
import sys
from collections.abc import Callable
from contextlib import AsyncExitStack, suppress

from bot import observe
from bot.app.lifecycle import Cannot
from bot.app.wiring import assembled
from bot.clock import Clock
from bot.settings import Settings
from bot.web import CannotListen
from storage.database import DatabaseUnusable, ignore


async def serve(
    settings: Settings,
    stop: asyncio.Event,
    clock: Clock,
    *,
    on_point: Callable[[str], None] = ignore,
    ready: Callable[[], None] = lambda: None,
) -> None:
    """Run one bot until `stop` is set. Raises `Cannot` if it cannot begin or go on."""
    async with AsyncExitStack() as opened:
        try:
            parts = await assembled(settings, clock, on_point, opened)
            await parts.start()
        except (DatabaseUnusable, CannotListen) as error:
            raise Cannot(str(error)) from error
        ready()
        await parts.run(stop)


def run(settings: Settings) -> int:
    """Run the bot as a process, until a signal stops it, and return the exit code."""
    observe.configure(settings)
    try:
        asyncio.run(_until_signal(settings))
    except Cannot as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


async def _until_signal(settings: Settings) -> None:
    stop = asyncio.Event()
    stop_on_signals(stop)
    await serve(settings, stop, Clock())


def stop_on_signals(stop: asyncio.Event) -> None:
    """Set `stop` at Ctrl+C and when the system asks the process to end."""
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):  # Windows: Ctrl+C raises KeyboardInterrupt instead
            loop.add_signal_handler(name, stop.set)
