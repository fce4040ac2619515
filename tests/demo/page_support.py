"""What the tests of the chat page share: a browser, a demo, and a tiny bot that answers."""

import asyncio
import contextlib
import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import httpx
import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

from bot.clock import Clock
from bot.demo.server import DemoServer
from bot.demo.telegram.model import World
from bot.demo.world import WORLD

Json = dict[str, Any]
DESKTOP = {"width": 1180, "height": 820}
PHONE = {"width": 390, "height": 780}
PATIENCE = 15_000  # ms until something counts as not seen; machines may be busy
expect.set_options(timeout=PATIENCE)
_NAMES = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def _chromium() -> str | None:
    found = (shutil.which(name) for name in _NAMES)
    return os.environ.get("CHROMIUM") or next((path for path in found if path), None)


needs_chromium = pytest.mark.skipif(
    _chromium() is None,
    reason=f"no browser: install one of {', '.join(_NAMES)}, or name its file in CHROMIUM",
)


@contextlib.asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """Run a browser without a window."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=_chromium(), args=[*_FLAGS])
        try:
            yield browser
        finally:
            await browser.close()


@contextlib.asynccontextmanager
async def visit(
    browser: Browser, url: str, *, size: Json | None = None, dark: bool = False, strict: bool = True
) -> AsyncIterator[Page]:
    """Open the page at `url` as a new visitor.

    `strict`: fails if the page logs an error, which is also how a browser tells that
    the page broke its own policy.
    """
    context = await browser.new_context(
        viewport=size or DESKTOP,  # type: ignore[arg-type]  # a dict with the right keys
        color_scheme="dark" if dark else "light",
    )
    context.set_default_timeout(PATIENCE)
    page = await context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda line: problems.append(line.text) if line.type == "error" else None)
    try:
        await page.goto(url)
        await page.locator("#app .chats").wait_for(state="attached")
        yield page
    finally:
        await context.close()
    assert not (strict and problems), problems


class TinyBot:
    """A bot of a few lines: gets updates from the local Telegram and lets `answer` reply."""

    def __init__(self, demo: DemoServer, answer: "Answerer") -> None:
        self.updates: list[Json] = []
        self._news = asyncio.Condition()
        self._answer = answer
        self._token = demo.telegram.bot.token
        self._http = httpx.AsyncClient(base_url=demo.url, timeout=30)

    async def call(self, method: str, files: Json | None = None, **params: Any) -> Any:  # noqa: ANN401  JSON
        path = f"/bot{self._token}/{method}"
        if files is None:
            response = await self._http.post(path, json=params)
        else:
            response = await self._http.post(path, data=params, files=files)
        body = response.json()
        assert body["ok"], body
        return body["result"]

    async def run(self) -> None:
        offset = 0
        while True:
            for update in await self.call("getUpdates", offset=offset, timeout=20):
                offset = update["update_id"] + 1
                async with self._news:
                    self.updates.append(update)
                    self._news.notify_all()
                await self._answer(self, update)

    async def got(self, count: int) -> list[Json]:
        """Return all updates as soon as there are this many."""
        async with asyncio.timeout(10), self._news:
            await self._news.wait_for(lambda: len(self.updates) >= count)
            return self.updates

    async def close(self) -> None:
        await self._http.aclose()


Answerer = Callable[[TinyBot, Json], Awaitable[None]]


async def silent(_bot: TinyBot, _update: Json) -> None:
    """Answer nothing."""


@contextlib.asynccontextmanager
async def demo_with(
    answer: Answerer = silent, *, world: World = WORLD
) -> AsyncIterator[tuple[DemoServer, TinyBot]]:
    """Run a demo with a tiny bot in it."""
    demo = DemoServer(Clock(), world=world)
    await demo.start()
    bot = TinyBot(demo, answer)
    running = asyncio.create_task(bot.run())
    try:
        yield demo, bot
    finally:
        running.cancel()
        outcome, *_ = await asyncio.gather(running, return_exceptions=True)
        await bot.close()
        await demo.stop()
    assert isinstance(outcome, asyncio.CancelledError), outcome


def buttons(*rows: tuple[tuple[str, str], ...]) -> Json:
    """Make an inline keyboard of (text, data)."""
    keyboard = [[{"text": text, "callback_data": data} for text, data in row] for row in rows]
    return {"inline_keyboard": keyboard}
