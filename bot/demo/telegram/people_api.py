"""The people's API: do what a person does in their Telegram client, and see what they see.

Answers are JSON; what cannot be done is answered 4xx with {"error": "why"}. A chat is named
by its id; a private chat has the id of its person. A number `seq` runs through everything
people see happen. Acts also answer with the `seq` reached by then: whatever has a higher
one came later.

GET  /people                                    everybody, all chats, the bot, the time
GET  /people/{person}/chats/{chat}/messages     {"messages": […], "seq"}: Bot API Messages plus
                                                "seen_seq" (last event about it), "author" (the
                                                person behind it) and, where the bot asks for a
                                                reply, "force_reply"
POST /people/{person}/chats/{chat}/text         {"text", "reply_to"?, "topic"?} → {"message_id"}
POST /people/{person}/chats/{chat}/photos       multipart: 1-10 files, "caption"?, "reply_to"?,
                                                "topic"?, "as"="photo"|"document"
                                                → {"message_ids"}; several are an album
POST /people/{person}/chats/{chat}/other        {"kind"} → {"message_id"}
POST /people/{person}/chats/{chat}/edit         {"message_id", "text"|"caption"}
POST /people/{person}/chats/{chat}/delete       {"message_id"}
POST /people/{person}/chats/{chat}/forward      {"from_chat", "message_id"} → {"message_id"}
POST /people/{person}/chats/{chat}/press        {"message_id", "data", "stale"?}
                                                → {"callback_id"}; "stale": true presses a
                                                button that is not there any more
POST /people/{person}/block, …/unblock          their private chat with the bot
GET  /people/{person}/chats/{chat}/commands     {"commands": […]} by scope and language
GET  /people/files/{file_unique_id}?size=320    a file's bytes; of a photo, the smallest
                                                size of at least that many px
GET  /people/{person}/events?after=SEQ          server-sent events: id = seq, event =
                                                message | edited | deleted | answer | action |
                                                chat,
                                                data = {"chat_id", "message"}, for deleted
                                                {"chat_id", "message_id"}, for answer
                                                {"callback_id", "text", "show_alert"}, for
                                                action {"chat_id", "action"}, for chat
                                                {"chat_id", "chat", "moved_to"}.
                                                Without `after` (or Last-Event-ID): from now on
GET  /people/{person}/wait?after=SEQ&seconds=…  the same as one answer: {"events": […], "seq"},
                                                as soon as there is one, or none after so many
                                                real seconds
"""

import json
from collections.abc import AsyncIterator
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from bot.demo.telegram import wire
from bot.demo.telegram.chats import Stored
from bot.demo.telegram.core import LocalTelegram
from bot.demo.telegram.errors import impossible
from bot.demo.telegram.groups import set_blocked
from bot.demo.telegram.overview import chat_card
from bot.demo.telegram.people import Somebody
from bot.demo.telegram.web import json_body, number, optional, read_upload, telling_errors, wanted

HEARTBEAT = 15.0  # real seconds between comments that keep an idle event stream open
LONGEST_WAIT = 60.0  # real seconds

Json = dict[str, Any]


class _PeopleApi:
    def __init__(self, telegram: LocalTelegram) -> None:
        self._telegram = telegram

    def _somebody(self, request: Request) -> Somebody:
        return Somebody(self._telegram, number(request, "person"), number(request, "chat"))

    def _done(self, **fields: object) -> Response:
        return JSONResponse({**fields, "seq": self._telegram.feed.seq})

    # --- looking -----------------------------------------------------------------------

    async def world(self, _request: Request) -> Response:
        telegram = self._telegram
        people = [
            {
                "id": person.id,
                "first_name": person.first_name,
                "username": person.username,
                "language_code": person.language_code,
                "operator": person.operator,
                "bot_description": telegram.profile.text("description", person.language_code or ""),
            }
            for person in telegram.people.values()
        ]
        chats = [chat_card(telegram, chat) for chat in telegram.chats if chat.migrated_to is None]
        bot = wire.bot_user(telegram.bot)
        privacy = telegram.bot.privacy_mode
        return self._done(
            now=telegram.clock.now(), bot=bot, privacy=privacy, people=people, chats=chats
        )

    async def messages(self, request: Request) -> Response:
        return self._done(messages=self._somebody(request).messages())

    async def commands(self, request: Request) -> Response:
        return self._done(commands=self._somebody(request).commands())

    async def file(self, request: Request) -> Response:
        side = optional(request.query_params, "size", int)
        stored = self._telegram.files.shown_to_people(request.path_params["unique_id"], side)
        if stored is None:
            impossible("there is no such file", 404)
        headers = {"Cache-Control": "max-age=86400, immutable"}
        return Response(stored.data, media_type=stored.media_type, headers=headers)

    # --- acting ------------------------------------------------------------------------

    def _sent(self, stored: Stored) -> Response:
        return self._done(message_id=stored.id)

    async def text(self, request: Request) -> Response:
        body = await json_body(request)
        return self._sent(
            self._somebody(request).say(
                wanted(body, "text", str),
                optional(body, "reply_to", int),
                optional(body, "topic", int),
            )
        )

    async def photos(self, request: Request) -> Response:
        somebody = self._somebody(request)
        async with request.form() as form:
            files = [value for value in form.multi_items() if isinstance(value[1], UploadFile)]
            uploads = [await read_upload(file) for _, file in files if isinstance(file, UploadFile)]
            way = optional(form, "as", str) or "photo"
            if way not in {"photo", "document"}:
                impossible(f'"as" is {way!r}; choose photo or document')
            sent = await somebody.send_photos(
                uploads,
                as_documents=way == "document",
                caption=optional(form, "caption", str) or "",
                reply_to=optional(form, "reply_to", int),
                topic=optional(form, "topic", int),
            )
        return self._done(message_ids=[stored.id for stored in sent])

    async def other(self, request: Request) -> Response:
        body = await json_body(request)
        return self._sent(self._somebody(request).send_other(wanted(body, "kind", str)))

    async def edit(self, request: Request) -> Response:
        body = await json_body(request)
        stored = self._somebody(request).edit(
            wanted(body, "message_id", int),
            text=optional(body, "text", str),
            caption=optional(body, "caption", str),
        )
        return self._sent(stored)

    async def delete(self, request: Request) -> Response:
        body = await json_body(request)
        self._somebody(request).delete(wanted(body, "message_id", int))
        return self._done()

    async def forward(self, request: Request) -> Response:
        body = await json_body(request)
        return self._sent(
            self._somebody(request).forward(
                wanted(body, "from_chat", int), wanted(body, "message_id", int)
            )
        )

    async def press(self, request: Request) -> Response:
        body = await json_body(request)
        callback_id = self._somebody(request).press(
            wanted(body, "message_id", int),
            wanted(body, "data", str),
            stale=optional(body, "stale", bool) or False,
        )
        return self._done(callback_id=callback_id)

    async def block(self, request: Request) -> Response:
        return self._set_blocked(request, blocked=True)

    async def unblock(self, request: Request) -> Response:
        return self._set_blocked(request, blocked=False)

    def _set_blocked(self, request: Request, *, blocked: bool) -> Response:
        person = number(request, "person")
        set_blocked(self._telegram, Somebody(self._telegram, person, person).chat, blocked=blocked)
        return self._done()

    # --- what happens ------------------------------------------------------------------

    async def wait(self, request: Request) -> Response:
        person = self._telegram.person(number(request, "person")).id
        after = optional(request.query_params, "after", int) or 0
        seconds = optional(request.query_params, "seconds", float) or 0.0
        events = await self._telegram.feed.wait(person, after, min(seconds, LONGEST_WAIT))
        return self._done(events=events)

    async def events(self, request: Request) -> Response:
        person = self._telegram.person(number(request, "person")).id
        seen = request.headers.get("last-event-id") or request.query_params.get("after")
        after = self._telegram.feed.seq if seen is None else wanted({"after": seen}, "after", int)
        return StreamingResponse(
            self._stream(person, after),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store"},
        )

    async def _stream(self, person: int, after: int) -> AsyncIterator[str]:
        feed = self._telegram.feed
        yield ": here\n\n"
        while not feed.closed:
            events = await feed.wait(person, after, HEARTBEAT)
            for event in events:
                after = event["seq"]
                data = json.dumps(event["data"])
                yield f"id: {after}\nevent: {event['event']}\ndata: {data}\n\n"
            if not events:
                yield ": still here\n\n"


def routes(telegram: LocalTelegram) -> list[BaseRoute]:
    """Return the routes of the people's API."""
    api = _PeopleApi(telegram)
    here = "/people/{person}"
    chat = here + "/chats/{chat}"
    looking = {
        "/people": api.world,
        "/people/files/{unique_id}": api.file,
        f"{chat}/messages": api.messages,
        f"{chat}/commands": api.commands,
        f"{here}/events": api.events,
        f"{here}/wait": api.wait,
    }
    acting = {
        f"{chat}/text": api.text,
        f"{chat}/photos": api.photos,
        f"{chat}/other": api.other,
        f"{chat}/edit": api.edit,
        f"{chat}/delete": api.delete,
        f"{chat}/forward": api.forward,
        f"{chat}/press": api.press,
        f"{here}/block": api.block,
        f"{here}/unblock": api.unblock,
    }
    return [
        *(Route(path, telling_errors(run), methods=["GET"]) for path, run in looking.items()),
        *(Route(path, telling_errors(run), methods=["POST"]) for path, run in acting.items()),
    ]
