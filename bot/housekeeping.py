"""What must not be kept forever: handled updates, sent messages, delivered originals."""

import structlog

from bot.clock import Clock
from bot.reasons import reason
from storage import inbox, outbox, pictures
from storage.database import Database

EVERY = 3600.0  # seconds
HOUR = 3600.0
KEEP_INBOX = 48 * HOUR  # Telegram repeats an update for 24 hours at most
KEEP_OUTBOX = 48 * HOUR  # for looking into complaints
KEEP_ORIGINALS = 24 * HOUR  # as people are told when they consent

log = structlog.get_logger(__name__)


async def keep_tidy(db: Database, clock: Clock) -> None:
    """Remove what is over its time, at once and then every hour; never ends by itself."""
    while True:
        try:
            await tidy(db, clock.now())
        except Exception as error:  # noqa: BLE001  an untidy hour is no reason to stop
            log.warning("housekeeping failed, trying again in an hour", reason=reason(error))
        await clock.sleep(EVERY)


async def tidy(db: Database, now: float) -> None:
    """Remove what is over its time now."""
    async with db.transaction("tidy") as tx:
        await inbox.prune(tx, now - KEEP_INBOX)
        await outbox.prune(tx, now - KEEP_OUTBOX)
        await pictures.prune(tx, now - KEEP_ORIGINALS)
