"""From files in a request to the media fields of a message."""

from typing import Any

from bot.demo.telegram.core import LocalTelegram
from bot.demo.telegram.errors import ApiError, refuse
from bot.demo.telegram.files import MAX_UPLOAD, Upload
from bot.demo.telegram.methods.common import caption_fields
from bot.demo.telegram.params import Call

Json = dict[str, Any]


async def media_fields(
    telegram: LocalTelegram, call: Call, kind: str, source: object, options: Call | Json
) -> Json:
    """Return the fields of a photo or document: from an upload, or sent again by its id."""
    make = _MAKERS.get(kind)
    if make is None:
        refuse(f'the local Telegram sends no media of type "{kind}"')
    fields: Json = await make(telegram, call.upload(source), source)
    if options.get("has_spoiler"):
        fields["has_media_spoiler"] = True
    return fields | caption_fields(telegram, options)


async def _photo(telegram: LocalTelegram, upload: Upload | None, source: object) -> Json:
    if upload is None:
        return {"photo": telegram.files.again(str(source), "Photo")}
    _check_size(upload)
    return {"photo": await telegram.files.add_photo(upload, checked=True)}


async def _document(telegram: LocalTelegram, upload: Upload | None, source: object) -> Json:
    if upload is None:
        return {"document": telegram.files.again(str(source), "Document")}
    _check_size(upload)
    return {"document": await telegram.files.add_document(upload)}


_MAKERS = {"photo": _photo, "document": _document}


def _check_size(upload: Upload) -> None:
    if not upload.data:
        refuse("file must be non-empty")
    if len(upload.data) > MAX_UPLOAD:
        raise ApiError(413, "Request Entity Too Large")
