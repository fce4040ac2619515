"""Delivery by webhook: each update is posted to the bot's own server until it says 2xx.

Updates of one queue (a chat, or one person's button presses) go one after the other,
different queues at the same time. What fails is repeated: at once, then after 2, 4, 8 …
seconds up to a minute, or when the bot's Retry-After says.
"""

import asyncio
import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx

from bot.clock import Clock
from bot.demo.requests_log import RequestLog
from bot.demo.telegram.updates import Pending, Updates

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  a header's name
DEFAULT_CONNECTIONS = 40
LONGEST_DELAY = 60.0  # seconds between two attempts
LONGEST_RETRY_AFTER = 3600.0  # seconds
_ANSWER_WITHIN = 60.0  # real seconds

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class WebhookSettings:
    """Where updates are posted, and the secret that proves they come from here."""

    url: str
    secret: str = ""
    connections: int = DEFAULT_CONNECTIONS
    ip_address: str | None = None


@dataclass(slots=True)
class _Attempts:
    due: float = 0.0
    delay: float = 1.0
    failures: int = 0


class Webhook:
    """The bot's webhook, if it has one. `transport` replaces the network in tests."""

    def __init__(
        self,
        clock: Clock,
        updates: Updates,
        requests: RequestLog,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._clock = clock
        self._updates = updates
        self._requests = requests
        self._transport = transport
        self._task: asyncio.Task[None] | None = None
        self._attempts: dict[int, _Attempts] = {}
        self._busy: set[int] = set()
        self.settings: WebhookSettings | None = None
        self.last_error: tuple[float, str] | None = None

    async def start(self, settings: WebhookSettings) -> None:
        """Post updates to this address from now on."""
        await self.stop()
        self.settings = settings
        self.last_error = None
        self._task = asyncio.create_task(self._run(settings), name="local-telegram-webhook")

    async def stop(self) -> None:
        """Post nothing any more."""
        self.settings = None
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
        self._attempts.clear()
        self._busy.clear()

    def info(self) -> Json:
        """Return the WebhookInfo."""
        self._updates.expire()
        settings = self.settings
        info: Json = {
            "url": settings.url if settings else "",
            "has_custom_certificate": False,
            "pending_update_count": len(self._updates.pending),
        }
        if settings:
            info["max_connections"] = settings.connections
        if settings and settings.ip_address:
            info["ip_address"] = settings.ip_address
        if self.last_error:
            at, message = self.last_error
            info |= {"last_error_date": int(at), "last_error_message": message}
        if self._updates.allowed is not None:
            info["allowed_updates"] = sorted(self._updates.allowed)
        return info

    async def _run(self, settings: WebhookSettings) -> None:
        client = httpx.AsyncClient(transport=self._transport, timeout=_ANSWER_WITHIN)
        async with client, asyncio.TaskGroup() as group:
            while True:
                self._updates.wake.clear()
                self._updates.expire()
                for update in self._ready(settings.connections):
                    self._busy.add(update.queue)
                    group.create_task(self._deliver(client, settings, update))
                await self._clock.wait_until(self._next_due(), self._updates.wake)

    def _heads(self) -> Iterator[Pending]:
        seen = set(self._busy)
        for update in self._updates.pending.values():
            if update.queue not in seen:
                seen.add(update.queue)
                yield update

    def _due(self, update: Pending) -> float:
        attempts = self._attempts.get(update.update_id)
        return attempts.due if attempts else 0.0

    def _ready(self, connections: int) -> list[Pending]:
        now = self._clock.now()
        ready = [update for update in self._heads() if self._due(update) <= now]
        return ready[: max(0, connections - len(self._busy))]

    def _next_due(self) -> float | None:
        now = self._clock.now()
        # What is due already waits for a connection, whose end wakes the loop.
        return min((due for due in map(self._due, self._heads()) if due > now), default=None)

    async def _deliver(
        self, client: httpx.AsyncClient, settings: WebhookSettings, update: Pending
    ) -> None:
        headers = {SECRET_HEADER: settings.secret} if settings.secret else {}
        status: int | None = None
        retry_after = 0.0
        try:
            answer = await client.post(settings.url, json=update.wire, headers=headers)
            status = answer.status_code
            retry_after = _seconds(answer.headers.get("Retry-After", ""))
            problem = f"Wrong response from the webhook: {status} {answer.reason_phrase}"
        except httpx.HTTPError as error:
            problem = f"Connection failed: {type(error).__name__}"
        kind = next(iter(update.body), "empty")
        self._requests.record("webhook", kind, {"update_id": update.update_id}, status)
        if status is not None and httpx.codes.is_success(status):
            self._updates.forget(update.update_id)
            self._attempts.pop(update.update_id, None)
        else:
            self._postpone(update, problem, retry_after)
        self._busy.discard(update.queue)
        self._updates.wake.set()

    def _postpone(self, update: Pending, problem: str, retry_after: float) -> None:
        attempts = self._attempts.setdefault(update.update_id, _Attempts())
        now = self._clock.now()
        self.last_error = (now, problem)
        wait = retry_after
        if not retry_after and attempts.failures:
            attempts.delay = min(LONGEST_DELAY, attempts.delay * 2)
            wait = attempts.delay
        attempts.failures += 1
        attempts.due = now + wait


def _seconds(header: str) -> float:
    return min(float(header), LONGEST_RETRY_AFTER) if header.isdecimal() else 0.0
