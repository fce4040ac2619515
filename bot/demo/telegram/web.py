"""Small things the people's API and the control API share: bodies in, errors out."""

import functools
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeVar

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.demo.telegram.errors import NotPossibleError, impossible
from bot.demo.telegram.files import Upload

Json = dict[str, Any]
Endpoint = Callable[[Request], Awaitable[Response]]
_NUMBER = re.compile(r"-?\d{1,18}")
Value = TypeVar("Value", int, float, str, bool)


def telling_errors(endpoint: Endpoint) -> Endpoint:
    """Return an endpoint that answers {"error": …} where something is not possible."""

    @functools.wraps(endpoint)
    async def wrapped(request: Request) -> Response:
        try:
            return await endpoint(request)
        except NotPossibleError as error:
            return JSONResponse({"error": str(error)}, error.status)

    return wrapped


async def json_body(request: Request) -> Json:
    """Return a request's JSON object; an empty body is an empty one."""
    if not await request.body():
        return {}
    try:
        body = await request.json()
    except ValueError:
        impossible("the body is no JSON")
    if not isinstance(body, dict):
        impossible("the body must be a JSON object")
    return body


def wanted(body: Mapping[str, Any], name: str, kind: type[Value]) -> Value:
    """Return a field that must be there."""
    value = optional(body, name, kind)
    if value is None:
        impossible(f"{name} is missing")
    return value


def optional(body: Mapping[str, Any], name: str, kind: type[Value]) -> Value | None:
    """Return a field that may be there; numbers may come as text, as in forms and queries."""
    value = body.get(name)
    if value is None or value == "":
        return None
    if isinstance(value, kind):
        return value
    try:
        return kind(value)
    except (TypeError, ValueError):
        impossible(f"{name} must be a {kind.__name__}, not {value!r}")


def number(request: Request, name: str) -> int:
    """Return an id in the path. Groups have negative ones, which Starlette's own type lacks."""
    text: str = request.path_params[name]
    if not _NUMBER.fullmatch(text):
        impossible(f"{text!r} is no id", 404)
    return int(text)


async def read_upload(file: UploadFile) -> Upload:
    """Return an uploaded file as the local Telegram keeps it."""
    return Upload(file.filename or "file", file.content_type or "", await file.read())
