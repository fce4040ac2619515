"""The photo host: a photo is published, fetched as a service would fetch it, and withdrawn.

Where the bot itself hands photos out, whoever listens at LISTEN is asked: a bot that is
running, or else a web server that lives as long as the check.
"""

import io
import secrets
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from http import HTTPStatus
from urllib.parse import urlsplit

from PIL import Image

from bot.check.around import Around
from bot.check.findings import Bad, Doubtful, Finding, Good
from bot.hosting import Hosting, hosting, photo_folder
from bot.services import known_models
from bot.web import CannotListen, Web, application
from providers.base import Published
from providers.causes import Problem
from providers.dashscope import ACCOUNT
from providers.http import Answered, Lost, NotSent

_MENDING = {
    "self": (
        "Check that PUBLIC_URL leads to LISTEN, also through the proxy in front. A router may keep"
        " this machine from its own public address: then try a photo from outside."
    ),
    "s3": (
        "Check S3_URL, S3_BUCKET, S3_REGION and the key, which has to be allowed to put, get, list"
        " and delete objects."
    ),
    "dashscope": "Check DASHSCOPE_API_KEY and DASHSCOPE_URL, or choose another PHOTO_HOST.",
}
_HOSTS = {"self": "the bot's own web server", "s3": "a bucket"}
_UNCACHED = "Let nothing between the bot and the internet keep what is under /p/."
_PRIVATE = "Forbid everybody else to read objects in this bucket."
_LARGEST = 1_000_000  # bytes; the photo has some hundred


async def photos(around: Around) -> tuple[Finding, ...]:
    """Send one photo round."""
    place = hosting(around.settings, around.clock)
    if place is None:
        return (await _given_to_dashscope(around),)
    async with _handed_out(around, place):
        return await _round_trip(around, place)


async def _given_to_dashscope(around: Around) -> Finding:
    models = known_models(around.settings, around.client, around.clock, None)
    trouble = "none of the chosen models is DashScope's"
    for model in around.settings.choice.tryon:  # a retired one takes no photos
        if models[model].spec.account != ACCOUNT:
            continue
        found = await models[model].host.publish(_photo(), model=model)
        if isinstance(found, Published):
            return Good("upload", f"taken for {model}; only DashScope itself can fetch it")
        trouble = _worded(found.problem)
    return Bad("upload", trouble, _MENDING["dashscope"])


async def _round_trip(around: Around, place: Hosting) -> tuple[Finding, ...]:
    kind, photo = around.settings.photo_host, _photo()
    published = await place.host.publish(photo, model=around.settings.choice.tryon[0])
    if not isinstance(published, Published):
        return (Bad("publish", _worded(published.problem), _MENDING[kind]),)
    found = [await _fetching(around, published.url, photo, _MENDING[kind])]
    if kind == "s3":
        found += await _fetching_without_signature(around, published.url, photo)
    trouble = await place.host.withdraw(published.ref)
    if trouble is not None:
        found.append(Bad("withdraw", _worded(trouble.problem), _MENDING[kind]))
    elif await _fetched(around, published.url, photo) is None:
        found.append(Bad("withdraw", "the photo can still be fetched", _UNCACHED))
    else:
        found.append(Good("withdraw", "the photo is gone"))
    return (Good("publish", f"by {_HOSTS[kind]}"), *found)


async def _fetching(around: Around, url: str, photo: bytes, mending: str) -> Finding:
    wrong = await _fetched(around, url, photo)
    if wrong is not None:
        return Bad("fetch", wrong, mending)
    return Good("fetch", f"{urlsplit(url).netloc} hands the photo out")


async def _fetching_without_signature(around: Around, url: str, photo: bytes) -> list[Finding]:
    if await _fetched(around, url.partition("?")[0], photo) is not None:
        return []
    return [Doubtful("privacy", "photos can be fetched without a signature", _PRIVATE)]


async def _fetched(around: Around, url: str, photo: bytes) -> str | None:
    """Fetch a photo as a service would; return what is wrong, None if it came."""
    host = urlsplit(url).netloc
    match await around.http.exchange("GET", url, headers={}, limit=_LARGEST):
        case NotSent(reason) | Lost(reason):
            return f"{host} cannot be reached from here ({reason})"
        case Answered(status=HTTPStatus.OK, body=body):
            return None if body == photo else f"{host} answers with something else"
        case Answered(status=status):
            return f"{host} answers with status {status}"


@asynccontextmanager
async def _handed_out(around: Around, place: Hosting) -> AsyncIterator[None]:
    """See to it that somebody listens at LISTEN, if photos are handed out there."""
    if place.photos is None:
        yield
        return
    folder = photo_folder(around.settings)
    was_there = folder.exists()
    app = application(health=_no_bot, metrics=_no_numbers, photos=place.photos)
    web = Web(around.settings.listen, app)
    with suppress(CannotListen):  # because a bot does: then it is asked
        await web.start()
    try:
        yield
    finally:
        await web.stop()
        if not was_there:  # the bot may run as another user, and then has to make it itself
            with suppress(OSError):
                folder.rmdir()


async def _no_bot() -> Mapping[str, bool]:
    return {"bot": False}


async def _no_numbers() -> bytes:
    return b""


def _photo() -> bytes:
    """Return a small JPEG as there has never been one: no cache can have it."""
    file = io.BytesIO()
    Image.new("RGB", (64, 64), "white").save(file, "JPEG", comment=secrets.token_bytes(16))
    return file.getvalue()


def _worded(problem: Problem) -> str:
    return f"{problem.code}: {problem.message}" if problem.message else problem.code
