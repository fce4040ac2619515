"""`aitryon` and `aitryon-plus`: a person, one or two garments, one picture.

One class for both: they differ in price, pace and quality only. Transport, task states
and error codes are `providers.dashscope`'s; where photos are put is the host's business.
Sources: provider docs 000 (both models), 001 (`aitryon`), 003 (`aitryon-plus`).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from providers import parsing
from providers.base import PhotoHost, Segmenter, Submission, not_offered
from providers.dashscope import ACCOUNT, QUERIES_PER_SECOND, DashScope
from providers.dashscope_tasks import TaskModel
from providers.gate import https_for
from providers.results import ResultFetcher
from providers.spec import ModelSpec, PhotoRules
from providers.wishes import Face, OtherHalf, Request, Size, TryOnRequest, Wear

PATH = "/services/aigc/image2image/image-synthesis"  # provider docs 000, 001, 003

# The documents say "150 <= side <= 4096" and, in the error text, "larger than 150, smaller
# than 4096", and "5KB to 5MB" without saying which: strictly inside every reading.
PHOTOS = PhotoRules(min_bytes=5_121, max_bytes=4_999_999, min_side=151, max_side=4_095)

# parameters.resolution and parameters.restore_face (provider docs 000)
RESOLUTIONS = {Size.ORIGINAL: -1, Size.W576: 1024, Size.W720: 1280}
RESTORES = {Face.KEEP: True, Face.NEW: False}


def _spec(model: str, credits_: int, cost: int, seconds: tuple[float, float]) -> ModelSpec:
    return ModelSpec(
        model=model,
        account=ACCOUNT,
        wears=frozenset(Wear),
        faces=tuple(RESTORES),
        sizes=tuple(RESOLUTIONS),
        photos=PHOTOS,
        credits=credits_,
        cost=cost,
        submits_per_second=10,  # provider docs 003, "任务下发接口 RPS 限制"
        in_progress=5,  # provider docs 003, "同时处理中任务数量"
        queries_per_second=QUERIES_PER_SECOND,
        typical_seconds=seconds,
        halves=(OtherHalf.NEW, OtherHalf.KEEP),
        refines_with="aitryon-refiner",  # provider docs 000, "AI试衣图片精修API"
        keeps_with=parsing.SPEC,  # provider docs 003, "保留模特原下装"
    )


SPECS: tuple[ModelSpec, ...] = (
    # 0.20 CNY a picture; "about 15 seconds" (provider docs 001)
    _spec("aitryon", 1, 200, (7.0, 15.0)),
    # 0.50 CNY a picture (provider docs 003, "计费单价"); "15 to 30 seconds"
    _spec("aitryon-plus", 2, 500, (15.0, 30.0)),
)


class AiTryon(TaskModel):
    """One of the two models. `segmenter` cuts out what somebody keeps on."""

    def __init__(
        self,
        spec: ModelSpec,
        transport: DashScope,
        host: PhotoHost,
        results: ResultFetcher,
        segmenter: Segmenter,
    ) -> None:
        super().__init__(spec, transport, host, results)
        self.segmenter = segmenter

    async def submit(self, request: Request) -> Submission:
        """Order a picture. A garment that is left out is made up by the model."""
        if not isinstance(request, TryOnRequest):
            return not_offered(self.spec.model)
        urls = {
            "person_image_url": request.person_url,
            "top_garment_url": request.top_url,
            "bottom_garment_url": request.bottom_url,
        }
        body = {
            "model": self.spec.model,
            "input": {field: url for field, url in urls.items() if url is not None},
            "parameters": {
                "resolution": RESOLUTIONS[request.size],
                "restore_face": RESTORES[request.face],
            },
        }
        return await self._transport.submit(PATH, body)

    def pictures(self, output: Mapping[str, Any]) -> tuple[str, ...]:
        """Return the result URLs in the output of a task that succeeded."""
        return picture_urls(output)


def picture_urls(output: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the result URLs in a task's output, from the first place that has any.

    The examples show `image_url`, a table of provider docs 001 `results.image_url`, and
    sister models answer with lists: all are read.
    """
    for place in ("image_url", "results", "result_url"):
        urls = tuple(dict.fromkeys(https_for(url) for url in _urls_at(output.get(place))))
        if urls:
            return urls
    return ()


def _urls_at(value: object) -> Iterator[str]:
    """Yield the URLs in a text, in an object that names one, or in a list of either."""
    for item in value if isinstance(value, list) else [value]:
        named = (item.get("image_url") or item.get("url")) if isinstance(item, Mapping) else item
        for url in named if isinstance(named, list) else [named]:
            if isinstance(url, str) and url.lower().startswith(("http://", "https://")):
                yield url
