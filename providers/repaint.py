"""`wanx-style-repaint-v1`: a portrait painted anew in one of the service's styles.

Transport, task states and error codes are `providers.dashscope`'s; where photos are put is
the host's business. Source: provider docs 004; the styles from 14 on, and the style of a
given picture, stand in newer pages of the vendor only.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from providers.base import Submission, not_offered
from providers.dashscope import ACCOUNT, QUERIES_PER_SECOND
from providers.dashscope_tasks import TaskModel
from providers.gate import https_for
from providers.spec import ModelSpec, PhotoRules
from providers.styles import Style
from providers.wishes import Request, RestyleRequest

MODEL = "wanx-style-repaint-v1"
PATH = "/services/aigc/image-generation/generation"  # provider docs 004

# provider docs 004: from 256x256 to 5760x3240, at most 10 MB. Wider than 1.5:1 is cropped by
# the service, wherever the face is, so photos are cropped before; the sides stay within the
# shorter of both limits, so a photo may lie or stand.
PHOTOS = PhotoRules(min_bytes=1, max_bytes=9_999_999, min_side=256, max_side=3_240, max_ratio=1.5)

OF_PICTURE = -1  # input.style_index, with input.style_ref_url

# input.style_index (provider docs 004)
INDEXES: Mapping[Style, int] = MappingProxyType(
    {
        Style.RETRO_COMIC: 0,
        Style.FAIRY_TALE_3D: 1,
        Style.ANIME: 2,
        Style.FRESH: 3,
        Style.FUTURE_TECH: 4,
        Style.CLASSICAL_CHINESE: 5,
        Style.WARRIOR_GENERAL: 6,
        Style.VIVID_CARTOON: 7,
        Style.ELEGANT_CHINESE: 8,
        Style.NEW_YEAR: 9,
        # from here on by newer pages of the vendor
        Style.FINE_BRUSH: 14,
        Style.NEW_YEAR_WISHES: 15,
        Style.FAIRY_WORLD: 30,
        Style.CLAY_WORLD: 31,
        Style.PIXEL_WORLD: 32,
        Style.ADVENTURE_WORLD: 33,
        Style.MANGA_WORLD: 34,
        Style.WORLD_3D: 35,
        Style.ANIME_WORLD: 36,
        Style.HAND_DRAWN_WORLD: 37,
        Style.CRAYON_WORLD: 38,
        Style.FRIDGE_MAGNET_WORLD: 39,
        Style.BADGE_WORLD: 40,
        Style.OF_PICTURE: OF_PICTURE,
    }
)


SPEC = ModelSpec(
    model=MODEL,
    account=ACCOUNT,
    wears=frozenset(),
    faces=(),
    sizes=(),
    photos=PHOTOS,
    credits=1,
    cost=120,  # 0.12 CNY a picture (the vendor's price list)
    submits_per_second=2,  # provider docs 004, "任务下发接口限制QPS为2"
    in_progress=1,  # provider docs 004, "并发任务数量限制为1"
    queries_per_second=QUERIES_PER_SECOND,
    typical_seconds=(10.0, 20.0),  # "about 15 s"
    styles=tuple(INDEXES),
)


class StyleRepaint(TaskModel):
    """The model, over one account's transport."""

    async def submit(self, request: Request) -> Submission:
        """Order a picture."""
        given = self._input(request)
        if given is None:
            return not_offered(self.spec.model)
        return await self._transport.submit(PATH, {"model": self.spec.model, "input": given})

    def _input(self, request: Request) -> Mapping[str, str | int] | None:
        """Return what a request is written as, None for one that this model does not take."""
        if not isinstance(request, RestyleRequest) or request.style not in self.spec.styles:
            return None
        given: dict[str, str | int] = {
            "image_url": request.person_url,
            "style_index": INDEXES[request.style],
        }
        if request.style is not Style.OF_PICTURE:
            return given
        return given | {"style_ref_url": request.style_url} if request.style_url else None

    def pictures(self, output: Mapping[str, Any]) -> tuple[str, ...]:
        """Return the result URLs in the output of a task that succeeded."""
        return picture_urls(output)


def picture_urls(output: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the result URL in a task's output.

    The example of provider docs 004 shows `results[].url`, its table `result_url`. What else
    stands there (`error_code` 0, `error_message` "Success") says nothing.
    """
    results = output.get("results")
    first = results[0] if isinstance(results, list) and results else None
    places = (first.get("url") if isinstance(first, Mapping) else None, output.get("result_url"))
    for url in places:
        if isinstance(url, str) and url.lower().startswith(("http://", "https://")):
            return (https_for(url),)
    return ()
