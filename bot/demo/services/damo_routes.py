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

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.demo.faults import Fault
from bot.demo.services.damo import TARGET, Fate, LocalDamo, TurnedAway
from bot.demo.services.damo_requests import INTERNAL
from bot.demo.services.faulty import Answer, worded
from bot.demo.services.refusals import Refusal, Wording
from bot.demo.services.store import StoreRefusal
from bot.demo.services.wire import Act, Wire, json_answer, read_json

API = "/damo/api/v1/tryon"
FATES = frozenset({"fail_part", "fewer", "stuck"})


def routes(damo: LocalDamo) -> list[BaseRoute]:
    """Return everything a local DAMO serves."""
    calls = _Calls(damo)
    return [
        Route(f"{API}/submit", calls.submit, methods=["POST"]),
        Route(f"{API}/query", calls.query, methods=["POST"]),
        Route("/damo/results/{name:path}", calls.result, methods=["GET"]),
    ]


class _Calls:
    """Turns requests into calls and their outcome into answers."""

    def __init__(self, damo: LocalDamo) -> None:
        self._service = damo
        self._wire = Wire(TARGET, damo, instead=self._instead, tried=self._tried)

    async def submit(self, request: Request) -> Response:
        body = read_json(await request.body())

        async def act(fault: Fault | None) -> Answer:
            self._service.admit(request.headers)
            return self._answered(data=await self._service.submit(body, _fate(fault)))

        return await self._wire.answer("submit", request, act, {"body": body})

    async def query(self, request: Request) -> Response:
        body = read_json(await request.body())

        async def act(_fault: Fault | None) -> Answer:
            self._service.admit(request.headers)
            return self._answered(data=await self._service.query(body))

        return await self._wire.answer("query", request, act, {"body": body})

    async def result(self, request: Request) -> Response:
        name = request.path_params["name"]

        async def act(_fault: Fault | None) -> Answer:
            now = self._service.clock.now()
            stored = self._service.store.result(name, request.query_params, now)
            return Answer(200, stored.data, stored.media_type)

        return await self._wire.answer("result", request, act, {"name": name})

    def _instead(self, fault: Fault) -> Answer | None:
        match fault.kind:
            case "error":
                return self._answered(worded(fault, INTERNAL))
            case "gateway":
                return _turned_away(worded(fault, Wording(503, "D503BB", "Backend unavailable")))
            case _:
                return None

    async def _tried(self, act: Act, fault: Fault | None) -> Answer:
        try:
            return await act(fault)
        except Refusal as refusal:
            return self._answered(refusal.wording)
        except TurnedAway as away:
            return _turned_away(Wording(away.status, away.code, away.message))
        except StoreRefusal as refusal:
            return Answer(refusal.status, refusal.message.encode(), "application/xml")

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
        return json_answer(document, 200 if wording is None else wording.status)


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
