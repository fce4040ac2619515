"""The line "sending a photo…" above a chat while a picture is being drawn. Best effort.

Telegram shows it for five seconds, so it is repeated as long as there is something to
wait for. Only in private chats: a group has more to read than that.
"""

import structlog
from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.clock import Clock
from bot.courier.pace import Pace
from bot.reasons import reason
from storage import worklists
from storage.database import Database

EVERY = 4.5  # seconds; Bot API, sendChatAction: "for 5 seconds or less"
AT_ONCE = 15  # chats: half of what may be sent in a second

log = structlog.get_logger(__name__)


class Indicator:
    """Shows that something is being drawn."""

    def __init__(self, db: Database, bot: Bot, clock: Clock, pace: Pace) -> None:
        self._db = db
        self._bot = bot
        self._clock = clock
        self._pace = pace

    async def run(self) -> None:
        """Show it wherever it is true, until cancelled. Never raises."""
        while True:
            await self.show()
            await self._clock.sleep(EVERY)

    async def show(self) -> None:
        """Show it once wherever it is true now."""
        try:
            async with self._db.reading() as tx:
                chats = await worklists.drawn_in(tx, AT_ONCE)
        except Exception as error:  # noqa: BLE001  whoever needs the database will say so
            log.debug("nothing indicated", reason=reason(error))
            return
        for chat_id, topic_id in chats:
            now = self._clock.now()
            if self._pace.anything_free_at(now) > now:
                return  # messages are more important
            self._pace.called(now)
            await self._show_in(chat_id, topic_id)

    async def _show_in(self, chat_id: int, topic_id: int) -> None:
        try:
            await self._bot.send_chat_action(
                chat_id, ChatAction.UPLOAD_PHOTO, message_thread_id=topic_id or None
            )
        except TelegramError as error:
            log.debug("not indicated", reason=reason(error))
