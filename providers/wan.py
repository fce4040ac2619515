"""`wan2.7-image-pro` and `wan2.7-image`: pictures edited by instruction, as tasks.

General editors: the garments, or an example of a style, and, last, the person go into one
message whose text says what to do (`providers.messages`). The picture has the proportions of
the last photo. What is not mentioned in the text stays as it is, so a person keeps their own
other half.
Sources: the vendor's page "Wan2.7 image generation and editing" and its price list.
"""

from collections.abc import Mapping
from typing import Any

from providers import messages
from providers.base import Submission, not_offered
from providers.dashscope import ACCOUNT, QUERIES_PER_SECOND
from providers.dashscope_tasks import TaskModel
from providers.spec import ModelSpec, PhotoRules
from providers.styles import Style
from providers.wishes import Face, OtherHalf, Request, Size, Wear

PATH = "/services/aigc/image-generation/generation"

# "240-8000 px" and "<= 20 MB", read as the smaller of the two megabytes. Of the proportions,
# 1:8 to 8:1, nothing has to be said: what is longer than 4:1 gets no further than the bot.
PHOTOS = PhotoRules(min_bytes=1, max_bytes=20_000_000, min_side=240, max_side=8000)

# Always sent: without `n` the service makes, and charges for, several pictures.
PARAMETERS: Mapping[str, Any] = {"size": "2K", "n": 1, "watermark": False}


def _spec(model: str, credits_: int, cost: int) -> ModelSpec:
    return ModelSpec(
        model=model,
        account=ACCOUNT,
        wears=frozenset(Wear),
        faces=(Face.KEEP, Face.NEW),
        sizes=(Size.ORIGINAL,),  # the photo's proportions, at about 2048x2048 px
        photos=PHOTOS,
        credits=credits_,
        cost=cost,
        submits_per_second=5,  # vendor's page on rate limits
        in_progress=5,  # the same
        queries_per_second=QUERIES_PER_SECOND,
        typical_seconds=(12.0, 60.0),
        styles=tuple(Style),
        halves=(OtherHalf.KEEP,),
    )


SPECS: tuple[ModelSpec, ...] = (
    _spec("wan2.7-image-pro", 2, 500),  # 0.50 CNY a picture
    _spec("wan2.7-image", 1, 200),  # 0.20 CNY a picture
)


class WanImage(TaskModel):
    """One of the two models."""

    async def submit(self, request: Request) -> Submission:
        """Order a picture."""
        given = messages.written(request, self.spec)
        if given is None:
            return not_offered(self.spec.model)
        body = {"model": self.spec.model, "input": given, "parameters": dict(PARAMETERS)}
        return await self._transport.submit(PATH, body)

    def pictures(self, output: Mapping[str, Any]) -> tuple[str, ...]:
        """Return the result URLs in the output of a task that succeeded."""
        return messages.picture_urls(output)
