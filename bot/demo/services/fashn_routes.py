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

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.demo.faults import Fault
from bot.demo.services.fashn import BROKEN, NOWHERE, PIPELINE, TARGET, Fate, LocalFashn
from bot.demo.services.faulty import Answer, worded
from bot.demo.services.refusals import Refusal, Wording
from bot.demo.services.wire import NO_HEADERS, Act, Wire, json_answer, read_json

API = "/fashn/v1"


def routes(fashn: LocalFashn) -> list[BaseRoute]:
    """Return everything a local FASHN serves."""
    calls = _Calls(fashn)
    return [
        Route(f"{API}/run", calls.run, methods=["POST"]),
        Route(f"{API}/status/{{prediction}}", calls.status, methods=["GET"]),
        Route(f"{API}/credits", calls.credits, methods=["GET"]),
        Route(f"{API}/{{path:path}}", calls.elsewhere, methods=["GET", "POST", "PUT", "DELETE"]),
        Route("/fashn/cdn/{prediction}/{name}", calls.result, methods=["GET"]),
    ]


class _Calls:
    """Turns requests into calls and their outcome into answers."""

    def __init__(self, fashn: LocalFashn) -> None:
        self._service = fashn
        self._wire = Wire(TARGET, fashn, instead=_instead, tried=_tried)

    async def run(self, request: Request) -> Response:
        body = read_json(await request.body())
        media_type = request.headers.get("content-type", "").partition(";")[0].strip()

        async def act(fault: Fault | None) -> Answer:
            self._service.admit(request.headers)
            return json_answer(await self._service.run(body, media_type, _fate(fault)))

        return await self._wire.answer("run", request, act, {"body": body})

    async def status(self, request: Request) -> Response:
        prediction = request.path_params["prediction"]

        async def act(_fault: Fault | None) -> Answer:
            self._service.admit(request.headers)
            return json_answer(await self._service.status(prediction))

        return await self._wire.answer("status", request, act, {"prediction": prediction})

    async def credits(self, request: Request) -> Response:
        async def act(_fault: Fault | None) -> Answer:
            self._service.admit(request.headers)
            return json_answer(await self._service.balance())

        return await self._wire.answer("credits", request, act, {})

    async def elsewhere(self, request: Request) -> Response:
        async def act(_fault: Fault | None) -> Answer:
            self._service.admit(request.headers)
            raise Refusal(NOWHERE)

        return await self._wire.answer("elsewhere", request, act, {"path": request.url.path})

    async def result(self, request: Request) -> Response:
        prediction = request.path_params["prediction"]

        async def act(_fault: Fault | None) -> Answer:
            return Answer(200, await self._service.picture(prediction), "image/jpeg")

        return await self._wire.answer("result", request, act, {"prediction": prediction})


def _instead(fault: Fault) -> Answer | None:
    if fault.kind != "error":
        return None
    after = fault.params.get("retry_after")
    headers = {} if after is None else {"Retry-After": str(after)}
    return _refused(worded(fault, BROKEN), headers)


async def _tried(act: Act, fault: Fault | None) -> Answer:
    try:
        return await act(fault)
    except Refusal as refusal:
        return _refused(refusal.wording)


def _refused(wording: Wording, headers: Mapping[str, str] = NO_HEADERS) -> Answer:
    document = {"error": wording.code, "message": wording.message}
    return json_answer(document, wording.status, headers)


def _fate(fault: Fault | None) -> Fate:
    if fault is None:
        return Fate()
    failure = worded(fault, PIPELINE) if fault.kind == "fail_task" else None
    return Fate(failure, stuck=fault.kind == "stuck")
