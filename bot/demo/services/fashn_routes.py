"""The local FASHN over HTTP, as Starlette routes, with its faults and its record.

Base URL for clients: `/fashn/v1`. Pictures come from `/fashn/cdn/…`. Calls are run, status,
credits, result; order faults with `POST /control/faults {"target": "fashn", …}`:

error            answer `status`, `code` (the error's name), `message` instead of acting
apply_then_drop  act, then close the connection without an answer
drop             close the connection without acting
delay            act after `seconds` of the clock
truncated html empty types list big
                 act, then answer nonsense, as DashScope's twin does
fail_task        run: accept, but let the prediction fail with `code` and `message`
stuck            run: accept, but let the prediction run for ever
not_a_picture    result: send a web page in place of the picture
too_large        result: send `size` bytes (30 MB unless told)
"""

import json
from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.demo.faults import Fault
from bot.demo.services.fashn import BROKEN, NOWHERE, PIPELINE, TARGET, Fate, LocalFashn
from bot.demo.services.faulty import DROPPED, Answer, spoiled
from bot.demo.services.refusals import Refusal, Wording
from bot.demo.services.routes import response

API = "/fashn/v1"

Act: TypeAlias = Callable[[Fault | None], Awaitable[Answer]]


def routes(fashn: LocalFashn) -> list[BaseRoute]:
    """Return everything a local FASHN serves."""
    wire = _Wire(fashn)
    return [
        Route(f"{API}/run", wire.run, methods=["POST"]),
        Route(f"{API}/status/{{prediction}}", wire.status, methods=["GET"]),
        Route(f"{API}/credits", wire.credits, methods=["GET"]),
        Route(f"{API}/{{path:path}}", wire.elsewhere, methods=["GET", "POST", "PUT", "DELETE"]),
        Route("/fashn/cdn/{prediction}/{name}", wire.result, methods=["GET"]),
    ]


class _Wire:
    """Turns requests into calls and their outcome into answers."""

    def __init__(self, fashn: LocalFashn) -> None:
        self._service = fashn

    async def run(self, request: Request) -> Response:
        body = _read(await request.body())
        media_type = request.headers.get("content-type", "").partition(";")[0].strip()

        async def act(fault: Fault | None) -> Answer:
            self._service.admit(request.headers)
            return _json(await self._service.run(body, media_type, _fate(fault)))

        return await self._answer("run", request, act, body=body)

    async def status(self, request: Request) -> Response:
        prediction = request.path_params["prediction"]

        async def act(_fault: Fault | None) -> Answer:
            self._service.admit(request.headers)
            return _json(await self._service.status(prediction))

        return await self._answer("status", request, act, prediction=prediction)

    async def credits(self, request: Request) -> Response:
        async def act(_fault: Fault | None) -> Answer:
            self._service.admit(request.headers)
            return _json(await self._service.balance())

        return await self._answer("credits", request, act)

    async def elsewhere(self, request: Request) -> Response:
        async def act(_fault: Fault | None) -> Answer:
            self._service.admit(request.headers)
            raise Refusal(NOWHERE)

        return await self._answer("elsewhere", request, act, path=request.url.path)

    async def result(self, request: Request) -> Response:
        prediction = request.path_params["prediction"]

        async def act(_fault: Fault | None) -> Answer:
            return Answer(200, await self._service.picture(prediction), "image/jpeg")

        return await self._answer("result", request, act, prediction=prediction)

    async def _answer(self, call: str, request: Request, act: Act, **details: Any) -> Response:  # noqa: ANN401  JSON
        """Act, unless a fault was ordered for this call; record what came and what went."""
        fault = self._service.faults.take(TARGET, call)
        answer = await self._despite(fault, act)
        described = {"headers": dict(request.headers), **details}
        self._service.requests.record(TARGET, call, described, answer.status)
        return response(answer)

    async def _despite(self, fault: Fault | None, act: Act) -> Answer:
        if fault is None:
            return await _tried(act, None)
        match fault.kind:
            case "error":
                after = fault.params.get("retry_after")
                headers = {} if after is None else {"Retry-After": str(after)}
                return _refused(_worded(fault, BROKEN), headers)
            case "drop":
                return DROPPED
            case "delay":
                await self._service.clock.sleep(fault.number("seconds", 1.0))
        return spoiled(fault, await _tried(act, fault))


async def _tried(act: Act, fault: Fault | None) -> Answer:
    try:
        return await act(fault)
    except Refusal as refusal:
        return _refused(refusal.wording, {})


def _refused(wording: Wording, headers: dict[str, str]) -> Answer:
    document = {"error": wording.code, "message": wording.message}
    return Answer(wording.status, json.dumps(document).encode(), headers=headers)


def _fate(fault: Fault | None) -> Fate:
    if fault is None:
        return Fate()
    failure = _worded(fault, PIPELINE) if fault.kind == "fail_task" else None
    return Fate(failure, stuck=fault.kind == "stuck")


def _worded(fault: Fault, usual: Wording) -> Wording:
    return Wording(
        int(fault.number("status", usual.status)),
        fault.text("code", usual.code),
        fault.text("message", usual.message),
    )


def _json(document: object) -> Answer:
    return Answer(200, json.dumps(document).encode())


def _read(body: bytes) -> object:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None
