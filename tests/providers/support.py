"""What the tests of this room share: the parts wired to a handler instead of a network."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import httpx

from providers import qwen, refiner, repaint, wan
from providers.aitryon import SPECS, AiTryon
from providers.dashscope import DashScope
from providers.fashn import HOSTS, Fashn
from providers.gate import Gate
from providers.hosting import TemporaryStorage
from providers.parsing import Parsing
from providers.qwen import QwenImage
from providers.refiner import Refiner
from providers.repaint import StyleRepaint
from providers.results import ResultFetcher
from providers.styles import Style, documented
from providers.wan import WanImage
from providers.wishes import RestyleRequest, TryOnRequest, Wear

KEY = "sk-canary0000key1111"
SECRET = "Signature=canary%2Bsignature%3D"
RESULT = f"http://dashscope-result-hz.oss-cn-hangzhou.aliyuncs.com/t/1.jpg?Expires=9&{SECRET}"
PUBLIC = "93.184.216.34"
ORDER = TryOnRequest("oss://dir/person.jpg", "oss://dir/top.jpg", None, Wear.TOP)
RESTYLE = RestyleRequest("oss://dir/person.jpg", Style.ANIME)
NOON = 1_785_556_800.0  # 2026-08-01 04:00:00 UTC, noon in Beijing

Handler = Callable[[httpx.Request], httpx.Response]


class Moments:
    """A clock that moves only when somebody sleeps, and remembers each sleep."""

    def __init__(self) -> None:
        self.time = NOON
        self.slept: list[float] = []

    def now(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds


async def public(_host: str, _port: int) -> list[str]:
    return [PUBLIC]


class Service:
    """One model of each kind, all calls answered by `handler` and kept in `requests`."""

    def __init__(self, handler: Handler, *, workspace: str | None = None) -> None:
        self.requests: list[httpx.Request] = []
        self.moments = Moments()

        def answer(request: httpx.Request) -> httpx.Response:
            self.requests.append(request)
            return handler(request)

        client = self.client = httpx.AsyncClient(transport=httpx.MockTransport(answer))
        now, sleep = self.moments.now, self.moments.sleep
        self.transport = DashScope(client, KEY, workspace=workspace, now=now, sleep=sleep)
        self.gate = Gate(self.transport.http, resolve=public)
        self.host = TemporaryStorage(self.transport, self.gate, now=now)
        self.results = ResultFetcher(self.gate)
        self.parsing = Parsing(self.transport)
        self.model = AiTryon(SPECS[1], self.transport, self.host, self.results, self.parsing)
        self.refiner = Refiner(refiner.SPEC, self.transport, self.host, self.results, self.parsing)
        self.wan = WanImage(wan.SPECS[0], self.transport, self.host, self.results)
        few = replace(repaint.SPEC, styles=documented(repaint.SPEC.styles))
        self.repaint = StyleRepaint(few, self.transport, self.host, self.results)
        self.fashn = Fashn(
            self.transport.http,
            KEY,
            host=self.host,
            results=ResultFetcher(Gate(self.transport.http, suffixes=HOSTS, resolve=public)),
            seed=lambda: 7,
        )
        self.qwen = QwenImage(qwen.SPECS[0], self.transport, self.host, self.results)


def answering(status: int, body: object = None, headers: dict[str, str] | None = None) -> Service:
    """Return a service that answers every call alike: JSON, or the bytes given."""

    def answer(_request: httpx.Request) -> httpx.Response:
        if isinstance(body, bytes):
            return httpx.Response(status, content=body, headers=headers)
        return httpx.Response(status, json=body, headers=headers)

    return Service(answer)


def failing(error: type[Exception]) -> Service:
    """Return a service whose every call ends in an error of the client."""

    def fail(request: httpx.Request) -> httpx.Response:
        message = f"cannot reach {request.url}"  # as httpx does: the URL is in its text
        raise error(message)

    return Service(fail)


def drawn(*urls: object) -> dict[str, Any]:
    """Return an output whose messages show these pictures."""
    shown = [{"message": {"role": "assistant", "content": [{"image": url}]}} for url in urls]
    return {"choices": [{"finish_reason": "stop", **each} for each in shown]}


def task(status: str, **more: object) -> dict[str, Any]:
    """Return a task as the query answers it."""
    return {"request_id": "r", "output": {"task_id": "t-1", "task_status": status, **more}}
