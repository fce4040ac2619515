"""What all local services do alike over HTTP: faults, the record of requests, and JSON.

How a service words its refusals, and which of its faults answer instead of acting, is its
own routes' business.
"""

import json
from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType
from typing import Any, Protocol, TypeAlias

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from bot.clock import Clock
from bot.demo.faults import Fault, Faults
from bot.demo.requests_log import RequestLog
from bot.demo.services.faulty import DROPPED, Answer, spoiled

NO_HEADERS: Mapping[str, str] = MappingProxyType({})

Act: TypeAlias = Callable[[Fault | None], Awaitable[Answer]]


class Service(Protocol):
    """What a local service has, whatever it does."""

    clock: Clock
    faults: Faults
    requests: RequestLog


class Wire:
    """Lets one service act, unless a fault was ordered, and records what came and what went.

    `instead` returns what a fault answers instead of acting, None if it does something else;
    `tried` acts, and words what the service refuses.
    """

    def __init__(
        self,
        target: str,
        service: Service,
        *,
        instead: Callable[[Fault], Answer | None],
        tried: Callable[[Act, Fault | None], Awaitable[Answer]],
    ) -> None:
        self._target = target
        self._service = service
        self._instead = instead
        self._tried = tried

    async def answer(
        self,
        call: str,
        request: Request,
        act: Act,
        details: Mapping[str, Any],
        model: str | None = None,
    ) -> Response:
        """Answer a call; `model`: what a fault may be narrowed down to."""
        narrowed = {} if model is None else {"model": model}
        answer = await self._despite(self._service.faults.take(self._target, call, **narrowed), act)
        described = {"headers": dict(request.headers), **details}
        self._service.requests.record(self._target, call, described, answer.status)
        return _response(answer)

    async def _despite(self, fault: Fault | None, act: Act) -> Answer:
        if fault is None:
            return await self._tried(act, None)
        if (instead := self._instead(fault)) is not None:
            return instead
        if fault.kind == "drop":
            return DROPPED
        if fault.kind == "delay":
            await self._service.clock.sleep(fault.number("seconds", 1.0))
        return spoiled(fault, await self._tried(act, fault))


class _Dropped(Response):
    """An answer that stays unfinished, so that the server closes the connection."""

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        headers = [(b"content-type", b"application/json"), (b"content-length", b"1000")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})


def _response(answer: Answer) -> Response:
    """Return an answer as it goes over the wire."""
    if answer.status is None:
        return _Dropped()
    return Response(
        answer.body, answer.status, headers=dict(answer.headers), media_type=answer.media_type
    )


def json_answer(
    document: object, status: int = 200, headers: Mapping[str, str] = NO_HEADERS
) -> Answer:
    """Return a document as an answer."""
    return Answer(status, json.dumps(document).encode(), headers=headers)


def read_json(body: bytes) -> object:
    """Return the document in a body, None if there is none."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None
