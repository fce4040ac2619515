"""One Bot API call from token to answer, whatever brought it here.

HTTP (`routes`) and the in-process transport (`direct`) both end up in `answer`; faults,
the record of requests and the form of answers are the same for both.
"""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.demo.faults import Fault
from bot.demo.telegram.core import LocalTelegram
from bot.demo.telegram.errors import ApiError
from bot.demo.telegram.faulty import (
    BAD_GATEWAY,
    BAD_GATEWAY_PAGE,
    DELAY,
    TARGET,
    error_of,
)
from bot.demo.telegram.files import Upload
from bot.demo.telegram.methods import METHODS, Method, read_call
from bot.demo.telegram.params import Call

JSON_TYPE = "application/json"
DOWNLOAD = "download"  # the name of file downloads in faults and records

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back. `status` None: close the connection without an answer."""

    status: int | None
    body: bytes = b""
    media_type: str = JSON_TYPE
    headers: Mapping[str, str] = field(default_factory=dict)


async def answer(
    telegram: LocalTelegram,
    token: str,
    method: str,
    raw: Mapping[str, object],
    uploads: Mapping[str, Upload],
) -> Answer:
    """Carry out one call of the Bot API."""
    if token != telegram.bot.token:
        return _refused(ApiError(401, "Unauthorized"))
    known = METHODS.get(method.lower())
    name = known.name if known else method
    call = _read(known, raw, uploads)
    fault = telegram.faults.take(TARGET, name, chat_id=raw.get("chat_id"))
    result = await _despite(telegram, fault, lambda: _run(telegram, call))
    details = call.described() if isinstance(call, Call) else raw
    telegram.requests.record(TARGET, name, details, result.status)
    return result


async def download(telegram: LocalTelegram, token: str, path: str) -> Answer:
    """Hand out a file behind a path from getFile."""
    if token != telegram.bot.token:
        return _refused(ApiError(401, "Unauthorized"))
    fault = telegram.faults.take(TARGET, DOWNLOAD)
    result = await _despite(telegram, fault, lambda: _file(telegram, path))
    telegram.requests.record(TARGET, DOWNLOAD, {"path": path}, result.status)
    return result


def _read(
    method: Method | None, raw: Mapping[str, object], uploads: Mapping[str, Upload]
) -> Call | ApiError:
    if method is None:
        return ApiError(404, "Not Found: method not found")
    try:
        return read_call(method, raw, uploads)
    except ApiError as error:
        return error


async def _run(telegram: LocalTelegram, call: Call | ApiError) -> Answer:
    if isinstance(call, ApiError):
        return _refused(call)
    try:
        return _accepted(await METHODS[call.method.lower()].run(telegram, call))
    except ApiError as error:
        return _refused(error)


async def _file(telegram: LocalTelegram, path: str) -> Answer:
    stored = telegram.files.opened(path, telegram.clock.now())
    if stored is None:
        return _refused(ApiError(404, "Not Found"))
    return Answer(200, stored.data, "application/octet-stream")


async def _despite(
    telegram: LocalTelegram, fault: Fault | None, act: Callable[[], Awaitable[Answer]]
) -> Answer:
    """Act, unless a fault was ordered for this call; then do what it says."""
    if fault is None:
        return await act()
    if error := error_of(fault):
        return _refused(error)
    if fault.kind == BAD_GATEWAY:
        return Answer(502, BAD_GATEWAY_PAGE, "text/html")
    if fault.kind == DELAY:
        await telegram.clock.sleep(fault.number("seconds", 1.0))
        return await act()
    await act()  # apply_then_drop
    return Answer(None)


def _accepted(result: object) -> Answer:
    return Answer(200, json.dumps({"ok": True, "result": result}).encode())


def _refused(error: ApiError) -> Answer:
    body: Json = {"ok": False, "error_code": error.code, "description": error.description}
    headers = {}
    if error.parameters:
        body["parameters"] = error.parameters
    if "retry_after" in error.parameters:
        headers["Retry-After"] = str(error.parameters["retry_after"])
    return Answer(error.code, json.dumps(body).encode(), headers=headers)
