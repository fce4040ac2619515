"""The local DAMO over HTTP, as Starlette routes, with its gateway, its faults and its record.

Base URL for clients: `/damo/api/v1/tryon`. Results come from `/damo/results/…`. Calls are
submit, query, result; order faults with `POST /control/faults {"target": "damo", …}`:

error            answer `status`, `code`, `message` instead of acting
gateway          the gateway turns the call away: `status`, with `code` and `message` in headers
apply_then_drop  act, then close the connection without an answer
drop             close the connection without acting
delay            act after `seconds` of the clock
truncated html empty types list big
                 act, then answer nonsense, as DashScope's twin does
fail_part        submit: accept, but let the sub-task `part` (from 0; all unless told) fail
fewer            submit: accept, but draw one picture fewer of the sub-task `part`
stuck            submit: accept, but let the sub-task `part` run for ever
not_a_picture    result: send a web page in place of the picture
"""

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeAlias

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.demo.faults import Fault
from bot.demo.services.damo import TARGET, Fate, LocalDamo, TurnedAway
from bot.demo.services.damo_requests import INTERNAL
from bot.demo.services.faulty import DROPPED, Answer, spoiled
from bot.demo.services.refusals import Refusal, Wording
from bot.demo.services.routes import response
from bot.demo.services.store import StoreRefusal

API = "/damo/api/v1/tryon"
FATES = frozenset({"fail_part", "fewer", "stuck"})

Act: TypeAlias = Callable[[Fault | None], Awaitable[Answer]]


def routes(damo: LocalDamo) -> list[BaseRoute]:
    """Return everything a local DAMO serves."""
    wire = _Wire(damo)
    return [
        Route(f"{API}/submit", wire.submit, methods=["POST"]),
        Route(f"{API}/query", wire.query, methods=["POST"]),
        Route("/damo/results/{name:path}", wire.result, methods=["GET"]),
    ]


class _Wire:
    """Turns requests into calls and their outcome into answers."""

    def __init__(self, damo: LocalDamo) -> None:
        self._service = damo

    async def submit(self, request: Request) -> Response:
        body = _read(await request.body())

        async def act(fault: Fault | None) -> Answer:
            self._service.admit(request.headers)
            return self._answered(data=await self._service.submit(body, _fate(fault)))

        return await self._answer("submit", request, act, body=body)

    async def query(self, request: Request) -> Response:
        body = _read(await request.body())

        async def act(_fault: Fault | None) -> Answer:
            self._service.admit(request.headers)
            return self._answered(data=await self._service.query(body))

        return await self._answer("query", request, act, body=body)

    async def result(self, request: Request) -> Response:
        name = request.path_params["name"]

        async def act(_fault: Fault | None) -> Answer:
            now = self._service.clock.now()
            stored = self._service.store.result(name, request.query_params, now)
            return Answer(200, stored.data, stored.media_type)

        return await self._answer("result", request, act, name=name)

    async def _answer(self, call: str, request: Request, act: Act, **details: Any) -> Response:  # noqa: ANN401  JSON
        """Act, unless a fault was ordered for this call; record what came and what went."""
        fault = self._service.faults.take(TARGET, call)
        answer = await self._despite(fault, act)
        described = {"headers": dict(request.headers), **details}
        self._service.requests.record(TARGET, call, described, answer.status)
        return response(answer)

    async def _despite(self, fault: Fault | None, act: Act) -> Answer:
        if fault is None:
            return await self._tried(act, None)
        match fault.kind:
            case "error":
                return self._refused(_worded(fault, INTERNAL))
            case "gateway":
                return _turned_away(_worded(fault, Wording(503, "D503BB", "Backend unavailable")))
            case "drop":
                return DROPPED
            case "delay":
                await self._service.clock.sleep(fault.number("seconds", 1.0))
        return spoiled(fault, await self._tried(act, fault))

    async def _tried(self, act: Act, fault: Fault | None) -> Answer:
        try:
            return await act(fault)
        except Refusal as refusal:
            return self._refused(refusal.wording)
        except TurnedAway as away:
            return _turned_away(Wording(away.status, away.code, away.message))
        except StoreRefusal as refusal:
            return Answer(refusal.status, refusal.message.encode(), "application/xml")

    def _refused(self, wording: Wording) -> Answer:
        return self._answered(wording)

    def _answered(
        self, wording: Wording | None = None, data: Mapping[str, Any] | None = None
    ) -> Answer:
        code = "0" if wording is None else wording.code
        number = int(code) if code.isdecimal() and not self._service.textual else code
        document: dict[str, Any] = {
            "code": number,
            "success": wording is None,
            "message": "success" if wording is None else wording.message,
            "requestId": "03a9b05d7c4d4e88a216101beb0a4802",
        }
        if data is not None:
            document["data"] = data
        return Answer(200 if wording is None else wording.status, json.dumps(document).encode())


def _turned_away(wording: Wording) -> Answer:
    """Answer as the gateway does: all it has to say stands in headers."""
    headers = {"X-Ca-Request-Id": "7AD052CB-EE8B-4DFD-BBAF-EFB340E0A5AF"}
    if wording.code:
        headers["X-Ca-Error-Code"] = wording.code
    return Answer(
        wording.status, b"", "text/plain", headers | {"X-Ca-Error-Message": wording.message}
    )


def _fate(fault: Fault | None) -> Fate:
    if fault is None or fault.kind not in FATES:
        return Fate()
    part = int(fault.number("part", -1))
    return Fate(fault.kind, None if part < 0 else part)


def _worded(fault: Fault, usual: Wording) -> Wording:
    return Wording(
        int(fault.number("status", usual.status)),
        fault.text("code", usual.code),
        fault.text("message", usual.message),
    )


def _read(body: bytes) -> object:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None
