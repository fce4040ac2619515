"""Updates that Telegram sends by itself, to an address of ours.

Listening and limits of the connection are the web server's business; here is what it
asks for each request.
"""

import hmac
import json
from collections.abc import Callable
from http import HTTPStatus

import structlog
from telegram import Bot
from telegram.request import BaseRequest

from bot.clock import Clock
from bot.intake.arrivals import ALLOWED_UPDATES, arrival, store
from bot.intake.calls import Answered, Patience, call
from bot.reasons import reason
from storage.database import Database, DatabaseUnusable
from storage.inbox import Arrival

MAX_BODY = 1024 * 1024  # bytes of one request; updates have some KB
MAX_CONNECTIONS = 20  # requests at a time; 40 where nothing is said

log = structlog.get_logger(__name__)


class WebhookRefused(Exception):  # noqa: N818 - worded for people
    """Telegram does not take the webhook's address. The message says what to do."""


class Webhook:
    """What the web server asks for each request on the webhook's path."""

    def __init__(
        self, db: Database, clock: Clock, *, secret: str, wake: Callable[[], None]
    ) -> None:
        self._db = db
        self._clock = clock
        self._secret = secret.encode()
        self._wake = wake

    async def accept(self, secret_header: str | None, body: bytes) -> int:
        """Return the HTTP status to answer; 200 only once the update is committed."""
        given = (secret_header or "").encode("utf-8", "replace")
        if not hmac.compare_digest(given, self._secret):
            return HTTPStatus.FORBIDDEN
        if len(body) > MAX_BODY:
            return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        found = _read(body)
        if found is None:
            return HTTPStatus.BAD_REQUEST
        try:
            await store(self._db, [found], self._clock)
        except DatabaseUnusable as error:
            log.warning("update not stored, Telegram sends it again", reason=reason(error))
            return HTTPStatus.SERVICE_UNAVAILABLE
        self._wake()
        return HTTPStatus.OK


def _read(body: bytes) -> Arrival | None:
    try:
        return arrival(json.loads(body))
    except (ValueError, RecursionError):
        return None


async def register(bot: Bot, request: BaseRequest, clock: Clock, *, url: str, secret: str) -> None:
    """Have updates sent to `url`, however long it takes until Telegram can be reached.

    Raises TokenRefused and WebhookRefused.
    """
    patience = Patience(clock)
    while True:
        answer = await call(
            bot,
            request,
            "setWebhook",
            url=url,
            secret_token=secret,
            allowed_updates=json.dumps(ALLOWED_UPDATES),
            max_connections=MAX_CONNECTIONS,
        )
        if isinstance(answer, Answered):
            return
        if answer.status == HTTPStatus.BAD_REQUEST:
            msg = (
                f"Telegram does not take PUBLIC_URL for a webhook ({answer.said}). It must be"
                " https with a valid certificate, on port 443, 80, 88 or 8443."
            )
            raise WebhookRefused(msg)
        await patience.wait(answer.why, answer.seconds)
