"""The routes of the chat page: the page itself, its sample photos, its live updates.

What people do and see goes through the people's API of the local Telegram; this adds
only what a browser needs beside it. One stream carries the events of all people: a
browser opens no more than six connections to a host, and two tabs would exhaust them.
"""

import asyncio
import json
import secrets
from collections.abc import AsyncIterator, Iterable
from pathlib import Path
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.demo.samples import SAMPLES
from bot.demo.telegram.feed import Feed

FOLDER: Final = Path(__file__).with_name("page")
# Said outright: what the system guesses for .js differs, and a wrong guess is refused.
MEDIA_TYPES: Final = {
    ".css": "text/css",
    ".html": "text/html",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}
FILES: Final = {path.name: path for path in sorted(FOLDER.iterdir()) if path.suffix in MEDIA_TYPES}
PATHS: Final = frozenset({"/", *(f"/page/{name}" for name in FILES)})
SIGN_OF_LIFE: Final = 15.0  # real seconds of silence after which the stream says it is there
# After an update the browser must not mix old files with new ones.
NO_CACHE: Final = {"Cache-Control": "no-cache"}
BAD_REQUEST: Final = 400
NOT_FOUND: Final = 404

Json = dict[str, Any]


def page_routes(feed: Feed, people: Iterable[int]) -> list[Route]:
    """Return the routes of the page, which shows what `feed` tells `people`."""
    boot = secrets.token_hex(8)  # tells a page that its demo was restarted
    everybody = tuple(people)

    async def events(request: Request) -> Response:
        after = request.query_params.get("after", str(feed.seq))
        if not after.isdecimal():
            error = "`after` is the number of the last event you have seen."
            return JSONResponse({"error": error}, status_code=BAD_REQUEST)
        return StreamingResponse(
            _stream(feed, everybody, int(after), boot),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store"},
        )

    return [
        Route("/", _index),
        Route("/page/events", events),
        Route("/page/{name}", _asset),
        Route("/samples", _samples),
        Route("/samples/{name}.jpg", _sample),
    ]


async def _index(_request: Request) -> Response:
    return _file("index.html")


async def _asset(request: Request) -> Response:
    return _file(request.path_params["name"])


def _file(name: str) -> Response:
    path = FILES.get(name)
    if path is None:
        error = f"The page has no file {name}."
        return JSONResponse({"error": error}, status_code=NOT_FOUND)
    return FileResponse(path, media_type=MEDIA_TYPES[path.suffix], headers=NO_CACHE)


async def _samples(_request: Request) -> Response:
    samples = [{"name": name, "label": sample.label_en} for name, sample in SAMPLES.items()]
    return JSONResponse({"samples": samples})


async def _sample(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in SAMPLES:
        error = f"There is no sample photo {name}; there are {', '.join(SAMPLES)}."
        return JSONResponse({"error": error}, status_code=NOT_FOUND)
    data = await asyncio.to_thread(SAMPLES[name].draw)  # the first drawing takes a while
    return Response(data, media_type="image/jpeg", headers=NO_CACHE)


# --- live updates ------------------------------------------------------------------------


async def _stream(feed: Feed, people: Iterable[int], seq: int, boot: str) -> AsyncIterator[bytes]:
    """Tell everybody's events after `seq`, each once, until the feed is closed."""
    yield _sse("hello", {"boot": boot, "seq": seq})
    while not feed.closed:
        await _wait_for_news(feed, people, seq)
        news = _merged(feed, people, seq)
        for event in news:
            seq = event["seq"]
            told = {**event["data"], "seq": seq, "people": event["people"]}
            yield _sse(event["event"], told)
        if not news:
            yield b": still here\n\n"


async def _wait_for_news(feed: Feed, people: Iterable[int], seq: int) -> None:
    """Return when anybody has something new, or after a while."""
    waiting = [asyncio.ensure_future(feed.wait(person, seq, SIGN_OF_LIFE)) for person in people]
    try:
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for one in waiting:
            one.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)


def _merged(feed: Feed, people: Iterable[int], seq: int) -> list[Json]:
    """Return the events after `seq` in order, each with the `people` who see it."""
    merged: dict[int, Json] = {}
    for person in people:
        for event in feed.after(person, seq):
            merged.setdefault(event["seq"], {**event, "people": []})["people"].append(person)
    return [merged[number] for number in sorted(merged)]


def _sse(event: str, data: Json) -> bytes:
    return f"event: {event}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n".encode()
