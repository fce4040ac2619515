"""Updates fetched by long polling: stored, then confirmed by the next offset."""

import json
from collections.abc import Callable

from telegram import Bot
from telegram.request import BaseRequest

from bot.clock import Clock
from bot.intake.arrivals import ALLOWED_UPDATES, arrival, store
from bot.intake.calls import POLL_SECONDS, Answered, Patience, Trouble, call
from bot.reasons import reason
from storage.database import Database, DatabaseUnusable

MAX_UPDATES = 100  # per poll, the most Telegram gives
# After a week without updates Telegram goes on with a random id (Bot API, Update.update_id):
# an offset older than this might skip it.
OFFSET_TRUST = 6 * 24 * 3600.0  # seconds


class Poller:
    """Fetches updates by long polling. `request` is used for nothing else meanwhile."""

    def __init__(
        self,
        bot: Bot,
        request: BaseRequest,
        db: Database,
        clock: Clock,
        *,
        wake: Callable[[], None],
    ) -> None:
        self.received = 0  # updates that were new
        self.unusable = 0  # what came in the place of an update and has no id
        self._bot = bot
        self._request = request
        self._db = db
        self._clock = clock
        self._wake = wake
        self._patience = Patience(clock)
        self._offset: int | None = None
        self._offset_at = clock.now()

    async def run(self) -> None:
        """Fetch until cancelled. Raises only TokenRefused.

        The first poll has no offset: what was stored but not confirmed before comes once
        more and is recognised.
        """
        while isinstance(answer := await self._call("deleteWebhook"), Trouble):
            await self._patience.wait(answer.why, answer.seconds)
        while True:
            await self._poll()

    async def _poll(self) -> None:
        wanted: dict[str, object] = {
            "timeout": POLL_SECONDS,
            "limit": MAX_UPDATES,
            "allowed_updates": json.dumps(ALLOWED_UPDATES),
        }
        if self._offset is not None and self._clock.now() - self._offset_at < OFFSET_TRUST:
            wanted["offset"] = self._offset
        answer = await self._call("getUpdates", **wanted)
        if isinstance(answer, Trouble):
            await self._patience.wait(answer.why, answer.seconds)
            return
        try:
            await self._keep(answer.result if isinstance(answer.result, list) else [answer.result])
        except DatabaseUnusable as error:  # not confirmed: it comes again
            await self._patience.wait(reason(error))

    async def _keep(self, updates: list[object]) -> None:
        arrivals = [found for update in updates if (found := arrival(update)) is not None]
        self.unusable += len(updates) - len(arrivals)
        if updates and not arrivals:  # nothing to confirm them by
            await self._patience.wait("what came were no updates")
            return
        self._patience.reset()
        if arrivals:
            self.received += await store(self._db, arrivals, self._clock)
            self._offset = max(found.update_id for found in arrivals) + 1
            self._offset_at = self._clock.now()
            self._wake()

    async def _call(self, method: str, **parameters: object) -> Answered | Trouble:
        return await call(self._bot, self._request, method, **parameters)
