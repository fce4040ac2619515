"""The local DashScope over HTTP, as Starlette routes, with its faults and its record.

Base URL for clients: `/dashscope/api/v1`. Uploads go to `/dashscope/oss`, results come from
`/dashscope/results/…`. `/control/dashscope` sets how long tasks take and how models stand:

GET  /control/dashscope   {"accepted": {account: [task ids]}, "paid": {account: [task ids]},
                           "models": {model: standing}}
POST /control/dashscope   {"model", "seconds"?: [low, high], "standing"?, "ends"?, "list_delay"?}
"""

from collections.abc import Mapping
from typing import Any
from xml.sax.saxutils import escape

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bot.demo.faults import Fault
from bot.demo.services.catalogue import Standing
from bot.demo.services.dashscope import LocalDashScope
from bot.demo.services.faulty import TARGET, Answer, fate_of, refusal_of
from bot.demo.services.refusals import WRONG_PATH, Refusal, Wording
from bot.demo.services.store import Field, StoreRefusal
from bot.demo.services.wire import NO_HEADERS, Act, Wire, json_answer, read_json

API = "/dashscope/api/v1"
MAX_FIELD = 1024 * 1024  # bytes of one form field that is no file
BAD_REQUEST = 400


def routes(dashscope: LocalDashScope) -> list[BaseRoute]:
    """Return everything a local DashScope serves."""
    calls = _Calls(dashscope)
    return [
        Route(f"{API}/tasks", calls.list_tasks, methods=["GET"]),
        Route(f"{API}/tasks/", calls.list_tasks, methods=["GET"]),
        Route(f"{API}/tasks/{{task}}", calls.query, methods=["GET"]),
        Route(f"{API}/tasks/{{task}}/cancel", calls.cancel, methods=["POST"]),
        Route(f"{API}/uploads", calls.policy, methods=["GET"]),
        Route(f"{API}/models", calls.models, methods=["GET"]),
        Route(f"{API}/{{path:path}}", calls.submit, methods=["POST"]),
        Route(f"{API}/{{path:path}}", calls.elsewhere, methods=["GET", "PUT", "DELETE"]),
        Route("/dashscope/oss", calls.upload, methods=["POST"]),
        Route("/dashscope/oss/", calls.upload, methods=["POST"]),
        Route("/dashscope/results/{name:path}", calls.result, methods=["GET"]),
        Route("/control/dashscope", calls.control, methods=["GET", "POST"]),
    ]


class _Calls:
    """Turns requests into calls and their outcome into answers."""

    def __init__(self, dashscope: LocalDashScope) -> None:
        self._service = dashscope
        self._wire = Wire(TARGET, dashscope, instead=self._instead, tried=self._tried)

    async def submit(self, request: Request) -> Response:
        body = read_json(await request.body())
        path = request.path_params["path"].strip("/")

        async def act(fault: Fault | None) -> Answer:
            account = self._service.account(request.headers)
            fate = fate_of(fault)
            return json_answer(
                await self._service.submit(account, path, body, request.headers, fate)
            )

        return await self._answer("submit", request, act, body=body, path=path)

    async def query(self, request: Request) -> Response:
        task = request.path_params["task"]

        async def act(_fault: Fault | None) -> Answer:
            return json_answer(
                await self._service.query(self._service.account(request.headers), task)
            )

        return await self._answer("query", request, act, task_id=task)

    async def list_tasks(self, request: Request) -> Response:
        async def act(_fault: Fault | None) -> Answer:
            account = self._service.account(request.headers)
            return json_answer(await self._service.list_tasks(account, request.query_params))

        return await self._answer("list", request, act)

    async def cancel(self, request: Request) -> Response:
        task = request.path_params["task"]

        async def act(_fault: Fault | None) -> Answer:
            return json_answer(self._service.cancel(self._service.account(request.headers), task))

        return await self._answer("cancel", request, act, task_id=task)

    async def policy(self, request: Request) -> Response:
        async def act(_fault: Fault | None) -> Answer:
            account = self._service.account(request.headers)
            return json_answer(self._service.policy(account, request.query_params))

        return await self._answer("policy", request, act, body=dict(request.query_params))

    async def models(self, request: Request) -> Response:
        async def act(_fault: Fault | None) -> Answer:
            self._service.account(request.headers)
            return json_answer(self._service.models(request.query_params))

        return await self._answer("models", request, act)

    async def elsewhere(self, request: Request) -> Response:
        async def act(_fault: Fault | None) -> Answer:
            self._service.account(request.headers)
            raise Refusal(WRONG_PATH)

        return await self._answer("elsewhere", request, act, path=request.url.path)

    async def upload(self, request: Request) -> Response:
        fields = await _form(request)

        async def act(_fault: Fault | None) -> Answer:
            self._service.store.upload(fields, self._service.clock.now())
            return Answer(200)

        shown = {item.name: _shown(item) for item in fields}
        return await self._answer("upload", request, act, form=shown)

    async def result(self, request: Request) -> Response:
        name = request.path_params["name"]

        async def act(_fault: Fault | None) -> Answer:
            now = self._service.clock.now()
            stored = self._service.store.result(name, request.query_params, now)
            return Answer(200, stored.data, stored.media_type)

        return await self._answer("result", request, act, name=name)

    async def _answer(self, call: str, request: Request, act: Act, **details: Any) -> Response:  # noqa: ANN401  JSON
        body = details.get("body")
        model = body.get("model") if isinstance(body, dict) else None
        described = {"params": dict(request.query_params), **details}
        return await self._wire.answer(call, request, act, described, model or None)

    def _instead(self, fault: Fault) -> Answer | None:
        wording = refusal_of(fault)
        if wording is None:
            return None
        after = fault.params.get("retry_after")
        return self._refused(wording, {} if after is None else {"Retry-After": str(after)})

    async def _tried(self, act: Act, fault: Fault | None) -> Answer:
        try:
            return await act(fault)
        except Refusal as refusal:
            return self._refused(refusal.wording)
        except StoreRefusal as refusal:
            return self._store_refused(refusal)

    def _refused(self, wording: Wording, headers: Mapping[str, str] = NO_HEADERS) -> Answer:
        document = {
            "code": wording.code,
            "message": wording.message,
            "request_id": self._service.unique(),
        }
        return json_answer(document, wording.status, headers)

    def _store_refused(self, refusal: StoreRefusal) -> Answer:
        parts = {
            "Code": refusal.code,
            "Message": refusal.message,
            "RequestId": self._service.unique().replace("-", "").upper()[:24],
            "HostId": "dashscope-file-local.oss-cn-beijing.aliyuncs.com",
        }
        inner = "".join(f"<{name}>{escape(text)}</{name}>" for name, text in parts.items())
        text = f'<?xml version="1.0" encoding="UTF-8"?>\n<Error>{inner}</Error>'
        return Answer(refusal.status, text.encode(), "application/xml")

    async def control(self, request: Request) -> Response:
        if request.method == "POST":
            try:
                self._set(await request.json())
            except (KeyError, TypeError, ValueError) as error:
                said = f"cannot be set: {error!r}"
                return JSONResponse({"error": said}, status_code=BAD_REQUEST)
        accounts = dict.fromkeys(self._service.keys.values())
        return JSONResponse(
            {
                "accepted": {name: self._service.accepted(name) for name in accounts},
                "paid": {name: await self._service.paid(name) for name in accounts},
                "models": self._service.catalogue.standings(),
            }
        )

    def _set(self, wanted: Mapping[str, Any]) -> None:
        if "list_delay" in wanted:
            self._service.list_delay = float(wanted["list_delay"])
        if "seconds" in wanted:
            low, high = wanted["seconds"]
            self._service.set_runtime(wanted["model"], float(low), float(high))
        if "standing" in wanted:
            standing = Standing[str(wanted["standing"]).upper()]
            self._service.catalogue.put(wanted["model"], standing, wanted.get("ends"))


async def _form(request: Request) -> list[Field]:
    fields: list[Field] = []
    async with request.form(max_part_size=MAX_FIELD) as form:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                kind = value.content_type or "application/octet-stream"
                fields.append(Field(name, await value.read(), value.filename or "", kind))
            else:
                fields.append(Field(name, value.encode()))
    return fields


def _shown(item: Field) -> object:
    """Return what the record keeps of a form field: of a file its name and size only."""
    if item.filename is None:
        return item.text
    return {"filename": item.filename, "bytes": len(item.value)}
