"""DAMO's provider for tests: wired to a handler, or to its strict local twin over HTTP."""

from collections.abc import Callable
from typing import Any

import httpx

from providers.base import NoAnswer, Published
from providers.damo import Damo
from providers.wishes import TryOnRequest, Wear
from tests.providers.support import Moments

APPCODE = "canary0appcode0000"
RESULT = "http://img.alicdn.com/tfs/1.jpg?Expires=9&Signature=canary%2Bsignature%3D"
URL = RESULT.replace("http://", "https://")
ORDER = TryOnRequest("https://h.test/p.jpg", "https://h.test/t.jpg", None, Wear.TOP)
SUIT = TryOnRequest(
    "https://h.test/p.jpg", "https://h.test/t.jpg", "https://h.test/b.jpg", Wear.OUTFIT
)


class NoHost:
    """A photo host that is never asked: these tests begin with published photos."""

    async def publish(self, photo: bytes, *, model: str) -> Published:
        raise NotImplementedError(model, len(photo))

    async def withdraw(self, ref: str) -> NoAnswer | None:
        raise NotImplementedError(ref)


class Answering:
    """The provider, all calls answered by `handler` and kept in `requests`."""

    def __init__(self, handler: Callable[[httpx.Request], httpx.Response]) -> None:
        self.requests: list[httpx.Request] = []

        def answer(request: httpx.Request) -> httpx.Response:
            self.requests.append(request)
            return handler(request)

        client = httpx.AsyncClient(transport=httpx.MockTransport(answer))
        moments = Moments()
        self.model = Damo(client, APPCODE, host=NoHost(), now=moments.now, sleep=moments.sleep)


def saying(status: int, body: object = None, headers: dict[str, str] | None = None) -> Answering:
    """Return a provider whose every call is answered alike: JSON, or the bytes given."""

    def answer(_request: httpx.Request) -> httpx.Response:
        if isinstance(body, bytes):
            return httpx.Response(status, content=body, headers=headers)
        return httpx.Response(status, json=body, headers=headers)

    return Answering(answer)


def document(*tasks: dict[str, Any], key: str = "k-1", code: object = 0) -> dict[str, Any]:
    """Return an answer as the document shows it."""
    return {
        "code": code,
        "success": True,
        "message": "success",
        "requestId": "r",
        "data": {"result_key": key, "task_list": list(tasks)},
    }


def refusal(code: object, message: str = "no") -> dict[str, Any]:
    """Return a refusal of the service."""
    return {"code": code, "success": False, "message": message, "requestId": "r"}
