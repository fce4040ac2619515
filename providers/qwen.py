"""`qwen-image-3.0` and `qwen-image-2.0`: pictures edited by instruction, in one long call.

The same message as `providers.wan`'s, but synchronous: the answer to the call is the
picture. There is no task to ask about, to cancel or to find again, so these are plain
`Provider`s. Sources: the vendor's pages "Qwen image generation and editing" and prices.
"""

from collections.abc import Mapping
from types import MappingProxyType

from providers import messages
from providers.base import Collected, Failed, NoAnswer, PhotoHost, Submission, not_offered
from providers.dashscope import ACCOUNT, QUERIES_PER_SECOND, DashScope
from providers.results import ResultFetcher
from providers.spec import ModelSpec, PhotoRules
from providers.styles import Style
from providers.wishes import Face, OtherHalf, Request, Size, TryOnRequest, Wear

PATH = "/services/aigc/multimodal-generation/generation"

# "<= 10 MB" and, as a recommendation, "384-3072 px"; smaller photos make blurred pictures.
PHOTOS = PhotoRules(min_bytes=1, max_bytes=10_000_000, min_side=384, max_side=3072)

# A picture must have between 512*512 and 2048*2048 px in all: with these sides it always has.
SHORTEST, LONGEST = 512, 2048  # px
STEP = 16  # px; sides are multiples of it
SIZES: Mapping[Size, tuple[int, int]] = MappingProxyType(
    {Size.W576: (576, 1024), Size.W720: (720, 1280)}
)


def _spec(model: str, cost: int, cost_per_input: int = 0) -> ModelSpec:
    return ModelSpec(
        model=model,
        account=ACCOUNT,
        wears=frozenset(Wear),
        faces=(Face.KEEP, Face.NEW),
        sizes=(Size.ORIGINAL, *SIZES),
        photos=PHOTOS,
        credits=1,
        cost=cost,
        cost_per_input=cost_per_input,
        submits_per_second=2,  # of the older sisters; the vendor states none for these
        in_progress=5,  # ours: the vendor limits no synchronous calls, but each holds a connection
        queries_per_second=QUERIES_PER_SECOND,
        typical_seconds=(3.0, 30.0),
        styles=tuple(Style),
        halves=(OtherHalf.KEEP,),
    )


SPECS: tuple[ModelSpec, ...] = (
    _spec("qwen-image-3.0", 180, 20),  # 0.18 CNY a picture and 0.02 CNY a photo
    _spec("qwen-image-2.0", 200),  # 0.20 CNY a picture
)


class QwenImage:
    """One of the two models, spoken to over one account's transport."""

    def __init__(
        self, spec: ModelSpec, transport: DashScope, host: PhotoHost, results: ResultFetcher
    ) -> None:
        self.spec = spec
        self.host = host
        self._transport = transport
        self._results = results

    async def submit(self, request: Request) -> Submission:
        """Have a picture drawn; returns when it is finished."""
        given = messages.written(request, self.spec)
        if given is None:
            return not_offered(self.spec.model)
        width, height = _size_of(request)
        body = {
            "model": self.spec.model,
            "input": given,
            "parameters": {
                "size": f"{width}*{height}",
                "n": 1,
                "prompt_extend": False,  # the instruction is not to be improved upon
                "watermark": False,
            },
        }
        return await self._transport.draw(PATH, body, messages.picture_urls)

    async def collect(self, url: str) -> Collected | Failed | NoAnswer:
        """Download a finished picture."""
        return await self._results.collect(url)


def _size_of(request: Request) -> tuple[int, int]:
    """Return the size that is asked for: what was wished, else about the photo's own. In px."""
    wished = SIZES.get(request.size) if isinstance(request, TryOnRequest) else None
    return wished or drawn_size(*request.person_size)


def drawn_size(width: int, height: int) -> tuple[int, int]:
    """Return the size of a photo, as near to it as a picture may be. All in px."""
    shrunk = min(1.0, LONGEST / max(width, height))
    factor = max(shrunk, SHORTEST / min(width, height))
    return _allowed(width * factor), _allowed(height * factor)


def _allowed(side: float) -> int:
    return min(LONGEST, max(SHORTEST, round(side / STEP) * STEP))
