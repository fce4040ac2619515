"""DashScope: whether the key is accepted, and the chosen models are there to stay.

So are their helpers, without which the bot can work, but people are offered less.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from urllib.parse import urlsplit

from bot.check.accounts import Account, trouble
from bot.check.around import Around
from bot.check.findings import Bad, Doubtful, Finding, Good
from bot.settings import Settings
from providers.base import NoAnswer
from providers.catalogue import SPECS
from providers.dashscope import ACCOUNT, DashScope
from providers.dashscope_offers import Offer, Offers, offers

_KEY = (
    "Check DASHSCOPE_API_KEY, that DASHSCOPE_URL is of the key's region, and for a sub-account's"
    " key DASHSCOPE_WORKSPACE."
)
_HELPER = "See at the vendor's what takes its place. The bot can go on without it."
_TO_STAY = "listed, no end announced"


async def dashscope(around: Around) -> tuple[Finding, ...]:
    """Ask for the list of models, which costs nothing. Without a key there is nothing to ask."""
    settings = around.settings
    if settings.dashscope_api_key is None:
        return ()
    service = DashScope(
        around.client,
        settings.dashscope_api_key.get_secret_value(),
        settings.dashscope_url,
        settings.dashscope_workspace,
        now=around.clock.now,
        sleep=around.clock.sleep,
    )
    match await offers(service):
        case NoAnswer(problem):
            host = urlsplit(settings.dashscope_url).netloc
            return (trouble(problem, Account(host, _KEY, "DASHSCOPE_URL")),)
        case Offers(listed):
            now = around.clock.now()
            found: list[Finding] = [Good("key", "accepted")]
            for name, models in _wishes(settings).items():
                found += _models(name, models, listed, now)
            found += _helpers(settings.choice.tryon, listed, now)
            return tuple(found)


def _wishes(settings: Settings) -> Mapping[str, Sequence[str]]:
    """Return which models are used for what, by the setting that says so."""
    return {"TRYON_MODELS": settings.choice.tryon, "RESTYLE_MODELS": settings.choice.restyle}


def _models(
    setting: str, wanted: Sequence[str], listed: Mapping[str, Offer], now: float
) -> Iterator[Finding]:
    """Judge each model of ours; that one is gone only matters where there is no other."""
    ours = {spec.model for spec in SPECS if spec.account == ACCOUNT}
    alive = [model for model in wanted if model not in ours or not _is_over(listed.get(model), now)]
    kind = Doubtful if alive else Bad
    do = f"Put a living model in front of it in {setting}, or take it out."
    for model in wanted:
        if model not in ours:
            continue
        ends = _ends(listed.get(model), now)
        if model not in alive:
            yield kind(model, ends, do)
        else:
            yield Doubtful(model, ends, do) if ends else Good(model, _TO_STAY)


def _helpers(tryon: Sequence[str], listed: Mapping[str, Offer], now: float) -> Iterator[Finding]:
    """Judge the models that do one stage of the chosen ones' orders."""
    loss: dict[str, str] = {}
    for spec in SPECS:
        if spec.account == ACCOUNT and spec.model in tryon:
            if spec.keeps_with is not None:
                loss[spec.keeps_with.model] = "people's own top or trousers cannot be kept"
            if spec.refines_with is not None:
                loss[spec.refines_with] = "pictures cannot be refined (HD)"
    for model, without in loss.items():
        ends = _ends(listed.get(model), now)
        said = f"{ends}; without it, {without}"
        yield Doubtful(model, said, _HELPER) if ends else Good(model, _TO_STAY)


def _ends(offer: Offer | None, now: float) -> str:
    """Say how a model ends or has ended; nothing if it is there to stay."""
    if offer is None:
        return "is not listed: retired?"
    if not offer.ends:
        return ""
    return f"{'was' if _is_over(offer, now) else 'will be'} switched off on {_day(offer)}"


def _is_over(offer: Offer | None, now: float) -> bool:
    return offer is None or (offer.ends_at is not None and offer.ends_at <= now)


def _day(offer: Offer) -> str:
    if offer.ends_at is None:
        return offer.ends
    return datetime.fromtimestamp(offer.ends_at, tz=UTC).date().isoformat()
