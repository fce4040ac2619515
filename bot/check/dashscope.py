"""DashScope: whether the key is accepted, and the chosen models are there to stay."""

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
        offer = listed.get(model)
        if model not in ours:
            continue
        if model not in alive:
            said = f"was switched off on {_day(offer)}" if offer else "is not listed: retired?"
            yield kind(model, said, do)
        elif offer is not None and offer.ends:
            yield Doubtful(model, f"will be switched off on {_day(offer)}", do)
        else:
            yield Good(model, "listed, no end announced")


def _is_over(offer: Offer | None, now: float) -> bool:
    return offer is None or (offer.ends_at is not None and offer.ends_at <= now)


def _day(offer: Offer) -> str:
    if offer.ends_at is None:
        return offer.ends
    return datetime.fromtimestamp(offer.ends_at, tz=UTC).date().isoformat()
