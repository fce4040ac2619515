"""The bot as a process of its own, beside local services that run in the test."""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

from bot.demo.run import KEY
from bot.demo.server import DemoServer

HERE = Path(__file__).parents[2]
INHERITED = ("PATH", "SYSTEMROOT")
PATIENCE = 30.0  # real seconds until a process has to have ended


@dataclass
class Process:
    """`python -m bot`, started and stopped as often as wanted. Settings are environment names."""

    settings: dict[str, str]
    folder: Path
    command: tuple[str, ...] = ("-m", "bot")
    said: list[str] = field(default_factory=list)
    _running: asyncio.subprocess.Process | None = None
    _reading: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Start it."""
        inherited = {
            name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ
        }
        self._running = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-W", "error", *self.command),
            cwd=self.folder,
            env={**inherited, "PYTHONPATH": str(HERE), **self.settings},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        self._reading = asyncio.create_task(self._read(self._running))

    async def stop(self) -> int:
        """Ask it to end, as the system does, and return its exit code."""
        assert self._running is not None
        with contextlib.suppress(ProcessLookupError):
            self._running.send_signal(signal.SIGTERM)
        return await self.ended()

    async def ended(self) -> int:
        """Return the exit code once the process has ended."""
        assert self._running is not None
        assert self._reading is not None
        async with asyncio.timeout(PATIENCE):
            code = await self._running.wait()
            await self._reading
        return code

    async def kill(self) -> None:
        """Leave nothing running, whatever happened."""
        if self._running is not None and self._running.returncode is None:
            self._running.kill()
            await self._running.wait()
        if self._reading is not None:
            await self._reading

    async def _read(self, running: asyncio.subprocess.Process) -> None:
        assert running.stdout is not None
        async for line in running.stdout:
            self.said.append(line.decode())


@contextlib.asynccontextmanager
async def open_process(
    folder: Path, server: DemoServer, *command: str, **settings: str
) -> AsyncIterator[Process]:
    """Serve the local services and run a bot between them; nothing is left running."""
    names = {
        "TELEGRAM_BOT_TOKEN": server.telegram.bot.token,
        "TELEGRAM_API_URL": server.url,
        "DATABASE_PATH": str(folder / "bot.db"),
        "LISTEN": "127.0.0.1:0",
        "DASHSCOPE_API_KEY": KEY,
        "DASHSCOPE_URL": f"{server.url}/dashscope/api/v1",
    }
    process = Process(names | settings, folder, command or ("-m", "bot"))
    try:
        await server.start()
        await process.start()
        yield process
    finally:
        await process.kill()
        await server.stop()
