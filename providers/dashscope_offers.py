"""Which models DashScope lists, and which of them will be switched off. Costs nothing.

The list is a catalogue, not an entitlement: a model in it may still have to be bought or
activated. Times in it are Beijing time. (Vendor's page on listing models.)
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

from providers.base import NoAnswer
from providers.causes import Cause, Problem
from providers.dashscope import DashScope
from providers.http import said

PAGE_SIZE = 100
MOST_PAGES = 20  # so at most 2,000 models; the vendor has some hundred
BEIJING = timezone(timedelta(hours=8))
_LATEST_MS = 1 << 53  # what a JSON number holds exactly


@dataclass(frozen=True, slots=True)
class Offer:
    """A model that is listed. `ends` says when it is to be switched off, if that is announced.

    `ends_at` is the same in Unix seconds, if the text could be read.
    """

    model: str
    ends: str = ""
    ends_at: float | None = None


@dataclass(frozen=True, slots=True)
class Offers:
    """All models that are listed, by name."""

    models: Mapping[str, Offer]


async def offers(service: DashScope) -> Offers | NoAnswer:
    """List the models of the service. Safe to repeat."""
    found: dict[str, Offer] = {}
    for number in range(1, MOST_PAGES + 1):
        answer = await service.read("/models", {"page_no": number, "page_size": PAGE_SIZE})
        if isinstance(answer, NoAnswer):
            return answer
        page = answer.get("output")
        rows = page.get("models") if isinstance(page, Mapping) else None
        if not isinstance(rows, list):
            return NoAnswer(Problem(Cause.SERVICE_FAILED, "unreadable", "a page of the models"))
        before = len(found)
        found |= {offer.model: offer for row in rows if (offer := _offer(row)) is not None}
        # A page that is not full is the last. One that brings nothing new would never end.
        if len(rows) < PAGE_SIZE or len(found) == before:
            break
    return Offers(found)


def _offer(row: Any) -> Offer | None:  # noqa: ANN401  JSON from outside
    model = row.get("model") if isinstance(row, Mapping) else None
    if not isinstance(model, str) or not model:
        return None
    offline = row.get("inference_offline_info")
    when = offline.get("offline_time") if isinstance(offline, Mapping) else None
    if when is None or when == "":
        return Offer(model)
    return Offer(model, said(when)[:40], _unix(when))


def _unix(when: object) -> float | None:
    """Return a time as Unix seconds: given in words of digits, or in ms since 1970."""
    if isinstance(when, int) and 0 < when < _LATEST_MS:
        return when / 1000
    try:
        moment = datetime.fromisoformat(when) if isinstance(when, str) else None
        if moment is None:
            return None
        return (moment if moment.tzinfo else moment.replace(tzinfo=BEIJING)).timestamp()
    except (ValueError, OverflowError):
        return None
