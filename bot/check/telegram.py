"""Telegram: the token, how updates arrive, and what the bot is shown in groups.

Asked over plain HTTP. Nothing is fetched or set, so a bot that is running notices nothing.
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from bot.check.around import Around
from bot.check.findings import Bad, Doubtful, Finding, Good
from bot.redaction import Redactor
from bot.settings import TELEGRAM, Settings
from bot.web import WEBHOOK_PATH
from providers.http import Answered, Lost, NotSent, said

RECENT = 3600.0  # seconds since an error that is still worth a word
_UNKNOWN_TOKEN = (HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND)
_REACH = "Check this machine's way to the internet; where Telegram is blocked, set HTTPS_PROXY."


async def telegram(around: Around) -> tuple[Finding, ...]:
    """Ask who the bot is, and how its updates are delivered."""
    me = await _call(around, "getMe")
    if not isinstance(me, Mapping):
        return (me,)
    webhook = await _call(around, "getWebhookInfo")
    now = around.clock.now()
    return (
        Good("token", f"@{said(me.get('username'))}, id {said(me.get('id'))}"),
        _delivery(webhook, around.settings, now) if isinstance(webhook, Mapping) else webhook,
        _privacy(me),
    )


async def _call(around: Around, method: str) -> Mapping[str, Any] | Finding:
    settings = around.settings
    token = settings.telegram_bot_token.get_secret_value()
    url = f"{settings.telegram_api_url}/bot{token}/{method}"
    host = urlsplit(settings.telegram_api_url).netloc
    match await around.http.get(url, headers={}):
        case NotSent(reason) | Lost(reason):
            do = _REACH if settings.telegram_api_url == TELEGRAM else "Check TELEGRAM_API_URL."
            return Bad("connection", f"{host} cannot be reached ({reason})", do)
        case Answered() as answer:
            result = (answer.document() or {}).get("result")
            if answer.ok and isinstance(result, Mapping):
                return result
            return _refusal(answer, host)


def _refusal(answer: Answered, host: str) -> Finding:
    if answer.status in _UNKNOWN_TOKEN and answer.document() is not None:
        return Bad(
            "token",
            "Telegram does not know it",
            "Copy it again from @BotFather (/mybots, API Token), without spaces.",
        )
    if answer.status == HTTPStatus.TOO_MANY_REQUESTS:
        return Doubtful("connection", f"{host} asks for a pause", "Check again in a minute.")
    return Bad(
        "connection",
        f"{host} answers with status {answer.status} and nothing of use",
        "Try again later; if it stays so, check TELEGRAM_API_URL.",
    )


def _delivery(webhook: Mapping[str, Any], settings: Settings, now: float) -> Finding:
    url = webhook.get("url")
    is_set = isinstance(url, str) and bool(url)
    if settings.updates == "polling":
        return _polled(urlsplit(str(url)).hostname) if is_set else Good("updates", "by polling")
    if not is_set:
        return Good("updates", "by webhook, which the bot sets when it starts")
    if url != f"{settings.public_url}{WEBHOOK_PATH}":
        return Doubtful(
            "updates",
            f"a webhook at {urlsplit(str(url)).hostname} is set, which is not PUBLIC_URL's",
            "The bot replaces it when it starts. If another bot uses this token, give this one"
            " its own.",
        )
    error_at = webhook.get("last_error_date")
    if isinstance(error_at, int) and now - error_at < RECENT:
        return Doubtful(
            "updates",
            f"Telegram could not deliver: {_worded(webhook.get('last_error_message'))}",
            "Check that PUBLIC_URL leads to LISTEN, with a valid certificate.",
        )
    return Good("updates", "by webhook, which is set")


def _polled(host: str | None) -> Finding:
    return Doubtful(
        "updates",
        f"by polling, but a webhook at {host} is set",
        "The bot removes it when it starts. If another bot uses this token, give this one its own.",
    )


def _privacy(me: Mapping[str, Any]) -> Finding:
    if me.get("can_join_groups") is False:
        return Doubtful(
            "groups",
            "the bot cannot be added to groups",
            "If it should be, tell @BotFather (/setjoingroups).",
        )
    if me.get("can_read_all_group_messages") is True:
        return Doubtful(
            "groups",
            "privacy mode is off: the bot is sent everything that is said in its groups",
            "It needs only what is meant for it: tell @BotFather (/setprivacy, Enable).",
        )
    return Good("groups", "privacy mode is on: the bot is sent what is meant for it")


def _worded(message: object) -> str:
    return Redactor()(said(message)) or "no reason given"
