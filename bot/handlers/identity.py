"""Who is who, as only Telegram knows it: the bot's own name, a group's administrators."""

from telegram import Bot, ChatMember
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from bot.dispatcher import Again
from bot.files import seconds_of

PAUSE = 2.0  # seconds before Telegram is asked once more


class Identity:
    """What the bot is called, asked for when it is first needed, and who is in charge where."""

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

    async def administers(self, chat_id: int, person_id: int) -> bool:
        """Tell whether somebody is an administrator of a group right now. Raises `Again`."""
        try:
            member = await self._bot.get_chat_member(chat_id, person_id)
        except RetryAfter as error:
            raise Again(seconds_of(error)) from None
        except (BadRequest, ChatMigrated, Forbidden):
            return False  # nobody there, or we are not
        except TelegramError:
            raise Again(PAUSE) from None
        return member.status in {ChatMember.OWNER, ChatMember.ADMINISTRATOR}
