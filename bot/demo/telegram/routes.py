"""The Bot API over HTTP, as Starlette routes, together with the people's and control APIs."""

import json
from typing import Any

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from bot.demo.telegram import control, people_api
from bot.demo.telegram.core import LocalTelegram
from bot.demo.telegram.files import Upload
from bot.demo.telegram.gateway import Answer, answer, download
from bot.demo.telegram.web import read_upload

_MAX_FIELD = 1024 * 1024  # bytes of one form field that is no file

Params = dict[str, object]
Uploads = dict[str, Upload]


def routes(telegram: LocalTelegram) -> list[BaseRoute]:
    """Return everything a local Telegram serves: Bot API, files, people's and control API."""

    async def method(request: Request) -> Response:
        token, name = request.path_params["token"], request.path_params["method"]
        try:
            params, uploads = await _parameters(request)
        except ValueError:
            return _response(Answer(400, _UNREADABLE))
        return _response(await answer(telegram, token, name, params, uploads))

    async def file(request: Request) -> Response:
        token, path = request.path_params["token"], request.path_params["path"]
        return _response(await download(telegram, token, path))

    return [
        Route("/bot{token}/{method}", method, methods=["GET", "POST"]),
        Route("/file/bot{token}/{path:path}", file, methods=["GET"]),
        *people_api.routes(telegram),
        *control.routes(telegram),
    ]


_UNREADABLE = json.dumps(
    {"ok": False, "error_code": 400, "description": "Bad Request: can't parse the request"}
).encode()


class _Dropped(Response):
    """A connection that closes in the middle of the answer, before any of its content.

    An ASGI server cannot be told to close silently, but it must close when an answer stays
    unfinished; for the client that is the same: it will never know what happened.
    """

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        headers = [(b"content-type", b"application/json"), (b"content-length", b"1000")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})


def _response(made: Answer) -> Response:
    if made.status is None:
        return _Dropped()
    return Response(made.body, made.status, headers=dict(made.headers), media_type=made.media_type)


async def _parameters(request: Request) -> tuple[Params, Uploads]:
    """Return a request's parameters and files, however they were sent.

    Raises:
        ValueError: if the body is not what it says it is.

    """
    params: Params = dict(request.query_params)
    uploads: Uploads = {}
    media_type = request.headers.get("content-type", "").partition(";")[0]
    if media_type == "application/json":
        body: Any = json.loads(await request.body() or b"{}")
        if not isinstance(body, dict):
            raise ValueError
        params |= body
    elif media_type in {"multipart/form-data", "application/x-www-form-urlencoded"}:
        async with request.form(max_part_size=_MAX_FIELD) as form:
            await _take_form(form, params, uploads)
    return params, uploads


async def _take_form(form: FormData, params: Params, uploads: Uploads) -> None:
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            uploads[name] = await read_upload(value)
        else:
            params[name] = value
