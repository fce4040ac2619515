"""`aitryon-parsing-v1`: what somebody wears, cut out of their photo.

A stage before a try-on: its cut-out is sent as the garment that is to stay. The call is
synchronous, has no async header, and leaves nothing behind, so a lost answer is simply asked
for again. Transport and error codes are `providers.dashscope`'s.
Sources: the vendor's page "AI try-on: image segmentation"; provider docs 003, "保留模特原下装".
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from providers.base import Cut, CutOut, NoAnswer, NotWorn, Refused
from providers.causes import Cause, Problem
from providers.dashscope import DashScope
from providers.spec import HelperSpec, PhotoRules
from providers.wishes import Wear

MODEL = "aitryon-parsing-v1"
PATH = "/services/vision/image-process/process"

SPEC = HelperSpec(
    model=MODEL,
    # The try-on's rules, but live errors quote a shortest side above 400 px.
    photos=PhotoRules(min_bytes=5_121, max_bytes=4_999_999, min_side=401, max_side=4_095),
    cost=4,  # 0.004 CNY a photo (the vendor's price list)
    calls_per_second=10,  # vendor's page on rate limits; no limit of calls in progress
)

# parameters.clothes_type
CLOTHES: Mapping[Wear, str] = MappingProxyType(
    {Wear.TOP: "upper", Wear.BOTTOM: "lower", Wear.DRESS: "dress"}
)
LONGEST_URL = 4096  # characters
_UNREADABLE = NoAnswer(Problem(Cause.SERVICE_FAILED, "unreadable", "no crop_img_url"))


class Parsing:
    """The model, over one account's transport."""

    spec = SPEC

    def __init__(self, transport: DashScope) -> None:
        self._transport = transport

    async def cut_out(self, person_url: str, garment: Wear) -> Cut:
        """Cut out the top, the bottom or the dress that somebody wears."""
        kind = CLOTHES.get(garment)
        if kind is None:
            return Refused(Problem(Cause.REQUEST_REFUSED, "not_offered", f"no single {garment}"))
        body = {
            "model": MODEL,
            "input": {"image_url": person_url},
            "parameters": {"clothes_type": [kind]},
        }
        answer = await self._transport.call(PATH, body)
        if isinstance(answer, NoAnswer):
            passing = answer.problem.cause is Cause.SERVICE_FAILED
            return answer if passing else Refused(answer.problem, answer.retry_after)
        return _cut(answer.get("output"))


def _cut(output: object) -> Cut:
    """Read the one place of the answer that was asked for: null means no such garment."""
    crops: Any = output.get("crop_img_url") if isinstance(output, Mapping) else None
    if not isinstance(crops, list) or len(crops) != 1:
        return _UNREADABLE
    (url,) = crops
    if url is None:
        return NotWorn()
    usable = isinstance(url, str) and url.lower().startswith(("http://", "https://"))
    return CutOut(url) if usable and url.isascii() and len(url) <= LONGEST_URL else _UNREADABLE
