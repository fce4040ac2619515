"""All services' strict local twins behind one server, and every model spoken to alike."""

import asyncio
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import httpx
from pydantic import SecretStr
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.clock import Clock
from bot.demo.faults import Faults
from bot.demo.services import damo_routes, fashn_routes
from bot.demo.services import routes as dashscope_routes
from bot.demo.services.aitryon import AiTryOn
from bot.demo.services.damo import DEMO_APPCODE, LocalDamo
from bot.demo.services.dashscope import DEMO_KEY, LocalDashScope
from bot.demo.services.editing import Brush
from bot.demo.services.fashn import DEMO_KEY as FASHN_KEY
from bot.demo.services.fashn import LocalFashn
from bot.demo.services.qwen import QwenImage
from bot.demo.services.refiner import Refiner
from bot.demo.services.repaint import StyleRepaint
from bot.demo.services.wan import WanImage
from bot.services import known_models
from bot.settings import Settings
from providers.base import Accepted, KeepsTasks, NoAnswer, Provider, Published, Submission
from providers.catalogue import SPECS
from providers.causes import Cause
from providers.styles import Style
from providers.wishes import Gender, RefineRequest, RestyleRequest, TryOnRequest, Wear
from providers.wishes import Request as Wish
from tests.providers.room import noise, sketch

Result = TypeVar("Result")

SECONDS = 20.0  # of every task here
PHOTO = noise(480, 640)
ALL = tuple(spec.model for spec in SPECS)
STEP = 5.0  # seconds of the clock at a time, while a long call lasts


@dataclass(frozen=True)
class Dialect:
    """How a service's twin calls what all of them do: its calls and its faults."""

    submit: str
    query: str
    failing: tuple[str, Mapping[str, Any]]
    fails_with: Cause
    throttled: Mapping[str, Any]
    forgets: float  # seconds after which a task is lost


DIALECTS = {
    "dashscope": Dialect(
        "submit",
        "query",
        ("fail_task", {"code": "InvalidPerson"}),
        Cause.PERSON_UNCLEAR,
        {"status": 429, "code": "Throttling.RateQuota"},
        25 * 3600.0,
    ),
    "damo": Dialect(
        "submit",
        "query",
        ("fail_part", {}),
        Cause.NOT_DRAWN,
        {"status": 403, "code": "23500004"},
        25 * 3600.0,
    ),
    "fashn": Dialect(
        "run",
        "status",
        ("fail_task", {"code": "PoseError"}),
        Cause.PERSON_UNCLEAR,
        {"status": 429, "code": "RateLimitExceeded"},
        73 * 3600.0,
    ),
}


class Web:
    """A photo host on the web: what is published can be fetched from the server."""

    def __init__(self, url: str) -> None:
        self._url = url
        self.photos: dict[str, bytes] = {}

    async def publish(self, photo: bytes, *, model: str) -> Published:
        name = f"{model}-{len(self.photos)}.jpg"
        self.photos[name] = photo
        return Published(f"{self._url}/p/{name}", name)

    async def withdraw(self, ref: str) -> NoAnswer | None:
        self.photos.pop(ref, None)
        return None

    async def fetch(self, request: Request) -> Response:
        photo = self.photos.get(request.path_params["name"])
        return Response(photo, 200 if photo else 404, media_type="image/jpeg")


class Street:
    """Every service, a clock in hand, and one model by its name."""

    def __init__(self, client: httpx.AsyncClient, url: str, app: Starlette, model: str) -> None:
        self.clock = Clock(start=1_785_556_800.0, speed=0)
        self.faults = Faults()
        brush = Brush(sketch, sketch)
        self.dashscope = LocalDashScope(
            self.clock,
            url,
            twins=[
                AiTryOn(draw=sketch),
                WanImage(brush),
                QwenImage(brush),
                StyleRepaint(draw=sketch),
                Refiner(draw=sketch),
            ],
            faults=self.faults,
        )
        self.damo = LocalDamo(self.clock, url, faults=self.faults, draw=sketch)
        self.fashn = LocalFashn(self.clock, url, faults=self.faults, draw=sketch)
        self.damo.seconds, self.fashn.seconds = (SECONDS, SECONDS), SECONDS
        web = Web(url)
        app.router.routes.extend(
            [
                Route("/p/{name}", web.fetch),
                *dashscope_routes.routes(self.dashscope),
                *damo_routes.routes(self.damo),
                *fashn_routes.routes(self.fashn),
            ]
        )
        self._client, self._url, self._web = client, url, web
        self.name = model
        self.model = self.spoken_to()
        self.account = self.model.spec.account
        self.dialect = DIALECTS[self.account]
        if self.account == "dashscope":
            self.dashscope.set_runtime(model, SECONDS)

    def spoken_to(self, **keys: SecretStr) -> Provider:
        """Return the model, with these keys instead of the right ones."""
        values: dict[str, object] = {
            "telegram_bot_token": SecretStr("4242:CanaryTokenCanaryTokenCanaryToken123"),
            "public_url": "https://bot.example",
            "dashscope_api_key": SecretStr(DEMO_KEY),
            "dashscope_url": f"{self._url}{dashscope_routes.API}",
            "damo_appcode": SecretStr(DEMO_APPCODE),
            "damo_url": f"{self._url}{damo_routes.API}",
            "fashn_api_key": SecretStr(FASHN_KEY),
            "fashn_url": f"{self._url}{fashn_routes.API}",
            "tryon_models": ",".join(spec.model for spec in SPECS if spec.wears),
            "restyle_models": ",".join(spec.model for spec in SPECS if spec.styles),
        }
        settings = Settings.model_validate(values | keys)
        return known_models(settings, self._client, self.clock, self._web)[self.name]

    async def order(self) -> Wish:
        """Return an order that the model takes, its photos published."""
        urls = [(await self._published()).url for _ in range(2)]
        if Wear.TOP in self.model.spec.wears:
            return TryOnRequest(urls[0], urls[1], None, Wear.TOP)
        if self.model.spec.refines:
            coarse = await self._published()
            return RefineRequest(urls[0], urls[1], None, coarse.url, Gender.WOMAN)
        return RestyleRequest(urls[0], Style.ANIME)

    async def _published(self) -> Published:
        published = await self.model.host.publish(PHOTO, model=self.name)
        assert isinstance(published, Published)
        return published

    async def submit(self) -> Submission:
        """Submit an order, however long the call lasts."""
        return await self.until(self.model.submit(await self.order()))

    async def submitted(self) -> tuple[KeepsTasks, str]:
        """Submit an order to a model that keeps tasks."""
        assert isinstance(self.model, KeepsTasks)
        answer = await self.submit()
        assert isinstance(answer, Accepted)
        return self.model, answer.task_id

    async def until(self, call: Awaitable[Result]) -> Result:
        """Let the clock run until a call has been answered."""
        doing = asyncio.ensure_future(call)
        while not doing.done():
            await asyncio.wait({doing}, timeout=0.02)
            if not doing.done() and not isinstance(self.model, KeepsTasks):
                self.clock.advance(STEP)
        return doing.result()

    def fault(self, call: str, kind: str, times: int = 1, **params: object) -> None:
        """Order a fault of this model's service, by the name that all services share."""
        named = {"submit": self.dialect.submit, "query": self.dialect.query}.get(call, call)
        self.faults.add(self.account, named, kind, times, **params)

    def accepted(self) -> int:
        """Count what the service has taken on."""
        return len(self._twin.accepted())

    async def paid(self) -> int:
        """Count what the service charges for."""
        found = await self._twin.paid()
        return found if isinstance(found, int) else len(found)

    @property
    def _twin(self) -> LocalDashScope | LocalDamo | LocalFashn:
        twins: dict[str, LocalDashScope | LocalDamo | LocalFashn] = {
            "dashscope": self.dashscope,
            "damo": self.damo,
            "fashn": self.fashn,
        }
        return twins[self.account]

    async def close(self) -> None:
        for twin in (self.dashscope, self.damo, self.fashn):
            await twin.close()
