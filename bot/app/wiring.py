"""Builds every part of a bot and lets it know the others it needs."""

from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import asdict, dataclass
from functools import partial

import httpx
import structlog
from telegram import Bot
from telegram.request import HTTPXRequest

from bot.alerts import Alerts
from bot.app.lifecycle import Loop, Parts
from bot.clock import Clock
from bot.courier import Courier
from bot.dispatcher import PATIENCE, Dispatcher
from bot.engine import Engine
from bot.engine import Rules as EngineRules
from bot.files import Files
from bot.handlers import profile, step, trouble
from bot.handlers.admin import menus as operators_menus
from bot.handlers.desk import Desk, Rules
from bot.handlers.identity import Identity
from bot.hosting import Hosting, hosting
from bot.housekeeping import keep_tidy
from bot.intake import Poller, Webhook, register
from bot.metrics import Metrics
from bot.photos import Studio
from bot.services import known_models
from bot.settings import Settings
from bot.watch import Watch, free_bytes
from bot.web import WEBHOOK_PATH, Web, application
from providers.base import Provider
from storage.database import Database, Tx
from storage.inbox import Batch

log = structlog.get_logger(__name__)

CONNECTIONS = 32  # to Telegram: 16 handlers, 8 senders, and what they fetch
CALL_SECONDS = 20.0  # for one call to Telegram


@dataclass(frozen=True, slots=True)
class Telegram:
    """The Bot API client, and a connection of its own for long polls."""

    bot: Bot
    polling: HTTPXRequest


@dataclass(frozen=True, slots=True)
class Shared:
    """What nearly every part needs."""

    settings: Settings
    clock: Clock
    db: Database
    telegram: Telegram
    hosting: Hosting | None
    providers: Mapping[str, Provider]
    studio: Studio
    files: Files
    alerts: Alerts
    on_point: Callable[[str], None]


async def assembled(
    settings: Settings, clock: Clock, on_point: Callable[[str], None], opened: AsyncExitStack
) -> Parts:
    """Return a bot that is ready to start. Raises `DatabaseUnusable`."""
    db = await Database.open(settings.database_path, on_point=on_point)
    opened.push_async_callback(db.close)
    telegram = await _telegram(settings, opened)
    studio = Studio()
    opened.callback(studio.close)
    place = hosting(settings, clock)
    shared = Shared(
        settings=settings,
        clock=clock,
        db=db,
        telegram=telegram,
        hosting=place,
        providers=await _providers(settings, clock, place, opened),
        studio=studio,
        files=Files(telegram.bot),
        alerts=Alerts(settings.admin_ids, settings.default_language),
        on_point=on_point,
    )
    return built(shared)


def built(shared: Shared) -> Parts:
    """Return the parts of a bot around what they share."""
    db, clock, bot = shared.db, shared.clock, shared.telegram.bot
    courier, engine = _carriers(shared)
    dispatcher = _dispatcher(shared, courier, engine)
    metrics = Metrics(db, lambda: asdict(dispatcher.counters))
    intake, webhook = _intake(shared, dispatcher.wake)

    async def health() -> Mapping[str, bool]:
        return await parts.health()

    web = application(
        health=health,
        metrics=metrics.page,
        accept=webhook.accept if webhook else None,
        photos=shared.hosting.photos if shared.hosting else None,
    )
    sweep = shared.hosting.sweep if shared.hosting else None
    parts = Parts(
        db=db,
        web=Web(shared.settings.listen, web),
        dispatcher=dispatcher,
        engine=engine,
        courier=courier,
        metrics=metrics,
        intake=intake,
        others=(
            partial(keep_tidy, db, clock, sweep),
            partial(profile.publish, bot, shared.settings.default_language, clock),
            partial(_operators_menus, shared),
            _watch(shared, courier).run,
        ),
    )
    return parts


def _carriers(shared: Shared) -> tuple[Courier, Engine]:
    courier = Courier(
        shared.db,
        shared.telegram.bot,
        shared.files,
        shared.studio,
        shared.clock,
        alerts=shared.alerts,
        on_point=shared.on_point,
    )
    engine = Engine(
        shared.db,
        shared.providers,
        shared.files,
        shared.studio,
        shared.clock,
        alerts=shared.alerts,
        rules=EngineRules(daily_budget=shared.settings.daily_budget),
        on_point=shared.on_point,
        wake_courier=courier.wake,
    )
    return courier, engine


def _dispatcher(shared: Shared, courier: Courier, engine: Engine) -> Dispatcher:
    rules = _rules(shared.settings, shared.providers)

    def wake() -> None:
        courier.wake()
        engine.wake()

    async def set_aside(tx: Tx, batch: Batch, why: str) -> None:
        language, now = rules.default_language, shared.clock.now()
        await trouble.report(tx, batch, why, shared.alerts, language, now)
        wake()  # whoever looks has to wait for this transaction, and then finds the words

    identity = Identity(shared.telegram.bot)
    desk = Desk(shared.db, shared.files, identity, shared.studio, shared.clock, rules, wake)
    return Dispatcher(
        shared.db,
        partial(step.handle, desk=desk),
        shared.clock,
        on_set_aside=set_aside,
        patience=PATIENCE * max(1.0, shared.clock.speed),  # the network runs in real time
        on_point=shared.on_point,
    )


def _watch(shared: Shared, courier: Courier) -> Watch:
    return Watch(
        shared.db,
        shared.clock,
        shared.alerts,
        _rules(shared.settings, shared.providers),
        partial(free_bytes, shared.settings.database_path.absolute().parent),
        courier.wake,
    )


async def _operators_menus(shared: Shared) -> None:
    settings, bot = shared.settings, shared.telegram.bot
    operators, language = settings.admin_ids, settings.default_language
    await operators_menus.publish(bot, shared.db, operators, language, shared.clock)


def _intake(shared: Shared, wake: Callable[[], None]) -> tuple[Loop, Webhook | None]:
    """Return what brings updates in, and what the web server hands them to, if it does."""
    settings, telegram = shared.settings, shared.telegram
    if settings.updates == "polling":
        poller = Poller(telegram.bot, telegram.polling, shared.db, shared.clock, wake=wake)
        return poller.run, None
    secret = settings.webhook_secret
    url = f"{settings.public_url}{WEBHOOK_PATH}"
    registering = partial(
        register, telegram.bot, telegram.polling, shared.clock, url=url, secret=secret
    )
    return registering, Webhook(shared.db, shared.clock, secret=secret, wake=wake)


def _rules(settings: Settings, providers: Mapping[str, Provider]) -> Rules:
    return Rules(
        timezone=settings.timezone,
        default_language=settings.default_language,
        daily_credits=settings.daily_credits,
        group_daily_credits=settings.group_daily_credits,
        daily_budget=settings.daily_budget,
        models={model: provider.spec for model, provider in providers.items()},
        operators=frozenset(settings.admin_ids),
    )


async def _telegram(settings: Settings, opened: AsyncExitStack) -> Telegram:
    sending = HTTPXRequest(
        connection_pool_size=CONNECTIONS,
        read_timeout=CALL_SECONDS,
        write_timeout=CALL_SECONDS,
        pool_timeout=CALL_SECONDS,
    )
    polling = HTTPXRequest(connection_pool_size=2)
    for request in (sending, polling):
        await request.initialize()
        opened.push_async_callback(request.shutdown)
    bot = Bot(
        settings.telegram_bot_token.get_secret_value(),
        base_url=f"{settings.telegram_api_url}/bot",
        base_file_url=f"{settings.telegram_api_url}/file/bot",
        request=sending,
        get_updates_request=polling,
    )
    return Telegram(bot, polling)


async def _providers(
    settings: Settings, clock: Clock, place: Hosting | None, opened: AsyncExitStack
) -> Mapping[str, Provider]:
    """Return the models that the operator wants and can use, in their order."""
    client = await opened.enter_async_context(httpx.AsyncClient(follow_redirects=False))
    known = known_models(settings, client, clock, place.host if place else None)
    for one in settings.choice.surprises:
        log.warning("a model is left out", setting=one.setting, model=one.model, needs=one.needs)
    return {model: known[model] for model in settings.choice.models}
