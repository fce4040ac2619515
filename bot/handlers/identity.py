"""The bot's own name: only Telegram knows it."""

from telegram import Bot
from telegram.error import RetryAfter, TelegramError

from bot.dispatcher import Again
from bot.files import seconds_of

PAUSE = 2.0  # seconds before Telegram is asked once more


class Identity:
    """What the bot is called, asked for when it is first needed."""

    def __init__(self, bot: Bot) -> None:
        self.username = ""  # without the @; empty until it is known
        self._bot = bot

    async def learn(self) -> None:
        """See to it that the name is known. Raises `Again`."""
        if self.username:
            return
        try:
            self.username = (await self._bot.get_me()).username or ""
        except RetryAfter as error:
            raise Again(seconds_of(error)) from None
        except TelegramError:
            raise Again(PAUSE) from None
