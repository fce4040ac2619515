"""What must not be kept forever: handled updates, sent messages, originals, lost photos."""

from collections.abc import Awaitable, Callable

import structlog

from bot.clock import Clock
from bot.reasons import reason
from providers.base import NoAnswer
from storage import alerts, inbox, outbox, pictures, questions
from storage.database import Database

EVERY = 3600.0  # seconds
HOUR = 3600.0
KEEP_INBOX = 48 * HOUR  # Telegram repeats an update for 24 hours at most
KEEP_OUTBOX = 48 * HOUR  # for looking into complaints
KEEP_ORIGINALS = 24 * HOUR  # as people are told when they consent

log = structlog.get_logger(__name__)


Sweep = Callable[[], Awaitable[NoAnswer | None]]


async def keep_tidy(db: Database, clock: Clock, sweep: Sweep | None = None) -> None:
    """Remove what is over its time, at once and then every hour; never ends by itself.

    `sweep` takes published photos away that a crash left behind and no job knows of.
    """
    while True:
        try:
            await tidy(db, clock.now())
        except Exception as error:  # noqa: BLE001  an untidy hour is no reason to stop
            log.warning("housekeeping failed, trying again in an hour", reason=reason(error))
        if sweep is not None:
            await _sweep(sweep)
        await clock.sleep(EVERY)


async def _sweep(sweep: Sweep) -> None:
    try:
        trouble = await sweep()
    except Exception as error:  # noqa: BLE001  the same
        log.warning("old photos not swept away, trying again in an hour", reason=reason(error))
        return
    if trouble is not None:
        said = f"{trouble.problem.code} {trouble.problem.message}"
        log.warning("old photos not swept away, trying again in an hour", reason=said)


async def tidy(db: Database, now: float) -> None:
    """Remove what is over its time now."""
    async with db.transaction("tidy") as tx:
        await inbox.prune(tx, now - KEEP_INBOX)
        await outbox.prune(tx, now - KEEP_OUTBOX)
        await pictures.prune(tx, now - KEEP_ORIGINALS)
        await alerts.prune(tx, now - KEEP_OUTBOX)
        await questions.prune(tx, now - KEEP_OUTBOX)
