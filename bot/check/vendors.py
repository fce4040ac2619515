"""DAMO and FASHN: whether the key is accepted, found out without spending anything.

Only asked where their models can be used; what keeps one from being used is said about the
settings.
"""

from urllib.parse import urlsplit

from bot.check.accounts import Account, trouble
from bot.check.around import Around
from bot.check.findings import Bad, Doubtful, Finding, Good
from bot.hosting import hosting
from bot.services import known_models
from providers import damo as damo_service
from providers import fashn as fashn_service
from providers.base import Failed, NoAnswer, Provider
from providers.causes import Cause
from providers.damo import Damo
from providers.fashn import Fashn

NO_SUCH_TASK = "00000000-0000-4000-8000-000000000000"
FEW = 20  # pictures that are left, below which somebody should know


async def damo(around: Around) -> tuple[Finding, ...]:
    """Ask about a task that never was: whoever may ask is told that there is no record of it."""
    model = _usable(around, damo_service.MODEL)
    if not isinstance(model, Damo):
        return ()
    answer = await model.query(NO_SUCH_TASK)
    if isinstance(answer, Failed) and answer.problem.cause is Cause.TASK_LOST:
        return (Good("key", "accepted; what is left of the package is not told"),)
    account = Account(
        urlsplit(around.settings.damo_url).netloc,
        "Check DAMO_APPCODE: Alibaba Cloud's market shows it under the service you bought.",
        "DAMO_URL",
    )
    if isinstance(answer, Failed | NoAnswer):
        return (trouble(answer.problem, account),)
    do = "Check DAMO_URL: something else seems to answer there."
    return (Bad("connection", f"{account.host} knows a task that never was", do),)


async def fashn(around: Around) -> tuple[Finding, ...]:
    """Ask how many credits are left."""
    model = _usable(around, fashn_service.MODEL)
    if not isinstance(model, Fashn):
        return ()
    left = await model.credits_left()
    if isinstance(left, NoAnswer):
        account = Account(
            urlsplit(around.settings.fashn_url).netloc,
            "Check FASHN_API_KEY: https://app.fashn.ai shows it under Developer API.",
            "FASHN_URL",
        )
        return (trouble(left.problem, account),)
    key = Good("key", "accepted")
    if left < 1:
        return (key, Bad("credits", "none are left", "Buy some under API Billing."))
    if left < FEW:
        return (key, Doubtful("credits", f"{left} are left", "Buy some under API Billing."))
    return (key, Good("credits", f"{left} are left"))


def _usable(around: Around, model: str) -> Provider | None:
    """Return a model if the settings make it possible."""
    if model not in around.settings.choice.models:
        return None
    place = hosting(around.settings, around.clock)
    host = place.host if place else None
    return known_models(around.settings, around.client, around.clock, host).get(model)
