"""A strict local twin of the service over HTTP, its clock in hand, and one of its models."""

import io
from collections.abc import Awaitable, Callable

import httpx
from PIL import Image

from bot.clock import Clock
from bot.demo.drawing.parsing import Piece
from bot.demo.services.aitryon import AiTryOn
from bot.demo.services.dashscope import DEMO_KEY, LocalDashScope
from bot.demo.services.editing import Brush
from bot.demo.services.parsing import Parsing
from bot.demo.services.qwen import QwenImage
from bot.demo.services.refiner import Refiner
from bot.demo.services.repaint import StyleRepaint
from bot.demo.services.routes import API
from bot.demo.services.twin import CallTwin, Twin
from bot.demo.services.wan import WanImage
from providers.base import Accepted, Failed, NoAnswer, Provider, Published, Refused
from providers.catalogue import dashscope_models
from providers.causes import Cause
from providers.dashscope_tasks import TaskModel
from providers.wishes import TryOnRequest, Wear

SECONDS = 20.0  # of every task here


def noise(width: int = 320, height: int = 420) -> bytes:
    """Return a JPEG that is large enough and not of one colour."""
    photo = io.BytesIO()
    Image.effect_noise((width, height), 80).convert("RGB").save(photo, "JPEG", quality=90)
    return photo.getvalue()


PHOTO = noise()


SISTERS = {
    "aitryon-refiner": "aitryon",
    "aitryon": "aitryon-plus",
    "wan2.7-image-pro": "wan2.7-image",
    "wanx-style-repaint-v1": "wan2.7-image",
}


def sketch(person: Image.Image, *_garments: object, **_how: object) -> bytes:
    """Stand in for the drawing where only its coming matters."""
    picture = io.BytesIO()
    person.resize((60, 80)).save(picture, "JPEG")
    return picture.getvalue()


class Room:
    """The twin, its clock, and one model spoken to over HTTP; `sister` is one of its service."""

    def __init__(self, client: httpx.AsyncClient, url: str, clock: Clock, name: str) -> None:
        self.clock = clock
        self.url = url
        self.nothing_worn = False
        twins: list[Twin | CallTwin] = [
            AiTryOn(),
            WanImage(Brush(sketch, sketch)),
            QwenImage(Brush(sketch, sketch)),
            StyleRepaint(draw=sketch),
            Parsing(cut=self._cut),
            Refiner(draw=sketch),
        ]
        self.twin = LocalDashScope(clock, url, twins=twins)
        self._client = client
        self.name, self.sister = name, SISTERS[name]
        self.twin.set_runtime(name, SECONDS)
        self.model = self.models()[name]

    def _cut(self, photo: Image.Image, _kind: str) -> Piece | None:
        return None if self.nothing_worn else Piece(PHOTO, PHOTO, (0, 0, *photo.size))

    def models(
        self,
        key: str = DEMO_KEY,
        workspace: str | None = None,
        now: Callable[[], float] | None = None,
    ) -> dict[str, TaskModel]:
        """Return the models that keep tasks for a key, by the twin's clock or another one."""
        models = self.providers(key, workspace, now)
        return {name: model for name, model in models.items() if isinstance(model, TaskModel)}

    def providers(
        self,
        key: str = DEMO_KEY,
        workspace: str | None = None,
        now: Callable[[], float] | None = None,
    ) -> dict[str, Provider]:
        """Return all models for a key, by the twin's clock or another one."""

        async def sleep(seconds: float) -> None:
            self.clock.advance(seconds)

        base = self.url + API
        now = now or self.clock.now
        return dashscope_models(self._client, key, base, workspace, now=now, sleep=sleep)

    async def publish(self, photo: bytes = PHOTO, model: str | None = None) -> str:
        published = await self.model.host.publish(photo, model=model or self.name)
        assert isinstance(published, Published)
        return published.url

    async def order(self) -> TryOnRequest:
        return TryOnRequest(await self.publish(), await self.publish(), None, Wear.TOP)

    async def submitted(self) -> str:
        submission = await self.model.submit(await self.order())
        assert isinstance(submission, Accepted)
        return submission.task_id

    def fault(self, call: str, kind: str, times: int = 1, **params: object) -> None:
        self.twin.faults.add("dashscope", call, kind, times, **params)


async def cause_of(answer: Awaitable[object]) -> Cause:
    outcome = await answer
    assert isinstance(outcome, Failed | Refused | NoAnswer)
    return outcome.problem.cause
