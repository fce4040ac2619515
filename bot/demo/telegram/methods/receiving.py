"""Methods by which the bot receives: updates, webhook, files."""

import re
from typing import Any
from urllib.parse import urlsplit

from bot.demo.telegram.core import LocalTelegram
from bot.demo.telegram.errors import conflict, refuse
from bot.demo.telegram.params import Call
from bot.demo.telegram.updates import MOST_AT_ONCE
from bot.demo.telegram.webhook import DEFAULT_CONNECTIONS, WebhookSettings

MAX_CONNECTIONS = 100  # Bot API, setWebhook
_SECRET = re.compile(r"[A-Za-z0-9_-]{0,256}")

Json = dict[str, Any]


async def get_updates(telegram: LocalTelegram, call: Call) -> list[Json]:
    """Return the unconfirmed updates, waiting for one if asked to."""
    if telegram.webhook.settings is not None:
        conflict(
            "can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first"
        )
    telegram.updates.allow(_allowed(call))
    return await telegram.updates.poll(
        call.get("offset", 0), call.get("limit", MOST_AT_ONCE), call.get("timeout", 0)
    )


def _allowed(call: Call) -> list[str] | None:
    kinds = call.get("allowed_updates")
    if kinds is not None and not isinstance(kinds, list):
        refuse("can't parse allowed_updates: expected an Array of String")
    return kinds


async def set_webhook(telegram: LocalTelegram, call: Call) -> bool:
    """Post updates to the bot's own server from now on."""
    url = call["url"].strip()
    if not url:
        return await delete_webhook(telegram, call)
    parts = urlsplit(url)
    local = parts.hostname in {"127.0.0.1", "localhost", "::1"}
    if not parts.hostname or not (parts.scheme == "https" or (parts.scheme == "http" and local)):
        refuse("bad webhook: An HTTPS URL must be provided for webhook")
    secret = call.get("secret_token", "")
    if not _SECRET.fullmatch(secret):
        refuse("secret token contains unallowed characters")
    connections = call.get("max_connections", DEFAULT_CONNECTIONS)
    settings = WebhookSettings(
        url, secret, min(max(connections, 1), MAX_CONNECTIONS), call.get("ip_address")
    )
    telegram.updates.allow(_allowed(call))
    if call.get("drop_pending_updates"):
        telegram.updates.forget_all()
    if secret:
        telegram.requests.hide(secret)
    telegram.updates.end_poll("terminated by setWebhook request")
    await telegram.webhook.start(settings)
    return True


async def delete_webhook(telegram: LocalTelegram, call: Call) -> bool:
    """Go back to getUpdates."""
    await telegram.webhook.stop()
    if call.get("drop_pending_updates"):
        telegram.updates.forget_all()
    return True


async def get_webhook_info(telegram: LocalTelegram, _call: Call) -> Json:
    """Return how delivery is going."""
    return telegram.webhook.info()


async def get_file(telegram: LocalTelegram, call: Call) -> Json:
    """Return a file's download path."""
    return telegram.files.link(call["file_id"], telegram.clock.now())
