"""The whole bot between the local Telegram and the local services, without any network.

Everything is as in life except for time (see `stillness`) and for pictures: whatever is
done to a photo is done once and then remembered, as a crowd here shares two photos.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import httpx
from pydantic import SecretStr
from starlette.applications import Starlette
from telegram import Bot

from bot.alerts import Alerts
from bot.app.wiring import Shared, Telegram, built
from bot.demo.drawing.tryon import draw_tryon
from bot.demo.requests_log import RequestLog
from bot.demo.run import KEY
from bot.demo.services.aitryon import AiTryOn
from bot.demo.services.dashscope import LocalDashScope
from bot.demo.services.routes import routes
from bot.demo.telegram import LocalTelegram, World
from bot.demo.telegram.direct import BASE_FILE_URL, BASE_URL, DirectRequest
from bot.files import Files
from bot.photos import Studio
from bot.services import known_models
from bot.settings import Settings
from storage.database import Database, ignore
from tests.load.stillness import DueClock, Stillness

START = datetime(2026, 3, 14, 9, tzinfo=UTC).timestamp()
SERVICE = "http://127.0.0.1"  # nobody listens there: the transport answers by itself
PLACES = {"sendMessage", "sendPhoto", "sendDocument", "editMessageText", "editMessageCaption"}
PLACES |= {"editMessageMedia", "editMessageReplyMarkup", "sendMediaGroup", "copyMessage"}

_T = TypeVar("_T")
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Called:
    """A request that came in: when, which, to which chat, and how it was answered."""

    at: float
    call: str
    chat: int
    status: int | None


class Calls(RequestLog):
    """Keeps of every request only what limits are about."""

    def __init__(self, clock: DueClock) -> None:
        super().__init__(clock.now)
        self.clock = clock
        self.all: list[Called] = []

    def record(
        self, target: str, call: str, details: Mapping[str, Any], status: int | None
    ) -> None:
        """Add a request that has just been answered."""
        chat = details.get("chat_id") if target == "telegram" else None
        self.all.append(Called(self.clock.now(), call, int(chat or 0), status))

    def times(self, *calls: str, chat: int | None = None) -> list[float]:
        """Return when these calls came."""
        return [one.at for one in self.all if one.call in calls and chat in {None, one.chat}]

    def refused(self) -> list[Called]:
        """Return what was not answered well."""
        return [one for one in self.all if one.status != 200]


class QuickStudio(Studio):
    """Does the same to the same photo once only."""

    def __init__(self) -> None:
        super().__init__()
        self._known: dict[object, asyncio.Future[Any]] = {}

    async def _run(self, work: Callable[[], _T]) -> _T:
        given = (_frozen(cell.cell_contents) for cell in work.__closure__ or ())
        key = (work.__qualname__, *given)
        if key not in self._known:
            self._known[key] = asyncio.ensure_future(super()._run(work))
        found: _T = await asyncio.shield(self._known[key])
        return found


def _frozen(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


@dataclass
class Town:
    """A bot that runs, and what is around it."""

    telegram: LocalTelegram
    service: LocalDashScope
    calls: Calls
    clock: DueClock
    stillness: Stillness
    db: Database

    async def rows(self, sql: str) -> list[Row]:
        """Return what the database says."""
        async with self.db.reading() as tx:
            return [tuple(row) for row in await tx.rows(sql)]


@contextlib.asynccontextmanager
async def open_town(folder: Path, world: World, **settings: object) -> AsyncIterator[Town]:
    """Open a town with a running bot, and leave nothing behind."""
    clock = DueClock(START)
    stillness, calls = Stillness(clock), Calls(clock)
    telegram = LocalTelegram(clock, world, requests=calls, enforce_limits=True)
    service = LocalDashScope(
        clock, SERVICE, twins=[AiTryOn(draw=_drawn_once())], requests=calls, seed=7
    )
    chosen = _settings(folder, world, **settings)
    async with contextlib.AsyncExitStack() as opened:
        opened.enter_context(stillness.watched())
        opened.push_async_callback(telegram.close)
        opened.push_async_callback(service.close)
        transport = httpx.ASGITransport(Starlette(routes=routes(service)))
        client = await opened.enter_async_context(httpx.AsyncClient(transport=transport))
        db = await Database.open(":memory:")
        opened.push_async_callback(db.close)
        studio = QuickStudio()
        opened.callback(studio.close)
        bot = _bot(telegram)
        parts = built(
            Shared(
                settings=chosen,
                clock=clock,
                db=db,
                telegram=Telegram(bot, bot.request),  # type: ignore[arg-type]  # no HTTP here
                hosting=None,
                providers=known_models(chosen, client, clock, None),
                studio=studio,
                files=Files(bot),
                alerts=Alerts(chosen.admin_ids, chosen.default_language),
                on_point=ignore,
            )
        )
        loops = (parts.intake, parts.dispatcher.run, parts.engine.run, parts.courier.run)
        running = [asyncio.create_task(loop()) for loop in loops]
        try:
            yield Town(telegram, service, calls, clock, stillness, db)
            assert not any(task.done() for task in running), running
        finally:
            await parts.dispatcher.stop(1)
            await asyncio.gather(parts.engine.stop(1), parts.courier.stop(1))
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)


def _bot(telegram: LocalTelegram) -> Bot:
    request = DirectRequest(telegram)
    return Bot(
        telegram.bot.token,
        base_url=BASE_URL,
        base_file_url=BASE_FILE_URL,
        request=request,
        get_updates_request=request,
    )


def _settings(folder: Path, world: World, **changes: object) -> Settings:
    values: dict[str, object] = {
        "telegram_bot_token": SecretStr(world.bot.token),
        "database_path": folder / "load.db",
        "dashscope_api_key": SecretStr(KEY),
        "dashscope_url": f"{SERVICE}/dashscope/api/v1",
        "tryon_models": ("aitryon-plus",),
        "daily_credits": 20,
        "daily_budget_cny": 1000,
    }
    return Settings.model_validate(values | changes)


def _drawn_once() -> Callable[..., bytes]:
    """Return what draws like the real one, and hands out its first picture ever after."""

    drawn: list[bytes] = []

    def draw(*photos: Any, **how: Any) -> bytes:  # noqa: ANN401  as `draw_tryon`
        if not drawn:
            drawn.append(draw_tryon(*photos, **how))
        return drawn[0]

    return draw
