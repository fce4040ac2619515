"""The operators' menus: their commands stand in their own chats, and nowhere else.

Telegram only knows the chats of those who have written to the bot; whoever has not yet gets
their menu soon after they do.
"""

from collections.abc import Iterable

import structlog
from telegram import Bot, BotCommand, BotCommandScopeChat
from telegram.error import TelegramError

from bot.clock import Clock
from bot.handlers.admin.table import COMMANDS
from bot.reasons import reason
from bot.views import menus
from bot.views.texts import LANGUAGES
from storage import people
from storage.database import Database

EVERY = 20.0  # seconds between two looks whether somebody has written by now

log = structlog.get_logger(__name__)


async def publish(
    bot: Bot, db: Database, operators: Iterable[int], default_language: str, clock: Clock
) -> None:
    """Give every operator their menu, as soon as that is possible; never fatal."""
    without = set(operators)
    while without:
        try:
            for operator in await _met(db, without):
                if await _given(bot, operator, default_language):
                    without.discard(operator)
        except Exception as error:  # noqa: BLE001  a missing menu is no reason to stop
            log.warning("operators' menus not looked after", reason=reason(error))
        await clock.sleep(EVERY)


async def _met(db: Database, operators: Iterable[int]) -> list[int]:
    async with db.reading() as tx:
        return [one for one in sorted(operators) if await people.get(tx, one) is not None]


async def _given(bot: Bot, operator: int, default_language: str) -> bool:
    """Set one operator's menu in every language; False: Telegram would not."""
    scope = BotCommandScopeChat(operator)
    try:
        for language in LANGUAGES:
            listed = menus.operators_commands(language, tuple(COMMANDS))
            commands = [BotCommand(name, about) for name, about in listed]
            code = "" if language == default_language else language
            await bot.set_my_commands(commands, scope=scope, language_code=code)
    except TelegramError as error:
        log.warning("an operator's menu is not set", reason=type(error).__name__)
        return False
    return True
