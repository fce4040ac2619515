"""`aitryon-refiner`: the picture of a try-on drawn once more, in finer detail.

It takes the very photos of the first stage and its picture, which must have the size of the
person's photo, and wants to be told whether that is a woman or a man. A top garment is
required, so the picture of a bottom alone cannot be refined. Transport, task states and error
codes are `providers.dashscope`'s.
Sources: the vendor's page "AI try-on: image refinement"; provider docs 000 and 003, "图片精修".
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from providers import parsing
from providers.aitryon import PATH, PHOTOS, picture_urls
from providers.base import PhotoHost, Segmenter, Submission, not_offered
from providers.dashscope import ACCOUNT, QUERIES_PER_SECOND, DashScope
from providers.dashscope_tasks import TaskModel
from providers.results import ResultFetcher
from providers.spec import ModelSpec
from providers.wishes import Gender, RefineRequest, Request

MODEL = "aitryon-refiner"

GENDERS: Mapping[Gender, str] = MappingProxyType({Gender.WOMAN: "woman", Gender.MAN: "man"})

SPEC = ModelSpec(
    model=MODEL,
    account=ACCOUNT,
    wears=frozenset(),
    faces=(),
    sizes=(),
    photos=PHOTOS,  # the first stage's, so that its photos come out exactly as they did then
    credits=1,
    cost=300,  # about 0.30 CNY a picture (the vendor's price list)
    submits_per_second=10,  # vendor's page on rate limits
    in_progress=5,  # the same
    queries_per_second=QUERIES_PER_SECOND,
    typical_seconds=(5.0, 15.0),
    keeps_with=parsing.SPEC,  # what was kept in the first stage has to be sent again
    refines=True,
)


class Refiner(TaskModel):
    """The model, over one account's transport."""

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
        """Order a picture."""
        if not isinstance(request, RefineRequest):
            return not_offered(self.spec.model)
        urls = {
            "person_image_url": request.person_url,
            "top_garment_url": request.top_url,
            "bottom_garment_url": request.bottom_url,
            "coarse_image_url": request.coarse_url,
        }
        body = {
            "model": self.spec.model,
            "input": {field: url for field, url in urls.items() if url is not None},
            "parameters": {"gender": GENDERS[request.gender]},
        }
        return await self._transport.submit(PATH, body)

    def pictures(self, output: Mapping[str, Any]) -> tuple[str, ...]:
        """Return the result URLs: the vendor's table shows a list, its example a text."""
        return picture_urls(output)
