"""The control API: the strings behind the scenes, for tests and for demonstrating trouble.

GET    /control/clock                 {"now", "speed"}
POST   /control/clock                 {"advance": seconds}: everybody who waits is woken
GET    /control/faults                the faults still to happen
POST   /control/faults                {"target", "call" or "method", "kind", "times"?, …}: see
                                      `bot.demo.faults`; for telegram the call is a method, or
                                      "download", or "*", and "chat_id" narrows it down
DELETE /control/faults                forget them
GET    /control/requests?target=&after=  every request received: number, at, target, call,
                                      details, status; secrets masked
DELETE /control/requests              forget them
POST   /control/limits                {"enforce": true|false}: answer 429 like the real Telegram
POST   /control/updates               {"update": {…}}: hand the bot any update, however odd
POST   /control/chats/{chat}/bot      {"status", "by", "denied"?}: add, promote, restrict,
                                      remove the bot
POST   /control/chats/{chat}/members  {"person", "status", "by"?, "anonymous"?}
POST   /control/chats/{chat}/post     multipart: a picture, "caption"?, or {"text"}: a post of the
                                      linked channel, which Telegram forwards → {"message_id"}
POST   /control/privacy               {"on": true|false}: privacy mode, in all groups at once
POST   /control/chats/{chat}/migrate  {"by"} → {"chat_id"}: a basic group becomes a supergroup
"""

from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bot.demo.faults import ANY_CALL
from bot.demo.telegram import groups, people
from bot.demo.telegram.chats import Chat, Member
from bot.demo.telegram.core import LocalTelegram
from bot.demo.telegram.errors import impossible
from bot.demo.telegram.files import Upload
from bot.demo.telegram.model import Status
from bot.demo.telegram.web import json_body, number, optional, read_upload, telling_errors, wanted

_FAULT_FIELDS = ("target", "call", "method", "kind", "times")

Json = dict[str, Any]


class _ControlApi:
    def __init__(self, telegram: LocalTelegram) -> None:
        self._telegram = telegram

    # --- clock, faults, record ---------------------------------------------------------

    async def clock(self, request: Request) -> Response:
        clock = self._telegram.clock
        if request.method == "POST":
            seconds = wanted(await json_body(request), "advance", float)
            if seconds < 0:
                impossible("the clock cannot go back; advance must be 0 or more")
            clock.advance(seconds)
        return JSONResponse({"now": clock.now(), "speed": clock.speed})

    async def faults(self, request: Request) -> Response:
        faults = self._telegram.faults
        if request.method == "POST":
            body = await json_body(request)
            call = optional(body, "call", str) or optional(body, "method", str) or ANY_CALL
            more = {name: value for name, value in body.items() if name not in _FAULT_FIELDS}
            times = optional(body, "times", int) or 1
            try:
                target, kind = wanted(body, "target", str), wanted(body, "kind", str)
                faults.add(target, call, kind, times, **more)
            except ValueError as error:
                impossible(str(error))
        elif request.method == "DELETE":
            faults.clear()
        return JSONResponse({"faults": faults.waiting()})

    async def requests(self, request: Request) -> Response:
        record = self._telegram.requests
        if request.method == "DELETE":
            record.clear()
        target = request.query_params.get("target") or None
        after = optional(request.query_params, "after", int) or 0
        return JSONResponse({"requests": record.displayed(target, after)})

    async def limits(self, request: Request) -> Response:
        enforced = wanted(await json_body(request), "enforce", bool)
        self._telegram.limits.enforced = enforced
        return JSONResponse({"enforce": enforced})

    async def updates(self, request: Request) -> Response:
        update = (await json_body(request)).get("update")
        if not isinstance(update, dict):
            impossible("update must be a JSON object")
        return JSONResponse({"update_id": self._telegram.updates.inject(update)})

    # --- groups ------------------------------------------------------------------------

    def _group(self, request: Request) -> Chat:
        chat = self._telegram.chats.get(number(request, "chat"))
        if chat is None or chat.person is not None:
            impossible("there is no such group", 404)
        return chat

    def _actor(self, body: Json, chat: Chat) -> int:
        by = optional(body, "by", int)
        return by if by is not None else next(iter(chat.members))

    async def bot(self, request: Request) -> Response:
        chat, body = self._group(request), await json_body(request)
        new = Member(_status(body), denied=frozenset(body.get("denied") or ()))
        groups.set_bot(self._telegram, chat, new, by=self._actor(body, chat))
        return JSONResponse({"status": new.status.value})

    async def members(self, request: Request) -> Response:
        chat, body = self._group(request), await json_body(request)
        person = wanted(body, "person", int)
        new = Member(_status(body), anonymous=optional(body, "anonymous", bool) or False)
        by = optional(body, "by", int) or person
        groups.set_member(self._telegram, chat, person, new, by=by)
        return JSONResponse({"status": new.status.value})

    async def post(self, request: Request) -> Response:
        chat = self._group(request)
        content = await people.channel_post(self._telegram, *await _post_of(request))
        stored = groups.post_in_channel(self._telegram, chat, content)
        return JSONResponse({"message_id": stored.id})

    async def privacy(self, request: Request) -> Response:
        on = wanted(await json_body(request), "on", bool)
        groups.set_privacy(self._telegram, on=on)
        return JSONResponse({"on": on})

    async def migrate(self, request: Request) -> Response:
        chat, body = self._group(request), await json_body(request)
        new = groups.migrate(self._telegram, chat, by=self._actor(body, chat))
        return JSONResponse({"chat_id": new.id})


async def _post_of(request: Request) -> tuple[str, Upload | None]:
    """Return the words and the picture of a channel's post."""
    if not request.headers.get("content-type", "").startswith("multipart/"):
        return wanted(await json_body(request), "text", str), None
    async with request.form() as form:
        picture = form.get("file")
        if not isinstance(picture, UploadFile):
            impossible("file is missing")
        return optional(form, "caption", str) or "", await read_upload(picture)


def _status(body: Json) -> Status:
    status = wanted(body, "status", str)
    if status not in set(Status):
        impossible(f"status is {status!r}; choose one of {[one.value for one in Status]}")
    return Status(status)


def routes(telegram: LocalTelegram) -> list[BaseRoute]:
    """Return the routes of the control API."""
    api = _ControlApi(telegram)
    chat = "/control/chats/{chat}"
    table = {
        "/control/clock": (api.clock, ["GET", "POST"]),
        "/control/faults": (api.faults, ["GET", "POST", "DELETE"]),
        "/control/requests": (api.requests, ["GET", "DELETE"]),
        "/control/limits": (api.limits, ["POST"]),
        "/control/updates": (api.updates, ["POST"]),
        f"{chat}/bot": (api.bot, ["POST"]),
        f"{chat}/members": (api.members, ["POST"]),
        f"{chat}/post": (api.post, ["POST"]),
        f"{chat}/migrate": (api.migrate, ["POST"]),
        "/control/privacy": (api.privacy, ["POST"]),
    }
    return [
        Route(path, telling_errors(run), methods=methods) for path, (run, methods) in table.items()
    ]
