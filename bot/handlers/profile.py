"""What people see of the bot before they write to it: its commands and descriptions."""

import structlog
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
)
from telegram.error import TelegramError

from bot.clock import Clock
from bot.views import menus
from bot.views.texts import LANGUAGES

PAUSE = 60.0  # seconds before Telegram is asked once more
TRIES = 10

log = structlog.get_logger(__name__)


async def publish(bot: Bot, default_language: str, clock: Clock) -> None:
    """Set commands and descriptions in every language; patient, and never fatal."""
    for _ in range(TRIES):
        try:
            for language in LANGUAGES:
                await _publish(bot, language, "" if language == default_language else language)
        except TelegramError as error:
            log.warning("profile not set, trying again", reason=type(error).__name__)
            await clock.sleep(PAUSE)
        else:
            return


async def _publish(bot: Bot, language: str, code: str) -> None:
    """Set one language; an empty code makes it the one for everybody else."""
    for scope, listed in (
        (BotCommandScopeAllPrivateChats(), menus.commands(language)),
        (BotCommandScopeAllGroupChats(), menus.group_commands(language)),
        (BotCommandScopeAllChatAdministrators(), menus.administrators_commands(language)),
    ):
        commands = [BotCommand(name, about) for name, about in listed]
        await bot.set_my_commands(commands, scope=scope, language_code=code)
    await bot.set_my_description(menus.description(language), language_code=code)
    await bot.set_my_short_description(menus.short_description(language), language_code=code)
